// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// A template in the safe part of Mustache: `{{name}}`, `{{a.b}}`, `{{#list}}…{{/list}}`,
/// `{{^absent}}…{{/absent}}`,
/// `{{.}}`, `{{>part}}`, `{{! remark }}`. Every value is escaped for markup; there is no unescaped form to
/// get wrong
/// (`{{{`, `{{&` and changed delimiters are refused). A name that the values do not have is an error and
/// never silently empty: an official must not find out by a missing line on a legal paper.
class Template
{
public:
    using Parts = std::map<std::string, Template, std::less<>>;

    /// `name` is how errors speak of it, with the line.
    [[nodiscard]] static Result<Template> parse(std::string_view text, const std::string& name);
    [[nodiscard]] Result<std::string> render(const Json& values, const Parts& parts) const;
    /// Walks every branch, taken or not, with `sample` in which every list has an element: finds names that
    /// would only fail on some later day.
    [[nodiscard]] Result<void> checkNames(const Json& sample, const Parts& parts) const;

private:
    enum class Kind
    {
        Text,
        Value,
        Section,
        Inverted,
        Part,
    };
    struct Node
    {
        Kind kind;
        std::string text; ///< literal text, or the name
        int line = 0;
        std::vector<Node> children;
    };
    struct Parser;
    struct Renderer;

    std::string m_name;
    std::vector<Node> m_nodes;
};

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dossier/schema.h"

#include <cstdint>
#include <span>

namespace motcua {

/// Walks one value along the tables of schema.cpp and collects what is wrong. A helper of core/dossier;
/// the rest of the program calls the functions of schema.h.
class SchemaChecker
{
public:
    using Check = void (*)(SchemaChecker&, const Json&, const std::string& pointer);
    enum class Presence
    {
        Optional,
        Required,
    };
    struct Member
    {
        std::string_view name;
        Presence presence;
        Check check;
    };

    explicit SchemaChecker(SchemaRules rules) : m_rules(rules) {}

    void object(const Json& value, const std::string& pointer, std::span<const Member> members);
    void array(const Json& value, const std::string& pointer, std::size_t itemsMax, Check item);
    /// A text of at most `most` and at least `least` code points.
    void text(const Json& value, const std::string& pointer, std::size_t most, std::size_t least = 0);
    void textOrNull(const Json& value, const std::string& pointer, std::size_t most);
    void integer(const Json& value, const std::string& pointer, std::int64_t least, std::int64_t most);
    void instant(const Json& value, const std::string& pointer);
    void instantOrNull(const Json& value, const std::string& pointer);
    void oneOf(const Json& value, const std::string& pointer, std::span<const std::string_view> names);
    void digitsOrNull(const Json& value, const std::string& pointer, std::size_t digits);

    void add(const std::string& pointer, const char* rule, std::string message);
    [[nodiscard]] SchemaRules rules() const { return m_rules; }
    [[nodiscard]] Problems take() { return std::move(m_problems); }

private:
    SchemaRules m_rules;
    Problems m_problems;
};

} // namespace motcua

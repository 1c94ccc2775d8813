// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/template.h"

#include "core/papers/paper_text.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::size_t kLargestTemplate = 256U << 10;
constexpr std::size_t kLargestMarkup = 4U << 20;
constexpr int kDeepestParts = 4;

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    const auto last = text.find_last_not_of(" \t");
    return first == std::string_view::npos ? std::string()
                                           : std::string(text.substr(first, last - first + 1));
}

bool isName(std::string_view name)
{
    return name == "." || (!name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
           }));
}

/// What a section asks: lists, texts and objects count when there is something in them.
bool isThere(const Json& value)
{
    return value.is_boolean() ? value.get<bool>()
                              : value.is_number() || (!value.is_null() && !value.empty() && value != "");
}

} // namespace

struct Template::Parser
{
    std::string_view text;
    const std::string& name;
    std::size_t at = 0;
    int line = 1;

    [[nodiscard]] tl::unexpected<Error> error(int where, const std::string& what) const
    {
        return fail(ErrorKind::Invalid, "template " + name + ", line " + std::to_string(where) + ": " + what);
    }

    void advanceTo(std::size_t end)
    {
        line += static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                            text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        at = end;
    }

    /// Reads up to the end tag of `section`, or to the end of the text when that is empty.
    [[nodiscard]] Result<std::vector<Node>> nodes(const std::string& section, int opened)
    {
        std::vector<Node> found;
        while (at < text.size()) {
            const auto tag = std::min(text.find("{{", at), text.size());
            if (tag > at) {
                found.push_back(Node{Kind::Text, std::string(text.substr(at, tag - at)), line, {}});
                advanceTo(tag);
                continue;
            }
            const int here = line;
            const auto end = text.find("}}", at);
            if (end == std::string_view::npos) {
                return error(here, "'{{' without '}}'");
            }
            const std::string_view inside = text.substr(at + 2, end - at - 2);
            advanceTo(end + 2);
            if (inside.substr(0, 1) == "/") {
                const std::string closed = trimmed(inside.substr(1));
                if (section.empty() || closed != section) {
                    return error(here, "'{{/" + closed + "}}' closes nothing that is open");
                }
                return found;
            }
            if (auto node = TRY(tagNode(inside, here)); node.kind != Kind::Text) {
                found.push_back(std::move(node));
            }
        }
        if (!section.empty()) {
            return error(opened, "'{{#" + section + "}}' is never closed");
        }
        return found;
    }

    [[nodiscard]] Result<Node> tagNode(std::string_view inside, int here)
    {
        const char sigil = inside.empty() ? '\0' : inside.front();
        if (sigil == '!') {
            return Node{Kind::Text, {}, here, {}};
        }
        const bool marked = sigil == '#' || sigil == '^' || sigil == '>';
        std::string tag = trimmed(marked ? inside.substr(1) : inside);
        if (!isName(tag)) {
            return error(here, "'{{" + std::string(inside.substr(0, 40)) +
                                   "}}' is not a name that can be inserted");
        }
        if (sigil == '>') {
            return Node{Kind::Part, std::move(tag), here, {}};
        }
        if (!marked) {
            return Node{Kind::Value, std::move(tag), here, {}};
        }
        auto children = TRY(nodes(tag, here));
        return Node{sigil == '#' ? Kind::Section : Kind::Inverted, std::move(tag), here, std::move(children)};
    }
};

struct Template::Renderer
{
    const Parts& parts;
    bool everyBranch = false;
    std::vector<const Json*> context{};
    std::string out{};
    int depth = 0;

    [[nodiscard]] static tl::unexpected<Error> error(const Template& of, const Node& node,
                                                     const std::string& what)
    {
        return fail(ErrorKind::Invalid,
                    "template " + of.m_name + ", line " + std::to_string(node.line) + ": " + what);
    }

    /// The first part of a dotted name is looked for from the innermost section outwards.
    [[nodiscard]] const Json* find(std::string_view name) const
    {
        if (name == ".") {
            return context.back();
        }
        const auto dot = name.find('.');
        const std::string head(name.substr(0, dot));
        for (auto it = context.rbegin(); it != context.rend(); ++it) {
            if ((*it)->is_object() && (*it)->contains(head)) {
                const Json* value = &(**it)[head];
                return dot == std::string_view::npos ? value : member(value, name.substr(dot + 1));
            }
        }
        return nullptr;
    }

    [[nodiscard]] static const Json* member(const Json* object, std::string_view path)
    {
        const auto dot = path.find('.');
        const std::string head(path.substr(0, dot));
        if (!object->is_object() || !object->contains(head)) {
            return nullptr;
        }
        const Json* value = &(*object)[head];
        return dot == std::string_view::npos ? value : member(value, path.substr(dot + 1));
    }

    [[nodiscard]] Result<void> all(const Template& of, const std::vector<Node>& nodes)
    {
        for (const Node& node : nodes) {
            TRY(one(of, node));
            if (out.size() > kLargestMarkup) {
                return error(of, node, "the paper grows too large");
            }
        }
        return {};
    }

    [[nodiscard]] Result<void> one(const Template& of, const Node& node)
    {
        if (node.kind == Kind::Text) {
            out += node.text;
            return {};
        }
        if (node.kind == Kind::Part) {
            return part(of, node);
        }
        const Json* value = find(node.text);
        if (value == nullptr) {
            return error(of, node, "there is no value '" + node.text + "'");
        }
        switch (node.kind) {
        case Kind::Section:
            return section(of, node, *value);
        case Kind::Inverted:
            return everyBranch || !isThere(*value) ? all(of, node.children) : Result<void>{};
        default:
            return insert(of, node, *value);
        }
    }

    [[nodiscard]] Result<void> insert(const Template& of, const Node& node, const Json& value)
    {
        if (value.is_string()) {
            out += escapedForMarkup(value.get_ref<const std::string&>());
        } else if (value.is_number_integer()) {
            out += std::to_string(value.get<std::int64_t>());
        } else if (!value.is_null()) {
            return error(of, node, "'" + node.text + "' is no text");
        }
        return {};
    }

    [[nodiscard]] Result<void> section(const Template& of, const Node& node, const Json& value)
    {
        if (!isThere(value)) {
            return {};
        }
        if (!value.is_array()) {
            return inside(of, node, value);
        }
        for (const Json& element : value) {
            TRY(inside(of, node, element));
        }
        return {};
    }

    [[nodiscard]] Result<void> inside(const Template& of, const Node& node, const Json& value)
    {
        context.push_back(&value);
        auto done = all(of, node.children);
        context.pop_back();
        return done;
    }

    [[nodiscard]] Result<void> part(const Template& of, const Node& node)
    {
        const auto found = parts.find(node.text);
        if (found == parts.end()) {
            return error(of, node, "there is no part '" + node.text + "'");
        }
        if (depth == kDeepestParts) {
            return error(of, node, "parts contain each other too deeply");
        }
        ++depth;
        auto done = all(found->second, found->second.m_nodes);
        --depth;
        return done;
    }
};

Result<Template> Template::parse(std::string_view text, const std::string& name)
{
    if (text.size() > kLargestTemplate) {
        return fail(ErrorKind::Invalid, "template " + name + " is larger than 256 KiB");
    }
    Template made;
    made.m_name = name;
    Parser parser{text, name};
    made.m_nodes = TRY(parser.nodes({}, 0));
    return made;
}

Result<std::string> Template::render(const Json& values, const Parts& parts) const
{
    Renderer renderer{parts};
    renderer.context.push_back(&values);
    TRY(renderer.all(*this, m_nodes));
    return std::move(renderer.out);
}

Result<void> Template::checkNames(const Json& sample, const Parts& parts) const
{
    Renderer renderer{parts, true};
    renderer.context.push_back(&sample);
    return renderer.all(*this, m_nodes);
}

} // namespace motcua

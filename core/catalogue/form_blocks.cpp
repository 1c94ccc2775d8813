// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/form_blocks.h"

#include <algorithm>

namespace motcua {

namespace {

/// A block that uses itself, by whatever way, ends here.
constexpr int kDepthMax = 6;

using Words = std::map<std::string, std::string>;

Result<Words> wordsOf(const Source& source, const char* member)
{
    Words words;
    if (!source.has(member)) {
        return words;
    }
    const Source object = TRY(source.member(member));
    if (!object.json().is_object()) {
        return object.wrong("must be an object");
    }
    for (const auto& item : object.json().items()) {
        words[item.key()] = TRY(object.textOr(item.key(), {}));
    }
    return words;
}

/// "/form/{p}EthnicGroup" with p = mother: "/form/motherEthnicGroup".
std::string filled(const std::string& text, const Words& words)
{
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) {
            break;
        }
        const auto word = words.find(text.substr(open + 1, close - open - 1));
        out += text.substr(at, open - at);
        out += word == words.end() ? text.substr(open, close - open + 1) : word->second;
        at = close + 1;
    }
    return out + text.substr(std::min(at, text.size()));
}

Json filled(const Json& json, const Words& words)
{
    if (json.is_string()) {
        return filled(json.get_ref<const std::string&>(), words);
    }
    if (json.is_array()) {
        Json list = Json::array();
        for (const Json& item : json) {
            list.push_back(filled(item, words));
        }
        return list;
    }
    if (json.is_object()) {
        Json object = Json::object();
        for (const auto& item : json.items()) {
            object[filled(item.key(), words)] = filled(item.value(), words);
        }
        return object;
    }
    return json;
}

/// An open "{p}" would become part of a pointer or of a sentence for the official.
bool hasOpenPlaceholder(const Json& json)
{
    if (json.is_string()) {
        return json.get_ref<const std::string&>().find('{') != std::string::npos;
    }
    return json.is_structured() && std::any_of(json.begin(), json.end(), hasOpenPlaceholder);
}

/// What a field, a rule or a section is called.
std::string keyOf(const Json& item)
{
    for (const char* const member : {"pointer", "name", "title"}) {
        std::string key = stringAt(item, member);
        if (!key.empty()) {
            return key;
        }
    }
    return {};
}

/// Changes the items that `but` names; null leaves one out.
Result<void> change(std::vector<FormItem>& items, const Source& but)
{
    if (!but.json().is_object()) {
        return but.wrong("must be an object");
    }
    for (const auto& item : but.json().items()) {
        const auto named = [&](const FormItem& own) { return keyOf(own.source.json()) == item.key(); };
        const auto found = std::find_if(items.begin(), items.end(), named);
        if (found == items.end()) {
            return but.wrong("changes \"" + item.key() + "\", which the block does not have");
        }
        if (item.value().is_null()) {
            items.erase(found);
            continue;
        }
        Json merged = found->source.json();
        merged.merge_patch(item.value());
        found->kept = std::make_shared<const Json>(std::move(merged));
        found->source = found->source.standingFor(*found->kept);
    }
    return {};
}

} // namespace

Result<void> FormBlocks::readBlock(const std::string& name, const Source& source)
{
    Block block;
    if (source.json().is_object()) {
        TRY(source.onlyMembers({"with", "items"}));
        block.defaults = TRY(wordsOf(source, "with"));
        const Source items = TRY(source.member("items"));
        block.items = items.json();
        block.pointer = "/blocks/" + name + "/items";
    } else {
        block.items = source.json();
        block.pointer = "/blocks/" + name;
    }
    if (!block.items.is_array() || block.items.empty()) {
        return source.wrong("a block is a list");
    }
    block.file = source.file();
    if (!m_blocks.emplace(name, std::move(block)).second) {
        return source.wrong("another block has this name");
    }
    return {};
}

Result<void> FormBlocks::read(const Source& file)
{
    TRY(file.onlyMembers({"blocks"}));
    const Source blocks = TRY(file.member("blocks"));
    if (!blocks.json().is_object()) {
        return blocks.wrong("must be an object");
    }
    for (const auto& item : blocks.json().items()) {
        const Source block = TRY(blocks.member(item.key()));
        TRY(readBlock(item.key(), block));
    }
    return {};
}

Result<std::vector<FormItem>> FormBlocks::items(const Source& source, std::string_view member) const
{
    std::vector<FormItem> all;
    for (const Source& item : TRY(source.items(member))) {
        TRY(expand(item, 0, all));
    }
    return all;
}

Result<void> FormBlocks::expand(const Source& item, int depth, std::vector<FormItem>& all) const
{
    if (!item.json().is_object() || !item.has("use")) {
        if (depth > 0 && hasOpenPlaceholder(item.json())) {
            return item.wrong("a placeholder is not filled in");
        }
        all.push_back({nullptr, item});
        return {};
    }
    for (FormItem& one : TRY(used(item, depth))) {
        all.push_back(std::move(one));
    }
    return {};
}

Result<std::vector<FormItem>> FormBlocks::used(const Source& use, int depth) const
{
    TRY(use.onlyMembers({"use", "with", "but"}));
    const std::string name = TRY(use.text("use"));
    const auto found = m_blocks.find(name);
    if (found == m_blocks.end()) {
        return use.wrong("no block \"" + name + "\"");
    }
    if (depth >= kDepthMax) {
        return use.wrong("blocks use each other too deeply");
    }
    const Block& block = found->second;
    Words words = TRY(wordsOf(use, "with"));
    words.insert(block.defaults.begin(), block.defaults.end());
    std::vector<FormItem> items;
    for (std::size_t i = 0; i < block.items.size(); ++i) {
        const auto kept = std::make_shared<const Json>(filled(block.items[i], words));
        const std::size_t before = items.size();
        TRY(expand(Source(*kept, block.file, block.pointer + "/" + std::to_string(i)), depth + 1, items));
        for (std::size_t own = before; own < items.size(); ++own) {
            if (items[own].kept == nullptr) {
                items[own].kept = kept;
            }
        }
    }
    if (use.has("but")) {
        const Source but = TRY(use.member("but"));
        TRY(change(items, but));
    }
    return items;
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/source.h"

#include <algorithm>

namespace motcua {

Source::Source(const Json& value, std::string file, std::string pointer)
    : m_value(&value), m_file(std::move(file)), m_pointer(std::move(pointer))
{}

bool Source::has(std::string_view member) const
{
    return !at(*m_value, member).is_null();
}

tl::unexpected<Error> Source::wrong(const std::string& what) const
{
    return fail(ErrorKind::Invalid, m_file + "#" + m_pointer + ": " + what);
}

Result<void> Source::onlyMembers(std::initializer_list<std::string_view> names) const
{
    if (!m_value->is_object()) {
        return wrong("must be an object");
    }
    for (const auto& item : m_value->items()) {
        const std::string_view key = item.key();
        if (key != "meta" && std::find(names.begin(), names.end(), key) == names.end()) {
            return wrong("unknown member \"" + item.key() + "\"");
        }
    }
    return {};
}

Source Source::child(std::string_view name, const Json& value) const
{
    return {value, m_file, m_pointer + "/" + std::string(name)};
}

Result<Source> Source::member(std::string_view name) const
{
    if (!has(name)) {
        return wrong("member \"" + std::string(name) + "\" is missing");
    }
    return child(name, at(*m_value, name));
}

Result<std::vector<Source>> Source::items(std::string_view name) const
{
    if (!has(name)) {
        return std::vector<Source>{};
    }
    return child(name, at(*m_value, name)).elements();
}

Result<std::vector<Source>> Source::elements() const
{
    if (!m_value->is_array()) {
        return wrong("must be a list");
    }
    std::vector<Source> all;
    all.reserve(m_value->size());
    for (std::size_t i = 0; i < m_value->size(); ++i) {
        all.push_back(child(std::to_string(i), (*m_value)[i]));
    }
    return all;
}

Result<std::string> Source::text(std::string_view name) const
{
    std::string value = TRY(textOr(name, {}));
    if (value.empty()) {
        return wrong("text \"" + std::string(name) + "\" is missing or empty");
    }
    return value;
}

Result<std::string> Source::textOr(std::string_view name, std::string_view otherwise) const
{
    const Json& value = at(*m_value, name);
    if (value.is_null()) {
        return std::string(otherwise);
    }
    if (!value.is_string()) {
        return child(name, value).wrong("must be a text");
    }
    return value.get<std::string>();
}

Result<std::vector<std::string>> Source::texts(std::string_view name) const
{
    std::vector<std::string> all;
    for (const Source& item : TRY(items(name))) {
        if (!item.json().is_string()) {
            return item.wrong("must be a text");
        }
        all.push_back(item.json().get<std::string>());
    }
    return all;
}

Result<bool> Source::truthOr(std::string_view name, bool otherwise) const
{
    const Json& value = at(*m_value, name);
    if (value.is_null()) {
        return otherwise;
    }
    if (!value.is_boolean()) {
        return child(name, value).wrong("must be true or false");
    }
    return value.get<bool>();
}

Result<std::int64_t> Source::integerOr(std::string_view name, std::int64_t otherwise) const
{
    const Json& value = at(*m_value, name);
    if (value.is_null()) {
        return otherwise;
    }
    if (!value.is_number_integer()) {
        return child(name, value).wrong("must be an integer");
    }
    return value.get<std::int64_t>();
}

Result<std::optional<Day>> Source::day(std::string_view name) const
{
    const std::string text = TRY(textOr(name, {}));
    if (text.empty()) {
        return std::optional<Day>{};
    }
    const auto day = parseIsoDay(text);
    if (!day) {
        return child(name, at(*m_value, name)).wrong("must be a day like 2027-03-01");
    }
    return std::optional<Day>{*day};
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/object_reader.h"

#include "core/dossier/schema.h"
#include "sync/protocol/op_id.h"

namespace motcua {

ObjectReader::ObjectReader(const Json& object) : m_object(object)
{
    if (!object.is_object()) {
        m_fault = "(no object)";
    }
}

void ObjectReader::fault(std::string_view member)
{
    if (m_fault.empty()) {
        m_fault = member;
    }
}

std::string ObjectReader::text(std::string_view member, std::size_t bytesMax)
{
    auto value = optionalText(member, bytesMax);
    if (!value) {
        fault(member);
    }
    return value.value_or(std::string());
}

std::optional<std::string> ObjectReader::optionalText(std::string_view member, std::size_t bytesMax)
{
    const Json& value = at(m_object, member);
    if (value.is_null()) {
        return std::nullopt;
    }
    if (!value.is_string() || value.get_ref<const std::string&>().size() > bytesMax) {
        fault(member);
        return std::nullopt;
    }
    return value.get<std::string>();
}

std::int64_t ObjectReader::integer(std::string_view member, std::int64_t least, std::int64_t most)
{
    const auto value = optionalInteger(member, least, most);
    if (!value) {
        fault(member);
    }
    return value.value_or(least);
}

std::optional<std::int64_t> ObjectReader::optionalInteger(std::string_view member, std::int64_t least,
                                                          std::int64_t most)
{
    const Json& value = at(m_object, member);
    if (value.is_null()) {
        return std::nullopt;
    }
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= kLargest) &&
                      value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
    if (!fits) {
        fault(member);
        return std::nullopt;
    }
    return value.get<std::int64_t>();
}

bool ObjectReader::flag(std::string_view member)
{
    if (!at(m_object, member).is_boolean()) {
        fault(member);
        return false;
    }
    return at(m_object, member).get<bool>();
}

bool ObjectReader::optionalFlag(std::string_view member)
{
    return !at(m_object, member).is_null() && flag(member);
}

Instant ObjectReader::instant(std::string_view member)
{
    const auto value = optionalInstant(member);
    if (!value) {
        fault(member);
    }
    return value.value_or(Instant{});
}

std::optional<Instant> ObjectReader::optionalInstant(std::string_view member)
{
    const auto text = optionalText(member, 60);
    if (!text) {
        return std::nullopt;
    }
    const auto value = parseRfc3339(*text);
    if (!value) {
        fault(member);
        return std::nullopt;
    }
    return *value;
}

OpId ObjectReader::opId(std::string_view member)
{
    const auto value = optionalOpId(member);
    if (!value) {
        fault(member);
    }
    return value.value_or(OpId());
}

std::optional<OpId> ObjectReader::optionalOpId(std::string_view member)
{
    auto text = optionalText(member, 80);
    if (text && !splitOpId(*text)) {
        fault(member);
        return std::nullopt;
    }
    return text ? std::optional(OpId(std::move(*text))) : std::nullopt;
}

Uid ObjectReader::uid(std::string_view member)
{
    const auto value = optionalUid(member);
    if (!value) {
        fault(member);
    }
    return value.value_or(Uid());
}

std::optional<Uid> ObjectReader::optionalUid(std::string_view member)
{
    auto text = optionalText(member, 36);
    if (text && !isUid(*text)) {
        fault(member);
        return std::nullopt;
    }
    return text ? std::optional(Uid(std::move(*text))) : std::nullopt;
}

Rev ObjectReader::rev(std::string_view member)
{
    const auto value = optionalRev(member);
    if (!value) {
        fault(member);
    }
    return value.value_or(Rev());
}

std::optional<Rev> ObjectReader::optionalRev(std::string_view member)
{
    auto text = optionalText(member, 32);
    if (text && !isRev(*text)) {
        fault(member);
        return std::nullopt;
    }
    return text ? std::optional(Rev(std::move(*text))) : std::nullopt;
}

std::string ObjectReader::hash(std::string_view member)
{
    std::string value = text(member, 64);
    if (!isLowerHex(value, 64)) {
        fault(member);
    }
    return value;
}

const Json& ObjectReader::array(std::string_view member, std::size_t itemsMax)
{
    static const Json kEmpty = Json::array();
    const Json& value = at(m_object, member);
    if (!value.is_array() || value.size() > itemsMax) {
        fault(member);
        return kEmpty;
    }
    return value;
}

const Json& ObjectReader::object(std::string_view member)
{
    const Json& value = at(m_object, member);
    if (!value.is_object()) {
        fault(member);
    }
    return value;
}

} // namespace motcua

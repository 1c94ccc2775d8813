// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/schema_checker.h"

#include "core/base/time.h"

#include <algorithm>

namespace motcua {

void SchemaChecker::add(const std::string& pointer, const char* rule, std::string message)
{
    m_problems.push_back({.pointer = pointer, .rule = rule, .message = std::move(message), .source = {}});
}

void SchemaChecker::object(const Json& value, const std::string& pointer, std::span<const Member> members)
{
    if (!value.is_object()) {
        add(pointer, "type", "Phải là một nhóm trường.");
        return;
    }
    std::size_t known = 0;
    for (const Member& member : members) {
        const auto found = value.find(member.name);
        if (found != value.end()) {
            ++known;
            member.check(*this, *found, pointer + "/" + std::string(member.name));
        } else if (member.presence == Presence::Required) {
            add(pointer + "/" + std::string(member.name), "required", "Thiếu trường bắt buộc.");
        }
    }
    if (known == value.size() || m_rules.unknown == UnknownMembers::Ignored) {
        return;
    }
    for (const auto& item : value.items()) {
        const auto isIt = [&item](const Member& member) { return member.name == item.key(); };
        if (std::none_of(members.begin(), members.end(), isIt)) {
            add(pointer + "/" + pointerToken(item.key()), "unknown-member",
                "Trường này không có trong quy định.");
        }
    }
}

void SchemaChecker::array(const Json& value, const std::string& pointer, std::size_t itemsMax, Check item)
{
    if (!value.is_array()) {
        add(pointer, "type", "Phải là một danh sách.");
        return;
    }
    if (value.size() > itemsMax) {
        add(pointer, "max-items", "Nhiều nhất " + std::to_string(itemsMax) + " mục.");
        return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
        item(*this, value[i], pointer + "/" + std::to_string(i));
    }
}

void SchemaChecker::text(const Json& value, const std::string& pointer, std::size_t most, std::size_t least)
{
    if (!value.is_string()) {
        add(pointer, "type", "Phải là chữ.");
        return;
    }
    const std::size_t length = codePoints(value.get_ref<const std::string&>());
    if (length > most) {
        add(pointer, "max-length", "Dài quá " + std::to_string(most) + " ký tự.");
    } else if (length < least) {
        add(pointer, "required", "Không được để trống.");
    }
}

void SchemaChecker::textOrNull(const Json& value, const std::string& pointer, std::size_t most)
{
    if (!value.is_null()) {
        text(value, pointer, most);
    }
}

void SchemaChecker::integer(const Json& value, const std::string& pointer, std::int64_t least,
                            std::int64_t most)
{
    const bool isInteger = value.is_number_integer();
    if (!isInteger) {
        add(pointer, "type", "Phải là số nguyên.");
        return;
    }
    const bool tooLarge =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most);
    if (tooLarge || value.get<std::int64_t>() > most || value.get<std::int64_t>() < least) {
        add(pointer, "range", "Số nằm ngoài khoảng cho phép.");
    }
}

void SchemaChecker::instant(const Json& value, const std::string& pointer)
{
    if (!value.is_string()) {
        add(pointer, "type", "Phải là thời điểm.");
        return;
    }
    const auto& instantText = value.get_ref<const std::string&>();
    const bool lenient = m_rules.unknown == UnknownMembers::Ignored;
    if (lenient ? !parseRfc3339(instantText) : !isContractInstant(instantText)) {
        add(pointer, "instant", "Thời điểm không đúng dạng 2026-11-21T01:02:03.000Z.");
    }
}

void SchemaChecker::instantOrNull(const Json& value, const std::string& pointer)
{
    if (!value.is_null()) {
        instant(value, pointer);
    }
}

void SchemaChecker::oneOf(const Json& value, const std::string& pointer,
                          std::span<const std::string_view> names)
{
    if (!value.is_string()) {
        add(pointer, "type", "Phải là chữ.");
        return;
    }
    const std::string_view name = value.get_ref<const std::string&>();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        add(pointer, "enum", "Giá trị không thuộc danh sách cho phép.");
    }
}

void SchemaChecker::digitsOrNull(const Json& value, const std::string& pointer, std::size_t digits)
{
    if (value.is_null()) {
        return;
    }
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool good = value.is_string() && value.get_ref<const std::string&>().size() == digits &&
                      std::all_of(value.get_ref<const std::string&>().begin(),
                                  value.get_ref<const std::string&>().end(), isDigit);
    if (!good) {
        add(pointer, "pattern", "Phải đúng " + std::to_string(digits) + " chữ số.");
    }
}

} // namespace motcua

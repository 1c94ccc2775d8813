// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paper_registration.h"

#include <array>

namespace motcua {

namespace {

struct Symbol
{
    std::string_view book;
    std::string_view symbol;
};
constexpr std::array kSymbols{
    Symbol{"copies", "SCT/BS"},
    Symbol{"signatures", "SCT/CK,ĐC"},
    Symbol{"translators", "SCT/CKND"},
    Symbol{"transactions", "SCT/HĐ,GD"},
};

std::string twoDigits(const Json& number)
{
    if (!number.is_number_integer()) {
        return number.is_string() ? number.get<std::string>() : std::string();
    }
    const auto value = number.get<std::int64_t>();
    return (value >= 0 && value < 10 ? "0" : "") + std::to_string(value);
}

/// "birth" of "birth/2026".
std::string kindOf(const std::string& book)
{
    return book.substr(0, book.find('/'));
}

} // namespace

Json registrationOf(const Json& dossier, const std::string& office)
{
    Json registration = at(at(dossier, "form"), "registration");
    if (!registration.is_object() || stringAt(registration, "book").empty()) {
        return nullptr;
    }
    const std::string book = stringAt(registration, "kind", kindOf(stringAt(registration, "book")));
    registration["book"] = book;
    const std::string year = twoDigits(at(registration, "year"));
    if (stringAt(registration, "numberText").empty()) {
        registration["numberText"] = twoDigits(at(registration, "number")) + '/' + year;
    }
    std::string volume = twoDigits(at(registration, "volume")) + '/' + year;
    for (const Symbol& one : kSymbols) {
        volume += one.book == book ? '-' + std::string(one.symbol) : std::string();
    }
    registration["volumeText"] = volume;
    if (stringAt(registration, "office").empty()) {
        registration["office"] = office;
    }
    return registration;
}

} // namespace motcua

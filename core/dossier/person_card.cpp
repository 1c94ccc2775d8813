// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/person_card.h"

#include "core/base/text.h"
#include "core/dossier/rules_person.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <array>
#include <unicode/utf8.h>
#include <vector>

namespace motcua {

namespace {

/// A QR of version 40 holds 2,953 bytes.
constexpr std::size_t kCardBytesMax = 3000;
constexpr std::size_t kFieldsLeast = 6;
constexpr std::size_t kNameMax = 120;
constexpr std::size_t kAddressMax = 500;

enum Field : std::size_t
{
    Number,
    OldNumber,
    Name,
    Birth,
    Gender,
    Address,
    Issued,
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text, std::size_t count)
{
    return text.size() == count && std::all_of(text.begin(), text.end(), isDigit);
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
        text.remove_prefix(kByteOrderMark.size());
    }
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string_view> fieldsOf(std::string_view text)
{
    std::vector<std::string_view> fields;
    std::size_t begin = 0;
    for (std::size_t bar = text.find('|'); bar != std::string_view::npos; bar = text.find('|', begin)) {
        fields.push_back(trimmed(text.substr(begin, bar - begin)));
        begin = bar + 1;
    }
    fields.push_back(trimmed(text.substr(begin)));
    return fields;
}

/// Signs of letters that went through a wrong layout or encoding: no UTF-8, the replacement character,
/// control characters, question marks, or UTF-8 read as Latin-1 ("Nguyá»…n": a capital Ã, Ä, Æ or á followed
/// by a symbol that no name has).
bool isBroken(std::string_view text)
{
    std::int32_t at = 0;
    const auto length = static_cast<std::int32_t>(text.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 before = 0;
    while (at < length) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, at, length, c);
        const bool symbol = (c >= 0x80 && c <= 0xBF) ||
                            (c >= 0x2010 && c <= 0x2122 && c != 0x2013 && c != 0x2019) || c == 0x192 ||
                            c == 0x2C6 || c == 0x2DC;
        const bool lead =
            before == 0xC3 || before == 0xC4 || before == 0xC5 || before == 0xC6 || before == 0xE1;
        if (c == 0xFFFD || c < 0x20 || c == 0x7F || c == '?' || (c >= 0x80 && c <= 0x9F) ||
            (symbol && lead)) {
            return true;
        }
        before = c;
    }
    return false;
}

/// ddMMyyyy or dd/MM/yyyy; 00 for a day or month that the card does not know.
Json dateOf(std::string_view text)
{
    std::string digits(text);
    if (digits.size() == 10 && digits[2] == '/' && digits[5] == '/') {
        std::erase(digits, '/');
    }
    if (areDigits(digits, 4)) {
        digits = "0000" + digits;
    }
    if (!areDigits(digits, 8)) {
        return {};
    }
    std::string day = digits.substr(0, 2);
    std::string month = digits.substr(2, 2);
    std::string year = digits.substr(4);
    Json date;
    if (month == "00") {
        date = {{"text", year}, {"precision", "year"}};
    } else if (day == "00") {
        date = {{"text", month + "/" + year}, {"precision", "month"}};
    } else {
        date = {{"text", day + "/" + month + "/" + year}, {"precision", "day"}};
    }
    return isCalendarDate(stringAt(date, "text"), stringAt(date, "precision")) ? date : Json();
}

class CardReader
{
public:
    explicit CardReader(std::vector<std::string_view> fields) : m_fields(std::move(fields)) {}

    PersonCard read()
    {
        m_card.person = {{"personalId", std::string(m_fields[Number])}};
        readOldNumber();
        readText(Name, "name", kNameMax, "Không đọc được họ tên: máy quét gửi sai chữ, hãy gõ tay.");
        readText(Address, "address", kAddressMax,
                 "Không đọc được nơi cư trú: máy quét gửi sai chữ, hãy gõ tay.");
        readBirth();
        readGender();
        readIssued();
        return std::move(m_card);
    }

private:
    void warn(const char* pointer, const char* rule, const char* message)
    {
        m_card.warnings.push_back({pointer, rule, message, Severity::Soft, "Mã QR trên thẻ căn cước"});
    }

    void readOldNumber()
    {
        const std::string_view old = m_fields[OldNumber];
        if (areDigits(old, 9)) {
            m_card.person["oldId"] = std::string(old);
        }
        if (areDigits(old, 9) || areDigits(old, 12)) {
            m_card.oldId = std::string(old);
        } else if (!old.empty()) {
            warn("/oldId", "card-old-id", "Số cũ trên thẻ không phải 9 hoặc 12 chữ số: bỏ qua.");
        }
    }

    void readText(Field field, const char* member, std::size_t most, const char* message)
    {
        const std::string text = isBroken(m_fields[field]) ? std::string() : tidyText(m_fields[field]);
        if (text.empty() || codePoints(text) > most) {
            warn(field == Name ? "/name" : "/address", field == Name ? "card-name" : "card-address", message);
        } else {
            m_card.person[member] = text;
        }
    }

    void readBirth()
    {
        Json date = dateOf(m_fields[Birth]);
        if (date.is_null()) {
            warn("/birth", "card-birth", "Không đọc được ngày sinh trên thẻ.");
        } else {
            m_card.person["birth"] = std::move(date);
        }
    }

    void readGender()
    {
        const std::string folded = isBroken(m_fields[Gender]) ? std::string() : fold(m_fields[Gender]);
        if (folded == "nam" || folded == "nu") {
            m_card.person["gender"] = folded == "nam" ? "male" : "female";
        } else {
            warn("/gender", "card-gender", "Không đọc được giới tính trên thẻ.");
        }
    }

    void readIssued()
    {
        if (m_fields.size() <= Issued || m_fields[Issued].empty()) {
            return; // some cards leave it out
        }
        const Json date = dateOf(m_fields[Issued]);
        const std::string text = stringAt(date, "text");
        const auto day = stringAt(date, "precision") == "day"
                             ? parseIsoDay(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2))
                             : Result<Day>(fail(ErrorKind::Invalid, "no day"));
        if (day) {
            m_card.issued = *day;
        } else {
            warn("", "card-issued", "Không đọc được ngày cấp thẻ.");
        }
    }

    std::vector<std::string_view> m_fields;
    PersonCard m_card{};
};

} // namespace

Result<PersonCard> readPersonCard(std::string_view text, const Catalogue& catalogue, Day today)
{
    text = trimmed(text);
    if (text.empty() || text.size() > kCardBytesMax) {
        return fail(ErrorKind::Invalid, "not the text of an identity card: empty or too long");
    }
    std::vector<std::string_view> fields = fieldsOf(text);
    if (fields.size() < kFieldsLeast) {
        return fail(ErrorKind::Invalid, "not the text of an identity card: fewer than six fields");
    }
    if (!areDigits(fields[Number], 12)) {
        return fail(ErrorKind::Invalid, "not the text of an identity card: no number of twelve digits");
    }
    PersonCard card = CardReader(std::move(fields)).read();
    for (Problem& problem : checkPerson(card.person, "", catalogue, today)) {
        card.warnings.push_back(std::move(problem));
    }
    return card;
}

Json personCardToJson(const PersonCard& card)
{
    Json warnings = Json::array();
    for (const Problem& warning : card.warnings) {
        warnings.push_back({{"rule", warning.rule}, {"message", warning.message}});
    }
    return {{"person", card.person},
            {"oldId", card.oldId.empty() ? Json() : Json(card.oldId)},
            {"issued", card.issued ? Json(toIsoDay(*card.issued)) : Json()},
            {"warnings", std::move(warnings)}};
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ledger/ledger_file.h"

#include "app/common/sample_people.h"
#include "core/base/check.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/text.h"

#include <array>
#include <fstream>
#include <unicode/normalizer2.h>
#include <xlsxwriter.h>

namespace motcua::ledger {

namespace {

constexpr std::uint64_t kOddEvery = 1000; ///< one row of so many holds a sign that the code does not have
constexpr int kNameColumn = 3;

std::string decomposed(const std::string& text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFDInstance(status);
    std::string result;
    form->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(result);
    return result;
}

/// A byte that no letter of the code has; of Unicode a control.
std::string oddSign(const Writing& writing)
{
    switch (writing.code) {
    case LetterCode::Tcvn3:
        return westernText("\xC0");
    case LetterCode::Vni:
        return westernText("\xD7");
    case LetterCode::Vps:
        return westernText("\xE7");
    case LetterCode::Viscii:
        return westernText("\x01");
    case LetterCode::Cp1258:
        return westernText("\x9A");
    case LetterCode::Unicode:
    case LetterCode::Utf8:
        break;
    }
    return "\u0085";
}

std::string dateText(Random& random)
{
    const auto two = [&](std::uint64_t most) {
        const std::uint64_t number = random.below(most) + 1;
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    const std::string year = std::to_string(1950 + random.below(60));
    switch (random.below(8)) {
    case 0:
        return year;
    case 1:
        return two(12) + "/" + year;
    case 2:
        return "khoảng " + year;
    default: {
        const std::string day = two(28);
        return day + "/" + two(12) + "/" + year;
    }
    }
}

std::string placeText(Random& random)
{
    static const std::array kCommunes{"Phúc Thọ",   "Hát Môn",    "Vân Nam",   "Thanh Đa", "Tích Giang",
                                      "Võng Xuyên", "Hiệp Thuận", "Liên Hiệp", "Ngọc Tảo", "Thượng Cốc"};
    static const std::array kHamlets{"thôn Đông", "thôn Bảo Lộc", "xóm Mới", "cụm 7", "thôn Kỳ Úc"};
    return std::string(kHamlets[random.below(kHamlets.size())]) + ", xã " +
           kCommunes[random.below(kCommunes.size())] + ", huyện Phúc Thọ, tỉnh Hà Tây";
}

std::string personName(Random& random)
{
    SamplePeople people(random, "Phúc Thọ");
    const Day today = std::chrono::year{2026} / 11 / 23;
    const std::string name = stringAt(people.person(SampleRole::Adult, today), "name");
    return random.below(5) == 0 ? upperVietnamese(name) : name;
}

/// What a reader must make of it: the capitals that the code has no byte for are small, and remain so.
std::string meantText(const std::string& text, const Writing& writing)
{
    if (writing.code != LetterCode::Tcvn3 && writing.code != LetterCode::Vps) {
        return nfc(text);
    }
    return convertLetters(written(text, writing), writing.code).text;
}

void fillSheet(lxw_workbook* workbook, lxw_worksheet* sheet, const Writing& writing, std::uint64_t seed,
               std::int64_t rows)
{
    lxw_format* font = workbook_add_format(workbook);
    format_set_font_name(font, writing.code == LetterCode::Tcvn3 ? ".VnTime"
                               : writing.code == LetterCode::Vni ? "VNI-Times"
                                                                 : "Times New Roman");
    lxw_format* style = seed % 2 == 0 ? font : nullptr;
    for (std::size_t i = 0; i < LedgerRows::titles().size(); ++i) {
        worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i),
                               written(LedgerRows::titles()[i], writing).c_str(), style);
    }
    const LedgerRows ledger(writing, seed);
    for (std::int64_t at = 0; at < rows; ++at) {
        const Row row = ledger.row(at);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            require(worksheet_write_string(sheet, static_cast<lxw_row_t>(at + 1), static_cast<lxw_col_t>(i),
                                           row.cells[i].c_str(), style) == LXW_NO_ERROR,
                    "a cell is written");
        }
    }
}

void writeXlsx(const std::filesystem::path& file, const Writing& writing, std::uint64_t seed,
               std::int64_t rows)
{
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* workbook = workbook_new_opt(file.c_str(), &options);
    fillSheet(workbook, workbook_add_worksheet(workbook, "Sổ khai sinh"), writing, seed, rows);
    require(workbook_close(workbook) == LXW_NO_ERROR, "the workbook is written");
}

std::string quoted(const std::string& text)
{
    std::string field = "\"";
    for (const char c : text) {
        field += c;
        field += c == '"' ? "\"" : "";
    }
    return field + '"';
}

void writeCsv(const std::filesystem::path& file, const Writing& writing, std::uint64_t seed,
              std::int64_t rows)
{
    std::ofstream out(file, std::ios::binary);
    const auto bytes = [&](const std::string& text) {
        const auto western = writing.code == LetterCode::Unicode ? std::optional(text) : westernBytes(text);
        require(western.has_value(), "a cell of bytes");
        return *western;
    };
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (const std::string& cell : cells) {
            text += (text.empty() ? "" : ";") + quoted(bytes(cell));
        }
        out << text << "\r\n";
    };
    std::vector<std::string> titles;
    for (const std::string& title : LedgerRows::titles()) {
        titles.push_back(written(title, writing));
    }
    line(titles);
    const LedgerRows ledger(writing, seed);
    for (std::int64_t at = 0; at < rows; ++at) {
        line(ledger.row(at).cells);
    }
    require(out.good(), "the file is written");
}

} // namespace

std::vector<Writing> allWritings()
{
    std::vector<Writing> all;
    for (const Container container : {Container::Xlsx, Container::Csv}) {
        all.push_back({"unicode", LetterCode::Unicode, false, container});
        all.push_back({"unicode-nfd", LetterCode::Unicode, true, container});
        all.push_back({"tcvn3", LetterCode::Tcvn3, false, container});
        all.push_back({"vni", LetterCode::Vni, false, container});
        all.push_back({"vps", LetterCode::Vps, false, container});
        all.push_back({"viscii", LetterCode::Viscii, false, container});
        all.push_back({"cp1258", LetterCode::Cp1258, false, container});
    }
    return all;
}

std::string written(const std::string& text, const Writing& writing)
{
    if (writing.code == LetterCode::Unicode) {
        return writing.decomposed ? decomposed(text) : text;
    }
    const auto bytes = legacyBytes(text, writing.code);
    require(bytes.has_value(), "every letter of the ledger is in the code");
    return westernText(*bytes);
}

const std::vector<std::string>& LedgerRows::titles()
{
    static const std::vector<std::string> all{"Số",         "Quyển số",     "Ngày đăng ký", "Họ và tên",
                                              "Ngày sinh",  "Giới tính",    "Dân tộc",      "Nơi sinh",
                                              "Họ tên cha", "Năm sinh cha", "Họ tên mẹ",    "Năm sinh mẹ",
                                              "Nơi cư trú", "Người khai",   "Ghi chú"};
    return all;
}

const std::vector<std::string>& LedgerRows::fields()
{
    static const std::vector<std::string> all{"number",
                                              "volume",
                                              "registeredOn",
                                              "person.name",
                                              "person.birth",
                                              "person.gender",
                                              "person.ethnicGroup",
                                              "person.birthPlace",
                                              "father.name",
                                              "father.birth",
                                              "mother.name",
                                              "mother.birth",
                                              "person.address",
                                              "requester.name",
                                              "note"};
    return all;
}

void LedgerRows::put(Row& row, const std::string& text, bool odd) const
{
    row.cells.push_back(written(text, m_writing) + (odd ? oddSign(m_writing) : ""));
    row.meant.push_back(meantText(text, m_writing) + (odd ? "\uFFFD" : ""));
    row.odd.push_back(odd);
}

Row LedgerRows::row(std::int64_t index) const
{
    SeededRandom random(m_seed * 1'000'003 + static_cast<std::uint64_t>(index));
    static const std::array kGroups{"Kinh", "Mường", "Tày", "Thái", "Dao", "H'Mông"};
    static const std::array kNotes{"",
                                   "",
                                   "đăng ký quá hạn",
                                   "cấp lại bản chính, ghi \"theo sổ gốc\"",
                                   "=HYPERLINK(\"x\")",
                                   "con ngoài giá thú; đã nhận cha"};
    Row row;
    const auto year = std::to_string(1998 + index / 20'000);
    put(row, std::to_string(index % 20'000 + 1) + "/" + year, false);
    put(row, std::to_string(index % 20'000 / 200 + 1), false);
    put(row, "05/03/" + year, false);
    put(row, personName(random), random.below(kOddEvery) == 0);
    put(row, dateText(random), false);
    put(row, random.below(2) == 0 ? "Nam" : "Nữ", false);
    put(row, kGroups[random.below(kGroups.size())], false);
    put(row, placeText(random), false);
    put(row, personName(random), false);
    put(row, dateText(random), false);
    put(row, personName(random), false);
    put(row, dateText(random), false);
    put(row, placeText(random), false);
    put(row, personName(random), false);
    put(row, kNotes[random.below(kNotes.size())], false);
    static_assert(kNameColumn == 3);
    return row;
}

void writeLedger(const std::filesystem::path& file, const Writing& writing, std::uint64_t seed,
                 std::int64_t rows)
{
    writing.container == Container::Xlsx ? writeXlsx(file, writing, seed, rows)
                                         : writeCsv(file, writing, seed, rows);
}

std::string ledgerMap()
{
    Json columns = Json::array();
    for (std::size_t i = 0; i < LedgerRows::fields().size(); ++i) {
        columns.push_back({{"column", i + 1}, {"field", LedgerRows::fields()[i]}, {"encoding", "auto"}});
    }
    return dumpJson({{"book", {{"kind", "birth"}}}, {"columns", std::move(columns)}});
}

} // namespace motcua::ledger

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_entry.h"

#include "core/base/text.h"
#include "core/import/ledger_dates.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

struct RuleText
{
    std::string_view rule;
    std::string_view text;
};
constexpr std::array kRuleTexts{
    RuleText{"letters", "Có chữ mà bảng mã của cột không có"},
    RuleText{"letters-mixed", "Ô này có vẻ viết bằng bảng mã khác với cột"},
    RuleText{"formula", "Ô công thức: giữ kết quả như tệp đã lưu, không tính lại"},
    RuleText{"fault", "Ô báo lỗi của bảng tính"},
    RuleText{"date", "Không đọc được ngày"},
    RuleText{"number", "Không đọc được số đăng ký"},
    RuleText{"number-missing", "Thiếu số đăng ký"},
    RuleText{"number-again", "Số đăng ký này đã có"},
    RuleText{"year", "Không đọc được năm"},
    RuleText{"year-differs", "Năm trong số đăng ký khác năm của sổ"},
    RuleText{"name-missing", "Thiếu họ tên"},
    RuleText{"id", "Số giấy tờ không phải 9 hoặc 12 chữ số"},
    RuleText{"gender", "Không đọc được giới tính"},
    RuleText{"quote", "Dấu ngoặc kép không khép: dòng được đọc như chữ thường"},
    RuleText{"too-long", "Dòng quá dài, không giữ hết được"},
    RuleText{"too-wide", "Dòng nhiều cột hơn mức đọc được"},
    RuleText{"blank", "Dòng trống"},
    RuleText{"header", "Dòng tiêu đề"},
    RuleText{"header-again", "Dòng tiêu đề lặp lại"},
};

constexpr std::size_t kWasMax = 120;

std::string cut(std::string text)
{
    if (text.size() > kWasMax) {
        std::size_t end = kWasMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
            --end;
        }
        text.resize(end);
        text += "…";
    }
    return text;
}

std::string_view kindName(CellKind kind)
{
    switch (kind) {
    case CellKind::Number:
        return "number";
    case CellKind::Date:
        return "date";
    case CellKind::Truth:
        return "truth";
    case CellKind::Fault:
        return "fault";
    case CellKind::Formula:
        return "formula";
    case CellKind::Text:
        break;
    }
    return "text";
}

Json rawCell(const SheetCell& cell)
{
    if (cell.kind == CellKind::Text) {
        return cell.text;
    }
    Json raw{{"v", cell.text}, {"t", kindName(cell.kind)}};
    if (!cell.shown.empty()) {
        raw["s"] = cell.shown;
    }
    return raw;
}

/// Fills one row; one object a row.
class RowReader
{
public:
    RowReader(const TableRow& row, const ReadyMap& map, const PlaceHints& hints)
        : m_row(row), m_map(map), m_hints(hints)
    {}

    LedgerRow read()
    {
        m_result.number = m_row.number;
        m_result.book = m_map.map.book;
        m_result.year = m_map.map.year;
        m_result.volume = m_map.map.volume;
        for (std::size_t i = 0; i < m_row.cells.size(); ++i) {
            readCell(i);
        }
        if (isSkipped()) {
            return std::move(m_result);
        }
        for (std::size_t i = 0; i < m_row.cells.size(); ++i) {
            if (rule(i) != nullptr && !rule(i)->field.empty() && !m_texts[i].empty()) {
                readField(i, *ledgerField(rule(i)->field));
            }
        }
        finish();
        return std::move(m_result);
    }

private:
    [[nodiscard]] const ColumnRule* rule(std::size_t column) const
    {
        const bool has = column < m_map.rules.size() && m_map.rules[column];
        return has ? &m_map.map.columns[*m_map.rules[column]] : nullptr;
    }
    void problem(std::size_t column, const char* name, std::string was)
    {
        m_result.problems.push_back({column, name, cut(std::move(was))});
    }

    void readCell(std::size_t column)
    {
        const SheetCell& cell = m_row.cells[column];
        const LetterCode code = column < m_map.codes.size() ? m_map.codes[column] : LetterCode::Unicode;
        const std::string& shown = cell.kind == CellKind::Date ? cell.shown : cell.text;
        CellLetters letters = readCellLetters(shown, code);
        std::string text = std::move(letters.converted.text);
        if (rule(column) != nullptr && rule(column)->capitals) {
            text = upperVietnamese(text);
        }
        if (letters.isMixed) {
            problem(column, "letters-mixed", cell.text);
        } else if (!letters.converted.odd.empty()) {
            const auto& odd = letters.converted.odd.front();
            problem(column, "letters",
                    "ký tự thứ " + std::to_string(odd.place) + " “" + odd.was + "”: " + cell.text);
        }
        if (cell.kind == CellKind::Formula) {
            problem(column, "formula", cell.shown);
        } else if (cell.kind == CellKind::Fault) {
            problem(column, "fault", cell.text);
        }
        m_result.cells.push_back(rawCell(cell));
        m_result.texts.push_back(text == cell.text ? Json() : Json(text));
        m_texts.push_back(tidyText(text));
    }

    /// Nothing in it, a header that comes again, or more than can be kept.
    bool isSkipped()
    {
        const bool blank = std::ranges::all_of(m_texts, [](const std::string& text) { return text.empty(); });
        std::string why = m_row.fault == RowFault::TooLong   ? "too-long"
                          : m_row.fault == RowFault::TooWide ? "too-wide"
                          : blank                            ? "blank"
                                                             : "";
        if (why.empty() && isHeader()) {
            why = "header-again";
        }
        if (why.empty()) {
            return false;
        }
        m_result.state = RowState::Skipped;
        m_result.problems = {{CellProblem::kWholeRow, why,
                              why == "too-long" ? std::to_string(m_row.bytes) + " byte" : std::string()}};
        return true;
    }
    [[nodiscard]] bool isHeader() const
    {
        if (m_map.titles.empty() || m_texts.size() > m_map.titles.size()) {
            return false;
        }
        std::size_t same = 0;
        for (std::size_t i = 0; i < m_texts.size(); ++i) {
            if (!m_texts[i].empty() && fold(m_texts[i]) != m_map.titles[i]) {
                return false;
            }
            same += m_texts[i].empty() ? 0 : 1;
        }
        return same >= 2;
    }

    /// "person.name": the member `name` of the object `person`.
    Json& place(std::string_view field)
    {
        const std::size_t dot = field.find('.');
        return dot == std::string_view::npos
                   ? m_result.entry[std::string(field)]
                   : m_result.entry[std::string(field.substr(0, dot))][std::string(field.substr(dot + 1))];
    }

    void readField(std::size_t column, const LedgerField& field)
    {
        const std::string& text = m_texts[column];
        switch (field.kind) {
        case LedgerKind::Number:
            return readNumber(column, text);
        case LedgerKind::Year:
            return readYear(column, text);
        case LedgerKind::Date:
            return readDate(column, field, text);
        case LedgerKind::Id:
            return readId(column, field, text);
        case LedgerKind::Sex:
            return readGender(column, field, text);
        case LedgerKind::Place:
            return readPlace(field, text);
        case LedgerKind::Name:
        case LedgerKind::Text:
            break;
        }
        place(field.name) = text;
        if (field.name == "volume") {
            m_result.volume = text;
        }
    }
    void readNumber(std::size_t column, const std::string& text)
    {
        place("number") = text;
        const auto number = ledgerNumber(text);
        if (!number) {
            return problem(column, "number", text);
        }
        m_result.entryNumber = number->number;
        m_numberYear = number->year;
        m_numberColumn = column;
    }
    void readYear(std::size_t column, const std::string& text)
    {
        place("year") = text;
        if (const auto year = ledgerYear(text)) {
            m_result.year = year;
        } else {
            problem(column, "year", text);
        }
    }
    void readDate(std::size_t column, const LedgerField& field, const std::string& text)
    {
        if (auto date = ledgerDate(text)) {
            place(field.name) = std::move(*date);
            return;
        }
        place(field.name) = Json{{"written", text}};
        problem(column, "date", text);
    }
    void readId(std::size_t column, const LedgerField& field, const std::string& text)
    {
        std::string digits;
        std::ranges::copy_if(text, std::back_inserter(digits),
                             [](char c) { return c != ' ' && c != '.' && c != '-'; });
        const bool isNumber = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }) &&
                              (digits.size() == 9 || digits.size() == 12);
        const std::string holder(field.name.substr(0, field.name.find('.')));
        if (isNumber) {
            m_result.entry[holder][digits.size() == 9 ? "oldId" : "personalId"] = digits;
            return;
        }
        m_result.entry[holder]["idWritten"] = text;
        problem(column, "id", text);
    }
    void readGender(std::size_t column, const LedgerField& field, const std::string& text)
    {
        const std::string plain = fold(text);
        const bool isMale = plain == "nam" || plain == "m" || plain == "trai" || plain == "1";
        const bool isFemale = plain == "nu" || plain == "f" || plain == "gai" || plain == "0" || plain == "2";
        if (!isMale && !isFemale) {
            m_result.entry["person"]["genderWritten"] = text;
            return problem(column, "gender", text);
        }
        place(field.name) = isMale ? "male" : "female";
    }
    void readPlace(const LedgerField& field, const std::string& text)
    {
        place(field.name) = text;
        if (m_hints) {
            const std::vector<std::string> units = m_hints(text);
            if (!units.empty()) {
                m_result.entry["hints"][std::string(field.name)] = units;
            }
        }
    }

    void finish()
    {
        finishNumber();
        for (const char* holder : {"person", "husband", "wife", "requester", "father", "mother"}) {
            if (const auto found = m_result.entry.find(holder);
                found != m_result.entry.end() && m_result.name.empty()) {
                m_result.name = stringAt(*found, "name");
            }
        }
        if (m_result.name.empty()) {
            problem(CellProblem::kWholeRow, "name-missing", {});
        }
        if (m_row.fault == RowFault::OpenQuote) {
            problem(CellProblem::kWholeRow, "quote", {});
        }
        m_result.state = m_result.problems.empty() ? RowState::Good : RowState::Review;
    }
    void finishNumber()
    {
        const bool isMapped = std::ranges::any_of(
            m_map.map.columns, [](const ColumnRule& each) { return each.field == "number"; });
        if (isMapped && m_result.entryNumber.empty() && !m_result.entry.contains("number")) {
            problem(CellProblem::kWholeRow, "number-missing", {});
        }
        if (m_numberYear && m_result.year && m_numberYear != m_result.year) {
            problem(m_numberColumn, "year-differs",
                    std::to_string(*m_numberYear) + " và " + std::to_string(*m_result.year));
        }
        m_result.year = m_numberYear ? m_numberYear : m_result.year ? m_result.year : yearOfRegistration();
    }
    [[nodiscard]] std::optional<int> yearOfRegistration() const
    {
        const std::string text = stringAt(at(m_result.entry, "registeredOn"), "text");
        return text.size() >= 4 ? ledgerYear(std::string_view(text).substr(text.size() - 4)) : std::nullopt;
    }

    const TableRow& m_row;
    const ReadyMap& m_map;
    const PlaceHints& m_hints;
    LedgerRow m_result;
    std::vector<std::string> m_texts; ///< tidied, by column
    std::optional<int> m_numberYear;
    std::size_t m_numberColumn = 0;
};

} // namespace

std::string ledgerProblemText(std::string_view rule, std::string_view was)
{
    for (const RuleText& each : kRuleTexts) {
        if (each.rule == rule) {
            return std::string(each.text) + (was.empty() ? "." : ": " + std::string(was));
        }
    }
    return std::string(rule);
}

std::string_view rowStateName(RowState state)
{
    return state == RowState::Good ? "good" : state == RowState::Review ? "review" : "skipped";
}

LedgerRow readLedgerRow(const TableRow& row, const ReadyMap& map, const PlaceHints& hints)
{
    return RowReader(row, map, hints).read();
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_survey.h"

#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kBeginning = 60;
constexpr std::int64_t kWatchEvery = 500;
constexpr std::size_t kHeaderLooked = 20;

std::size_t textCells(const TableRow& row)
{
    return static_cast<std::size_t>(std::ranges::count_if(row.cells, [](const SheetCell& cell) {
        return cell.kind == CellKind::Text && !cell.text.empty() &&
               std::ranges::none_of(cell.text, [](char c) { return c >= '0' && c <= '9'; });
    }));
}

/// The row of titles: among the first the one with the most cells of words and no figures, if it is at least
/// half full; above it stand the book's own titles.
std::int64_t likelyHeader(const std::vector<TableRow>& beginning)
{
    std::int64_t header = 0;
    std::size_t most = 1;
    for (std::size_t i = 0; i < std::min(beginning.size(), kHeaderLooked); ++i) {
        const std::size_t words = textCells(beginning[i]);
        if (words > most && words * 2 >= beginning[i].cells.size()) {
            most = words;
            header = beginning[i].number;
        }
    }
    return header;
}

/// Looks at all rows.
class Surveyor
{
public:
    explicit Surveyor(LedgerSurvey& survey) : m_survey(survey) {}

    [[nodiscard]] Result<void> read(TableReader& reader, const LedgerWatch& watch)
    {
        for (std::int64_t count = 1;; ++count) {
            auto row = TRY(reader.next());
            if (!row) {
                break;
            }
            take(std::move(*row));
            if (count % kWatchEvery == 0 && watch && !watch(reader.progress())) {
                return fail(ErrorKind::Refused, "stopped");
            }
        }
        return {};
    }

    void finish(std::optional<std::int64_t> header)
    {
        m_survey.header = header.value_or(likelyHeader(m_survey.beginning));
        m_survey.rows = m_rows - (m_survey.header > 0 ? rowsUpTo(m_survey.header) : 0);
        std::vector<Recognition> found = recognise(m_letters);
        for (std::size_t i = 0; i < m_letters.size(); ++i) {
            showEntry(found[i], i);
            m_survey.columns.push_back({{}, m_filled[i], found[i], nullptr});
        }
        for (const TableRow& row : m_survey.beginning) {
            if (row.number == m_survey.header) {
                nameColumns(row);
            }
        }
    }

private:
    void take(TableRow row)
    {
        ++m_rows;
        const std::size_t columns = row.cells.size();
        if (columns > m_letters.size()) {
            m_letters.resize(columns);
            m_filled.resize(columns);
        }
        for (std::size_t i = 0; i < columns; ++i) {
            m_filled[i] += row.cells[i].text.empty() ? 0 : 1;
            m_letters[i].add(row.cells[i]);
        }
        if (m_survey.beginning.size() < kBeginning) {
            m_survey.beginning.push_back(std::move(row));
        }
    }
    /// Names and places say more about letters than the title of their column does.
    void showEntry(Recognition& found, std::size_t column) const
    {
        for (const TableRow& row : m_survey.beginning) {
            const bool isEntry = row.number > m_survey.header && column < row.cells.size();
            const std::string text = isEntry ? row.cells[column].text : std::string();
            const bool isMarked =
                std::any_of(text.begin(), text.end(), [](char byte) { return (byte & 0x80) != 0; });
            if (isMarked) {
                found.before = text;
                found.after = convertLetters(text, found.code).text;
                return;
            }
        }
    }
    [[nodiscard]] std::int64_t rowsUpTo(std::int64_t header) const
    {
        return static_cast<std::int64_t>(std::ranges::count_if(
            m_survey.beginning, [&](const TableRow& row) { return row.number <= header; }));
    }
    void nameColumns(const TableRow& header)
    {
        std::set<std::string_view> given;
        for (std::size_t i = 0; i < std::min(header.cells.size(), m_survey.columns.size()); ++i) {
            LedgerColumn& column = m_survey.columns[i];
            column.title = tidyText(convertLetters(header.cells[i].text, column.letters.code).text);
            const LedgerField* field = fieldForTitle(column.title);
            column.meant = field != nullptr && given.insert(field->name).second ? field : nullptr;
        }
    }

    LedgerSurvey& m_survey;
    std::vector<ColumnLetters> m_letters;
    std::vector<std::int64_t> m_filled;
    std::int64_t m_rows = 0;
};

std::string spokenColumn(std::size_t column, const LedgerSurvey& survey)
{
    const std::string title = column < survey.columns.size() ? survey.columns[column].title : std::string();
    return columnLetters(column) + (title.empty() ? "" : " (“" + title + "”)");
}

/// Titles are compared without marks, as they are read and as they stand.
std::optional<std::size_t> columnWithTitle(const std::string& title, const LedgerSurvey& survey)
{
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        if (!title.empty() && fold(survey.columns[i].title) == fold(title)) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace

Result<LedgerSurvey> surveyLedger(const TableFile& file, const SurveyOptions& options,
                                  const LedgerWatch& watch, const TableLimits& limits)
{
    LedgerSurvey survey;
    survey.file = file;
    survey.sheet = options.sheet.empty() ? file.sheets.front() : options.sheet;
    survey.delimiter = options.delimiter != 0 ? options.delimiter : file.delimiter;
    const auto reader = TRY(openTable(file, survey.sheet, survey.delimiter, limits));
    Surveyor surveyor(survey);
    TRY(surveyor.read(*reader, watch));
    surveyor.finish(options.header);
    return survey;
}

tl::expected<ReadyMap, Problems> readyMap(const LedgerMap& map, const LedgerSurvey& survey)
{
    Problems problems;
    ReadyMap ready;
    ready.map = map;
    ready.codes.assign(survey.columns.size(), LetterCode::Unicode);
    ready.rules.assign(survey.columns.size(), std::nullopt);
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        const Recognition& letters = survey.columns[i].letters;
        ready.codes[i] = map.code                                ? *map.code
                         : letters.sure == Recognition::Sure::No ? LetterCode::Unicode
                                                                 : letters.code;
        ready.titles.push_back(fold(survey.columns[i].title));
    }
    const auto wrong = [&](std::size_t i, const char* member, const char* rule, const std::string& message) {
        problems.push_back(
            {"/columns/" + std::to_string(i) + "/" + member, rule, message, Severity::Hard, {}});
    };
    std::set<std::size_t> used;
    for (std::size_t i = 0; i < ready.map.columns.size(); ++i) {
        ColumnRule& rule = ready.map.columns[i];
        const auto column =
            rule.title.empty() ? std::optional(rule.column) : columnWithTitle(rule.title, survey);
        if (!column || *column >= survey.columns.size()) {
            wrong(i, "column", "column-missing",
                  "Tệp không có cột " +
                      (rule.title.empty() ? columnLetters(rule.column) : "“" + rule.title + "”") + ".");
            continue;
        }
        if (!used.insert(*column).second) {
            wrong(i, "column", "column-twice", "Cột " + spokenColumn(*column, survey) + " được nêu hai lần.");
        }
        const Recognition& letters = survey.columns[*column].letters;
        if (!rule.code && !map.code && letters.sure == Recognition::Sure::No) {
            wrong(i, "encoding", "encoding-unsure",
                  "Chưa chắc cột " + spokenColumn(*column, survey) + " viết bằng bảng mã nào; có thể là " +
                      std::string(letterCodeLabel(letters.code)) + ". Hãy ghi rõ bảng mã.");
        }
        rule.column = *column;
        rule.title.clear();
        rule.code = rule.code ? rule.code : ready.codes[*column];
        ready.codes[*column] = *rule.code;
        ready.rules[*column] = i;
    }
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    ready.map.sheet = survey.sheet;
    ready.map.delimiter = survey.delimiter;
    ready.map.header = map.header;
    return ready;
}

LedgerMap suggestedMap(const LedgerSurvey& survey)
{
    LedgerMap map;
    map.sheet = survey.sheet;
    map.header = survey.header;
    map.delimiter = survey.delimiter;
    map.book = "birth";
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        const LedgerColumn& column = survey.columns[i];
        ColumnRule rule;
        rule.column = i;
        rule.field = column.meant == nullptr ? std::string() : std::string(column.meant->name);
        rule.code = column.letters.code;
        rule.capitals = false;
        map.columns.push_back(std::move(rule));
    }
    return map;
}

} // namespace motcua

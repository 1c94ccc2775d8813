// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ledger_json.h"

#include "app/cli/rows.h"
#include "app/common/ledger_words.h"

#include <array>

namespace motcua::cli {

namespace {

Json columnToJson(const LedgerColumn& column, std::size_t index, const ReadyMap* map)
{
    const Recognition& letters = column.letters;
    const LetterCode code = map == nullptr ? letters.code : map->codes[index];
    constexpr std::array kSure{"plain", "yes", "likely", "no"};
    return {{"column", columnLetters(index)},
            {"title", column.title},
            {"filled", column.filled},
            {"encoding", std::string(letterCodeName(code))},
            {"recognised", std::string(letterCodeName(letters.code))},
            {"sure", kSure[static_cast<std::size_t>(letters.sure)]},
            {"percent", letters.percent},
            {"words", letters.words},
            {"caseLost", letters.lostCase},
            {"before", letters.before},
            {"after", convertLetters(letters.before, code).text},
            {"meant", column.meant == nullptr ? Json() : Json(std::string(column.meant->name))}};
}

} // namespace

Json tallyToJson(const LedgerTally& tally)
{
    return {{"rows", tally.rows()},   {"imported", tally.imported()}, {"skipped", tally.skipped()},
            {"review", tally.review}, {"blank", tally.blank},         {"problems", Json::array()}};
}

void addProblems(const LedgerRow& row, Json& answer)
{
    for (const CellProblem& problem : row.problems) {
        if (answer["problems"].size() >= kProblemsMax) {
            answer["problemsMore"] = true;
            return;
        }
        const bool isRow = problem.column == CellProblem::kWholeRow;
        answer["problems"].push_back({{"pointer", "/rows/" + std::to_string(row.number) +
                                                      (isRow ? "" : "/" + columnLetters(problem.column))},
                                      {"row", row.number},
                                      {"column", isRow ? Json() : Json(columnLetters(problem.column))},
                                      {"rule", problem.rule},
                                      {"message", ledgerProblemText(problem.rule, problem.was)},
                                      {"severity", "soft"},
                                      {"source", ""},
                                      {"outcome", std::string(rowStateName(row.state))}});
    }
}

Json columnsToJson(const LedgerSurvey& survey, const ReadyMap* map)
{
    Json columns = Json::array();
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        columns.push_back(columnToJson(survey.columns[i], i, map));
    }
    return columns;
}

Json fileToJson(const LedgerSurvey& survey)
{
    return {{"name", survey.file.name},     {"sha256", survey.file.sha256}, {"size", survey.file.size},
            {"sheets", survey.file.sheets}, {"sheet", survey.sheet},        {"text", survey.file.text},
            {"rows", survey.rows},          {"header", survey.header}};
}

std::string columnsText(const LedgerSurvey& survey, const ReadyMap* map)
{
    std::string text;
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        const LedgerColumn& column = survey.columns[i];
        const LetterCode code = map == nullptr ? column.letters.code : map->codes[i];
        addLine(text, columnLetters(i) + "  " + column.title + "  " + std::string(letterCodeLabel(code)) +
                          " (" + recognitionWords(column.letters) + ")" +
                          (column.letters.lostCase ? "  chữ hoa bị mất, xem lại" : ""));
        if (!column.letters.before.empty()) {
            addLine(text, "    trước: " + column.letters.before);
            addLine(text, "    sau:   " + convertLetters(column.letters.before, code).text);
        }
    }
    return text;
}

} // namespace motcua::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_map.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace motcua {

namespace {

constexpr std::size_t kColumnsMax = 256;

/// Reads members one by one and remembers what was wrong.
class MapReader
{
public:
    explicit MapReader(std::string pointer, const Json& json, Problems& problems)
        : m_pointer(std::move(pointer)), m_json(json), m_problems(problems)
    {}
    void wrong(const std::string& member, const std::string& message) const
    {
        m_problems.push_back({m_pointer + "/" + member, "map", message, Severity::Hard, {}});
    }
    void onlyMembers(std::initializer_list<std::string_view> known) const
    {
        for (const auto& [name, value] : m_json.items()) {
            if (std::ranges::find(known, name) == known.end()) {
                wrong(name, "Bản đồ cột không có mục “" + name + "”.");
            }
        }
    }
    [[nodiscard]] std::string text(const char* member) const
    {
        const Json& value = at(m_json, member);
        if (!value.is_null() && (!value.is_string() || stringAt(m_json, member).size() > 500)) {
            wrong(member, "Phải là chữ.");
        }
        return stringAt(m_json, member);
    }
    [[nodiscard]] std::optional<std::int64_t> number(const char* member, std::int64_t least,
                                                     std::int64_t most) const
    {
        const Json& value = at(m_json, member);
        if (value.is_null()) {
            return std::nullopt;
        }
        if (!value.is_number_integer() || value.get<std::int64_t>() < least ||
            value.get<std::int64_t>() > most) {
            wrong(member,
                  "Phải là số nguyên từ " + std::to_string(least) + " đến " + std::to_string(most) + ".");
            return std::nullopt;
        }
        return value.get<std::int64_t>();
    }
    [[nodiscard]] std::optional<LetterCode> code(const char* member) const
    {
        const std::string name = text(member);
        const auto code = parseLetterCode(name);
        if (!name.empty() && name != "auto" && !code) {
            std::string known = "auto";
            for (const LetterCode each : allLetterCodes()) {
                known += ", " + std::string(letterCodeName(each));
            }
            wrong(member, "Không có bảng mã “" + name + "”. Có: " + known + ".");
        }
        return code;
    }

private:
    std::string m_pointer;
    const Json& m_json;
    Problems& m_problems;
};

std::size_t columnIn(const MapReader& reader, const Json& json)
{
    const Json& column = at(json, "column");
    if (column.is_number_integer()) {
        return static_cast<std::size_t>(reader.number("column", 1, kColumnsMax).value_or(1)) - 1;
    }
    const auto letters = column.is_string() ? columnFromLetters(column.get<std::string>()) : std::nullopt;
    if (!letters) {
        reader.wrong("column", "Phải là chữ của cột (A, B, …) hoặc số thứ tự từ 1.");
    }
    return letters.value_or(0);
}

ColumnRule ruleFrom(const std::string& pointer, const Json& json, Problems& problems)
{
    const MapReader reader(pointer, json, problems);
    ColumnRule rule;
    if (!json.is_object()) {
        problems.push_back({pointer, "map", "Mỗi cột là một đối tượng JSON.", Severity::Hard, {}});
        return rule;
    }
    reader.onlyMembers({"column", "title", "field", "encoding", "capitals"});
    rule.title = reader.text("title");
    rule.field = reader.text("field");
    rule.code = reader.code("encoding");
    if (rule.title.empty()) {
        rule.column = columnIn(reader, json);
    }
    if (!rule.field.empty() && ledgerField(rule.field) == nullptr) {
        reader.wrong("field", "Không có trường “" + rule.field + "”.");
    }
    if (const Json& capitals = at(json, "capitals"); !capitals.is_null() && !capitals.is_boolean()) {
        reader.wrong("capitals", "Phải là true hoặc false.");
    } else {
        rule.capitals = capitals.is_boolean() && capitals.get<bool>();
    }
    return rule;
}

void readColumns(const Json& json, LedgerMap& map, Problems& problems)
{
    const Json& columns = at(json, "columns");
    if (!columns.is_array() || columns.empty() || columns.size() > kColumnsMax) {
        problems.push_back({"/columns", "map", "Cần danh sách các cột.", Severity::Hard, {}});
        return;
    }
    std::set<std::string> fields;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string pointer = "/columns/" + std::to_string(i);
        map.columns.push_back(ruleFrom(pointer, columns[i], problems));
        const std::string& field = map.columns.back().field;
        if (!field.empty() && !fields.insert(field).second) {
            problems.push_back(
                {pointer + "/field", "map", "Hai cột cùng là “" + field + "”.", Severity::Hard, {}});
        }
    }
}

} // namespace

tl::expected<LedgerMap, Problems> parseLedgerMap(const Json& json)
{
    Problems problems;
    LedgerMap map;
    if (!json.is_object()) {
        return tl::unexpected(
            Problems{{"", "map", "Bản đồ cột phải là một đối tượng JSON.", Severity::Hard, {}}});
    }
    const MapReader reader("", json, problems);
    reader.onlyMembers({"sheet", "header", "delimiter", "book", "encoding", "columns"});
    map.sheet = reader.text("sheet");
    map.header = reader.number("header", 0, 1000).value_or(1);
    map.code = reader.code("encoding");
    const std::string delimiter = reader.text("delimiter");
    constexpr std::string_view kDelimiters = ",;\t|";
    if (delimiter.size() > 1 || kDelimiters.find(delimiter) == std::string_view::npos) {
        reader.wrong("delimiter", "Dấu ngăn cột là một trong: dấu phẩy, chấm phẩy, tab, gạch đứng.");
    }
    map.delimiter = delimiter.size() == 1 ? delimiter[0] : '\0';
    const Json& book = at(json, "book");
    const MapReader bookReader("/book", book, problems);
    if (book.is_object()) {
        bookReader.onlyMembers({"kind", "year", "volume"});
        map.book = stringAt(book, "kind");
        map.volume = tidyText(bookReader.text("volume"));
        if (const auto year = bookReader.number("year", 1800, 2100)) {
            map.year = static_cast<int>(*year);
        }
    }
    if (!ledgerBookLabel(map.book)) {
        bookReader.wrong("kind", "Cần loại sổ, ví dụ birth (khai sinh).");
    }
    readColumns(json, map, problems);
    return problems.empty() ? tl::expected<LedgerMap, Problems>(std::move(map))
                            : tl::unexpected(std::move(problems));
}

Json toJson(const LedgerMap& map)
{
    Json columns = Json::array();
    for (const ColumnRule& rule : map.columns) {
        Json column{{"column", columnLetters(rule.column)}};
        if (!rule.field.empty()) {
            column["field"] = rule.field;
        }
        column["encoding"] = rule.code ? std::string(letterCodeName(*rule.code)) : std::string("auto");
        if (rule.capitals) {
            column["capitals"] = true;
        }
        columns.push_back(std::move(column));
    }
    Json json{{"header", map.header}, {"columns", std::move(columns)}, {"book", {{"kind", map.book}}}};
    if (!map.sheet.empty()) {
        json["sheet"] = map.sheet;
    }
    if (map.delimiter != 0) {
        json["delimiter"] = std::string(1, map.delimiter);
    }
    if (map.year) {
        json["book"]["year"] = *map.year;
    }
    if (!map.volume.empty()) {
        json["book"]["volume"] = map.volume;
    }
    return json;
}

std::string columnLetters(std::size_t column)
{
    std::string letters;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return letters;
}

std::optional<std::size_t> columnFromLetters(std::string_view letters)
{
    std::size_t column = 0;
    for (const char c : letters) {
        if (c < 'A' || c > 'Z' || column > kColumnsMax) {
            return std::nullopt;
        }
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column == 0 || column > kColumnsMax ? std::nullopt : std::optional(column - 1);
}

} // namespace motcua

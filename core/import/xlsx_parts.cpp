// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/xlsx_parts.h"

#include "core/base/text.h"
#include "core/import/letter_tables.h"

#include <algorithm>
#include <charconv>

namespace motcua {

namespace {

constexpr std::size_t kSheetsMax = 1000;
constexpr std::size_t kStylesMax = 70'000;

/// `target` of a relation as the name of a part; empty where it leads outside the file.
std::string partName(std::string_view base, std::string_view target)
{
    if (target.starts_with('/')) {
        target.remove_prefix(1);
    } else if (!base.empty()) {
        std::string joined = std::string(base) + std::string(target);
        return joined.find("..") == std::string::npos ? joined : std::string();
    }
    return target.find("..") == std::string_view::npos ? std::string(target) : std::string();
}

struct Relations : XmlListener
{
    struct Relation
    {
        std::string type; ///< the last word of it: "worksheet"
        std::string part;
    };
    std::map<std::string, Relation> byId;
    std::string base;

    void begin(std::string_view name, Attributes attributes) override
    {
        if (name != "Relationship" || attribute(attributes, "TargetMode") == "External") {
            return;
        }
        const std::string_view type = attribute(attributes, "Type");
        byId[std::string(attribute(attributes, "Id"))] = {
            std::string(type.substr(type.rfind('/') == std::string_view::npos ? 0 : type.rfind('/') + 1)),
            partName(base, attribute(attributes, "Target"))};
        trouble = byId.size() > kSheetsMax * 4 ? "too many relations" : "";
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}
};

struct WorkbookText : XmlListener
{
    struct Sheet
    {
        std::string name;
        std::string id;
    };
    std::vector<Sheet> sheets;
    bool from1904 = false;

    void begin(std::string_view name, Attributes attributes) override
    {
        if (name == "sheet") {
            sheets.push_back({std::string(attribute(attributes, "name")), relation(attributes)});
            trouble = sheets.size() > kSheetsMax ? "too many sheets" : "";
        } else if (name == "workbookPr") {
            const std::string_view since = attribute(attributes, "date1904");
            from1904 = since == "1" || since == "true";
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

private:
    /// `r:id`, whatever its prefix is; `sheetId` is another attribute.
    static std::string relation(Attributes attributes)
    {
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            if (name.ends_with(":id")) {
                return attributes[1];
            }
        }
        return {};
    }
};

Result<Relations> readRelations(const Package& package, const std::string& name, std::string base,
                                const TableLimits& limits)
{
    Relations relations;
    relations.base = std::move(base);
    PackagePart part = TRY(package.part(name, limits.smallPartBytes, limits.ratio));
    XmlReader reader(relations);
    TRY(reader.feedAll(part));
    return relations;
}

/// Whether a format of numbers shows a day or an hour: letters of dates outside quotes and brackets.
CellStyle::Number kindOfFormat(std::string_view code)
{
    bool quoted = false;
    bool bracket = false;
    bool day = false;
    bool time = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = static_cast<char>(code[i] | 0x20);
        if (code[i] == '"') {
            quoted = !quoted;
        } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
            ++i;
        } else if (!quoted && (code[i] == '[' || code[i] == ']')) {
            bracket = code[i] == '[';
        } else if (!quoted && !bracket) {
            day = day || c == 'y' || c == 'd';
            time = time || c == 'h' || c == 's';
        }
    }
    return time ? CellStyle::Number::Time : day ? CellStyle::Number::Day : CellStyle::Number::Plain;
}

CellStyle::Number kindOfBuiltIn(int id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 ||
        id == 58) {
        return CellStyle::Number::Day;
    }
    return (id >= 18 && id <= 22) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)
               ? CellStyle::Number::Time
               : CellStyle::Number::Plain;
}

int integer(std::string_view text)
{
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Styles : XmlListener
{
    std::map<int, CellStyle::Number> formats;
    std::vector<FontLetters> fonts;
    std::vector<CellStyle> styles;
    bool inFonts = false;
    bool inCells = false;

    void begin(std::string_view name, Attributes attributes) override
    {
        if (name == "numFmt") {
            formats[integer(attribute(attributes, "numFmtId"))] =
                kindOfFormat(attribute(attributes, "formatCode"));
        } else if (name == "fonts" || name == "cellXfs") {
            (name == "fonts" ? inFonts : inCells) = true;
        } else if (name == "font" && inFonts) {
            fonts.emplace_back();
        } else if (name == "name" && inFonts && !fonts.empty()) {
            fonts.back() = fontLetters(attribute(attributes, "val"));
        } else if (name == "xf" && inCells) {
            add(integer(attribute(attributes, "numFmtId")), integer(attribute(attributes, "fontId")));
        }
        trouble = styles.size() + fonts.size() + formats.size() > kStylesMax ? "too many styles" : "";
    }
    void end(std::string_view name) override
    {
        inFonts = inFonts && name != "fonts";
        inCells = inCells && name != "cellXfs";
    }
    void text(std::string_view) override {}

private:
    void add(int format, int font)
    {
        CellStyle style;
        const auto own = formats.find(format);
        style.number = own == formats.end() ? kindOfBuiltIn(format) : own->second;
        if (font >= 0 && static_cast<std::size_t>(font) < fonts.size()) {
            style.font = fonts[static_cast<std::size_t>(font)];
        }
        styles.push_back(style);
    }
};

struct Strings : XmlListener
{
    SharedTexts texts;
    RunText run;
    TableLimits limits;
    bool inItem = false;

    void begin(std::string_view name, Attributes attributes) override
    {
        if (name == "si") {
            inItem = true;
            run.clear();
        } else if (inItem) {
            run.begin(name, attributes);
        }
    }
    void end(std::string_view name) override
    {
        if (name == "si") {
            run.finish();
            texts.add(run);
            inItem = false;
            trouble =
                texts.bytes() > limits.sharedBytes ? "its texts are larger than this program holds" : "";
        } else if (inItem) {
            run.end(name);
        }
    }
    void text(std::string_view piece) override
    {
        if (inItem) {
            run.text(piece, limits.cellBytes + 1);
        }
    }
};

/// `_x0009_` is a tab: characters that XML cannot hold are written so.
std::string unescaped(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size();) {
        unsigned value = 0;
        const bool escape =
            text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_' &&
            std::from_chars(text.data() + i + 2, text.data() + i + 6, value, 16).ptr == text.data() + i + 6;
        if (escape && (value < 0xD800 || value > 0xDFFF)) {
            appendCharacter(plain, value);
            i += 7;
        } else {
            plain += text[i++];
        }
    }
    return plain;
}

} // namespace

FontLetters fontLetters(std::string_view fontName)
{
    const std::string name = fold(fontName.substr(0, 64));
    if (name.starts_with(".vn")) {
        return {LetterCode::Tcvn3, fontName.ends_with('H')};
    }
    if (name.starts_with("vni")) {
        return {LetterCode::Vni, false};
    }
    if (name.starts_with("vps")) {
        return {LetterCode::Vps, false};
    }
    return {};
}

Result<SheetBook> readWorkbook(const Package& package, const TableLimits& limits)
{
    std::string main = "xl/workbook.xml";
    if (package.has("_rels/.rels")) {
        const Relations top = TRY(readRelations(package, "_rels/.rels", {}, limits));
        for (const auto& [id, relation] : top.byId) {
            main = relation.type == "officeDocument" && !relation.part.empty() ? relation.part : main;
        }
    }
    WorkbookText text;
    PackagePart part = TRY(package.part(main, limits.smallPartBytes, limits.ratio));
    TRY(XmlReader(text).feedAll(part));
    const std::size_t slash = main.rfind('/') == std::string::npos ? 0 : main.rfind('/') + 1;
    const std::string folder = main.substr(0, slash);
    Relations relations =
        TRY(readRelations(package, folder + "_rels/" + main.substr(slash) + ".rels", folder, limits));
    SheetBook workbook;
    workbook.from1904 = text.from1904;
    for (const WorkbookText::Sheet& sheet : text.sheets) {
        const auto found = relations.byId.find(sheet.id);
        if (found != relations.byId.end() && found->second.type == "worksheet" &&
            package.has(found->second.part)) {
            workbook.sheets.push_back({sheet.name, found->second.part});
        }
    }
    for (const auto& [id, relation] : relations.byId) {
        if (package.has(relation.part)) {
            workbook.strings = relation.type == "sharedStrings" ? relation.part : workbook.strings;
            workbook.styles = relation.type == "styles" ? relation.part : workbook.styles;
        }
    }
    if (workbook.sheets.empty()) {
        return fail(ErrorKind::Invalid, "the workbook has no sheet with rows");
    }
    return workbook;
}

Result<std::vector<CellStyle>> readStyles(const Package& package, const SheetBook& workbook,
                                          const TableLimits& limits)
{
    Styles styles;
    if (!workbook.styles.empty()) {
        PackagePart part = TRY(package.part(workbook.styles, limits.smallPartBytes, limits.ratio));
        TRY(XmlReader(styles).feedAll(part));
    }
    return std::move(styles.styles);
}

Result<SharedTexts> SharedTexts::read(const Package& package, const SheetBook& workbook,
                                      const TableLimits& limits)
{
    Strings strings;
    strings.limits = limits;
    if (!workbook.strings.empty()) {
        PackagePart part = TRY(package.part(workbook.strings, limits.partBytes, limits.ratio));
        TRY(XmlReader(strings).feedAll(part));
    }
    return std::move(strings.texts);
}

std::string_view SharedTexts::text(std::size_t index) const
{
    const std::uint64_t begin = index == 0 ? 0 : m_ends[index - 1];
    return std::string_view(m_all).substr(begin, m_ends[index] - begin);
}

FontLetters SharedTexts::font(std::size_t index) const
{
    const auto found = m_fonts.find(index);
    return found == m_fonts.end() ? FontLetters{} : found->second;
}

void SharedTexts::add(const RunText& run)
{
    m_all += run.joined;
    if (run.font.code) {
        m_fonts.emplace(m_ends.size(), run.font);
    }
    if (run.tooLong) {
        m_cut.insert(m_ends.size());
    }
    m_ends.push_back(m_all.size());
}

void RunText::begin(std::string_view name, XmlListener::Attributes attributes)
{
    if (name == "rPh") {
        ++m_phonetic;
    } else if (name == "t") {
        m_inText = m_phonetic == 0;
    } else if (name == "rFont" && !font.code) {
        font = fontLetters(attribute(attributes, "val"));
    }
}

void RunText::end(std::string_view name)
{
    m_phonetic -= name == "rPh" ? 1 : 0;
    m_inText = m_inText && name != "t";
}

void RunText::text(std::string_view piece, std::size_t most)
{
    if (m_inText) {
        tooLong = tooLong || joined.size() + piece.size() > most;
        joined += tooLong ? std::string_view() : piece;
    }
}

void RunText::clear()
{
    *this = RunText{};
}

void RunText::finish()
{
    if (joined.find("_x") != std::string::npos) {
        joined = unescaped(joined);
    }
}

} // namespace motcua

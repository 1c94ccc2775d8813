// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_kind.h"

#include <algorithm>
#include <array>
#include <map>

namespace motcua {

namespace {

constexpr std::int64_t kMostSheets = 20;
constexpr std::array<std::string_view, 5> kUses{"one-stop", "original", "copy", "attestation", "book"};

using Blocks = std::map<std::string, PaperBlock>;

Result<PaperLine> lineFrom(const Source& source)
{
    PaperLine line;
    if (source.json().is_object()) {
        line.fields.push_back(TRY(paperFieldFromJson(source)));
        return line;
    }
    for (const Source& field : TRY(source.elements())) {
        line.fields.push_back(TRY(paperFieldFromJson(field)));
    }
    if (line.fields.empty()) {
        return source.wrong("a line has a field");
    }
    return line;
}

Result<PaperBlock> blockFrom(const Source& source)
{
    TRY(source.onlyMembers({"title", "lines"}));
    PaperBlock block;
    block.title = TRY(source.textOr("title", ""));
    for (const Source& line : TRY(source.items("lines"))) {
        block.lines.push_back(TRY(lineFrom(line)));
    }
    return block;
}

Result<Blocks> sharedBlocks(const Source& source)
{
    Blocks blocks;
    if (!source.has("blocks")) {
        return blocks;
    }
    const Source shared = TRY(source.member("blocks"));
    for (const auto& [name, value] : shared.json().items()) {
        (void)value;
        const Source one = TRY(shared.member(name));
        blocks.emplace(name, TRY(blockFrom(one)));
    }
    return blocks;
}

Result<std::vector<PaperBlock>> blocksOf(const Source& source, const Blocks& shared)
{
    std::vector<PaperBlock> blocks;
    for (const Source& one : TRY(source.items("blocks"))) {
        if (!one.json().is_string()) {
            blocks.push_back(TRY(blockFrom(one)));
            continue;
        }
        const auto found = shared.find(one.json().get<std::string>());
        if (found == shared.end()) {
            return one.wrong("there is no such block");
        }
        blocks.push_back(found->second);
    }
    return blocks;
}

Result<PaperUse> useFrom(const Source& source)
{
    const std::string name = TRY(source.textOr("use", "one-stop"));
    const auto* found = std::find(kUses.begin(), kUses.end(), name);
    if (found == kUses.end()) {
        return source.wrong("use: one-stop, original, copy, attestation or book");
    }
    return static_cast<PaperUse>(found - kUses.begin());
}

Result<std::vector<Status>> statusesFrom(const Source& source)
{
    std::vector<Status> statuses;
    for (const std::string& name : TRY(source.texts("statuses"))) {
        const auto status = parseStatus(name);
        if (!status) {
            return source.wrong("statuses: there is no '" + name + "'");
        }
        statuses.push_back(*status);
    }
    return statuses;
}

/// Names stand once in a paper, as a template and an error speak of them.
Result<void> checkNames(const PaperKind& kind, const Source& source)
{
    std::vector<std::string> seen;
    for (const PaperField* field : kind.fields()) {
        if (std::find(seen.begin(), seen.end(), field->name) != seen.end()) {
            return source.wrong("the field '" + field->name + "' stands twice in " + kind.name);
        }
        seen.push_back(field->name);
    }
    return {};
}

Result<void> takeRules(const Source& source, PaperKind& kind)
{
    kind.use = TRY(useFrom(source));
    kind.series = TRY(source.textOr("series", ""));
    kind.books = TRY(source.texts("books"));
    kind.procedures = TRY(source.texts("procedures"));
    kind.statuses = TRY(statusesFrom(source));
    if (source.has("when")) {
        const Source when = TRY(source.member("when"));
        kind.when = TRY(conditionFromJson(when));
    }
    kind.needsFee = TRY(source.truthOr("needsFee", false));
    kind.after = TRY(source.textOr("after", ""));
    kind.onStock = TRY(source.truthOr("onStock", false));
    kind.sheets = TRY(source.integerOr("sheets", 0));
    kind.sheetsFrom = TRY(source.texts("sheetsFrom"));
    if (kind.sheets < 0 || kind.sheets > kMostSheets) {
        return source.wrong("sheets: 1 to 20");
    }
    kind.effectiveFrom = TRY(source.day("effectiveFrom"));
    kind.effectiveTo = TRY(source.day("effectiveTo"));
    return {};
}

Result<PaperKind> kindFrom(const Source& source, const Blocks& shared)
{
    TRY(source.onlyMembers({"name",        "title",   "heading",    "signHere",   "template", "use",
                            "series",      "books",   "procedures", "statuses",   "when",     "needsFee",
                            "after",       "onStock", "sheets",     "sheetsFrom", "blocks",   "effectiveFrom",
                            "effectiveTo", "source",  "sure",       "note"}));
    PaperKind kind;
    kind.name = TRY(source.text("name"));
    kind.title = TRY(source.text("title"));
    kind.heading = TRY(source.textOr("heading", kind.title));
    kind.signHere = TRY(source.textOr("signHere", ""));
    kind.templateName = TRY(source.textOr("template", kind.name));
    TRY(takeRules(source, kind));
    kind.blocks = TRY(blocksOf(source, shared));
    kind.source = TRY(source.textOr("source", ""));
    kind.sure = TRY(source.text("sure"));
    kind.note = TRY(source.textOr("note", ""));
    TRY(checkNames(kind, source));
    return kind;
}

} // namespace

bool PaperKind::isInForce(Day on) const
{
    return (!effectiveFrom || *effectiveFrom <= on) && (!effectiveTo || on <= *effectiveTo);
}

std::vector<const PaperField*> PaperKind::fields() const
{
    std::vector<const PaperField*> all;
    for (const PaperBlock& block : blocks) {
        for (const PaperLine& line : block.lines) {
            for (const PaperField& field : line.fields) {
                all.push_back(&field);
            }
        }
    }
    return all;
}

Result<std::vector<PaperKind>> paperKindsFromJson(const Source& source)
{
    TRY(source.onlyMembers({"blocks", "papers"}));
    const Blocks shared = TRY(sharedBlocks(source));
    std::vector<PaperKind> kinds;
    for (const Source& one : TRY(source.items("papers"))) {
        kinds.push_back(TRY(kindFrom(one, shared)));
    }
    return kinds;
}

std::string_view paperUseName(PaperUse use)
{
    return kUses[static_cast<std::size_t>(use)];
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/book_kind.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::int64_t kPerPageMost = 100;
constexpr std::int64_t kPagesMost = 2000;

bool isId(std::string_view id)
{
    return !id.empty() && id.size() <= 40 &&
           std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

Result<RegistrationType> typeFromJson(const Source& source)
{
    TRY(source.onlyMembers({"value", "label", "procedures"}));
    RegistrationType type;
    type.value = TRY(source.text("value"));
    type.label = TRY(source.text("label"));
    type.procedures = TRY(source.texts("procedures"));
    return type;
}

} // namespace

Result<BookKind> bookKindFromJson(const Source& source)
{
    TRY(source.onlyMembers({"id", "symbol", "title", "group", "entriesPerPage", "pagesPerVolume", "items",
                            "twoPersons", "requesterSigns", "types", "sure"}));
    BookKind kind;
    kind.id = TRY(source.text("id"));
    kind.symbol = TRY(source.textOr("symbol", {}));
    kind.title = TRY(source.text("title"));
    kind.group = TRY(source.text("group"));
    kind.entriesPerPage = TRY(source.integerOr("entriesPerPage", 1));
    kind.pagesPerVolume = TRY(source.integerOr("pagesPerVolume", 200));
    kind.items = TRY(source.textOr("items", {}));
    kind.twoPersons = TRY(source.truthOr("twoPersons", false));
    kind.requesterSigns = TRY(source.truthOr("requesterSigns", false));
    kind.sure = TRY(source.textOr("sure", "unverified"));
    if (!isId(kind.id)) {
        return source.wrong("\"id\" has letters a-z and hyphens only");
    }
    if (kind.group != "civil-status" && kind.group != "attestation") {
        return source.wrong("\"group\" is civil-status or attestation");
    }
    if (kind.entriesPerPage < 1 || kind.entriesPerPage > kPerPageMost || kind.pagesPerVolume < 1 ||
        kind.pagesPerVolume > kPagesMost) {
        return source.wrong("a page has 1 to 100 entries, a volume 1 to 2000 pages");
    }
    for (const Source& type : TRY(source.items("types"))) {
        kind.types.push_back(TRY(typeFromJson(type)));
    }
    return kind;
}

} // namespace motcua

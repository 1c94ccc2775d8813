// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/catalogue.h"

#include "core/base/text.h"
#include "core/catalogue/catalogue_data.h"
#include "core/catalogue/publication.h"

#include <algorithm>

namespace motcua {

namespace {

using Words = std::vector<std::string>;

bool startsWith(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

bool hasAll(const Words& words, const Words& sought)
{
    return std::all_of(sought.begin(), sought.end(), [&](const std::string& word) {
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& own) { return startsWith(own, word); });
    });
}

/// The words as typed, one after the other from `begin` on, the last one perhaps unfinished.
bool beginsWithPhrase(const Words& words, std::size_t begin, const Words& sought)
{
    if (begin + sought.size() > words.size()) {
        return false;
    }
    for (std::size_t i = 0; i + 1 < sought.size(); ++i) {
        if (words[begin + i] != sought[i]) {
            return false;
        }
    }
    return startsWith(words[begin + sought.size() - 1], sought.back());
}

bool hasPhrase(const Words& words, const Words& sought)
{
    for (std::size_t begin = 0; begin + sought.size() <= words.size(); ++begin) {
        if (beginsWithPhrase(words, begin, sought)) {
            return true;
        }
    }
    return false;
}

bool isCodeLike(std::string_view text)
{
    const auto inCode = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), inCode);
}

/// 0 is the best; kNoMatch: not found by this text.
constexpr int kNoMatch = 100;

int rankByCode(const std::string& code, const std::string& text)
{
    if (code == text) {
        return 0;
    }
    // Officials leave out the leading "1.": the digits behind the dot name the procedure.
    const bool found =
        startsWith(code, text) || startsWith(std::string_view(code).substr(code.find('.') + 1), text);
    return found ? 1 : kNoMatch;
}

int rankByWords(const CatalogueEntry& entry, const Words& sought)
{
    const auto anyAlias = [&](auto fits) {
        return std::any_of(entry.aliasWords.begin(), entry.aliasWords.end(), fits);
    };
    if (entry.nameWords == sought || anyAlias([&](const Words& alias) { return alias == sought; })) {
        return 1;
    }
    const auto begins = [&](const Words& alias) { return beginsWithPhrase(alias, 0, sought); };
    if (hasPhrase(entry.nameWords, sought) || anyAlias(begins)) {
        return 2;
    }
    if (anyAlias([&](const Words& alias) { return hasPhrase(alias, sought); })) {
        return 3;
    }
    if (hasAll(entry.nameWords, sought)) {
        return 4;
    }
    Words all = entry.nameWords;
    for (const Words& alias : entry.aliasWords) {
        all.insert(all.end(), alias.begin(), alias.end());
    }
    return hasAll(all, sought) ? 5 : kNoMatch;
}

} // namespace

Result<Catalogue> Catalogue::load(const std::string& folder)
{
    return CatalogueLoader(CatalogueFiles(folder)).load();
}

Result<Catalogue> Catalogue::load(const std::string& folder, const CataloguePublication& city)
{
    CatalogueFiles::StandIns standIns = TRY(standInsFor(folder, city.content));
    return CatalogueLoader(CatalogueFiles(folder, std::move(standIns)), city.version).load();
}

const std::string& Catalogue::version() const
{
    return m_data->version;
}

std::vector<const Procedure*> Catalogue::procedures(Day on) const
{
    std::vector<const Procedure*> all;
    for (const CatalogueEntry& entry : m_data->entries) {
        if (!entry.procedure.repealed && entry.procedure.isInForce(on)) {
            all.push_back(&entry.procedure);
        }
    }
    return all;
}

const Procedure* Catalogue::find(std::string_view code, Day on) const
{
    for (const CatalogueEntry& entry : m_data->entries) {
        if (entry.procedure.code == code && entry.procedure.isInForce(on)) {
            return &entry.procedure;
        }
    }
    return nullptr;
}

std::vector<const Procedure*> Catalogue::search(std::string_view text, Day on) const
{
    const std::string tidy = tidyText(text);
    const Words sought = foldedWords(tidy);
    if (sought.empty()) {
        return tidy.empty() ? procedures(on) : std::vector<const Procedure*>{};
    }
    struct Hit
    {
        int rank;
        const Procedure* procedure;
    };
    std::vector<Hit> hits;
    for (const CatalogueEntry& entry : m_data->entries) {
        const Procedure& procedure = entry.procedure;
        const int rank = isCodeLike(tidy) ? rankByCode(procedure.code, tidy) : rankByWords(entry, sought);
        if (procedure.isInForce(on) && (procedure.repealed ? rank == 0 : rank != kNoMatch)) {
            hits.push_back({rank, &procedure});
        }
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.rank < b.rank; });
    std::vector<const Procedure*> found;
    found.reserve(hits.size());
    for (const Hit& hit : hits) {
        found.push_back(hit.procedure);
    }
    return found;
}

const Calendar& Catalogue::calendar() const
{
    return *m_data->calendar;
}

const std::vector<BookKind>& Catalogue::bookKinds() const
{
    return m_data->books;
}

const BookKind* Catalogue::bookKind(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(m_data->books, [&](const BookKind& kind) { return kind.isCalled(name); });
    return found == m_data->books.end() ? nullptr : &*found;
}

std::vector<const BookKind*> Catalogue::booksOf(std::string_view procedure, Day on) const
{
    std::vector<const BookKind*> books;
    const Procedure* known = find(procedure, on);
    if (known == nullptr) {
        return books;
    }
    const Form asked = form(*known, on);
    std::vector<std::string> ids = asked.alsoBooks;
    if (!asked.book.empty()) {
        ids.insert(ids.begin(), asked.book);
    }
    for (const std::string& id : ids) {
        if (const BookKind* kind = bookKind(id)) {
            books.push_back(kind);
        }
    }
    return books;
}

const std::vector<EthnicGroup>& Catalogue::ethnicGroups() const
{
    return m_data->groups;
}

const EthnicGroup* Catalogue::ethnicGroup(std::string_view name) const
{
    const auto found = m_data->groupsByKey.find(ethnicKey(name));
    return found == m_data->groupsByKey.end() ? nullptr : &m_data->groups[found->second];
}

std::string_view Catalogue::idProvince(std::string_view triple) const
{
    const auto found = m_data->idProvinces.find(triple);
    return found == m_data->idProvinces.end() ? std::string_view{} : std::string_view(found->second);
}

Result<Units> Catalogue::loadUnits() const
{
    return Units::load(m_data->files);
}

Result<MergeHints> Catalogue::loadMergeHints() const
{
    return MergeHints::load(m_data->files);
}

} // namespace motcua

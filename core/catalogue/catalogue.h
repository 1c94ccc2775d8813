// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/book_kind.h"
#include "core/catalogue/calendar.h"
#include "core/catalogue/procedure.h"
#include "core/catalogue/units.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

struct CataloguePublication;

struct EthnicGroup
{
    std::string code;
    std::string name;
    std::vector<std::string> aliases;
    bool extra = false; ///< foreigner, not determined: for reports, never offered as an ethnic group
};

/// Everything legal that changes with time: procedures, forms, fees, holidays. An immutable value, cheap
/// to copy; every question about procedures names the day it is asked for. Read once from a folder
/// (resources/catalogue describes the files); what it hands out lives as long as any copy of it.
class Catalogue
{
public:
    /// Fails with file and JSON pointer in the error when any file is missing or wrong.
    [[nodiscard]] static Result<Catalogue> load(const std::string& folder);
    /// What a city published, with the folder's files for all that is not in it: forms, rules of fields, the
    /// lunar calendar, lists. Fails in the same way, on anything wrong in either.
    [[nodiscard]] static Result<Catalogue> load(const std::string& folder, const CataloguePublication& city);

    /// "2026-11-21+1f0c22d9": the version in the files and the beginning of their hash, so that two
    /// counters with differently edited files can be told apart. Of a published one the city's word.
    [[nodiscard]] const std::string& version() const;

    /// In force that day, without the repealed ones, in the order of the files.
    [[nodiscard]] std::vector<const Procedure*> procedures(Day on) const;
    /// By code, also a repealed one; null when there is none that day.
    [[nodiscard]] const Procedure* find(std::string_view code, Day on) const;
    /// By words without marks in any order, each the beginning of a word of the name or of an everyday
    /// word for it, or by the beginning of the code; the best first. An empty text finds all. A repealed
    /// one is found by its whole code only.
    [[nodiscard]] std::vector<const Procedure*> search(std::string_view text, Day on) const;

    /// The form that this procedure is received with that day, its choices filled in.
    [[nodiscard]] Form form(const Procedure& procedure, Day on) const;

    /// All forms of all days, as written in the files.
    [[nodiscard]] const std::vector<Form>& forms() const;

    /// What the fields of such a dossier are, and who decides when two sides changed one. A procedure that
    /// is not known has the rules of all.
    [[nodiscard]] FieldRules fieldRules(std::string_view procedure, Day received) const;

    [[nodiscard]] const Calendar& calendar() const;

    /// The kinds of ledgers, in the order of the file.
    [[nodiscard]] const std::vector<BookKind>& bookKinds() const;
    /// By id or symbol; null when there is none.
    [[nodiscard]] const BookKind* bookKind(std::string_view name) const;
    /// Where the result of a procedure is entered, as its form of that day says: its book, then the further
    /// ones (a recognition with a birth). Empty: nowhere.
    [[nodiscard]] std::vector<const BookKind*> booksOf(std::string_view procedure, Day on) const;

    [[nodiscard]] const std::vector<EthnicGroup>& ethnicGroups() const;
    /// By name or another spelling (Mông, H'Mông, hmong); null when unknown.
    [[nodiscard]] const EthnicGroup* ethnicGroup(std::string_view name) const;

    /// The province of the first three digits of a personal number; empty when unknown.
    [[nodiscard]] std::string_view idProvince(std::string_view triple) const;

    /// Read from the same folder when they are first needed; the caller keeps them.
    [[nodiscard]] Result<Units> loadUnits() const;
    [[nodiscard]] Result<MergeHints> loadMergeHints() const;

private:
    struct Data;
    explicit Catalogue(std::shared_ptr<const Data> data) : m_data(std::move(data)) {}
    friend class CatalogueLoader;

    std::shared_ptr<const Data> m_data;
};

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// One value of "loại đăng ký". `procedures`: those that are always of this type; none: chosen or reckoned.
struct RegistrationType
{
    std::string value; ///< "on-time", "late", "again" …
    std::string label; ///< "Đăng ký quá hạn"
    std::vector<std::string> procedures;
};

/// A kind of ledger, as data (resources/catalogue/books.json). Each year of a kind is a book of its own. What
/// is entered in it the forms say (Form::book, Form::alsoBooks).
struct BookKind
{
    std::string id;     ///< "birth"; stands in books, on dossiers and in files
    std::string symbol; ///< "SCT/BS", where the law gives one
    std::string title;  ///< "Sổ đăng ký khai sinh"
    std::string group;  ///< "civil-status" or "attestation"
    std::int64_t entriesPerPage = 1;
    std::int64_t pagesPerVolume = 200;
    std::string items;       ///< pointer of a list with one number an element; empty: one number a dossier
    bool twoPersons = false; ///< who prepares an entry must not be who signs it
    bool requesterSigns = false;         ///< in the book itself (marriage; no other since Decree 120/2025)
    std::vector<RegistrationType> types; ///< empty: the book knows no such column
    std::string sure;

    [[nodiscard]] bool isCalled(std::string_view name) const { return name == id || name == symbol; }
};

[[nodiscard]] Result<BookKind> bookKindFromJson(const Source& source);

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/form_parts.h"
#include "core/books/book_page.h"
#include "core/catalogue/catalogue.h"

#include <tl/expected.hpp>

#include <vector>

namespace motcua {

/// A value that an entry holds, as the form of its procedure names it.
struct EntryField
{
    Leaf leaf;
    QString label; ///< whose it is, too: "Người giám hộ – Nơi cư trú"
    QString now;   ///< after all annotations
};

/// What an annotation may change: the texts, choices and dates that stand in the entry, in the order of the
/// form. Nothing where the catalogue does not know the procedure any more.
[[nodiscard]] std::vector<EntryField> entryFields(const Catalogue& catalogue, const BookEntry& entry);

/// What was typed as the field's new value; otherwise what is wrong with it.
[[nodiscard]] tl::expected<Json, QString> typedValue(const EntryField& field, const QString& typed);

} // namespace motcua

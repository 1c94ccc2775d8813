// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/paper_kind.h"

namespace motcua {

/// What becomes of a paper when a value that it needs is not known.
enum class Missing
{
    IsAnError, ///< the paper is not made
    LeftOpen,  ///< a ledger shows what was entered, also from an old book
};

/// What a paper's template may name beside the dossier itself, as texts ready to be printed: `field.NAME`,
/// `blocks` (title, lines, each with widths and cells), `registration`, `notes`. Invalid with the label of
/// each value that the paper cannot be without and that the context does not have.
[[nodiscard]] Result<Json> entryValues(const PaperKind& kind, const Json& context,
                                       Missing missing = Missing::IsAnError);

} // namespace motcua

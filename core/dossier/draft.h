// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/catalogue/catalogue.h"
#include "core/dossier/deadline.h"
#include "core/dossier/fee.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// What all files of one dossier may come to.
inline constexpr std::size_t kDossierFilesMax = 20;
inline constexpr std::int64_t kDossierFileBytesMax = std::int64_t{60} << 20;
/// More files, or more bytes of them, than one dossier may have (reliability 2.9). `scans`: so many more are
/// still to be scanned in; their bytes are not known yet. Pure.
[[nodiscard]] Problems fileLimitProblems(const Json& dossier, std::size_t scans = 0);

/// A soft problem and the reason that the official gave; goes into the journal with the receipt.
struct AnsweredProblem
{
    Problem problem;
    std::string reason;
};

/// A file of the draft that still lies on this computer (contracts/cli.md, `files[].path`): the caller
/// scans it in and appends the File to components[component].files of the dossier.
struct DraftScan
{
    std::size_t component;
    std::string path;
    std::string name; ///< as given; may be empty
    std::string pointer;
};

/// A draft as the counter sees it after checking.
struct CheckedDraft
{
    /// The contract's Dossier without what the counter decides (code, status, instants); text in form C and
    /// tidied, papers named, fees computed, catalogue version set. A valid body only when accepted() is true.
    Json dossier;
    Problems problems;                     ///< all at once; soft ones only where no reason answers them
    std::vector<AnsweredProblem> answered; ///< soft ones with their reasons
    std::string clientRef{};               ///< as given, also of a refused draft

    const Procedure* procedure = nullptr; ///< lives as long as the catalogue; null when unknown
    Term term{};                          ///< of the procedure or of the variant chosen
    std::string variant{};
    Extended extended = Extended::No;
    Fee fee{}; ///< with its arithmetic, of all codes together
    std::vector<DraftScan> scans{};

    /// Nothing hard stands in the way but rules of the form (an original that the law refuses) and fields
    /// that were not filled in yet: the body is valid, so that a refusal of it (form 03) can be recorded
    /// although it can't be received.
    bool refusable = false;
    Problems againstRefusal{}; ///< the hard problems that stand in the way of a refusal too

    [[nodiscard]] bool accepted() const { return problems.empty(); }
};

/// Checks a draft against the contract's schema, the procedure's form as in force at `now`, its rules, its
/// papers and its fees, and reports everything that is wrong, beside its field. Pure; takes any JSON.
///
/// A draft is the contract's Dossier without code, status and instants, plus `reasons` ({pointer: text},
/// which answer the soft problems at that pointer) and `clientRef`; see contracts/cli.md, `accept`. Null
/// means absent. `unitName` is the unit that takes it in ("UBND xã Phúc Thọ"), for its competence; empty: not
/// asked.
[[nodiscard]] CheckedDraft checkDraft(const Json& draft, const Catalogue& catalogue, Instant now,
                                      std::string_view unitName = {});

/// All papers that a procedure always asks for, as received: a handed-in one with one original. What the
/// window offers to tick at once, and practice data use; never put into a dossier unasked.
[[nodiscard]] Json fullChecklist(const Procedure& procedure);

} // namespace motcua

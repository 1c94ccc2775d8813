// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/condition.h"
#include "core/dossier/status.h"
#include "core/papers/paper_field.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// Fields that stand in one line of a paper, side by side.
struct PaperLine
{
    std::vector<PaperField> fields;
};

/// Lines that belong together, under a title where they have one.
struct PaperBlock
{
    std::string title;
    std::vector<PaperLine> lines;
};

/// What a paper is made of and when it may be made.
enum class PaperUse
{
    OneStop,     ///< a form of TT 03/2025/TT-VPCP or of the office's own, about the dossier itself
    Original,    ///< certificate or extract, issued once from an entry of this dossier
    Copy,        ///< from an entry of this dossier or of the one that a request names; any number of them
    Attestation, ///< the words that an attested paper bears
    Book,        ///< a page of a ledger; no dossier's paper
};

/// One paper as data (resources/papers/papers*.json): the order of its fields, where they come from, and for
/// which dossiers and days it is. A title that changes with the law is two of them with one name and days
/// that do not meet.
struct PaperKind
{
    std::string name;    ///< "birth-certificate"; stands in the journal
    std::string title;   ///< "Giấy khai sinh"
    std::string heading; ///< above the fields, in capitals on the paper; the title where nothing else is said
    std::string signHere;     ///< above the signature
    std::string templateName; ///< file of its layout
    PaperUse use = PaperUse::OneStop;
    std::string series;             ///< "TLKT-BS": numbered by year and series; empty: no number of its own
    std::vector<std::string> books; ///< kinds of book whose entries it shows
    std::vector<std::string> procedures; ///< only of these; empty: of any
    std::vector<Status> statuses;        ///< only in these; empty: in any
    std::optional<Condition> when;
    bool needsFee = false;   ///< only where there is something to collect
    std::string after;       ///< only after a move of this kind: "supplementing", "stopped", "extension"
    bool onStock = false;    ///< only the values, at their places on a printed sheet
    std::int64_t sheets = 0; ///< how many originals; 0: as many as the template's copies say
    std::vector<std::string> sheetsFrom; ///< pointers to how many are wanted
    std::vector<PaperBlock> blocks;
    std::optional<Day> effectiveFrom{};
    std::optional<Day> effectiveTo{};
    std::string source; ///< of the form
    std::string sure;   ///< as in the catalogue
    std::string note;   ///< what is not verified; never on the paper

    [[nodiscard]] bool isInForce(Day on) const;
    [[nodiscard]] std::vector<const PaperField*> fields() const;
};

/// The papers of one file. `blocks` of the file are taken in where a paper names them.
[[nodiscard]] Result<std::vector<PaperKind>> paperKindsFromJson(const Source& source);

/// "one-stop", "original", "copy", "attestation".
[[nodiscard]] std::string_view paperUseName(PaperUse use);

} // namespace motcua

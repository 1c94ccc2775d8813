// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What stands at the head of a unit's papers. All of it is the unit's own configuration: in one place there
/// is a commune centre, in another a branch of the city's (domain.md section 0).
struct PaperHead
{
    std::string governingBody; ///< "UBND xã Phúc Thọ"; printed in capitals
    std::string centre; ///< "Trung tâm Phục vụ\nhành chính công"; in capitals, bold, broken where a line ends
    std::string place;        ///< "Phúc Thọ", before the date
    std::string numberSuffix; ///< "TTPVHCC", as in "Số: 12/TNHS-TTPVHCC"
    std::string contact;      ///< address, telephone, hours: a small line on the slip; may be empty
    std::string issuer; ///< of civil-status papers, "Ủy ban nhân dân\nxã Phúc Thọ"; in capitals, bold
    int numberSlot = 1; ///< the counter that numbers the unit's papers; the others leave them open
};

struct PaperRow
{
    std::string label;
    std::string value;
};

struct PaperSection
{
    std::string title;
    std::vector<PaperRow> rows;
};

struct PaperComponent
{
    std::string name;
    std::string evidence; ///< handed-in, shown, looked-up
    int originals = 0;
    int copies = 0;
};

struct PaperFee
{
    std::string text;
    std::int64_t amount = 0; ///< đồng
};

/// Who hands the dossier in for somebody else, and by which paper.
struct AuthorisedPerson
{
    std::string name;
    std::string address;
    std::string personalId;
    std::string phone;
    std::string email;
    std::string paper; ///< "Giấy ủy quyền ngày 20/11/2026"
};

struct PaperApplicant
{
    std::string name;
    std::string personalId;
    std::string address;
    std::string phone;
    std::string email;
};

/// Everything that may stand on a paper of a dossier, as plain values. What is empty is left open on the
/// paper, to be filled in by hand.
struct PaperData
{
    std::string paper;        ///< "slip", "check-sheet", "collection", "refusal", or a unit's own
    std::string templateName; ///< of its layout; empty: the paper's name
    PaperHead head;
    std::string code;
    std::string officialCode;
    std::string procedureCode;
    std::string procedureName;
    std::string channel;  ///< counter, online, post
    std::string returnBy; ///< counter, post
    PaperApplicant applicant;
    std::optional<AuthorisedPerson> authorised;
    std::vector<PaperSection> sections;
    std::vector<PaperComponent> components;
    std::vector<PaperFee> fees;
    bool isPaid = false;
    std::string receiptNo; ///< of the official receipt (biên lai), when it has been written
    std::optional<Instant> paidAt;
    std::string term; ///< "03 ngày làm việc", "Trong ngày"
    std::optional<Instant> receivedAt;
    std::optional<Instant> dueAt;
    Instant printedAt{}; ///< the day beside the place
    std::string official;
    std::string paperNumber; ///< "Số: …" of the paper itself, not the dossier code
    std::string bookVolume;
    std::string bookNumber;
    std::string note;
    std::string reason; ///< why it was refused
    int sets = 1;
    int sheets = 1; ///< how many of the paper come out, where its template names no copies
    WordStyle words;
    Json more = Json::object(); ///< texts of the paper's own fields (see entryValues), by their names
};

/// What a caller knows beside the dossier itself.
struct PaperRequest
{
    std::string paper;
    std::string templateName; ///< as PaperData::templateName
    Json dossier;             ///< the contract's Dossier, or a draft of it for a check sheet
    std::string procedureName;
    std::vector<PaperSection> sections; ///< the form's fields in its own order, values as a person reads them
    PaperHead head;
    std::string official; ///< full name
    std::string term;
    std::vector<PaperFee> fees;
    std::optional<AuthorisedPerson> authorised;
    Instant printedAt{};
    std::string paperNumber;
    std::string bookVolume;
    std::string bookNumber;
    std::string reason; ///< why it was refused
    int sheets = 1;
    WordStyle words;
    Json more = Json::object(); ///< as PaperData::more
};

/// Takes over what the dossier says. Invalid when an instant in it is none. A draft without code and instants
/// is fine; which of them a paper needs, its template decides.
[[nodiscard]] Result<PaperData> paperDataFor(const PaperRequest& request);

/// The data as a template names it (resources/papers/README.md): all texts ready to be printed. Every name is
/// always there, empty when there is nothing to say.
[[nodiscard]] Json templateValues(const PaperData& data);

/// Data with something in every place: what templates are checked against.
[[nodiscard]] PaperData samplePaperData(const std::string& paper);

/// "ngày 21 tháng 11 năm 2026"; days below 10 and months 1 and 2 have a leading zero (Decree 30/2020).
[[nodiscard]] std::string longDay(Instant instant);

/// "21.000 đồng".
[[nodiscard]] std::string dongOnPaper(std::int64_t amount);

} // namespace motcua

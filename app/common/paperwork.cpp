// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paperwork.h"

#include "app/common/correction_letter.h"
#include "app/common/paper_head.h"
#include "app/common/readable_form.h"
#include "core/dossier/patch.h"
#include "core/papers/print_snapshot.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::string_view kSlip = "slip";
constexpr std::string_view kCollection = "collection";
constexpr std::string_view kRefusal = "refusal";
constexpr std::string_view kPile = "pile";

PaperTemplates templatesOf(const Workplace& place)
{
    return PaperTemplates(unitPaperFolder(place.registerFolder()));
}

/// The term of the dossier's kind of matter, where the form asks for one.
TermSpan termOf(const Procedure& procedure, const Form& form, const Json& dossier)
{
    const std::string channel = stringAt(dossier, "channel", "counter");
    const Json* variant = form.inputs.variant.empty() ? nullptr : findAt(dossier, form.inputs.variant);
    for (const Variant& one : procedure.variants) {
        if (variant != nullptr && *variant == one.name) {
            return one.term.spanFor(channel);
        }
    }
    return procedure.term.spanFor(channel);
}

std::string feeName(const Procedure& procedure, const std::string& code)
{
    const auto rule = std::find_if(procedure.fees.begin(), procedure.fees.end(),
                                   [&](const FeeRule& one) { return one.code == code; });
    return rule == procedure.fees.end() || rule->name.empty() ? code : rule->name;
}

std::vector<PaperFee> feesOf(const Procedure& procedure, const Json& dossier)
{
    std::vector<PaperFee> fees;
    const Json& list = at(dossier, "fees");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
        const Json& amount = at(list[i], "amount");
        fees.push_back({feeName(procedure, stringAt(list[i], "code")),
                        amount.is_number_integer() ? amount.get<std::int64_t>() : 0});
    }
    return fees;
}

/// A slip over nothing, or over a fee that the province has not set yet, would only be taken for a receipt.
bool hasFeeToCollect(const Json& dossier)
{
    const Json& list = at(dossier, "fees");
    return list.is_array() && std::any_of(list.begin(), list.end(), [](const Json& fee) {
               const Json& amount = at(fee, "amount");
               return amount.is_number_integer() && amount.get<std::int64_t>() > 0;
           });
}

/// The codes of what was taken in together, this one's among them, in their order; only this one's where it
/// came alone.
std::vector<std::string> codesTogether(const Json& dossier)
{
    std::vector<std::string> codes{stringAt(dossier, "code")};
    const std::string others = stringAt(at(dossier, "form"), "together");
    for (std::size_t begin = 0; begin < others.size();) {
        const std::size_t end = std::min(others.find(", ", begin), others.size());
        codes.push_back(others.substr(begin, end - begin));
        begin = end + 2;
    }
    std::sort(codes.begin(), codes.end());
    return codes;
}

/// Why a paper is none of this dossier's; empty when it is. A dossier that was turned away has no slip and
/// owes nothing; one that was taken in has no refusal.
std::string_view unfit(std::string_view paper, const DossierView& view)
{
    const bool refused = view.row.status == Status::Refused;
    if (paper == kRefusal && !refused) {
        return "hồ sơ này không bị từ chối, nên không có phiếu từ chối";
    }
    if (refused && (paper == kSlip || paper == kCollection)) {
        return "hồ sơ này bị từ chối tiếp nhận: chỉ có phiếu từ chối, không có giấy hẹn, không thu phí";
    }
    if (paper == kPile && codesTogether(view.dossier).size() < 2) {
        return "hồ sơ này không nhận cùng lượt với hồ sơ nào, nên không có phiếu nhận chung";
    }
    if (paper == kCollection && !hasFeeToCollect(view.dossier)) {
        return "hồ sơ này không có khoản phí, lệ phí nào phải thu";
    }
    return {};
}

Result<Corrections> correctionsOf(Workplace& place, const DossierView& view)
{
    return motcua::correctionsOf(place.connection(), place.desk().dossiers(), view.row.id);
}

/// "H26.131-261123-1001: Bằng tốt nghiệp, 5 trang × 3 bản"
std::string pileLine(const Catalogue& catalogue, const DossierView& view)
{
    const Procedure* procedure = catalogue.find(view.row.procedure, dayInVietnam(view.row.received));
    std::string line = view.row.code + ": ";
    const std::string document = stringAt(at(view.dossier, "form"), "documentName");
    line += !document.empty() || procedure == nullptr ? document : procedure->name;
    const Json& pages = at(at(view.dossier, "form"), "pages");
    const Json& copies = at(at(view.dossier, "form"), "copies");
    if (pages.is_number_integer() && copies.is_number_integer()) {
        line += ", " + dumpJson(pages) + " trang × " + dumpJson(copies) + " bản";
    }
    return line;
}

std::int64_t owed(const Json& dossier)
{
    std::int64_t total = 0;
    for (const Json& fee : at(dossier, "fees")) {
        const Json& amount = at(fee, "amount");
        total += amount.is_number_integer() ? amount.get<std::int64_t>() : 0;
    }
    return total;
}

/// One line for each dossier of the pile. One that is not found any more under its code (it was renumbered)
/// is left out of the sum, and so out of the paper.
Result<std::vector<PaperFee>> pileFees(Workplace& place, const Json& dossier)
{
    std::vector<PaperFee> fees;
    for (const std::string& code : codesTogether(dossier)) {
        const auto view = place.desk().dossiers().byCode(code);
        if (!view && view.error().kind != ErrorKind::NotFound) {
            return tl::unexpected(view.error());
        }
        if (view) {
            fees.push_back({pileLine(place.catalogue(), *view), owed(view->dossier)});
        }
    }
    return fees;
}

constexpr const char* kNothingToCorrect =
    "hồ sơ này không có gì khác với dữ liệu đã gửi lên cổng, nên không có công văn đính chính";

/// Form 01: where somebody hands in for the owner, the slip is the owner's and names who came, and by which
/// paper.
void nameOwner(PaperRequest& request)
{
    const Json& form = at(request.dossier, "form");
    const Json owner = at(form, "owner");
    if (stringAt(owner, "name").empty()) {
        return;
    }
    const Json& who = at(request.dossier, "applicant");
    request.authorised =
        AuthorisedPerson{stringAt(who, "name"),  stringAt(who, "address"), stringAt(who, "personalId"),
                         stringAt(who, "phone"), stringAt(who, "email"),   stringAt(form, "authorisation")};
    request.dossier["applicant"] = owner;
}

/// The letter says what differs instead of what the form says.
void sayCorrections(const Form* form, const Corrections& corrections, const std::string& reason,
                    PaperRequest& request)
{
    request.sections = correctionSections(form, corrections);
    request.reason = reason.empty() ? correctionReason(corrections) : reason;
}

Result<LaidOutPaper> layOutNew(Workplace& place, const DossierView& view, const std::string& paper,
                               const Corrections& corrections, const std::string& reason)
{
    // Left open on purpose, to be written by hand (PaperRequest's paperNumber, bookVolume and bookNumber):
    // the number of a paper and the places in the tracking book count through the year and the whole unit,
    // and a counter without a network cannot know what the others gave. The dossier code is the number that
    // is sure.
    PaperRequest request;
    request.paper = paper;
    request.dossier = view.dossier;
    request.head = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    const Actor& actor = place.desk().actor();
    request.official = actor.fullName.empty() ? actor.account : actor.fullName;
    request.printedAt = place.clock().now();
    // The papers of a dossier follow the catalogue of its day of receipt.
    const Day day = dayInVietnam(view.row.received);
    if (const Procedure* procedure = place.catalogue().find(view.row.procedure, day)) {
        const Form form = place.catalogue().form(*procedure, day);
        request.procedureName = procedure->name;
        request.sections = readableForm(form, view.dossier);
        request.term = termText(termOf(*procedure, form, view.dossier));
        request.fees = feesOf(*procedure, view.dossier);
        if (paper == kCorrectionPaper) {
            sayCorrections(&form, corrections, reason, request);
        }
    } else if (paper == kCorrectionPaper) {
        sayCorrections(nullptr, corrections, reason, request);
    }
    if (paper == kPile) {
        request.fees = TRY(pileFees(place, view.dossier));
    }
    if (paper == kSlip || paper == kRefusal) {
        nameOwner(request);
    }
    if (paper == kRefusal) {
        request.reason = refusalReason(TRY(place.desk().dossiers().history(view.row.id)));
    }
    return layOut(TRY(paperDataFor(request)), templatesOf(place), Marking{0, place.identity().practice});
}

} // namespace

Result<std::vector<PaperTitle>> papersOf(Workplace& place, const DossierView& view)
{
    std::vector<PaperTitle> papers = TRY(templatesOf(place).papers());
    const bool differs = !TRY(correctionsOf(place, view))
    .changes.empty();
    std::erase_if(papers, [&](const PaperTitle& paper) {
        return !unfit(paper.name, view).empty() || (paper.name == kCorrectionPaper && !differs);
    });
    return papers;
}

Result<PreparedPaper> preparePaper(Workplace& place, const std::string& code, const std::string& paper,
                                   const std::string& reason)
{
    const DossierView view = TRY(place.desk().dossiers().byCode(code));
    const Desk::Printed before = TRY(place.desk().printed(code, paper));
    const Instant now = place.clock().now();
    const Corrections corrections = paper == kCorrectionPaper ? TRY(correctionsOf(place, view)) : Corrections{};
    if (before.times > 0 && before.snapshot && corrections.changes.empty()) {
        const Marking marking{before.times, place.identity().practice};
        return PreparedPaper
        {
            code, TRY(layOutAgain(*before.snapshot, marking))
            , before.times, {}, now
        };
    }
    if (const std::string_view why = unfit(paper, view); !why.empty()) {
        return fail(ErrorKind::Refused, std::string(why));
    }
    if (paper == kCorrectionPaper && corrections.changes.empty()) {
        return fail(ErrorKind::Refused, kNothingToCorrect);
    }
    LaidOutPaper laidOut = TRY(layOutNew(place, view, paper, corrections, reason));
    std::string snapshot = snapshotOf(laidOut).bytes;
    return PreparedPaper{code, std::move(laidOut), 0, std::move(snapshot), now};
}

std::string fileStem(const std::string& paper, const std::string& code)
{
    std::string stem = code.empty() ? paper : paper + '-' + code;
    for (char& c : stem) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '-';
        c = plain ? c : '_';
    }
    return stem;
}

Answer<void> recordPaper(Workplace& place, const PreparedPaper& prepared, const PrintEnd& end)
{
    PrintEvent event;
    event.paper = prepared.paper.name();
    event.printer = end.printer;
    event.copies = prepared.paper.copyCount();
    event.outcome = end.outcome;
    event.sha256 = end.sha256;
    event.snapshot = prepared.snapshot;
    event.reprint = prepared.reprint;
    return place.desk().recordPrint(prepared.code, event);
}

} // namespace motcua

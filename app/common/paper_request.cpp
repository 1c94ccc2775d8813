// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paper_request.h"

#include "app/common/correction_letter.h"
#include "app/common/paper_head.h"
#include "app/common/paper_registration.h"
#include "app/common/readable_form.h"
#include "core/dossier/patch.h"
#include "core/papers/entry_values.h"

#include <algorithm>

namespace motcua {

namespace {

constexpr std::string_view kPile = "pile";
constexpr std::int64_t kMostSheets = 20; ///< at once; more in several goes

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

/// The letter says what differs instead of what the form says.
void sayCorrections(const Form* form, const Corrections& corrections, const std::string& reason,
                    PaperRequest& request)
{
    request.sections = correctionSections(form, corrections);
    request.reason = reason.empty() ? correctionReason(corrections) : reason;
}

/// How many of the paper are wanted, where its dossier says so.
int sheetsOf(const PaperKind& kind, const Json& context)
{
    for (const std::string& pointer : kind.sheetsFrom) {
        const Json* value = findAt(context, pointer);
        if (value != nullptr && value->is_number_integer() && *value > 0) {
            return static_cast<int>(std::min<std::int64_t>(value->get<std::int64_t>(), kMostSheets));
        }
    }
    return static_cast<int>(std::max<std::int64_t>(1, kind.sheets));
}

/// What the catalogue says of the matter, as on the day of receipt.
void takeProcedure(Workplace& place, const DossierView& view, PaperRequest& request)
{
    const Day day = dayInVietnam(view.row.received);
    const Procedure* procedure = place.catalogue().find(view.row.procedure, day);
    if (procedure == nullptr) {
        return;
    }
    const Form form = place.catalogue().form(*procedure, day);
    request.procedureName = procedure->name;
    request.sections = readableForm(form, view.dossier);
    request.term = termText(termOf(*procedure, form, view.dossier));
    request.fees = feesOf(*procedure, view.dossier);
}

std::string reasonOf(const PaperKind& kind, const std::vector<HistoryEntry>& history,
                     const PaperEvents& events)
{
    if (kind.name == "refusal") {
        return refusalReason(history);
    }
    const auto found = events.reasons.find(kind.after);
    return found == events.reasons.end() ? std::string() : found->second;
}

std::string onOneLine(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

/// What stands in a book, after all annotations, is what papers show. Where a request asks for another
/// dossier's entry, what it wants stays beside it as `wanted`.
void takeEntry(const RegisteredEntry& entry, Json& context)
{
    context["wanted"] = at(context, "form");
    for (const auto& [name, value] : entry.content.items()) {
        context[name] = value;
    }
    context["registration"] = entry.registration;
}

/// One situation for each book; several documents in one book have all their numbers on one paper.
std::vector<PaperSituation> inEachBook(const PaperSituation& base,
                                       const std::vector<RegisteredEntry>& entries)
{
    std::vector<PaperSituation> situations;
    for (const RegisteredEntry& entry : entries) {
        if (!situations.empty() && situations.back().book() == stringAt(entry.registration, "book")) {
            Json& text = situations.back().context["registration"]["numberText"];
            const std::string first = text.get<std::string>();
            text =
                first.substr(0, first.find(" đến ")) + " đến " + stringAt(entry.registration, "numberText");
            continue;
        }
        situations.push_back(base);
        takeEntry(entry, situations.back().context);
    }
    if (situations.empty()) {
        situations.push_back(base);
    }
    return situations;
}

Result<void> takeCorrections(Workplace& place, const DossierView& view, const std::string& reason,
                             PaperRequest& request)
{
    const Corrections corrections =
        TRY(correctionsOf(place.connection(), place.desk().dossiers(), view.row.id));
    const Day day = dayInVietnam(view.row.received);
    const Procedure* procedure = place.catalogue().find(view.row.procedure, day);
    if (procedure == nullptr) {
        sayCorrections(nullptr, corrections, reason, request);
        return {};
    }
    const Form form = place.catalogue().form(*procedure, day);
    sayCorrections(&form, corrections, reason, request);
    return {};
}

} // namespace

Result<PaperMatter> paperMatterOf(Workplace& place, const DossierView& view)
{
    PaperMatter matter;
    matter.history = TRY(place.desk().dossiers().history(view.row.id));
    matter.events = paperEvents(matter.history);
    PaperSituation now;
    now.context = view.dossier;
    const PaperHead head = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    now.procedure = view.row.procedure;
    now.status = view.row.status;
    now.lawDay = dayInVietnam(view.row.received);
    now.hasFee = hasFeeToCollect(view.dossier);
    now.events = matter.events.names;
    if (codesTogether(view.dossier).size() > 1) {
        now.events.insert("together");
    }
    if (!TRY(correctionsOf(place.connection(), place.desk().dossiers(), view.row.id)).changes.empty()) {
        now.events.insert("corrected");
    }
    matter.situations = inEachBook(now, TRY(registeredEntries(place, view, onOneLine(head.issuer))));
    return matter;
}

const PaperSituation* situationFor(const PaperKind& kind, const PaperMatter& matter, const Calendar& calendar,
                                   std::string& why)
{
    for (const PaperSituation& one : matter.situations) {
        std::string whyNotNow = whyNot(kind, one, calendar);
        if (whyNotNow.empty()) {
            return &one;
        }
        why = why.empty() ? std::move(whyNotNow) : why;
    }
    return nullptr;
}

Result<PaperRequest> paperRequestFor(Workplace& place, const DossierView& view, const PaperMatter& matter,
                                     const PaperSituation& now, const PaperKind& kind,
                                     const std::string& reason)
{
    PaperRequest request;
    request.paper = kind.name;
    request.templateName = kind.templateName;
    request.dossier = view.dossier;
    request.head = TRY(paperHeadOf(place.identity(), place.registerFolder()));
    const Actor& actor = place.desk().actor();
    request.official = actor.fullName.empty() ? actor.account : actor.fullName;
    request.printedAt = place.clock().now();
    takeProcedure(place, view, request);
    if (kind.use == PaperUse::OneStop && kind.name != "check-sheet" && kind.name != "collection") {
        nameOwner(request);
    }
    request.reason = reasonOf(kind, matter.history, matter.events);
    if (kind.name == kPile) {
        request.fees = TRY(pileFees(place, view.dossier));
    }
    if (kind.name == kCorrectionPaper) {
        TRY(takeCorrections(place, view, reason, request));
    }
    request.sheets = sheetsOf(kind, now.context);
    request.more = TRY(entryValues(kind, now.context));
    request.more.update(eventValues(matter.events));
    return request;
}

} // namespace motcua

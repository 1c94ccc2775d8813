// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/draft.h"

#include "core/base/text.h"
#include "core/dossier/draft_parts.h"
#include "core/dossier/patch.h"
#include "core/dossier/rules.h"
#include "core/dossier/schema.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::array<std::string_view, 8> kDecidedByCounter{
    "code", "status", "receivedAt", "dueAt", "finishedAt", "returnedAt", "results", "catalogue"};
constexpr std::string_view kDecidedByPortal = "officialCode";
constexpr std::array<std::string_view, 10> kOfDraft{"procedure", "channel",    "returnBy", "applicant",
                                                    "form",      "components", "fees",     "note",
                                                    "reasons",   "clientRef"};
/// A list longer than this helps nobody; a hostile draft shall not make one of megabytes.
constexpr std::size_t kProblemsMax = 500;
constexpr std::size_t kClientRefMax = 200;
constexpr std::size_t kReasonMax = 2000;

template<class Names> bool contains(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

void checkMembers(const Json& draft, DraftContext& context)
{
    for (const auto& item : draft.items()) {
        const std::string pointer = "/" + pointerToken(item.key());
        if (contains(kDecidedByCounter, item.key())) {
            context.hard(pointer, "counter-decides",
                         "Mục \"" + item.key() +
                             "\" do quầy quyết định khi tiếp nhận, bản nháp không được ghi sẵn.",
                         "TT 03/2025/TT-VPCP");
        } else if (item.key() == kDecidedByPortal) {
            context.hard(pointer, "portal-decides",
                         "Mã trên cổng do cổng cấp sau khi nhận hồ sơ, bản nháp không được ghi sẵn.");
        } else if (!contains(kOfDraft, item.key())) {
            context.hard(pointer, "unknown-member", "Hồ sơ không có mục \"" + item.key() + "\".");
        }
    }
}

/// Echoed as it is, so that whoever sent it finds it again.
std::string clientRefOf(const Json& draft, DraftContext& context)
{
    const Json& value = at(draft, "clientRef");
    if (value.is_null()) {
        return {};
    }
    if (!value.is_string() || codePoints(value.get_ref<const std::string&>()) > kClientRefMax) {
        context.hard("/clientRef", "client-ref", "clientRef phải là chữ, không quá 200 ký tự.");
        return {};
    }
    return value.get<std::string>();
}

void findProcedure(const Json& draft, DraftContext& context)
{
    const Json& code = at(draft, "procedure");
    if (!code.is_string()) {
        return; // the schema says so
    }
    const Procedure* const found = context.catalogue.find(code.get_ref<const std::string&>(), context.today);
    if (found == nullptr) {
        context.hard("/procedure", "unknown-procedure", "Danh mục không có thủ tục này vào ngày tiếp nhận.");
        return;
    }
    if (found->repealed) {
        std::string successors;
        for (const std::string& successor : found->replacedBy) {
            successors += " " + successor;
        }
        context.hard("/procedure", "procedure-repealed",
                     "Thủ tục này đã bãi bỏ" +
                         (successors.empty() ? "." : ", dùng thủ tục:" + successors + "."));
        return;
    }
    context.procedure = found;
    context.form = context.catalogue.form(*found, context.today);
}

/// Copies what passes through, tidied; null means absent.
void copyPlain(const Json& draft, Json& dossier)
{
    for (const char* const member : {"procedure", "channel", "returnBy", "note"}) {
        const Json& value = at(draft, member);
        if (value.is_string()) {
            const bool isNote = std::string_view(member) == "note";
            dossier[member] =
                tidyText(value.get_ref<const std::string&>(), isNote ? Lines::Keep : Lines::Join);
        } else if (!value.is_null()) {
            dossier[member] = value;
        }
    }
    dossier.emplace("channel", "counter");
}

Json checkApplicant(const Json& draft, DraftContext& context)
{
    Json applicant = tidyPerson(at(draft, "applicant"));
    const Field* const field = context.form ? context.form->fieldAt("/applicant") : nullptr;
    if (field != nullptr) {
        checkPersonParts(applicant, *field, context);
    }
    return applicant;
}

/// The contract's schema over the whole; what the counter decides is filled in for the moment.
void checkSchema(Json& dossier, DraftContext& context)
{
    dossier["code"] = "H00-000101-0001";
    dossier["status"] = "received";
    dossier["receivedAt"] = toRfc3339(context.now);
    context.add(validateDossier(dossier, kCounterRules));
    for (const char* const member : {"code", "status", "receivedAt"}) {
        dossier.erase(member);
    }
}

/// The term that the appointment is computed from: of the procedure or of the variant chosen.
void chooseTerm(CheckedDraft& checked, DraftContext& context)
{
    if (context.procedure == nullptr) {
        return;
    }
    checked.term = context.procedure->term;
    const FormInputs& inputs = context.form->inputs;
    const Json* const variant = inputs.variant.empty() ? nullptr : findAt(checked.dossier, inputs.variant);
    for (const Variant& known : context.procedure->variants) {
        if (variant != nullptr && *variant == known.name) {
            checked.variant = known.name;
            checked.term = known.term;
        }
    }
    const Json* const extended = inputs.extended.empty() ? nullptr : findAt(checked.dossier, inputs.extended);
    const bool isExtended = extended != nullptr && *extended == true;
    if (isExtended && checked.term.extension) {
        checked.extended = Extended::Yes;
    } else if (isExtended) {
        context.hard(inputs.extended, "no-extension", "Thủ tục này không có quy định kéo dài thời hạn.");
    }
    if (checked.term.span.unit == TermUnit::SeePortal) {
        context.soft("/procedure", "no-term",
                     "Danh mục chưa có thời hạn giải quyết của thủ tục này: chưa hẹn được ngày trả kết quả.",
                     "Danh mục thủ tục hành chính");
    }
}

std::string reasonFor(const Json& reasons, const std::string& pointer)
{
    return tidyText(stringAt(reasons, pointer), Lines::Keep);
}

void checkReasons(const Json& reasons, DraftContext& context)
{
    if (reasons.is_null()) {
        return;
    }
    if (!reasons.is_object()) {
        context.hard("/reasons", "type", "Lý do phải ghi theo từng mục: {\"/form/…\": \"lý do\"}.");
        return;
    }
    for (const auto& item : reasons.items()) {
        const std::string pointer = "/reasons/" + pointerToken(item.key());
        if (!item.value().is_string()) {
            context.hard(pointer, "type", "Lý do phải là chữ.");
        } else if (codePoints(item.value().get_ref<const std::string&>()) > kReasonMax) {
            context.hard(pointer, "max-length", "Lý do dài quá 2000 ký tự.");
        }
    }
}

/// What makes the body none that anybody could record.
Problems againstRefusal(const DraftContext& context)
{
    Problems hard;
    for (std::size_t i = 0; i < context.problems.size() && hard.size() < kProblemsMax; ++i) {
        const bool onlyOfReceipt =
            std::binary_search(context.ofReceipt.begin(), context.ofReceipt.end(), i); // in order as added
        if (context.problems[i].severity == Severity::Hard && !onlyOfReceipt) {
            hard.push_back(context.problems[i]);
        }
    }
    return hard;
}

/// Soft problems with a reason are answered; everything else stands in the way.
void divide(Problems problems, const Json& reasons, CheckedDraft& checked)
{
    for (Problem& problem : problems) {
        std::string reason =
            problem.severity == Severity::Soft ? reasonFor(reasons, problem.pointer) : std::string();
        if (!reason.empty()) {
            checked.answered.push_back({std::move(problem), std::move(reason)});
        } else if (checked.problems.size() < kProblemsMax) {
            checked.problems.push_back(std::move(problem));
        }
    }
}

} // namespace

Facts factsOf(const Json& dossier, const DraftContext& context)
{
    return {dossier, context.today, context.catalogue.calendar(), context.unitName};
}

void DraftContext::hard(std::string pointer, const char* rule, std::string message, std::string source)
{
    problems.push_back({std::move(pointer), rule, std::move(message), Severity::Hard, std::move(source)});
}

void DraftContext::soft(std::string pointer, const char* rule, std::string message, std::string source)
{
    problems.push_back({std::move(pointer), rule, std::move(message), Severity::Soft, std::move(source)});
}

void DraftContext::add(Problems more)
{
    for (Problem& problem : more) {
        problems.push_back(std::move(problem));
    }
}

void DraftContext::missing(std::string pointer, std::string message)
{
    ofReceipt.push_back(problems.size());
    hard(std::move(pointer), "required", std::move(message), form->source);
}

void DraftContext::addBroken(Problems rules)
{
    for (Problem& problem : rules) {
        ofReceipt.push_back(problems.size());
        problems.push_back(std::move(problem));
    }
}

CheckedDraft checkDraft(const Json& draft, const Catalogue& catalogue, Instant now, std::string_view unitName)
{
    CheckedDraft checked;
    checked.dossier = Json::object();
    DraftContext context{
        .catalogue = catalogue, .today = dayInVietnam(now), .now = now, .unitName = unitName};
    if (!draft.is_object()) {
        context.hard("", "type", "Bản nháp phải là một hồ sơ.");
        checked.againstRefusal = context.problems;
        checked.problems = std::move(context.problems);
        return checked;
    }
    Json& dossier = checked.dossier;
    checkMembers(draft, context);
    checkReasons(at(draft, "reasons"), context);
    checked.clientRef = clientRefOf(draft, context);
    findProcedure(draft, context);
    copyPlain(draft, dossier);
    Json applicant = checkApplicant(draft, context);
    const Json& form = at(draft, "form");
    dossier["form"] =
        form.is_null() ? checkFormFields(Json::object(), context) : checkFormFields(form, context);
    if (!applicant.is_null()) {
        dossier["applicant"] = std::move(applicant);
    }
    checkRequiredFields(dossier, context);
    Json components = checkComponents(at(draft, "components"), checked.scans, context);
    if (!components.is_null()) {
        dossier["components"] = std::move(components);
    }
    context.add(fileLimitProblems(dossier, checked.scans.size()));
    dossier["fees"] = checkFees(at(draft, "fees"), dossier, checked.fee, context);
    dossier["catalogue"] = catalogue.version();
    checkSchema(dossier, context);
    if (context.form) {
        context.addBroken(brokenRules(*context.form, factsOf(dossier, context)));
    }
    checkMissingPapers(dossier, context);
    chooseTerm(checked, context);
    checked.procedure = context.procedure;
    checked.againstRefusal = againstRefusal(context);
    checked.refusable = context.procedure != nullptr && checked.againstRefusal.empty();
    divide(std::move(context.problems), at(draft, "reasons"), checked);
    return checked;
}

} // namespace motcua

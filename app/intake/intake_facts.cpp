// SPDX-License-Identifier: GPL-3.0-or-later
// What an official is told of the matter while the form is filled in: term, fee, papers, who is known.
#include "app/intake/intake_presenter.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/registration.h"
#include "core/dossier/rules.h"

#include <algorithm>

namespace motcua {

namespace {

QString termWords(const Term& term)
{
    return toQString(termText(term.spanFor("counter")));
}

QString paperLine(const Paper& paper)
{
    QString line = displayText(paper.name);
    if (!paper.when.empty()) {
        line += QStringLiteral(" (%1)").arg(displayText(paper.when));
    }
    return line;
}

bool isThere(const Json& components, const std::string& code)
{
    return components.is_array() &&
           std::any_of(components.begin(), components.end(),
                       [&](const Json& component) { return stringAt(component, "code") == code; });
}

} // namespace

QString dueWords(const Term& term, Extended extended, Instant now, const Calendar& calendar,
                 QStringList& warnings)
{
    DeadlineOptions options;
    options.extended = extended;
    const auto deadline = computeDeadline(term, now, options, calendar);
    if (!deadline) {
        return displayText(deadline.error().message);
    }
    for (const std::string& warning : deadline->warnings) {
        warnings << displayText(warning);
    }
    return deadline->dueAt ? longTime(*deadline->dueAt) : displayText(deadline->reason);
}

QString feeWords(const Fee& fee)
{
    if (!fee.amount) {
        return fee.note.empty() ? IntakePresenter::tr("chưa biết") : displayText(fee.note);
    }
    return *fee.amount == 0 ? IntakePresenter::tr("Miễn lệ phí") : toQString(formatDong(*fee.amount));
}

IntakeFacts IntakePresenter::describe(const Procedure& procedure) const
{
    IntakeFacts facts;
    facts.procedure = displayText(procedure.name);
    facts.term = termWords(procedure.term);
    facts.due =
        dueWords(procedure.term, Extended::No, m_clock.now(), m_desk.catalogue().calendar(), facts.warnings);
    FeeQuery query;
    query.on = today();
    if (const auto fee = computeFee(procedure.fees, query, m_desk.catalogue().calendar())) {
        facts.fee = feeWords(*fee);
    }
    for (const Paper& paper : procedure.papers) {
        facts.papers << paperLine(paper);
    }
    for (const std::string& note : procedure.notesOn(today())) {
        facts.notes << displayText(note);
    }
    facts.result = displayText(procedure.result);
    return facts;
}

IntakeFacts IntakePresenter::facts() const
{
    if (m_procedure == nullptr) {
        return {};
    }
    IntakeFacts facts = describe(*m_procedure);
    facts.papers.clear();
    facts.warnings.clear();
    const CheckedDraft checked = check();
    facts.term = toQString(termText(checked.term.spanFor("counter")));
    facts.due = dueWords(checked.term, checked.extended, m_clock.now(), m_desk.catalogue().calendar(),
                         facts.warnings);
    facts.fee = feeWords(checked.fee);
    for (const FeeLine& line :
         checked.fee.amount.value_or(0) > 0 ? checked.fee.lines : std::vector<FeeLine>()) {
        facts.feeLines << QStringLiteral("%1: %2").arg(displayText(line.text),
                                                       toQString(formatDong(line.amount)));
    }
    std::map<std::string, Asked> asked = askedPapers();
    for (const Paper& paper : m_procedure->papers) {
        if (asked[paper.code] == Asked::Required && !isThere(at(m_draft, "components"), paper.code)) {
            facts.papers << paperLine(paper);
        }
    }
    sayWhatIsKnown(facts);
    sayIfLate(facts);
    return facts;
}

void IntakePresenter::sayWhatIsKnown(IntakeFacts& facts) const
{
    for (const KnownCase& found : m_knowledge.cases()) {
        QStringList reasons;
        for (const std::string& reason : found.reasons) {
            reasons << displayText(reason);
        }
        facts.duplicates << tr("%1 · %2%3: %4")
                                .arg(displayText(found.name), toQString(found.code),
                                     found.isOpen ? tr(" (đang giải quyết)") : QString(),
                                     reasons.join(QStringLiteral(", ")));
    }
    for (const auto& [pointer, offer] : m_knowledge.offers()) {
        facts.known << QStringLiteral("%1: %2 (%3)")
                           .arg(titleOf(pointer), displayText(offer.text), displayText(offer.why));
    }
}

void IntakePresenter::sayIfLate(IntakeFacts& facts) const
{
    const RegistrationKind kind = registrationKind(m_form, m_draft, today(), m_desk.catalogue().calendar());
    if (kind == RegistrationKind::Late) {
        facts.warnings.prepend(
            tr("Đăng ký quá hạn: đã quá %1 ngày kể từ ngày xảy ra sự kiện. Không phải hồ sơ "
               "trễ hẹn.")
                .arg(m_form.duty.days));
    }
}

std::set<std::string> IntakePresenter::hiddenFields() const
{
    std::set<std::string> hidden;
    const Facts facts{m_draft, today(), m_desk.catalogue().calendar(), m_desk.identity().unitName};
    for (const Section& section : m_form.sections) {
        for (const Field& field : section.fields) {
            if (!isShown(field, facts) && (valueAt(m_draft, field.pointer).is_null() ||
                                           valueAt(m_draft, field.pointer) == field.otherwise)) {
                hidden.insert(field.pointer);
            }
        }
    }
    return hidden;
}

std::map<std::string, Asked> IntakePresenter::askedPapers() const
{
    std::map<std::string, Asked> asked;
    const Facts facts{m_draft, today(), m_desk.catalogue().calendar(), m_desk.identity().unitName};
    for (const Paper& paper : m_procedure->papers) {
        asked[paper.code] = isAsked(paper, facts);
    }
    return asked;
}

std::vector<ReadSection> IntakePresenter::readout() const
{
    return readSections(m_parts, m_draft);
}

} // namespace motcua

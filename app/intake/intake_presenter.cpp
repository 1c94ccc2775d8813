// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/intake_presenter.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"
#include "core/dossier/patch.h"

#include <algorithm>

namespace motcua {

namespace {

// Within a second of the last key, however fast somebody types: the timer is not wound up again by each key.
constexpr int kSaveAfterMs = 400;
constexpr int kFactsAfterMs = 200;

/// None where the files cannot be read: then former units are not recognised.
std::shared_ptr<const PlaceReader> placesOf(const Catalogue& catalogue)
{
    const auto units = catalogue.loadUnits();
    const auto hints = catalogue.loadMergeHints();
    return units && hints ? std::make_shared<const PlaceReader>(PlaceReader::from(*units, *hints)) : nullptr;
}

} // namespace

IntakePresenter::IntakePresenter(Desk& desk, const Clock& clock, Random& random, QObject* parent)
    : QObject(parent), m_desk(desk), m_clock(clock), m_random(random),
      m_knowledge(desk.known(), [&desk] { return placesOf(desk.catalogue()); })
{
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(kSaveAfterMs);
    m_factsSoon.setSingleShot(true);
    m_factsSoon.setInterval(kFactsAfterMs);
    connect(&m_saveSoon, &QTimer::timeout, this, [this] { save(true); });
    connect(&m_factsSoon, &QTimer::timeout, this, [this] {
        lookAgain();
        emit factsChanged();
    });
}

std::vector<const Procedure*> IntakePresenter::search(const QString& text) const
{
    return m_desk.catalogue().search(toUtf8(text), today());
}

std::vector<DraftRow> IntakePresenter::drafts() const
{
    auto rows = m_desk.drafts();
    if (!rows) {
        return {};
    }
    std::sort(rows->begin(), rows->end(),
              [](const DraftRow& a, const DraftRow& b) { return a.updated > b.updated; });
    return std::move(*rows);
}

std::optional<DraftRow> IntakePresenter::interrupted() const
{
    for (DraftRow& row : drafts()) {
        const auto focus = parseJson(row.focus);
        if (focus && at(*focus, "open").is_boolean() && at(*focus, "open").get<bool>()) {
            return std::move(row);
        }
    }
    return std::nullopt;
}

void IntakePresenter::start(const Procedure& procedure)
{
    m_procedure = &procedure;
    m_form = m_desk.catalogue().form(procedure, today());
    m_parts = formParts(m_form, procedure.term.extension.has_value());
    m_knowledge.reset();
    m_fromRegister.clear();
    m_held.clear();
    m_noted.clear();
    m_draftId = 0;
    m_focus.clear();
    m_cursor = 0;
    m_refusalReason.clear();
    m_received.reset();
    m_receivedAll.clear();
    m_pile.clear();
    m_pilePapers.clear();
}

void IntakePresenter::begin(const Procedure& procedure)
{
    start(procedure);
    m_draft = Json{{"procedure", procedure.code},
                   {"channel", "counter"},
                   {"clientRef", makeUuidV7(toMillis(m_clock.now()), m_random)}};
    for (const FormPart& part : m_parts) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                if (!leaf.otherwise.is_null()) {
                    putAt(m_draft, leaf.pointer, leaf.otherwise);
                }
                // Only what this form asks of an applicant.
                const Json* known = findAt(m_applicant, leaf.pointer);
                if (known != nullptr && leaf.pointer.starts_with("/applicant")) {
                    putAt(m_draft, leaf.pointer, *known);
                }
            }
        }
    }
    const bool isFilled = !m_applicant.is_null();
    forgetApplicant();
    if (isFilled) {
        touched(); // worth keeping as it is
    }
    emit factsChanged();
}

bool IntakePresenter::resume(const DraftRow& row)
{
    const Procedure* procedure = m_desk.catalogue().find(row.procedure, today());
    if (procedure == nullptr || procedure->repealed) {
        return false;
    }
    start(*procedure);
    m_draft = row.body;
    m_draftId = row.id;
    m_lastSaved = row.updated;
    if (const auto focus = parseJson(row.focus)) {
        m_focus = stringAt(*focus, "pointer");
        m_cursor = at(*focus, "cursor").is_number_integer() ? at(*focus, "cursor").get<int>() : 0;
        m_refusalReason = toQString(stringAt(*focus, "refusal"));
        for (const auto& [pointer, mark] : at(*focus, "known").items()) {
            if (mark.is_string()) {
                m_fromRegister[pointer] = displayText(mark.get<std::string>());
            }
        }
    }
    lookAgain();
    emit factsChanged();
    return true;
}

void IntakePresenter::park()
{
    if (m_procedure != nullptr && !m_received && (m_draftId != 0 || m_saveSoon.isActive())) {
        save(false);
    }
    m_saveSoon.stop();
    m_procedure = nullptr;
}

void IntakePresenter::discard()
{
    m_saveSoon.stop();
    if (m_draftId != 0) {
        if (const auto done = m_desk.discardDraft(m_draftId); !done) {
            emit saveFailed(explain(done.error()));
            return;
        }
    }
    m_draftId = 0;
    m_procedure = nullptr;
}

void IntakePresenter::saveNow()
{
    if (m_saveSoon.isActive()) {
        save(true);
    }
}

void IntakePresenter::save(bool open)
{
    m_saveSoon.stop();
    if (m_procedure == nullptr || m_received) {
        return;
    }
    DraftRow row;
    row.id = m_draftId;
    row.procedure = m_procedure->code;
    row.body = m_draft;
    Json focus{{"pointer", m_focus}, {"cursor", m_cursor}, {"open", open}};
    if (!m_refusalReason.isEmpty()) {
        focus["refusal"] = toUtf8(m_refusalReason);
    }
    for (const auto& [pointer, mark] : m_fromRegister) {
        focus["known"][pointer] = toUtf8(mark);
    }
    row.focus = dumpJson(focus);
    writeNotes();
    row.updated = m_clock.now();
    const auto saved = m_desk.saveDraft(row);
    if (!saved) {
        emit saveFailed(explain(saved.error()));
        return;
    }
    m_draftId = *saved;
    m_lastSaved = row.updated;
}

std::map<std::string, std::string> IntakePresenter::reasons() const
{
    std::map<std::string, std::string> reasons;
    const Json& given = at(m_draft, "reasons");
    if (given.is_object()) {
        for (const auto& [pointer, reason] : given.items()) {
            if (reason.is_string()) {
                reasons[pointer] = reason.get<std::string>();
            }
        }
    }
    return reasons;
}

void IntakePresenter::touched()
{
    if (!m_saveSoon.isActive()) {
        m_saveSoon.start();
    }
    m_factsSoon.start();
}

void IntakePresenter::set(const std::string& pointer, const Json& value)
{
    if (m_procedure != nullptr && !m_received && valueAt(m_draft, pointer) != value) {
        putAt(m_draft, pointer, value);
        m_fromRegister.erase(pointer);
        m_held.erase(pointer);
        touched();
    }
}

void IntakePresenter::setReason(const std::string& pointer, const QString& reason)
{
    const std::string tidy = tidyText(toUtf8(reason));
    if (tidy.empty()) {
        if (m_draft.contains("reasons")) {
            m_draft["reasons"].erase(pointer);
        }
    } else {
        m_draft["reasons"][pointer] = tidy;
    }
    touched();
}

void IntakePresenter::setComponents(const Json& components)
{
    set("/components", components.empty() ? Json() : components);
}

void IntakePresenter::setFocus(const std::string& pointer, int cursor)
{
    if (m_procedure == nullptr || m_received || (pointer == m_focus && cursor == m_cursor)) {
        return;
    }
    m_focus = pointer;
    m_cursor = cursor;
    // Where nothing was typed yet there is nothing to keep.
    if (m_draftId != 0 && !m_saveSoon.isActive()) {
        m_saveSoon.start();
    }
}

CheckedDraft IntakePresenter::check() const
{
    return checkDraft(m_draft, m_desk.catalogue(), m_clock.now(), m_desk.identity().unitName);
}

void IntakePresenter::receive()
{
    if (m_procedure == nullptr || m_received) {
        return;
    }
    save(true); // a kept draft is used up by the receipt: the desk itself refuses a second one
    if (settle(m_desk.receive(m_draft, m_draftId))) {
        emit receivedOnce();
    }
}

void IntakePresenter::setRefusalReason(const QString& reason)
{
    m_refusalReason = reason;
    touched();
}

QStringList IntakePresenter::refusalFindings() const
{
    QStringList findings;
    for (const Problem& problem : check().problems) {
        if (problem.rule == "required") {
            continue; // open fields are no reason to turn somebody away
        }
        QString line = displayText(problem.message);
        if (!problem.source.empty()) {
            line += QStringLiteral(" (%1)").arg(displayText(problem.source));
        }
        findings << line;
    }
    return findings;
}

void IntakePresenter::turnAway()
{
    if (m_procedure == nullptr || m_received) {
        return;
    }
    save(true);
    if (settle(m_desk.refuse(m_draft, toUtf8(m_refusalReason), m_draftId))) {
        emit turnedAway();
    }
}

bool IntakePresenter::settle(Answer<Received> answer)
{
    if (!answer) {
        if (!answer.error().problems.empty()) {
            emit refused(answer.error().problems);
        } else {
            emit failed(explain(answer.error().error));
        }
        return false;
    }
    m_received = std::move(*answer);
    m_receivedAll = {*m_received};
    m_saveSoon.stop();
    m_draftId = 0;
    return true;
}

} // namespace motcua

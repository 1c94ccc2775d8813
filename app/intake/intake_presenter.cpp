// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/intake_presenter.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <algorithm>

namespace motcua {

namespace {

// Within a second of the last key, however fast somebody types: the timer is not wound up again by each key.
constexpr int kSaveAfterMs = 400;
constexpr int kFactsAfterMs = 200;

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

/// None where the files cannot be read: then former units are not recognised.
std::shared_ptr<const PlaceReader> placesOf(const Catalogue& catalogue)
{
    const auto units = catalogue.loadUnits();
    const auto hints = catalogue.loadMergeHints();
    return units && hints ? std::make_shared<const PlaceReader>(PlaceReader::from(*units, *hints)) : nullptr;
}

/// "12/05/1984" of a date, the text of anything else.
QString wordsOf(const Json& value)
{
    return displayText(value.is_object()   ? stringAt(value, "text")
                       : value.is_string() ? value.get<std::string>()
                                           : "");
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
    for (const std::string& note : procedure.notes) {
        facts.notes << displayText(note);
    }
    facts.result = displayText(procedure.result);
    return facts;
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
            }
        }
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

void IntakePresenter::lookAgain()
{
    if (m_procedure == nullptr || m_received) {
        return;
    }
    m_knowledge.look(m_draft, m_form);
    for (const KnownCase& found : m_knowledge.cases()) {
        note("people.shown " + found.code, {{"code", found.code}, {"as", "duplicate"}});
    }
    for (const auto& [pointer, offer] : m_knowledge.offers()) {
        if (!offer.dossier.empty()) {
            note("people.shown " + offer.dossier, {{"code", offer.dossier}, {"as", "offer"}});
        }
    }
}

std::vector<Suggestion> IntakePresenter::suggestPeople(const std::string& pointer, const QString& typed)
{
    const std::string person = personOf(pointer, m_form);
    // A newborn child is in no dossier yet; one that is all the same is told as a possible duplicate.
    const bool isNewborn =
        m_form.id.rfind("birth", 0) == 0 && !m_form.subjects.empty() && person == m_form.subjects.front();
    if (m_procedure == nullptr || person.empty() || isNewborn) {
        return {};
    }
    auto suggestions = m_knowledge.suggest(pointer, typed);
    if (!suggestions.empty()) {
        note("people.searched " + pointer, {{"field", pointer}, {"procedure", m_procedure->code}});
        touched();
    }
    return suggestions;
}

void IntakePresenter::choosePerson(const std::string& pointer, const QString& key)
{
    auto offer = m_knowledge.chosen(pointer, key);
    if (!offer) {
        return;
    }
    // The field that was typed in is what the choice was about.
    m_fromRegister[pointer] = QString();
    apply(*offer);
}

bool IntakePresenter::takeOffer(const std::string& pointer)
{
    if (const auto held = m_held.find(pointer); held != m_held.end()) {
        const Json value = held->second;
        set(pointer, value);
        m_fromRegister[pointer] = tr("theo sổ");
        emit filledIn(pointer, value, m_fromRegister[pointer]);
        emit factsChanged();
        return true;
    }
    lookAgain();
    const auto& offers = m_knowledge.offers();
    auto offer = offers.find(pointer);
    offer = offer == offers.end() ? offers.find(personOf(pointer, m_form)) : offer;
    if (offer == offers.end()) {
        return false;
    }
    apply(KnownOffer(offer->second));
    return true;
}

void IntakePresenter::apply(const KnownOffer& offer)
{
    const QString mark = offer.dossier.empty() ? tr("theo người nộp") : tr("theo sổ");
    for (const auto& [pointer, value] : offer.values) {
        const Leaf* leaf = leafAt(pointer);
        if (leaf == nullptr) {
            continue;
        }
        const Json now = valueAt(m_draft, pointer);
        const bool isFree = now.is_null() || now == leaf->otherwise || m_fromRegister.count(pointer) > 0;
        if (!isFree && now != value) {
            m_held[pointer] = value;
            continue;
        }
        set(pointer, value);
        m_fromRegister[pointer] = mark;
        emit filledIn(pointer, value, mark);
    }
    if (!offer.dossier.empty()) {
        note("people.filled " + offer.dossier + offer.values.begin()->first,
             {{"code", offer.dossier}, {"as", "filled"}});
    }
    lookAgain();
    emit factsChanged();
}

/// The section of a person, the label of a field.
QString IntakePresenter::titleOf(const std::string& pointer) const
{
    if (const Leaf* leaf = leafAt(pointer)) {
        return leaf->label;
    }
    for (const FormPart& part : m_parts) {
        for (const LeafGroup& group : part.groups) {
            if (!group.leaves.empty() && group.leaves.front().pointer.rfind(pointer + '/', 0) == 0) {
                return part.title;
            }
        }
    }
    return {};
}

const Leaf* IntakePresenter::leafAt(const std::string& pointer) const
{
    for (const FormPart& part : m_parts) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                if (leaf.pointer == pointer) {
                    return &leaf;
                }
            }
        }
    }
    return nullptr;
}

std::map<std::string, QString> IntakePresenter::offers() const
{
    std::map<std::string, QString> words;
    for (const auto& [pointer, offer] : m_knowledge.offers()) {
        words[pointer] = QStringLiteral("F12  %1 (%2)").arg(displayText(offer.text), displayText(offer.why));
    }
    for (const auto& [pointer, value] : m_held) {
        words[pointer] = tr("F12  Sổ ghi khác: %1").arg(wordsOf(value));
    }
    return words;
}

/// Who saw what of the register is journalled (G6), once a draft and not while somebody types: with the next
/// save.
void IntakePresenter::note(const std::string& what, const Json& detail)
{
    if (m_noted.insert(what).second) {
        m_notes.emplace(what, detail);
    }
}

void IntakePresenter::writeNotes()
{
    for (const auto& [what, detail] : m_notes) {
        if (const auto noted = m_desk.recordView(what.substr(0, what.find(' ')), detail); !noted) {
            emit saveFailed(explain(noted.error()));
            return;
        }
    }
    m_notes.clear();
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
    return checkDraft(m_draft, m_desk.catalogue(), m_clock.now());
}

IntakeFacts IntakePresenter::facts() const
{
    if (m_procedure == nullptr) {
        return {};
    }
    IntakeFacts facts = describe(*m_procedure);
    facts.papers.clear();
    facts.warnings.clear();
    facts.notes.clear();
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
    for (const Paper& paper : m_procedure->papers) {
        if (paper.required && !isThere(at(m_draft, "components"), paper.code)) {
            facts.papers << paperLine(paper);
        }
    }
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
    return facts;
}

std::vector<ReadSection> IntakePresenter::readout() const
{
    return readSections(m_parts, m_draft);
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
    m_saveSoon.stop();
    m_draftId = 0;
    return true;
}

} // namespace motcua

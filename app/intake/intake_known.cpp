// SPDX-License-Identifier: GPL-3.0-or-later
// What the register knows while a form is filled in: suggestions, offers, and who was shown to whom.
#include "app/intake/intake_presenter.h"

#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <algorithm>

namespace motcua {

namespace {

/// "12/05/1984" of a date, the text of anything else.
QString wordsOf(const Json& value)
{
    return displayText(value.is_object()   ? stringAt(value, "text")
                       : value.is_string() ? value.get<std::string>()
                                           : "");
}

} // namespace

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

} // namespace motcua

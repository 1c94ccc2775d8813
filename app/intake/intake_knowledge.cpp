// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/intake_knowledge.h"

#include "app/intake/form_parts.h"
#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::size_t kSuggested = 8;
constexpr qsizetype kNameTyped = 3; ///< before that everybody fits
constexpr qsizetype kFiguresTyped = 5;

QString tr(const char* text)
{
    return QCoreApplication::translate("known", text);
}

/// Which sex a role of a form has by its meaning.
std::string genderOf(const std::string& person)
{
    const std::string role = roleOf(person);
    return role == "mother" || role == "wife"      ? "female"
           : role == "father" || role == "husband" ? "male"
                                                   : "";
}

/// "sinh 12/05/1984, số 001184012345, thôn Đông, xã Phúc Thọ"
QString particularsOf(const StatedPerson& person, bool withNumber)
{
    QStringList parts;
    if (!person.birth.empty()) {
        parts << tr("sinh %1").arg(toQString(person.birth));
    }
    if (withNumber && !person.personalId.empty()) {
        parts << toQString(person.personalId);
    }
    if (!person.address.empty()) {
        parts << toQString(person.address);
    }
    return displayText(parts.join(QStringLiteral(" · ")));
}

std::string statedNames(const Json& draft)
{
    std::string names;
    for (const StatedPerson& person : personsIn(draft)) {
        names += packPersons({person}) + '\n';
    }
    return names + dumpJson(valueAt(draft, "/form/requesterRelation")) +
           dumpJson(valueAt(draft, "/form/applicantSide")) + dumpJson(valueAt(draft, "/form/childHomeTown"));
}

/// The person of the form that the applicant says to be; by what forms ask for.
std::string roleOfApplicant(const Json& draft)
{
    struct Word
    {
        std::string_view said;
        const char* person;
    };
    constexpr std::array kWords{Word{"me", "/form/mother"}, Word{"cha", "/form/father"},
                                Word{"bo", "/form/father"}, Word{"ben nu", "/form/wife"},
                                Word{"ben nam", "/form/husband"}};
    for (const char* asked : {"/form/requesterRelation", "/form/applicantSide"}) {
        const Json said = valueAt(draft, asked);
        const std::string word = said.is_string() ? fold(said.get<std::string>()) : std::string();
        for (const Word& each : kWords) {
            if (word == each.said || word == std::string(each.said) + " de") {
                return each.person;
            }
        }
    }
    return {};
}

bool isEmptyPerson(const Json& draft, const std::string& pointer)
{
    return stringAt(valueAt(draft, pointer), "name").empty();
}

} // namespace

std::string personOf(const std::string& pointer, const Form& form)
{
    const std::size_t slash = pointer.rfind('/');
    const std::string owner = slash == std::string::npos ? std::string() : pointer.substr(0, slash);
    const Field* field = owner.empty() ? nullptr : form.fieldAt(owner);
    return field != nullptr && field->kind == FieldKind::Person ? owner : std::string();
}

void IntakeKnowledge::reset()
{
    m_matches.clear();
    m_looked.clear();
    m_offers.clear();
    m_cases.clear();
}

void IntakeKnowledge::usePlaces()
{
    if (!m_hasPlaces && m_loadPlaces) {
        m_hasPlaces = true;
        m_known.setPlaces(m_loadPlaces());
    }
}

std::vector<Suggestion> IntakeKnowledge::suggest(const std::string& pointer, const QString& typed)
{
    m_matches.clear();
    const std::string field = roleOf(pointer);
    const bool isNumber = field != "name";
    if (typed.trimmed().size() < (isNumber ? kFiguresTyped : kNameTyped)) {
        return {};
    }
    const std::string person = pointer.substr(0, pointer.rfind('/'));
    auto found = m_known.suggest(toUtf8(typed), genderOf(person), kSuggested);
    if (!found) {
        return {};
    }
    m_matches = std::move(*found);
    std::vector<Suggestion> suggestions;
    for (std::size_t i = 0; i < m_matches.size(); ++i) {
        const StatedPerson& who = m_matches[i].person;
        const QString name = toQString(who.name);
        const std::string& number = field == "oldId" ? who.oldId : who.personalId;
        const QString details = particularsOf(who, !isNumber);
        suggestions.push_back({QString::number(i), isNumber ? toQString(number) : name,
                               isNumber ? name + QStringLiteral(" · ") + details : details});
    }
    return suggestions;
}

std::optional<KnownOffer> IntakeKnowledge::chosen(const std::string& pointer, const QString& key)
{
    bool isNumber = false;
    const auto index = static_cast<std::size_t>(key.toUInt(&isNumber));
    if (!isNumber || index >= m_matches.size()) {
        return std::nullopt;
    }
    return offerOf(pointer.substr(0, pointer.rfind('/')), m_matches[index]);
}

KnownOffer IntakeKnowledge::offerOf(const std::string& person, const PersonMatch& match)
{
    KnownOffer offer;
    offer.text = toQString(match.person.name);
    offer.text += match.person.birth.empty() ? QString() : tr(", sinh %1").arg(toQString(match.person.birth));
    const auto known = m_known.particulars(match);
    if (!known) {
        return offer;
    }
    for (const auto& [name, value] : known->person.items()) {
        offer.values[person + '/' + name] = value;
    }
    for (const auto& [suffix, value] : known->beside) {
        offer.values[person + suffix] = value;
    }
    const auto code = match.mentions.empty() ? Result<std::string>(std::string())
                                             : m_known.codeOf(match.mentions.front().dossier);
    offer.dossier = code ? *code : std::string();
    return offer;
}

void IntakeKnowledge::look(const Json& draft, const Form& form)
{
    std::string names = statedNames(draft);
    if (names == m_looked) {
        return;
    }
    usePlaces();
    m_looked = std::move(names);
    m_offers.clear();
    m_cases.clear();
    if (auto cases = m_known.casesLike(draft, form)) {
        m_cases = std::move(*cases);
    }
    offerApplicant(draft, form);
    offerFamily(draft, form);
}

void IntakeKnowledge::offerApplicant(const Json& draft, const Form& form)
{
    const std::string person = roleOfApplicant(draft);
    const Json applicant = valueAt(draft, "/applicant");
    if (person.empty() || form.fieldAt(person) == nullptr || !isEmptyPerson(draft, person) ||
        isEmptyPerson(draft, "/applicant")) {
        return;
    }
    KnownOffer offer;
    offer.text = toQString(stringAt(applicant, "name"));
    offer.why = tr("người nộp");
    for (const auto& [name, value] : applicant.items()) {
        offer.values[person + '/' + name] = value;
    }
    // What earlier forms kept beside this person: ethnic group, nationality.
    const StatedPerson stated = statedPerson(person, applicant);
    const auto found = m_known.find(stated, 1);
    if (found && !found->empty() && mayBeOne(found->front().person, stated)) {
        if (const auto known = m_known.particulars(found->front())) {
            for (const auto& [suffix, value] : known->beside) {
                offer.values[person + suffix] = value;
            }
        }
    }
    m_offers.emplace(person, std::move(offer));
}

void IntakeKnowledge::offerFamily(const Json& draft, const Form& form)
{
    const std::string applicantIs = roleOfApplicant(draft);
    for (const char* person : {"/form/mother", "/form/father", "/form/wife", "/form/husband"}) {
        const bool isApplicant = applicantIs == person && isEmptyPerson(draft, person);
        const Json stated = valueAt(draft, isApplicant ? "/applicant" : person);
        if (form.fieldAt(person) == nullptr || stringAt(stated, "name").empty()) {
            continue;
        }
        if (const auto family = m_known.familyOf(statedPerson(person, stated))) {
            offerRelatives(draft, form, person, *family);
            offerSiblings(draft, form, *family);
        }
    }
}

void IntakeKnowledge::offerRelatives(const Json& draft, const Form& form, const std::string& of,
                                     const std::vector<Relative>& family)
{
    const std::string other = of == "/form/mother"   ? "/form/father"
                              : of == "/form/father" ? "/form/mother"
                              : of == "/form/wife"   ? "/form/husband"
                                                     : "/form/wife";
    if (form.fieldAt(other) == nullptr || !isEmptyPerson(draft, other) || m_offers.count(other) > 0) {
        return;
    }
    const auto partner = std::find_if(family.begin(), family.end(), [](const Relative& relative) {
        return relative.kind == Relative::Kind::CoParent || relative.kind == Relative::Kind::Spouse;
    });
    if (partner != family.end()) {
        KnownOffer offer = offerOf(other, partner->match);
        offer.why = displayText(partner->why);
        m_offers.emplace(other, std::move(offer));
    }
}

/// Brothers and sisters have one home town.
void IntakeKnowledge::offerSiblings(const Json& draft, const Form& form, const std::vector<Relative>& family)
{
    const std::string field = "/form/childHomeTown";
    if (form.fieldAt(field) == nullptr || !valueAt(draft, field).is_null() || m_offers.count(field) > 0) {
        return;
    }
    for (const Relative& relative : family) {
        if (relative.kind != Relative::Kind::Child) {
            continue;
        }
        const auto town = m_known.valueIn(relative.dossier, field);
        if (town && town->is_string()) {
            KnownOffer offer;
            offer.values[field] = *town;
            offer.text = displayText(town->get<std::string>());
            offer.why = tr("quê quán của %1").arg(displayText(relative.match.person.name));
            const auto code = m_known.codeOf(relative.dossier);
            offer.dossier = code ? *code : std::string();
            m_offers.emplace(field, std::move(offer));
            return;
        }
    }
}

} // namespace motcua

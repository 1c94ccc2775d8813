// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/known_people.h"

#include "core/base/text.h"
#include "core/people/person_keys.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::int64_t kDossiersRead = 80;
constexpr std::size_t kFamilyDossiers = 24;
constexpr std::size_t kStatementsRead = 6;
constexpr std::array<const char*, 2> kBeside{"EthnicGroup", "Nationality"};

bool startsWith(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

bool isFigures(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Each typed word is the beginning of a word of the name, of a number, or the year of birth.
bool fits(const StatedPerson& person, const std::vector<std::string>& typed)
{
    const std::vector<std::string> words = nameWords(person.name);
    const BirthDate birth = birthDateOf(person.birth);
    return std::ranges::all_of(typed, [&](const std::string& word) {
        if (isFigures(word)) {
            return startsWith(person.personalId, word) || startsWith(person.oldId, word) ||
                   (word.size() == 4 && std::to_string(birth.year) == word);
        }
        return std::ranges::any_of(words, [&](const std::string& own) { return startsWith(own, word); });
    });
}

bool isOther(const std::string& gender, const std::string& wanted)
{
    return !wanted.empty() && (gender == "male" || gender == "female") && gender != wanted;
}

void fillIn(std::string& own, const std::string& other)
{
    own = own.empty() ? other : own;
}

/// Adds a statement to somebody who may be the same, or as somebody new.
void add(std::vector<PersonMatch>& people, std::int64_t dossier, const StatedPerson& person)
{
    for (PersonMatch& match : people) {
        if (mayBeOne(match.person, person)) {
            fillIn(match.person.gender, person.gender);
            fillIn(match.person.personalId, person.personalId);
            fillIn(match.person.oldId, person.oldId);
            fillIn(match.person.address, person.address);
            match.person.birth =
                person.birth.size() > match.person.birth.size() ? person.birth : match.person.birth;
            if (match.mentions.size() < PersonMatch::kMentionsMax) {
                match.mentions.push_back({dossier, person});
            }
            return;
        }
    }
    PersonMatch match;
    match.person = person;
    match.mentions.push_back({dossier, person});
    people.push_back(std::move(match));
}

struct Bond
{
    std::string_view of;
    std::string_view to;
    Relative::Kind kind;
    const char* word; ///< what the second is to the first
};
// Roles are the names that the forms give their persons.
constexpr std::array kBonds{
    Bond{"mother", "father", Relative::Kind::CoParent, "cha của "},
    Bond{"father", "mother", Relative::Kind::CoParent, "mẹ của "},
    Bond{"mother", "child", Relative::Kind::Child, "con"},
    Bond{"father", "child", Relative::Kind::Child, "con"},
    Bond{"child", "mother", Relative::Kind::Parent, "mẹ"},
    Bond{"child", "father", Relative::Kind::Parent, "cha"},
    Bond{"wife", "husband", Relative::Kind::Spouse, "chồng"},
    Bond{"husband", "wife", Relative::Kind::Spouse, "vợ"},
    Bond{"applicant", "spouse", Relative::Kind::Spouse, "người dự định kết hôn"},
};

std::string whyOf(const Bond& bond, const std::string& child, const std::string& code)
{
    std::string why = bond.word;
    if (bond.kind == Relative::Kind::CoParent) {
        why += child.empty() ? "một trẻ" : child;
    }
    return why + ", theo hồ sơ " + code;
}

/// Null where nothing is there, or where the pointer, which was stored, is none.
Json personAt(const Json& dossier, const std::string& pointer)
{
    try {
        const Json::json_pointer place(pointer);
        return dossier.contains(place) ? dossier[place] : Json();
    } catch (const Json::exception&) {
        return {};
    }
}

} // namespace

std::string roleOf(const std::string& pointer)
{
    const std::size_t slash = pointer.rfind('/');
    return slash == std::string::npos ? pointer : pointer.substr(slash + 1);
}

bool mayBeOne(const StatedPerson& left, const StatedPerson& right)
{
    if (!left.personalId.empty() && !right.personalId.empty()) {
        return left.personalId == right.personalId;
    }
    const bool sameName = nameKey(nameWords(left.name)) == nameKey(nameWords(right.name));
    if (!sameName || left.birth != right.birth) {
        return false;
    }
    return birthDateOf(left.birth).hasDay() || left.address == right.address;
}

void KnownPeople::setPlaces(std::shared_ptr<const PlaceReader> places)
{
    m_places = std::move(places);
    m_people.setPlaces(m_places.get());
}

Result<std::vector<PersonMatch>> KnownPeople::suggest(std::string_view typed, const std::string& gender,
                                                      std::size_t limit)
{
    const std::vector<std::string> words = foldedWords(typed.substr(0, 400));
    // The search index knows names and numbers, and no years.
    std::string sought;
    for (const std::string& word : words) {
        sought += isFigures(word) && word.size() <= 4 ? "" : word + ' ';
    }
    const SearchTerms terms(sought);
    std::vector<PersonMatch> people;
    if (terms.empty()) {
        return people;
    }
    for (const std::int64_t id : TRY(m_search.find(terms, kDossiersRead))) {
        for (const StatedPerson& person : TRY(m_people.index().persons(id))) {
            if (fits(person, words) && !isOther(person.gender, gender)) {
                add(people, id, person);
            }
        }
    }
    people.resize(std::min(people.size(), limit));
    return people;
}

Result<KnownPeople::Brief> KnownPeople::brief(std::int64_t dossier)
{
    auto query = TRY(m_connection.prepare(R"(
        SELECT code, procedure, closed IS NULL AND gone = 0, status, gone FROM dossier WHERE id = :id
    )"));
    query.bind(":id", dossier);
    if (!TRY(query.step())) {
        return Brief{};
    }
    const auto status = statusOfCode(static_cast<int>(query.integer(3)));
    const bool isVoid = !status || *status == Status::Refused || *status == Status::Withdrawn ||
                        *status == Status::Stopped || query.integer(4) != 0;
    return Brief{query.text(0), query.text(1), query.integer(2) != 0, !isVoid};
}

Result<std::vector<Relative>> KnownPeople::familyOf(const StatedPerson& person)
{
    std::vector<Relative> relatives;
    std::size_t read = 0;
    for (const PersonMatch& match : TRY(m_people.find(person, 3))) {
        const bool isSure = match.likeness.number == Likeness::Number::Same || mayBeOne(match.person, person);
        for (const Mention& mention : isSure ? match.mentions : std::vector<Mention>()) {
            if (++read <= kFamilyDossiers) {
                TRY(addRelatives(mention, relatives));
            }
        }
    }
    return relatives;
}

Result<void> KnownPeople::addRelatives(const Mention& of, std::vector<Relative>& relatives)
{
    const Brief known = TRY(brief(of.dossier));
    if (!known.counts) {
        return {};
    }
    const auto persons = TRY(m_people.index().persons(of.dossier));
    const auto in = [&](std::string_view role) {
        return std::ranges::find_if(persons,
                                    [&](const StatedPerson& other) { return roleOf(other.pointer) == role; });
    };
    const auto child = in("child");
    for (const Bond& bond : kBonds) {
        const auto other = roleOf(of.person.pointer) == bond.of ? in(bond.to) : persons.end();
        if (other == persons.end()) {
            continue;
        }
        const auto there = std::ranges::find_if(relatives, [&](const Relative& relative) {
            return relative.kind == bond.kind && mayBeOne(relative.match.person, *other);
        });
        if (there != relatives.end()) {
            there->match.mentions.push_back({of.dossier, *other});
            continue;
        }
        Relative relative{
            bond.kind, {}, of.dossier, whyOf(bond, child == persons.end() ? "" : child->name, known.code)};
        relative.match.person = *other;
        relative.match.mentions.push_back({of.dossier, *other});
        relatives.push_back(std::move(relative));
    }
    return {};
}

Result<KnownPeople::Particulars> KnownPeople::particulars(const PersonMatch& match)
{
    Particulars known{Json::object(), {}};
    const std::size_t count = std::min(match.mentions.size(), kStatementsRead);
    for (std::size_t i = 0; i < count; ++i) {
        const Mention& mention = match.mentions[i];
        const auto standing = m_rows.load(mention.dossier);
        const Json person = standing ? personAt(standing->dossier, mention.person.pointer) : Json();
        if (!person.is_object()) {
            continue;
        }
        for (const auto& [name, value] : person.items()) {
            const bool isMorePrecise =
                name == "birth" &&
                stringAt(value, "text").size() > stringAt(at(known.person, "birth"), "text").size();
            if (!value.is_null() && (at(known.person, name).is_null() || isMorePrecise)) {
                known.person[name] = value;
            }
        }
        for (const char* beside : kBeside) {
            const Json value = personAt(standing->dossier, mention.person.pointer + beside);
            if (value.is_string()) {
                known.beside.emplace(beside, value);
            }
        }
    }
    return known;
}

Result<Json> KnownPeople::valueIn(std::int64_t dossier, const std::string& pointer)
{
    const Standing standing = TRY(m_rows.load(dossier));
    return personAt(standing.dossier, pointer);
}

Result<std::string> KnownPeople::codeOf(std::int64_t dossier)
{
    return TRY(brief(dossier))
    .code;
}

Result<void> KnownPeople::addCases(const StatedPerson& person, const std::string& procedure, bool isSubject,
                                   std::vector<KnownCase>& cases)
{
    constexpr std::size_t kMatches = 5;
    for (const PersonMatch& match : TRY(m_people.find(person, kMatches))) {
        for (const Mention& mention : match.isLikely() ? match.mentions : std::vector<Mention>()) {
            const Brief known = TRY(brief(mention.dossier));
            const bool sameRole = mention.person.pointer == person.pointer;
            const bool concerns =
                known.counts && sameRole && known.procedure == procedure && (isSubject || known.isOpen);
            const bool isNew =
                std::ranges::none_of(cases, [&](const KnownCase& c) { return c.code == known.code; });
            if (concerns && isNew) {
                cases.push_back({person.pointer, known.code, mention.person.name, known.isOpen, isSubject,
                                 match.reasons});
            }
        }
    }
    return {};
}

/// A child of the same mother and the same day: a twin, or the same child under another name.
Result<void> KnownPeople::addTwins(const Json& draft, const Form& form, std::vector<KnownCase>& cases)
{
    const Json child = personAt(draft, "/form/child");
    const Json mother = personAt(draft, "/form/mother");
    if (form.subjects.front() != "/form/child" || !child.is_object() || !mother.is_object()) {
        return {};
    }
    const std::string day = stringAt(at(child, "birth"), "text");
    for (const Relative& relative : TRY(familyOf(statedPerson("/form/mother", mother)))) {
        const StatedPerson& other = relative.match.person;
        if (relative.kind != Relative::Kind::Child || other.birth != day || !birthDateOf(day).hasDay()) {
            continue;
        }
        const Brief known = TRY(brief(relative.dossier));
        if (std::ranges::none_of(cases, [&](const KnownCase& c) { return c.code == known.code; })) {
            cases.push_back({"/form/child",
                             known.code,
                             other.name,
                             known.isOpen,
                             false,
                             {"cùng mẹ", "cùng ngày sinh " + day, "khác tên: sinh đôi, hay đã đăng ký?"}});
        }
    }
    return {};
}

Result<std::vector<KnownCase>> KnownPeople::casesLike(const Json& draft, const Form& form)
{
    std::vector<KnownCase> cases;
    const std::string procedure = stringAt(draft, "procedure");
    if (!form.subjects.empty()) {
        const std::string& subject = form.subjects.front();
        const Json person = personAt(draft, subject);
        if (person.is_object() && !stringAt(person, "name").empty()) {
            TRY(addCases(statedPerson(subject, person), procedure, true, cases));
        }
        TRY(addTwins(draft, form, cases));
    }
    const Json applicant = personAt(draft, "/applicant");
    if (applicant.is_object()) {
        TRY(addCases(statedPerson("/applicant", applicant), procedure, false, cases));
    }
    return cases;
}

} // namespace motcua

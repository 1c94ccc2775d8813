// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/form.h"
#include "core/people/people.h"
#include "core/register/projection.h"
#include "core/register/register.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace motcua {

/// Who somebody is to a person, as a form said so.
struct Relative
{
    enum class Kind
    {
        Spouse,   ///< of a marriage
        CoParent, ///< the other parent of a child
        Child,
        Parent,
    };
    Kind kind = Kind::Spouse;
    PersonMatch match; ///< the relative
    std::int64_t dossier = 0;
    std::string why; ///< for an official: "chồng, hồ sơ kết hôn H26.131-…"
};

/// A dossier that the one being typed may repeat.
struct KnownCase
{
    std::string pointer; ///< of the person in the draft: "/form/child"
    std::string code;
    std::string name;    ///< as stated there
    bool isOpen = false; ///< not finished, refused or withdrawn
    bool isSame = false; ///< the same event of the same person, as far as can be told
    std::vector<std::string> reasons;
};

/// What the register knows and may be offered while a form is filled in (A4), and what speaks for a matter
/// having been taken in before (A7). Reads only; offers, and decides nothing. Refused and withdrawn dossiers,
/// and those that the city took away, make nobody a relative and nothing a duplicate.
class KnownPeople
{
public:
    KnownPeople(Connection& connection, DossierProjection& rows)
        : m_connection(connection), m_rows(rows), m_search(connection), m_people(connection, nullptr)
    {}

    /// Former units are recognised from then on.
    void setPlaces(std::shared_ptr<const PlaceReader> places);

    /// By beginnings of the words of a name, of either number, and a year of birth, in any order; newest
    /// first. `gender` "male" or "female": those who are known to be the other are left out.
    [[nodiscard]] Result<std::vector<PersonMatch>> suggest(std::string_view typed, const std::string& gender,
                                                           std::size_t limit);
    [[nodiscard]] Result<std::vector<PersonMatch>> find(const StatedPerson& asked, std::size_t limit)
    {
        return m_people.find(asked, limit);
    }
    /// Everybody whom a form put into one family with this person; the newest statement of each.
    [[nodiscard]] Result<std::vector<Relative>> familyOf(const StatedPerson& person);
    /// All that is known about somebody, as members of a contract Person; and what forms keep beside a
    /// person, by the end of its pointer: {"EthnicGroup": "Kinh"}.
    struct Particulars
    {
        Json person;
        std::map<std::string, Json> beside;
    };
    [[nodiscard]] Result<Particulars> particulars(const PersonMatch& match);
    /// What stands at a pointer of a dossier; null where nothing does.
    [[nodiscard]] Result<Json> valueIn(std::int64_t dossier, const std::string& pointer);

    [[nodiscard]] Result<std::string> codeOf(std::int64_t dossier);

    /// Dossiers of the same procedure that this draft may repeat: the same first subject of the form, or the
    /// same applicant with one that is still open.
    [[nodiscard]] Result<std::vector<KnownCase>> casesLike(const Json& draft, const Form& form);

private:
    struct Brief
    {
        std::string code;
        std::string procedure;
        bool isOpen = false;
        bool counts = false; ///< not refused, withdrawn, stopped or gone
    };
    [[nodiscard]] Result<Brief> brief(std::int64_t dossier);
    [[nodiscard]] Result<void> addRelatives(const Mention& of, std::vector<Relative>& relatives);
    [[nodiscard]] Result<void> addCases(const StatedPerson& person, const std::string& procedure,
                                        bool isSubject, std::vector<KnownCase>& cases);
    [[nodiscard]] Result<void> addTwins(const Json& draft, const Form& form, std::vector<KnownCase>& cases);

    Connection& m_connection;
    DossierProjection& m_rows;
    SearchIndex m_search;
    std::shared_ptr<const PlaceReader> m_places;
    People m_people;
};

/// The last name of a pointer: "mother" of "/form/mother".
[[nodiscard]] std::string roleOf(const std::string& pointer);

/// Two statements that may be shown as one person: one number, or, where one of them has none, name and day
/// of birth.
[[nodiscard]] bool mayBeOne(const StatedPerson& left, const StatedPerson& right);

} // namespace motcua

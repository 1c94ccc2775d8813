// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/suggestion_popup.h"
#include "core/catalogue/form.h"
#include "core/desk/known_people.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace motcua {

/// What may be put into the form at one stroke, and where it comes from.
struct KnownOffer
{
    std::map<std::string, Json> values; ///< by the leaf's pointer
    QString text;                       ///< "LÊ THỊ HOA, sinh 12/05/1984"
    QString why;                        ///< "người nộp", "cha của …, theo hồ sơ …"
    std::string dossier;                ///< the code of the dossier that says so; empty: this form does
};

/// What the register knows of the people in a draft, without a widget: suggestions while a name or number is
/// typed, offers for what is still empty, and what may be a duplicate. Nothing is put anywhere by itself.
class IntakeKnowledge
{
public:
    /// `places` is called at first need: reading the units takes a moment.
    using Places = std::function<std::shared_ptr<const PlaceReader>()>;
    IntakeKnowledge(KnownPeople& known, Places places) : m_known(known), m_loadPlaces(std::move(places)) {}

    void reset();

    /// For a field of a person: "/form/mother/name". The value of a suggestion names it to chosen().
    [[nodiscard]] std::vector<Suggestion> suggest(const std::string& pointer, const QString& typed);
    [[nodiscard]] std::optional<KnownOffer> chosen(const std::string& pointer, const QString& key);

    /// Looks again where persons of the draft changed since the last time.
    void look(const Json& draft, const Form& form);
    /// By the pointer of the person or field that they would fill: only what is empty so far.
    [[nodiscard]] const std::map<std::string, KnownOffer>& offers() const { return m_offers; }
    [[nodiscard]] const std::vector<KnownCase>& cases() const { return m_cases; }
    /// How many people the last suggestions named; for the journal.
    [[nodiscard]] std::size_t suggested() const { return m_matches.size(); }

private:
    [[nodiscard]] KnownOffer offerOf(const std::string& person, const PersonMatch& match);
    void offerApplicant(const Json& draft, const Form& form);
    void offerFamily(const Json& draft, const Form& form);
    void offerSiblings(const Json& draft, const Form& form, const std::vector<Relative>& family);
    void offerRelatives(const Json& draft, const Form& form, const std::string& of,
                        const std::vector<Relative>& family);
    void usePlaces();

    KnownPeople& m_known;
    Places m_loadPlaces;
    bool m_hasPlaces = false;
    std::vector<PersonMatch> m_matches; ///< of the last suggestions
    std::string m_looked;               ///< the persons of the draft at the last look
    std::map<std::string, KnownOffer> m_offers;
    std::vector<KnownCase> m_cases;
};

/// The person that a field belongs to: "/form/mother" of "/form/mother/name"; empty for a field of its own.
[[nodiscard]] std::string personOf(const std::string& pointer, const Form& form);

} // namespace motcua

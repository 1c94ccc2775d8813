// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/people/people.h"

#include "core/people/rivals.h"

#include <algorithm>
#include <set>

namespace motcua {

namespace {

// Names are few and people many: "Nguyễn Thị Lan" stands a thousand times in a large register. More dossiers
// than this are not read for one question; what they have in common is known from the keys.
constexpr std::int64_t kCounted = 4000;
constexpr std::int64_t kReadPerKey = 200;
constexpr std::int64_t kReadOfName = 60;
constexpr std::int64_t kReadOfNameAlone = 150;
constexpr std::size_t kReadInAll = 400;
constexpr std::size_t kEnough = 5;

using Ids = std::vector<std::int64_t>;

/// Statements that are shown as one person.
struct Cluster
{
    Probe probe; ///< the newest statement
    std::string personalId;
    std::string birth;
    std::vector<Mention> mentions;
    Likeness likeness;
    Probe best; ///< the statement that is most alike
    double rivals = 0;
    std::set<std::int64_t> withName, withYear, withPlace; ///< dossiers of its own among those counted
};

/// One question: which dossiers to read, what stands in them, and how much that weighs.
class Search
{
public:
    Search(PeopleIndex& index, const PlaceReader* places, const StatedPerson& asked)
        : m_index(index), m_places(places), m_asked(asked)
    {}

    Result<std::vector<PersonMatch>> run(std::size_t limit)
    {
        TRY(collect());
        TRY(read());
        for (Cluster& cluster : m_clusters) {
            cluster.rivals = rivalsBy(cluster.likeness, othersThan(cluster));
        }
        std::stable_sort(m_clusters.begin(), m_clusters.end(),
                         [](const Cluster& a, const Cluster& b) { return a.rivals < b.rivals; });
        std::vector<PersonMatch> matches;
        for (std::size_t i = 0; i < std::min(limit, m_clusters.size()); ++i) {
            matches.push_back(matchOf(m_clusters[i]));
        }
        return matches;
    }

private:
    Result<void> collect()
    {
        for (PeopleIndex::Row& row : TRY(m_index.tail())) {
            const std::string keys = keysOf(row.persons);
            m_tail.push_back({row.id, keys});
        }
        for (const std::string* number : {&m_asked.person.personalId, &m_asked.person.oldId}) {
            if (!number->empty()) {
                choose(TRY(with(idKey(*number), kReadPerKey)), kReadPerKey);
            }
        }
        if (m_asked.words.empty()) {
            return {};
        }
        if (m_asked.birth.hasDay()) {
            choose(TRY(with(initialsDayKey(m_asked.words, m_asked.birth), kReadPerKey)), kReadPerKey);
        }
        if (m_asked.birth.isKnown()) {
            const Ids sameYear = TRY(with(nameYearKey(m_asked.name, m_asked.birth.year), kCounted));
            m_ofYear = sameYear.size();
            choose(sameYear, kReadPerKey);
        }
        TRY(collectByPlace());
        const Ids ofName = TRY(with(wholeNameKey(m_asked.name), kCounted));
        m_ofName = ofName.size();
        const bool isAlone = !m_asked.birth.isKnown() && m_asked.place.commune.empty();
        choose(ofName, isAlone ? kReadOfNameAlone : kReadOfName);
        if (m_asked.birth.isKnown() && !m_asked.birth.hasDay() && m_chosen.size() < kEnough) {
            choose(TRY(with(initialsYearKey(m_asked.words, m_asked.birth.year), kReadPerKey)), kReadPerKey);
        }
        return {};
    }

    Result<void> collectByPlace()
    {
        if (m_asked.place.commune.empty()) {
            return {};
        }
        m_communes = m_places == nullptr ? std::vector<std::string>{m_asked.place.commune}
                                         : m_places->namesFor(m_asked.place);
        std::set<std::int64_t> there;
        for (const std::string& commune : m_communes) {
            const Ids ids = TRY(with(namePlaceKey(m_asked.name, commune), kCounted));
            there.insert(ids.begin(), ids.end());
        }
        m_ofPlace = there.size();
        choose(Ids(there.rbegin(), there.rend()), kReadPerKey);
        return {};
    }

    /// Indexed or not yet indexed, newest first.
    Result<Ids> with(const std::string& key, std::int64_t limit)
    {
        Ids ids;
        for (auto row = m_tail.rbegin(); row != m_tail.rend(); ++row) {
            if (row->keys.find(key) != std::string::npos) {
                ids.push_back(row->id);
            }
        }
        const Ids indexed = TRY(m_index.with(key, limit));
        ids.insert(ids.end(), indexed.begin(), indexed.end());
        return ids;
    }

    void choose(const Ids& ids, std::int64_t most)
    {
        for (const std::int64_t id : ids) {
            if (most-- <= 0 || m_chosen.size() >= kReadInAll) {
                return;
            }
            m_chosen.insert(id);
        }
    }

    Result<void> read()
    {
        for (auto id = m_chosen.rbegin(); id != m_chosen.rend(); ++id) {
            for (StatedPerson& person : TRY(m_index.persons(*id))) {
                // Most persons of a dossier that was read for one of them are somebody else: their names
                // tell.
                if (hasNumberOf(person) || mayBeNamed(person.name)) {
                    take(*id, Probe(std::move(person)));
                }
            }
        }
        return {};
    }

    [[nodiscard]] bool hasNumberOf(const StatedPerson& person) const
    {
        const StatedPerson& asked = m_asked.person;
        return (!asked.personalId.empty() && asked.personalId == person.personalId) ||
               (!asked.oldId.empty() && asked.oldId == person.oldId);
    }
    [[nodiscard]] bool mayBeNamed(const std::string& name) const
    {
        if (m_asked.words.empty()) {
            return false;
        }
        const std::vector<std::string> words = nameWords(name);
        const auto more =
            static_cast<std::ptrdiff_t>(words.size()) - static_cast<std::ptrdiff_t>(m_asked.words.size());
        if (words.empty() || more > 1 || more < -1) {
            return false;
        }
        const auto common = std::ranges::count_if(words, [&](const std::string& word) {
            return std::ranges::find(m_asked.words, word) != m_asked.words.end();
        });
        return common + 2 >= static_cast<std::ptrdiff_t>(std::max(words.size(), m_asked.words.size()));
    }

    void take(std::int64_t dossier, Probe known)
    {
        Likeness likeness = liken(m_asked, known, m_places);
        using Number = Likeness::Number;
        const bool hasNumber = likeness.number == Number::Same || likeness.number == Number::SameOld;
        if (!hasNumber &&
            (likeness.name == Likeness::Name::Different || likeness.name == Likeness::Name::Unknown)) {
            return;
        }
        Cluster& cluster = clusterOf(known, likeness);
        note(cluster, dossier, known);
        if (rivalsBy(likeness, {}) < rivalsBy(cluster.likeness, {})) {
            cluster.likeness = std::move(likeness);
            cluster.best = known;
        }
        if (cluster.mentions.size() < PersonMatch::kMentionsMax) {
            cluster.mentions.push_back({dossier, std::move(known.person)});
        }
    }

    void note(Cluster& cluster, std::int64_t dossier, const Probe& known) const
    {
        if (known.name != m_asked.name) {
            return;
        }
        cluster.withName.insert(dossier);
        if (known.birth.isKnown() && known.birth.year == m_asked.birth.year) {
            cluster.withYear.insert(dossier);
        }
        if (std::ranges::find(m_communes, known.place.commune) != m_communes.end()) {
            cluster.withPlace.insert(dossier);
        }
    }

    Cluster& clusterOf(const Probe& known, const Likeness& likeness)
    {
        for (Cluster& cluster : m_clusters) {
            if (isOnePerson(cluster, known)) {
                cluster.personalId =
                    cluster.personalId.empty() ? known.person.personalId : cluster.personalId;
                cluster.birth =
                    cluster.birth.size() < known.person.birth.size() ? known.person.birth : cluster.birth;
                return cluster;
            }
        }
        m_clusters.push_back(
            {known, known.person.personalId, known.person.birth, {}, likeness, known, 0, {}, {}, {}});
        return m_clusters.back();
    }

    /// The same number; or, where that is not known of both, name and day of birth, or name, birth and
    /// address.
    static bool isOnePerson(const Cluster& cluster, const Probe& known)
    {
        if (!cluster.personalId.empty() && !known.person.personalId.empty()) {
            return cluster.personalId == known.person.personalId;
        }
        if (cluster.probe.name != known.name || cluster.birth != known.person.birth) {
            return false;
        }
        return known.birth.hasDay() || cluster.probe.person.address == known.person.address;
    }

    [[nodiscard]] Namesakes othersThan(const Cluster& cluster) const
    {
        const auto without = [](std::size_t all, const std::set<std::int64_t>& own) {
            return all - std::min(all, own.size());
        };
        return {without(m_ofName, cluster.withName), without(m_ofYear, cluster.withYear),
                without(m_ofPlace, cluster.withPlace)};
    }

    [[nodiscard]] PersonMatch matchOf(Cluster& cluster) const
    {
        PersonMatch match;
        match.person = cluster.mentions.front().person;
        for (const Mention& mention : cluster.mentions) {
            const auto fill = [](std::string& own, const std::string& other) {
                own = own.empty() ? other : own;
            };
            fill(match.person.gender, mention.person.gender);
            fill(match.person.personalId, mention.person.personalId);
            fill(match.person.oldId, mention.person.oldId);
            fill(match.person.address, mention.person.address);
            const bool isMorePrecise = mention.person.birth.size() > match.person.birth.size();
            match.person.birth = isMorePrecise ? mention.person.birth : match.person.birth;
        }
        match.reasons = reasonsFor(cluster.likeness, m_asked, cluster.best);
        match.mentions = std::move(cluster.mentions);
        match.likeness = cluster.likeness;
        match.rivals = cluster.rivals;
        return match;
    }

    struct TailRow
    {
        std::int64_t id;
        std::string keys;
    };

    PeopleIndex& m_index;
    const PlaceReader* m_places;
    Probe m_asked;
    std::vector<std::string> m_communes;
    std::vector<TailRow> m_tail;
    std::set<std::int64_t> m_chosen;
    std::size_t m_ofName = 0;
    std::size_t m_ofYear = 0;
    std::size_t m_ofPlace = 0;
    std::vector<Cluster> m_clusters;
};

} // namespace

Result<std::vector<PersonMatch>> People::find(const StatedPerson& asked, std::size_t limit)
{
    return Search(m_index, m_places, asked).run(limit);
}

} // namespace motcua

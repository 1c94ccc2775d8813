// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/workplace.h"

#include "core/base/hash.h"

namespace motcua {

namespace {

/// A seed for the generator out of the seed a person chose and the place where it is used.
std::uint64_t seedFor(std::uint64_t chosen, const std::string& place)
{
    const Hash hash = sha256(std::to_string(chosen) + '|' + place);
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < sizeof seed; ++i) {
        seed = (seed << 8) | hash.at(i);
    }
    return seed;
}

} // namespace

Workplace::Workplace(RegisterFolder folder, Connection connection, CatalogueInForce catalogue)
    : m_folder(std::move(folder)), m_connection(std::move(connection)), m_shelf(m_folder.shelf()),
      m_files(m_connection, m_shelf, m_folder.dataKey(), m_clock), m_catalogue(std::move(catalogue))
{
    seatActor();
}

void Workplace::seatActor()
{
    m_desk.emplace(m_connection, m_folder.identity(), m_folder.actor(), catalogue(), m_clock, m_random);
}

Result<std::unique_ptr<Workplace>> Workplace::open(const std::filesystem::path& folder, SignIn who)
{
    RegisterFolder opened = TRY(RegisterFolder::open(folder, std::move(who), SystemClock()));
    Connection connection = TRY(opened.connect());
    CatalogueInForce catalogue = TRY(loadCatalogue(connection, opened.identity(), SystemClock()));
    return std::unique_ptr<Workplace>(
        new Workplace(std::move(opened), std::move(connection), std::move(catalogue)));
}

Result<std::unique_ptr<Workplace>> Workplace::create(const std::filesystem::path& folder,
                                                     const NewRegister& made, SignIn admin,
                                                     const Practice& practice,
                                                     std::shared_ptr<const Catalogue> catalogue)
{
    if (practice.any() && !made.practice) {
        return fail(ErrorKind::Refused, "practice-only");
    }
    if (!catalogue) {
        catalogue = TRY(loadInstalledCatalogue());
    }
    const SystemClock system;
    WorkClock clock(system);
    clock.standAt(practice.at);
    WorkRandom random;
    if (practice.seed) {
        random.seedWith(seedFor(*practice.seed, made.unit + '|' + std::to_string(made.slot)));
    }
    RegisterFolder opened = TRY(RegisterFolder::create(folder, made, std::move(admin), clock, random));
    Connection connection = TRY(opened.connect());
    std::unique_ptr<Workplace> workplace(
        new Workplace(std::move(opened), std::move(connection), {std::move(catalogue), {}, {}}));
    TRY(workplace->practise(practice));
    return workplace;
}

Result<void> Workplace::switchTo(const std::string& account, const Secret& password)
{
    TRY(m_folder.switchTo(account, password));
    seatActor();
    return {};
}

Result<void> Workplace::practise(const Practice& practice)
{
    if (practice.any() && !identity().practice) {
        return fail(ErrorKind::Refused, "practice-only");
    }
    std::optional<std::uint64_t> seed;
    if (practice.seed) {
        const JournalHead head = TRY(Journal(m_connection, identity().install, identity().epoch).head());
        seed = seedFor(*practice.seed, identity().install + '|' + std::to_string(head.position.value));
    }
    m_clock.standAt(practice.at);
    m_random.seedWith(seed);
    return {};
}

Result<void> Workplace::standAt(std::optional<Instant> moment)
{
    if (moment && !identity().practice) {
        return fail(ErrorKind::Refused, "practice-only");
    }
    m_clock.standAt(moment);
    return {};
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/city_catalogue.h"
#include "app/common/work_clock.h"
#include "app/common/work_random.h"
#include "core/desk/desk.h"
#include "core/files/file_store.h"
#include "core/vault/register_folder.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace motcua {

/// What only a practice register lets somebody choose.
struct Practice
{
    std::optional<Instant> at;         ///< the moment to act at
    std::optional<std::uint64_t> seed; ///< of the random numbers

    [[nodiscard]] bool any() const { return at || seed; }
};

/// An opened register with everything that acts on it: the same wiring for the window and the command line.
/// Holds the register's lock while it lives. Belongs to one thread; others take a connection of their own
/// from `folder()`.
class Workplace
{
public:
    /// By the catalogue of loadCatalogue(). Errors as RegisterFolder::open. Nothing is written by opening.
    [[nodiscard]] static Result<std::unique_ptr<Workplace>> open(const std::filesystem::path& folder,
                                                                 SignIn who);
    /// Makes a new register and opens it. `catalogue` none: the installed one.
    [[nodiscard]] static Result<std::unique_ptr<Workplace>>
    create(const std::filesystem::path& folder, const NewRegister& made, SignIn admin,
           const Practice& practice = {}, std::shared_ptr<const Catalogue> catalogue = {});

    /// Another official goes on at this register. `desk()` stays the same object. On failure the old one
    /// stays.
    [[nodiscard]] Result<void> switchTo(const std::string& account, const Secret& password);
    /// Refused where a choice is made in a register that is not for practice. Without a choice the real
    /// moment and the system's random numbers hold again. The numbers of a seed depend on how far the journal
    /// is, so that the same seed given to two calls does not make the same identity twice.
    [[nodiscard]] Result<void> practise(const Practice& practice);

    /// Only the moment, for whoever plays many of them. Refused like practise().
    [[nodiscard]] Result<void> standAt(std::optional<Instant> moment);
    /// The chosen moment; nothing: the real time.
    [[nodiscard]] std::optional<Instant> moment() const { return m_clock.moment(); }

    [[nodiscard]] RegisterFolder& folder() { return m_folder; }
    [[nodiscard]] Connection& connection() { return m_connection; }
    [[nodiscard]] Desk& desk() { return *m_desk; }
    /// Scans and documents beside the register.
    [[nodiscard]] FileStore& files() { return m_files; }
    [[nodiscard]] const Catalogue& catalogue() const { return *m_catalogue.catalogue; }
    /// The same with whose word it is. One that comes later is worked by from the next opening on: what an
    /// official has begun ends by the rules that it began under.
    [[nodiscard]] const CatalogueInForce& catalogueInForce() const { return m_catalogue; }
    [[nodiscard]] const RegisterIdentity& identity() const { return m_folder.identity(); }
    [[nodiscard]] const std::filesystem::path& registerFolder() const { return m_folder.folder(); }
    /// The moment at which people act.
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    /// The real time, which alone drives retry timers.
    [[nodiscard]] const Clock& systemClock() const { return m_system; }
    [[nodiscard]] Random& random() { return m_random; }

    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

private:
    Workplace(RegisterFolder folder, Connection connection, CatalogueInForce catalogue);
    void seatActor();

    SystemClock m_system;
    WorkClock m_clock{m_system};
    WorkRandom m_random;
    RegisterFolder m_folder;
    Connection m_connection;
    FolderShelf m_shelf;
    FileStore m_files;
    CatalogueInForce m_catalogue;
    std::optional<Desk> m_desk;
};

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_templates.h"

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/desk/desk_support.h"
#include "sync/engine/enrol.h"
#include "sync/reference_portal/portal_api.h"
#include "tests/support/practice_register.h"
#include "tests/support/world_portal.h"

#include <fstream>
#include <unistd.h>

namespace motcua {

namespace fs = std::filesystem;

namespace {

/// In memory where the system has such a place: no disk has anything to do with a world.
fs::path newHome()
{
    std::error_code error;
    const fs::path memory = "/dev/shm";
    const auto parent = fs::is_directory(memory, error) && ::access(memory.c_str(), W_OK) == 0
                            ? memory
                            : fs::temp_directory_path();
    auto home = parent / ("motcua-world-" + std::to_string(::getpid()));
    fs::remove_all(home, error);
    fs::create_directories(home);
    return home;
}

/// The way to the template's portal, in good weather.
class DirectWay final : public Transport
{
public:
    explicit DirectWay(portal::PortalApi& api) : m_api(api) {}
    Reply exchange(const Request& request) override { return replyOf(m_api.handle(askOf(request))); }

private:
    portal::PortalApi& m_api;
};

} // namespace

WorldTemplates& WorldTemplates::the()
{
    static WorldTemplates templates;
    return templates;
}

WorldTemplates::WorldTemplates() : m_home(newHome()), m_portalHome((m_home / "portal").string())
{
    for (int slot = 0; slot < kWorldSlots; ++slot) {
        make(slot);
    }
    enrolAll();
}

WorldTemplates::~WorldTemplates()
{
    for (auto& each : m_counters) {
        each.pooled.reset();
        each.folder.reset();
    }
    std::error_code ignored;
    fs::remove_all(m_home, ignored);
}

SignIn WorldTemplates::signIn()
{
    return practiceSignIn(MemoryDisk::the().name());
}

void WorldTemplates::make(int slot)
{
    auto& made = m_counters[static_cast<std::size_t>(slot)];
    made.home = m_home / ("counter" + std::to_string(slot));
    const FakeClock clock;
    SeededRandom random(static_cast<std::uint64_t>(slot + 1) * 1'000'003);
    // No VFS of ours: the folder itself is a real one, if only in memory.
    const auto created =
        RegisterFolder::create(made.home, practiceRegister(slot), practiceSignIn(), clock, random);
    require(created.has_value(), created ? "" : created.error().detail.c_str());
    auto bytes = readFile(made.home / "register.db", std::size_t{64} << 20);
    require(bytes.has_value() && !bytes->empty(), "the new register is read");
    made.bytes = std::move(*bytes);
}

void WorldTemplates::enrolAll()
{
    const MemoryDisk::AsDefault here;
    auto& disk = MemoryDisk::the();
    const FakeClock clock;
    SeededRandom random(4'711);
    {
        auto opened = portal::Portal::open(m_portalHome, clock, random);
        require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
        require(opened->keys().addUnit({"H26.131", "UBND xã Phúc Thọ"}).has_value(), "a unit is added");
        std::array<std::string, kWorldSlots> codes;
        for (auto& code : codes) {
            code = opened->keys().newEnrolmentCode("H26.131").value_or("");
        }
        portal::PortalApi api(std::move(*opened), clock);
        DirectWay way(api);
        for (int slot = 0; slot < kWorldSlots; ++slot) {
            auto& made = counter(slot);
            disk.put((made.home / "register.db").string(), made.bytes);
            auto folder = RegisterFolder::open(made.home, signIn(), clock);
            require(folder.has_value(), folder ? "" : folder.error().detail.c_str());
            made.folder = std::make_unique<RegisterFolder>(std::move(*folder));
            auto connection = made.folder->connect();
            require(connection.has_value(), "the register is opened");
            PortalBinding to;
            to.url = "https://portal.example.vn";
            const auto enrolled =
                enrol(way, made.folder->identity(), to, codes[static_cast<std::size_t>(slot)], "Quầy", clock);
            require(enrolled.has_value(), enrolled ? "" : enrolled.error().detail.c_str());
            PortalDesk desk(*connection, made.folder->identity(), fieldOf(worldCatalogue()), clock, {});
            require(desk.bind(enrolled->binding).has_value(), "the binding is kept");
        }
    }
    // The last handle is closed: what the logs held stands in the files.
    for (int slot = 0; slot < kWorldSlots; ++slot) {
        counter(slot).bytes = disk.bytes((counter(slot).home / "register.db").string());
    }
    m_portalDossiers = disk.bytes(m_portalHome + "/portal.db");
    m_portalKeys = disk.bytes(m_portalHome + "/keys.db");
}

WorldTemplates::Register& WorldTemplates::counter(int slot)
{
    require(slot >= 0 && slot < kWorldSlots, "a slot of a world");
    return m_counters[static_cast<std::size_t>(slot)];
}

fs::path WorldTemplates::newMachine(int slot)
{
    const auto home = m_home / ("machine" + std::to_string(++m_machines % 16) + "-" + std::to_string(slot));
    std::error_code error;
    fs::create_directories(home, error);
    fs::copy_file(counter(slot).home / "register.keys", home / "register.keys",
                  fs::copy_options::overwrite_existing, error);
    std::ofstream(home / "register.db") << "its contents lie on the disk in memory";
    return home;
}

void WorldTemplates::rewindPortal() const
{
    auto& disk = MemoryDisk::the();
    disk.put(m_portalHome + "/portal.db", m_portalDossiers);
    disk.put(m_portalHome + "/keys.db", m_portalKeys);
}

} // namespace motcua

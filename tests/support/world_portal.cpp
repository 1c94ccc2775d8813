// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_portal.h"

#include "core/base/check.h"
#include "core/base/hash.h"
#include "tests/support/world_templates.h"

namespace motcua {

namespace {

std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            plain += fromHex(text.substr(i + 1, 2)).value_or("?");
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::multimap<std::string, std::string> queryOf(std::string_view text)
{
    std::multimap<std::string, std::string> query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        const auto sign = std::min(pair.find('='), pair.size());
        query.emplace(decoded(pair.substr(0, sign)), decoded(pair.substr(std::min(sign + 1, pair.size()))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return query;
}

} // namespace

portal::HttpAsk askOf(const Request& request, std::optional<std::size_t> arrived)
{
    const std::string_view path = request.path;
    const auto sign = path.find('?');
    portal::HttpAsk ask;
    ask.method = request.method;
    ask.path = std::string(path.substr(0, sign));
    ask.query = queryOf(sign == std::string_view::npos ? std::string_view() : path.substr(sign + 1));
    ask.header = [&request](const std::string& name) -> std::optional<std::string> {
        const auto value = headerOf(request.headers, name);
        return value ? std::optional(std::string(*value)) : std::nullopt;
    };
    ask.readBody = [&request, arrived](std::size_t bytesMax) {
        if (arrived) {
            return portal::BodyRead{request.body.substr(0, std::min(*arrived, bytesMax)),
                                    portal::BodyEnd::Broken};
        }
        const bool fits = request.body.size() <= bytesMax;
        return portal::BodyRead{request.body.substr(0, bytesMax),
                                fits ? portal::BodyEnd::Whole : portal::BodyEnd::TooLarge};
    };
    return ask;
}

Reply replyOf(portal::HttpAnswer answer)
{
    Reply reply;
    reply.status = answer.status;
    reply.headers = std::move(answer.headers);
    reply.headers.emplace_back("Content-Type", answer.contentType);
    reply.body = std::move(answer.body);
    return reply;
}

/// A hello that hides how little the portal holds.
static Reply boastful(Reply reply)
{
    auto hello = parseJson(reply.body);
    if (hello && hello->contains("held")) {
        (*hello)["held"] = 1'000'000;
        reply.body = dumpJson(*hello);
    }
    return reply;
}

/// In memory mode they live on from world to world over files whose contents change under them.
struct WorldPortal::Programs
{
    FakeClock clock;
    SeededRandom random{1};
    std::unique_ptr<portal::PortalApi> api;
    std::unique_ptr<portal::Portal> side;
    MemoryBlobs blobs;

    [[nodiscard]] portal::Portal open()
    {
        const MemoryDisk::AsDefault here;
        auto opened = portal::Portal::open(WorldTemplates::the().portalHome(), clock, random,
                                           std::make_unique<MemoryBlobStore>(blobs));
        require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
        return std::move(*opened);
    }
};

WorldPortal::Programs& WorldPortal::programs()
{
    static_cast<void>(WorldTemplates::the()); // made before, so gone after
    static Programs programs;
    return programs;
}

WorldPortal::WorldPortal(std::uint64_t seed, StoreMode mode, Mutant mutant)
    : clock(programs().clock), random(programs().random), m_mode(mode), m_mutant(mutant)
{
    programs().blobs = {};
    clock = FakeClock();
    random = SeededRandom(seed);
    if (mode == StoreMode::Sqlite) {
        programs().api.reset();
        programs().side.reset();
        for (const auto& path : MemoryDisk::the().paths(WorldTemplates::the().portalHome())) {
            MemoryDisk::the().remove(path);
        }
        MemoryDisk::the().setTracked(true);
    }
    WorldTemplates::the().rewindPortal();
    openSide();
    if (mutant == Mutant::Unique) {
        loosenPortal(store());
    }
    start();
}

WorldPortal::~WorldPortal()
{
    // Connections that read a restored file would take the next world's for the same.
    if (m_mode == StoreMode::Sqlite || m_wasPutBack) {
        programs().api.reset();
        programs().side.reset();
    }
}

void WorldPortal::openSide()
{
    if (!programs().side) {
        programs().side = std::make_unique<portal::Portal>(programs().open());
    }
}

void WorldPortal::start()
{
    if (!programs().api) {
        programs().api = std::make_unique<portal::PortalApi>(programs().open(), clock);
    }
    m_isUp = true;
}

void WorldPortal::kill()
{
    m_isUp = false;
    if (m_mode == StoreMode::Sqlite) {
        programs().api.reset();
    }
}

void WorldPortal::cutPower(Random& dice)
{
    m_isUp = false;
    MemoryDisk::the().cutPower(WorldTemplates::the().portalHome(), dice);
    programs().api.reset();
    programs().side.reset();
    openSide();
}

std::string WorldPortal::copyDisk()
{
    const auto target = WorldTemplates::the().portalHome() + "/copy";
    const MemoryDisk::AsDefault here;
    const auto copied = store().connection().backupTo(target, nullptr);
    require(copied.has_value(), copied ? "" : copied.error().detail.c_str());
    auto bytes = MemoryDisk::the().bytes(target);
    MemoryDisk::the().remove(target);
    return bytes;
}

void WorldPortal::putBack(const std::string& copy)
{
    m_wasPutBack = true;
    programs().api.reset();
    programs().side.reset();
    auto& disk = MemoryDisk::the();
    const auto database = WorldTemplates::the().portalHome() + "/portal.db";
    disk.remove(database + "-wal"); // of the file that is no more
    disk.put(database, copy);
    openSide();
}

void WorldPortal::rewind(const std::string& copy)
{
    putBack(copy);
    start();
}

void WorldPortal::restore(const std::string& copy)
{
    const auto before = dossiers();
    putBack(copy);
    m_wasRestored = true;
    for (const auto& each : before) {
        if (!dossier(each.uid.text())) {
            m_dropped.insert(each.uid.text());
        }
    }
    if (m_mutant != Mutant::Epoch) {
        require(keys().newEpoch().has_value(), "the portal says that it was restored");
    }
    start();
}

void WorldPortal::noteLate(const std::set<std::string>& operations)
{
    if (m_wasRestored) {
        m_late.insert(operations.begin(), operations.end());
    }
}

portal::City WorldPortal::city()
{
    return {*programs().side, clock, random};
}

portal::Portal& WorldPortal::office() const
{
    return *programs().side;
}

MemoryBlobs& WorldPortal::blobs() const
{
    return programs().blobs;
}

portal::KeyStore& WorldPortal::keys() const
{
    return programs().side->keys();
}

std::string WorldPortal::epoch() const
{
    return keys().epoch().value_or("");
}

portal::SqliteDossierStore& WorldPortal::store() const
{
    return static_cast<portal::SqliteDossierStore&>(programs().side->dossiers());
}

Reply WorldPortal::handle(const Request& request, std::optional<std::size_t> arrived)
{
    if (!m_isUp) {
        return {Failure::Refused, 0, {}, {}, "the portal is down"};
    }
    if (m_mutant != Mutant::None && request.path == "/v1/ops") {
        if (auto answered = mutantAnswer(m_mutant, *this, *programs().side, request)) {
            return std::move(*answered);
        }
    }
    std::optional<std::int64_t> postpone;
    if (postponed > 0 && request.path == "/v1/ops") {
        --postponed;
        postpone = 5;
    }
    auto reply = replyOf(programs().api->handle(askOf(request, arrived), postpone));
    if (m_mutant == Mutant::Epoch && request.path == "/v1/hello") {
        return boastful(std::move(reply));
    }
    if (m_mutant == Mutant::Scan && request.method == "PATCH") {
        return mislaid(std::move(reply), *this, request);
    }
    return reply;
}

std::vector<portal::StoredDossier> WorldPortal::dossiers() const
{
    auto all = store().allDossiers();
    require(all.has_value(), "the portal's dossiers are read");
    return std::move(*all);
}

std::optional<portal::StoredDossier> WorldPortal::dossier(const std::string& uid) const
{
    auto found = store().findDossier(Uid(uid));
    require(found.has_value(), "the portal's dossier is read");
    return std::move(*found);
}

std::optional<portal::StoredOp> WorldPortal::operation(const std::string& op) const
{
    auto found = store().findOp(OpId(op));
    require(found.has_value(), "the portal's operation is read");
    return std::move(*found);
}

} // namespace motcua

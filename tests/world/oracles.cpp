// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/oracles.h"

#include "core/base/check.h"
#include "sync/protocol/gzip.h"
#include "sync/protocol/operation.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace motcua {

namespace {

/// A query of the oracles; what does not compile is their own fault.
Statement ask(Connection& connection, std::string_view sql)
{
    auto query = connection.prepare(sql);
    require(query.has_value(), query ? "" : query.error().detail.c_str());
    return std::move(*query);
}

bool next(Statement& query)
{
    const auto row = query.step();
    require(row.has_value(), row ? "" : row.error().detail.c_str());
    return *row;
}

std::int64_t numberIn(std::string_view text)
{
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

Oracles::Oracles(World& world) : m_world(world)
{
    for (std::size_t i = 0; i < world.size(); ++i) {
        auto& mark = seen(i);
        auto query = ask(disk(i), "SELECT coalesce(max(position), 0) FROM journal");
        next(query);
        mark.journal = query.integer(0);
        mark.pulled = 0;
    }
}

Oracles::Seen& Oracles::seen(std::size_t counter)
{
    while (m_seen.size() <= counter) {
        m_seen.emplace_back();
        const auto which = m_seen.size() - 1;
        m_world.counter(which).network().departs = [this, which](const Request& request) {
            departs(which, request);
        };
    }
    return m_seen[counter];
}

void Oracles::wrong(std::size_t counter, const std::string& words)
{
    m_wrongs.push_back("counter " + std::to_string(counter + 1) + ": " + words);
}

void Oracles::slipGiven(std::size_t counter, const Received& received)
{
    for (const auto& [uid, slip] : m_slips) {
        // Machines that ran from one disk cannot know of each other's: the portal finds out, see X7.
        const bool isOfTwin = slip.counter != counter && m_world.areTwins(slip.counter, counter);
        if (slip.code == received.code && !isOfTwin) {
            wrong(counter, "two slips bear " + received.code);
        }
    }
    m_slips.emplace(received.uid, Slip{counter, received.code, false, false});
    checkNumber(counter, received.code);
}

/// A code bears the day on which it was given by the counter's own clock, and of one day the numbers only
/// grow, whatever happened to disk and clock in between.
void Oracles::checkNumber(std::size_t counter, const std::string& code)
{
    const auto last = code.rfind('-');
    const std::string day = code.substr(last - 6, 6);
    const std::string number = code.substr(last + 1);
    const std::string today = toIsoDay(dayInVietnam(m_world.counter(counter).store().clock.now()));
    if (day != today.substr(2, 2) + today.substr(5, 2) + today.substr(8, 2)) {
        wrong(counter, "the slip " + code + " bears another day than " + today);
    }
    std::string& before = m_numbers[{counter, day}];
    const bool grows = number.size() > before.size() || (number.size() == before.size() && number > before);
    if (!grows) {
        wrong(counter, "the number of " + code + " comes after " + before);
    }
    before = number;
}

// The fact that a request was begun is on the disk before its first byte leaves, with every operation in it.
void Oracles::departs(std::size_t counter, const Request& request)
{
    if (disk(counter).inTransaction()) {
        wrong(counter, "a call is made within a transaction");
    }
    if (request.method == "PATCH" && request.body.size() > PieceSize::kMost) {
        wrong(counter, "a piece of a file is larger than the contract allows");
    }
    if (request.path != "/v1/ops") {
        return;
    }
    const auto lines = headerOf(request.headers, "Content-Encoding") ? gunzip(request.body, kBatchBytesMax)
                                                                     : Result<std::string>(request.body);
    require(lines.has_value(), "the engine's own packing is read");
    auto query = ask(disk(counter), R"(
        SELECT count(*), (SELECT count(*) FROM outcome o WHERE o.attempt = ao.attempt)
        FROM attempt_operation ao WHERE ao.attempt = (SELECT max(id) FROM attempt)
    )");
    next(query);
    if (query.integer(0) != std::count(lines->begin(), lines->end(), '\n') || query.integer(1) != 0) {
        wrong(counter, "a request leaves and the disk does not know what is in it");
    }
    if (query.integer(0) > static_cast<std::int64_t>(kBatchLinesMax) || lines->size() > kBatchBytesMax) {
        wrong(counter, "a request is larger than the contract allows");
    }
}

void Oracles::afterStep(std::size_t counter)
{
    static_cast<void>(seen(counter));
    if (m_world.counter(counter).store().isRunning()) {
        checkJournal(counter);
        checkReceipts(counter);
        checkPulled(counter);
    }
    checkPortal();
}

// No gap in the journal, and no operation without its place in the queue.
void Oracles::checkJournal(std::size_t counter)
{
    auto& mark = seen(counter);
    auto query = ask(disk(counter), R"(
        SELECT j.position, j.kind GLOB 'dossier.*' AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.position = j.position)
        FROM journal j WHERE j.position > :seen ORDER BY j.position
    )");
    query.bind(":seen", mark.journal);
    while (next(query)) {
        const Position position{query.integer(0)};
        const Position before{mark.journal};
        const bool isNext =
            position.epoch() == before.epoch() ? position.seq() == before.seq() + 1 : position.seq() == 1;
        if (!isNext) {
            wrong(counter, "the journal has a gap before " + std::to_string(position.seq()));
        }
        if (query.integer(1) != 0) {
            wrong(counter, "entry " + std::to_string(position.seq()) + " is not in the queue");
        }
        mark.journal = position.value;
    }
}

// A receipt is stored for what the portal has really done, for the same bytes, and none contradicts another.
void Oracles::checkReceipts(std::size_t counter)
{
    auto& mark = seen(counter);
    const auto& install = m_world.counter(counter).store().identity().install;
    auto query = ask(disk(counter), R"(
        SELECT r.id, r.position, r.result, lower(hex(o.digest)),
            EXISTS (SELECT 1 FROM receipt e WHERE e.position = r.position AND e.id < r.id AND e.result = 'applied'
                AND e.epoch = r.epoch AND (r.result <> 'applied' OR e.seq IS NOT r.seq OR e.rev IS NOT r.rev)),
            r.epoch
        FROM receipt r JOIN operation o ON o.position = r.position WHERE r.id > :seen ORDER BY r.id
    )");
    query.bind(":seen", mark.receipt);
    while (next(query)) {
        mark.receipt = query.integer(0);
        const auto op = opIdOf(install, Position{query.integer(1)}).text();
        if (query.integer(4) != 0) {
            wrong(counter, op + ": two receipts contradict each other");
        }
        // An answer may come in after the portal went back to its backup: then it is for the audit to find
        // out.
        if (query.view(2) != "applied" || query.view(5) != m_world.portal().epoch()) {
            continue;
        }
        const auto there = m_world.portal().operation(op);
        if (!there || there->result != Outcome::Applied) {
            wrong(counter, op + " is acknowledged, but the portal has not applied it");
        } else if (there->digest != query.view(3)) {
            wrong(counter, op + " is acknowledged, but the portal applied other bytes");
        }
    }
}

// What was pulled never reaches beyond the cursor that was stored with it, and comes in its order.
void Oracles::checkPulled(std::size_t counter)
{
    auto& mark = seen(counter);
    auto query = ask(disk(counter), R"(
        SELECT coalesce(max(id), 0), coalesce(max(seq), 0), (SELECT value FROM setting WHERE key = 'portal_cursor')
        FROM pulled WHERE epoch = (SELECT value FROM setting WHERE key = 'portal_epoch') AND id > :seen
    )");
    query.bind(":seen", mark.pulled.value_or(0));
    next(query);
    const bool isTakenOver = !mark.pulled; // a copied disk may hold what a stick had brought
    if (isTakenOver) {
        mark.pulled = query.integer(0);
    }
    if (isTakenOver || query.integer(0) == 0 || query.isNull(2)) {
        return;
    }
    mark.pulled = query.integer(0);
    const auto cursor = query.view(2); // mode.at.end.epoch.mac
    if (cursor.substr(0, 1) == "c" && numberIn(cursor.substr(2)) < query.integer(1)) {
        wrong(counter, "rows were stored beyond the cursor");
    }
}

// Each operation has its effect once, on the state it was made on (nobody else's change lies between), and
// that effect is what the contract makes of it and of what stood there before.
void Oracles::checkPortal()
{
    auto query = ask(m_world.portal().store().connection(), R"(
        SELECT r.seq, coalesce(r.op, ''), r.uid, (
            SELECT count(*) FROM revision b JOIN revision between_them
                ON between_them.uid = r.uid AND between_them.seq > b.seq AND between_them.seq < r.seq
            WHERE b.uid = r.uid AND b.rev = CAST(o.bytes AS TEXT) ->> 'baseRev' AND between_them.only_official_code = 0
                AND (between_them.place IS NULL OR substr(between_them.place, 1, 32) <> o.install)),
            r.rev, r.only_official_code, r.dossier, coalesce(CAST(o.bytes AS TEXT), ''), coalesce(o.digest, '')
        FROM revision r LEFT JOIN op o ON o.install = substr(r.op, 1, 32) AND o.portal_seq = r.seq
        WHERE r.seq > :seen ORDER BY r.seq
    )");
    query.bind(":seen", m_portalSeen);
    while (next(query)) {
        m_portalSeen = query.integer(0);
        const auto op = query.text(1);
        if (!op.empty() && !m_applied.insert(op).second) {
            m_wrongs.push_back("portal: " + op + " had its effect twice");
        }
        if (query.integer(3) != 0) {
            m_wrongs.push_back("portal: " + op + " overwrote what it did not know, dossier " + query.text(2));
        }
        const PortalRow row{m_portalSeen, query.text(2), query.text(4), query.integer(5) != 0, query.text(6),
                            op,           query.text(7), query.text(8)};
        for (const std::string& each : m_model.take(row)) {
            m_wrongs.push_back("portal: " + each);
        }
    }
}

void Oracles::afterStick(std::size_t counter)
{
    auto query = ask(disk(counter), "SELECT coalesce(max(id), 0) FROM pulled");
    next(query);
    seen(counter).pulled = query.integer(0);
}

void Oracles::afterDeath(std::size_t counter)
{
    checkSlips(counter, false);
}

void Oracles::checkSlips(std::size_t counter, bool isAtRest)
{
    auto query = ask(disk(counter), "SELECT code FROM dossier WHERE uid = :uid");
    for (const auto& [uid, slip] : m_slips) {
        const bool isToCome = slip.comesBack && !isAtRest;
        if (slip.counter != counter || slip.isLostWithDisk || isToCome) {
            continue;
        }
        query.bind(":uid", uid);
        if (!next(query)) {
            wrong(counter, "the dossier of slip " + slip.code + " is gone");
        }
        query.reset();
    }
}

void Oracles::afterRestore(std::size_t counter, const DiskCopy& backup)
{
    for (auto& [uid, slip] : m_slips) {
        if (slip.counter == counter && backup.dossiers.count(uid) == 0 && !slip.isLostWithDisk) {
            // What had arrived at the portal comes back from there; the rest stood on the lost disk alone.
            slip.comesBack = m_world.portal().dossier(uid).has_value();
            slip.isLostWithDisk = !slip.comesBack;
        }
    }
    auto& mark = seen(counter);
    mark = {};
    mark.journal = backup.head;
}

bool Oracles::isKnown(const std::string& uid, const Slip& slip)
{
    if (m_world.portal().dossier(uid)) {
        return true;
    }
    if (!m_world.counter(slip.counter).store().isRunning()) {
        m_world.counter(slip.counter).start();
    }
    auto query = ask(disk(slip.counter), "SELECT 1 FROM dossier WHERE uid = :uid");
    query.bind(":uid", uid);
    return next(query);
}

void Oracles::afterPortalRestore()
{
    for (auto& [uid, slip] : m_slips) {
        // Lost at both ends before it came back: nobody has it any more.
        slip.isLostWithDisk = slip.isLostWithDisk || (slip.comesBack && !isKnown(uid, slip));
    }
    m_portalSeen = 0;
    m_applied.clear();
    m_model.forget();
    checkPortal();
}

void Oracles::afterNewEpoch(std::size_t counter)
{
    checkJournal(counter);
}

void Oracles::atClosing(std::size_t counter, const std::set<std::size_t>& yetToCome)
{
    afterStep(counter);
    checkSlips(counter, true);
    for (auto& each : m_world.wrongsOf(counter, yetToCome)) {
        m_wrongs.push_back("at its closing, " + std::move(each));
    }
}

void Oracles::lookThoroughly(std::size_t counter)
{
    for (const auto& finding : m_world.counter(counter).store().findings()) {
        if (finding.kind == "state") {
            continue; // under way the kept state knows more than the facts: see README, "known gaps"
        }
        wrong(counter, finding.kind + " " + std::to_string(finding.seq) + " " + finding.detail);
    }
    checkSlips(counter, false);
}

void Oracles::atEnd(std::uint64_t seed)
{
    const bool isSampled = m_world.mode() == StoreMode::Memory;
    for (std::size_t i = 0; i < m_world.size(); ++i) {
        if (!m_world.isOff(i)) {
            afterStep(i);
            checkSlips(i, true);
        }
    }
    for (auto& each : m_world.wrongs(isSampled ? std::optional(seed % m_world.size()) : std::nullopt)) {
        m_wrongs.push_back(std::move(each));
    }
    if (m_world.mode() == StoreMode::Sqlite) {
        checkCanaries();
    }
}

// Nothing of a citizen stands readable on a counter's disk.
void Oracles::checkCanaries()
{
#if MOTCUA_ENCRYPTION
    constexpr std::string_view kName = "Nguyễn";
    constexpr std::string_view kId = "001084123456";
    const auto holds = [](const std::string& bytes, std::string_view what) {
        return ::memmem(bytes.data(), bytes.size(), what.data(), what.size()) != nullptr;
    };
    auto& disk = MemoryDisk::the();
    for (std::size_t i = 0; i < m_world.size(); ++i) {
        for (const auto& path : disk.paths(m_world.counter(i).store().machine())) {
            const auto file = disk.file(path);
            if (holds(file->data(), kName) || holds(file->data(), kId)) {
                wrong(i, "a citizen's data stands readable in " + path);
            }
        }
    }
#endif
}

} // namespace motcua

// SPDX-License-Identifier: GPL-3.0-or-later
// What comes to stand in a register: the portal's pages, and rows that somebody wrote to.
#include "core/base/check.h"
#include "core/desk/desk_support.h"
#include "sync/protocol/answers.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/world_store.h"

#include <string>
#include <vector>

namespace motcua {

namespace {

constexpr std::size_t kRowsMost = 8;

std::vector<PulledChange> stored(ChangesPage& page)
{
    std::vector<PulledChange> changes;
    for (auto& change : page.changes) {
        changes.push_back({change.seq, change.uid.text(), change.rev.text(),
                           change.op ? std::optional(change.op->text()) : std::nullopt, change.by,
                           change.gone, std::move(change.dossier)});
    }
    return changes;
}

void writeRow(Connection& connection, std::string_view line, std::int64_t position)
{
    const auto tab = line.find('\t');
    const std::string kind(line.substr(0, tab));
    const std::string entry(tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1));
    auto insert = connection.prepare(R"(
        INSERT INTO journal(position, at, kind, dossier, entry, chain)
        VALUES(:position, 1795222923000, :kind, 1, :entry, zeroblob(32))
    )");
    require(insert.has_value(), "the journal has these columns");
    insert->bind(":position", position).bind(":kind", kind).bind(":entry", entry);
    static_cast<void>(insert->run());
}

} // namespace

int consumePage(const std::uint8_t* bytes, std::size_t size)
{
    auto json = parseJson({reinterpret_cast<const char*>(bytes), size});
    auto page = json ? changesPageFromJson(std::move(*json)) : tl::unexpected(json.error());
    if (!page) {
        return 0;
    }
    WorldStore store(1, StoreMode::Memory);
    const auto binding = store.portal->binding();
    require(binding.has_value() && binding->has_value(), "the counter is bound");
    page->portalEpoch = (*binding)->portalEpoch; // others the engine keeps back
    // Twice: a page may come again.
    for (int i = 0; i < 2; ++i) {
        auto changes = *page;
        const auto aside = store.portal->storePage(page->portalEpoch, stored(changes), page->cursor);
        require(aside.has_value(), "a page that was understood is stored, or put aside");
    }
    require(store.findings().empty(), "whatever the portal says, the register stays whole");
    const auto rows = store.desk->dossiers().list({});
    require(rows.has_value(), "and can be read");
    return 0;
}

int consumeJournal(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    WorldStore store(2, StoreMode::Memory);
    const auto received = store.desk->receive(store.draft());
    const auto head = store.portal->head();
    require(received.has_value() && head.has_value(), "there is a dossier");
    std::size_t begin = 0;
    for (std::size_t row = 1; row <= kRowsMost && begin < text.size(); ++row) {
        const auto end = std::min(text.find('\n', begin), text.size());
        writeRow(*store.connection, text.substr(begin, end - begin),
                 head->position.value + static_cast<std::int64_t>(row));
        begin = end + 1;
    }
    // A row that cannot be read may end the verification with an error; it never ends the program.
    static_cast<void>(
        verifyRegister(*store.connection, store.identity(), fieldOf(store.catalogue), Depth::Full));
    return 0;
}

} // namespace motcua

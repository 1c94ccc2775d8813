// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/world/crash_program.h"

#include "core/desk/desk_support.h"

namespace motcua {

namespace {

std::string useProgram(WorldStore& store, Depth depth)
{
    const auto verified =
        verifyRegister(*store.connection, store.identity(), fieldOf(store.catalogue), depth);
    if (!verified) {
        return "it cannot be verified: " + verified.error().detail;
    }
    if (!verified->findings.empty()) {
        return "verify: " + verified->findings.front().kind + " " + verified->findings.front().detail;
    }
    if (const auto recovered = store.portal->recoverAttempts("after the cut"); !recovered) {
        return "attempts are not recovered: " + recovered.error().detail;
    }
    const auto next = store.desk->receive(store.draft("Người Kế Tiếp"));
    if (!next) {
        return "the next dossier is refused: " + next.error().error.detail;
    }
    // Were its number on a slip already, there would be two dossiers of one code now.
    const auto found = store.desk->dossiers().find(next->code, 10);
    return found && found->rows.size() == 1 ? std::string()
                                            : "the next number was given before: " + next->code;
}

} // namespace

std::string startAfterCut(WorldStore& store, const CrashStory& story, const CrashedDisk& disk, Depth depth)
{
    auto& memory = MemoryDisk::the();
    memory.put(story.path, disk.database);
    memory.remove(story.path + "-wal");
    if (!disk.log.empty()) {
        memory.put(story.path + "-wal", disk.log);
    }
    if (const auto opened = store.restart(); !opened) {
        return "the program does not start: " + opened.error().detail;
    }
    auto wrong = useProgram(store, depth);
    for (const auto& slip : story.slips) {
        if (slip.mark <= disk.mark && !store.desk->dossiers().byCode(slip.code)) {
            wrong = "a slip's dossier is not there: " + slip.code;
        }
    }
    store.stop();
    return wrong;
}

} // namespace motcua

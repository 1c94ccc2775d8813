// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/stored_change.h"

namespace motcua {

namespace {

PulledChange storedFormOf(Change&& change)
{
    PulledChange stored;
    stored.seq = change.seq;
    stored.uid = change.uid.text();
    stored.rev = change.rev.text();
    if (change.op) {
        stored.op = change.op->text();
    }
    stored.by = std::move(change.by);
    stored.gone = change.gone;
    stored.dossier = std::move(change.dossier);
    return stored;
}

} // namespace

std::vector<PulledChange> storedChanges(ChangesPage& page)
{
    std::vector<PulledChange> changes;
    changes.reserve(page.changes.size());
    for (Change& change : page.changes) {
        changes.push_back(storedFormOf(std::move(change)));
    }
    return changes;
}

} // namespace motcua

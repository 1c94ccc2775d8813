-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the counter saw of the network. Attempts alone cannot tell it: while a connection is away nothing is
-- sent but a greeting now and then, and while nothing waits nothing is sent at all.

-- One row when the way to the portal changes, and one every ten minutes while it does not, so that the time
-- after a power cut is told from a time in which nothing changed.
CREATE TABLE sighting(
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,          -- UTC milliseconds
    instance TEXT    NOT NULL,          -- the run of the program, as of an attempt
    reach    TEXT    NOT NULL CHECK(reach = 'online' OR reach = 'busy' OR reach = 'held' OR reach = 'not-portal' OR
        reach = 'offline'),
    waiting  INTEGER NOT NULL,          -- operations in the queue at that moment
    detail   TEXT    NOT NULL           -- for support: "503 busy", "timeout", never a body
) STRICT;
CREATE INDEX sighting_at ON sighting(at);
CREATE INDEX attempt_started ON attempt(started);

CREATE TRIGGER sighting_update BEFORE UPDATE ON sighting BEGIN SELECT RAISE(ABORT, 'sightings are append-only'); END;
CREATE TRIGGER sighting_delete BEFORE DELETE ON sighting BEGIN SELECT RAISE(ABORT, 'sightings are append-only'); END;

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom the register knows. Projections: the persons that dossiers name, as they are stated there, and the keys by
-- which somebody like them is found; see core/people.

CREATE TABLE people(
    id      INTEGER PRIMARY KEY,            -- dossier.id
    persons TEXT    NOT NULL                -- packed; see core/people/stated_person.h
) STRICT;

-- The keys of a dossier's persons, as words. A key is asked for whole, so there is no index of beginnings.
CREATE VIRTUAL TABLE people_key USING fts5(
    keys, content='', detail=none, columnsize=0, tokenize='ascii');

-- The newest dossier whose keys are in there; those behind it (fewer than 64) are read one by one.
CREATE TABLE people_mark(
    only INTEGER PRIMARY KEY CHECK(only = 0),
    upto INTEGER NOT NULL
) STRICT;
INSERT INTO people_mark(only, upto) VALUES(0, 0);

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ledgers. A book is a log of acts with a chain of its own, because it passes between counters and their journals do
-- not. An act of ours has its journal entry, which names the act's place and chain value; acts of other counters came
-- with a hand-over, whose journal entry does. See core/books.
CREATE TABLE book_act(
    id       INTEGER PRIMARY KEY,
    book     TEXT    NOT NULL,          -- kind and year: "birth/2026"
    line     INTEGER NOT NULL,          -- 0, and one more with each time that a lost book was taken up anew
    seq      INTEGER NOT NULL,          -- from 1, without a gap within the book
    act      TEXT    NOT NULL,          -- the hashed bytes
    chain    BLOB    NOT NULL CHECK(length(chain) = 32),
    position INTEGER NOT NULL REFERENCES journal(position)   -- the entry with which it came into this register
) STRICT;
CREATE UNIQUE INDEX book_act_place ON book_act(book, line, seq);
CREATE INDEX book_act_position ON book_act(position);

CREATE TRIGGER book_act_update BEFORE UPDATE ON book_act BEGIN SELECT RAISE(ABORT, 'books are append-only'); END;
CREATE TRIGGER book_act_delete BEFORE DELETE ON book_act BEGIN SELECT RAISE(ABORT, 'books are append-only'); END;

-- The other counters of the unit, as a leader has made them known: whom a book may go to and come from.
CREATE TABLE book_counter(
    id       INTEGER PRIMARY KEY,
    install  TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    card     TEXT    NOT NULL,
    position INTEGER NOT NULL REFERENCES journal(position)
) STRICT;
CREATE UNIQUE INDEX book_counter_install ON book_counter(install, epoch);

CREATE TRIGGER book_counter_update BEFORE UPDATE ON book_counter BEGIN SELECT RAISE(ABORT, 'counters are append-only'); END;
CREATE TRIGGER book_counter_delete BEFORE DELETE ON book_counter BEGIN SELECT RAISE(ABORT, 'counters are append-only'); END;

-- Projections.
CREATE TABLE book(
    book  TEXT    NOT NULL PRIMARY KEY,
    kind  TEXT    NOT NULL,
    year  INTEGER NOT NULL,
    state TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE book_entry(
    book       TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    volume     INTEGER NOT NULL,
    page       INTEGER NOT NULL,
    line       INTEGER NOT NULL,          -- on the page, from 1
    act        INTEGER NOT NULL,          -- book_act.id
    uid        TEXT    NOT NULL,          -- of the dossier
    item       INTEGER NOT NULL,          -- which of its documents, from 0
    cancelled  INTEGER NOT NULL CHECK(cancelled IN (0, 1)),
    notes      INTEGER NOT NULL,          -- annotations, the cancellation among them
    PRIMARY KEY(book, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX book_entry_uid ON book_entry(uid);
CREATE INDEX book_entry_page ON book_entry(book, volume, page);

-- What later was written beside an entry: the acts, in their order.
CREATE TABLE book_note(
    book   TEXT    NOT NULL,
    number INTEGER NOT NULL,
    act    INTEGER NOT NULL,
    PRIMARY KEY(book, number, act)
) STRICT, WITHOUT ROWID;

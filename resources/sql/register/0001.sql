-- SPDX-License-Identifier: GPL-3.0-or-later
-- The register of one counter. Facts are append-only and guarded by triggers; projections can be dropped
-- and rebuilt from them; the rest is settings and drafts.

CREATE TABLE setting(
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

---------------------------------------------------------------------------------------------- facts

-- Checks are written with OR: for a list after IN, SQLite makes a table in memory for each row that it checks.

-- position = epoch * 2^40 + seq, so that one number is the order, the identity and the row's address.
CREATE TABLE journal(
    position INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,          -- UTC milliseconds
    kind     TEXT    NOT NULL,
    dossier  INTEGER,                   -- dossier.id, where the entry is about one
    entry    TEXT    NOT NULL,          -- the hashed bytes; an operation's line is made of them and the chain
    local    TEXT,                      -- hashed too, but never sent: reasons, the caller's own reference
    chain    BLOB    NOT NULL CHECK(length(chain) = 32)
) STRICT;
CREATE INDEX journal_dossier ON journal(dossier) WHERE dossier IS NOT NULL;

-- One row a request, committed before its first byte leaves; its end is a fact of its own.
CREATE TABLE attempt(
    id       INTEGER PRIMARY KEY,
    started  INTEGER NOT NULL,
    instance TEXT    NOT NULL,          -- the run of the program, so that a crash shows as "unknown"
    first    INTEGER NOT NULL,          -- the operations of a batch stand in attempt_operation
    count    INTEGER NOT NULL
) STRICT;
CREATE TABLE attempt_operation(
    position INTEGER NOT NULL REFERENCES journal(position),
    attempt  INTEGER NOT NULL REFERENCES attempt(id),
    PRIMARY KEY(position, attempt)
) STRICT, WITHOUT ROWID;
CREATE TABLE outcome(
    attempt     INTEGER PRIMARY KEY REFERENCES attempt(id),
    ended       INTEGER NOT NULL,
    class       TEXT    NOT NULL CHECK(class = 'answered' OR class = 'lost' OR class = 'later' OR class = 'refused' OR
        class = 'not-portal'),
    http_status INTEGER,
    not_before  INTEGER,
    detail      TEXT    NOT NULL
) STRICT;

-- The portal's signed word on one operation.
CREATE TABLE receipt(
    id            INTEGER PRIMARY KEY,
    position      INTEGER NOT NULL REFERENCES journal(position),
    result        TEXT    NOT NULL CHECK(result = 'applied' OR result = 'conflict' OR result = 'rejected' OR
        result = 'mismatch' OR result = 'cancelled'),
    problem       TEXT,
    detail        TEXT,                 -- the problem's fields, as sent
    rev           TEXT,
    seq           INTEGER,
    official_code TEXT,
    epoch         TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    jws           TEXT    NOT NULL
) STRICT;
CREATE INDEX receipt_position ON receipt(position);

-- What the portal says about a dossier. No body: it is what the operation made of the state before.
CREATE TABLE pulled(
    id      INTEGER PRIMARY KEY,
    epoch   TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    dossier INTEGER NOT NULL,
    uid     TEXT    NOT NULL,
    rev     TEXT    NOT NULL,
    op      INTEGER,                    -- one of our own operations, by its position
    by      TEXT,
    gone    INTEGER NOT NULL CHECK(gone IN (0, 1)),
    at      INTEGER NOT NULL,
    after   INTEGER NOT NULL,           -- the journal's head when it came: the one order of all facts
    receipt INTEGER NOT NULL,           -- the newest receipt when it came
    body    TEXT
) STRICT;
CREATE INDEX pulled_dossier ON pulled(dossier, seq);
CREATE INDEX pulled_op ON pulled(op) WHERE op IS NOT NULL;

CREATE TABLE snapshot(
    sha256 BLOB NOT NULL PRIMARY KEY CHECK(length(sha256) = 32),
    bytes  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER attempt_update BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_delete BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_operation_update BEFORE UPDATE ON attempt_operation BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_operation_delete BEFORE DELETE ON attempt_operation BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER outcome_update BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
CREATE TRIGGER outcome_delete BEFORE DELETE ON outcome BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
CREATE TRIGGER receipt_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER receipt_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER pulled_update BEFORE UPDATE ON pulled BEGIN SELECT RAISE(ABORT, 'what was pulled is append-only'); END;
CREATE TRIGGER pulled_delete BEFORE DELETE ON pulled BEGIN SELECT RAISE(ABORT, 'what was pulled is append-only'); END;
CREATE TRIGGER snapshot_update BEFORE UPDATE ON snapshot BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER snapshot_delete BEFORE DELETE ON snapshot BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;

---------------------------------------------------------------------------------------- projections

-- What lists, search and reports read. The columns from status on are authoritative over the body's.
CREATE TABLE dossier(
    id            INTEGER PRIMARY KEY,
    uid           TEXT    NOT NULL,
    code          TEXT    NOT NULL,
    procedure     TEXT    NOT NULL,
    field         TEXT    NOT NULL,
    channel       TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    personal_id   TEXT,
    phone         TEXT,
    received      INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    due           INTEGER,
    finished      INTEGER,
    returned      INTEGER,
    closed        INTEGER,              -- finished, or else refused, withdrawn or stopped at
    official_code TEXT,
    client_ref    TEXT,
    rev           TEXT,                 -- the portal's newest revision that we know
    seq           INTEGER,
    epoch         TEXT,                 -- the portal's, in which seq counts
    gone          INTEGER NOT NULL DEFAULT 0,
    body_entry    INTEGER,              -- the body is that of this journal entry,
    body_pull     INTEGER               -- or of this pulled row; neither: it stands in dossier_body
) STRICT;
CREATE UNIQUE INDEX dossier_uid ON dossier(uid);
-- Not unique: after a disk was cloned two dossiers may bear one code until a person decides; both are kept.
CREATE INDEX dossier_code ON dossier(code);
CREATE INDEX dossier_received ON dossier(received, field, channel);
CREATE INDEX dossier_closed ON dossier(closed, field, received, due) WHERE closed IS NOT NULL;
CREATE INDEX dossier_open ON dossier(due, field, received) WHERE closed IS NULL;

CREATE TABLE dossier_body(
    id   INTEGER PRIMARY KEY REFERENCES dossier(id),
    body TEXT NOT NULL
) STRICT;

-- The day's numbers of this counter, so that the next one comes out of the transaction, not out of memory.
CREATE TABLE number(
    day     INTEGER NOT NULL,           -- yyyymmdd at UTC+7
    slot    INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    dossier INTEGER NOT NULL,
    PRIMARY KEY(day, slot, number)
) STRICT, WITHOUT ROWID;

-- Words without diacritics of names, addresses, numbers and codes; see core/register/search_words.h. Without a
-- prefix index of its length a typed beginning is collected from the whole list of its words: at a million
-- dossiers 200 ms instead of one. Syllables have at most seven letters.
CREATE VIRTUAL TABLE search USING fts5(
    words, content='', detail=none, columnsize=0, prefix='1 2 3 4 5 6 7', tokenize='ascii');

-- Words that are not in the index yet; see core/register/search_index.h.
CREATE TABLE search_tail(
    id    INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;

CREATE TABLE operation(
    position   INTEGER PRIMARY KEY REFERENCES journal(position),
    dossier    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    place      INTEGER NOT NULL,        -- the first operation in its place
    after      INTEGER,                 -- the place before it
    base_rev   TEXT,
    digest     BLOB    NOT NULL CHECK(length(digest) = 32),
    at         INTEGER NOT NULL,
    -- From here on computed from facts; kept for speed, compared at every start.
    state      TEXT    NOT NULL CHECK(state = 'waiting' OR state = 'sending' OR state = 'unknown' OR state = 'backoff' OR
        state = 'conflict' OR state = 'needs-you' OR state = 'acknowledged' OR
        state = 'confirmed' OR state = 'superseded' OR state = 'withdrawn'),
    final      INTEGER NOT NULL AS (state = 'acknowledged' OR state = 'confirmed' OR state = 'superseded' OR
        state = 'withdrawn'),
    attempts   INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER,
    last_error TEXT
) STRICT;
CREATE INDEX operation_open ON operation(place, position) WHERE final = 0;
-- Most places hold one operation, whose position is the place; only the others are indexed. A dossier's operations
-- are found through journal_dossier.
CREATE INDEX operation_place ON operation(place) WHERE place <> position;

CREATE TABLE account(
    name      TEXT NOT NULL PRIMARY KEY,
    full_name TEXT NOT NULL,
    role      TEXT NOT NULL CHECK(role IN ('official', 'specialist', 'leader', 'supervisor', 'admin')),
    disabled  INTEGER NOT NULL CHECK(disabled IN (0, 1))
) STRICT, WITHOUT ROWID;

--------------------------------------------------------------------------------------------- drafts

CREATE TABLE draft(
    id        INTEGER PRIMARY KEY,
    account   TEXT    NOT NULL,
    procedure TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    focus     TEXT    NOT NULL,
    updated   INTEGER NOT NULL
) STRICT;

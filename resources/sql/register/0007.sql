-- SPDX-License-Identifier: GPL-3.0-or-later

--------------------------------------------------------------------------------------- old ledgers

-- Ledgers of the time before this program, as they came in from XLSX and CSV files. They are no books of this counter:
-- its numbers were given by others. Nothing here ever goes to the portal.

-- One import of one sheet. The same file is never taken in twice while this stands.
CREATE TABLE ledger(
    id       INTEGER PRIMARY KEY,
    sha256   BLOB    NOT NULL CHECK(length(sha256) = 32),   -- of the file
    name     TEXT    NOT NULL,          -- without its folder
    size     INTEGER NOT NULL,
    sheet    TEXT    NOT NULL,
    map      TEXT    NOT NULL,          -- how its columns were read, every code of letters decided
    at       INTEGER NOT NULL,          -- UTC milliseconds
    official TEXT    NOT NULL,
    position INTEGER NOT NULL REFERENCES journal(position)
) STRICT;
CREATE INDEX ledger_sha256 ON ledger(sha256);

-- Rows that came in together; their digest stands in the journal's entry.
CREATE TABLE ledger_batch(
    id       INTEGER PRIMARY KEY,
    ledger   INTEGER NOT NULL REFERENCES ledger(id),
    first    INTEGER NOT NULL,          -- rows of the sheet, from … to
    last     INTEGER NOT NULL,
    good     INTEGER NOT NULL,
    review   INTEGER NOT NULL,
    skipped  INTEGER NOT NULL,          -- kept as cells only
    blank    INTEGER NOT NULL,          -- rows without a letter; not kept
    position INTEGER NOT NULL REFERENCES journal(position)
) STRICT;
CREATE INDEX ledger_batch_ledger ON ledger_batch(ledger, last);

CREATE TABLE ledger_row(
    id       INTEGER PRIMARY KEY,
    ledger   INTEGER NOT NULL REFERENCES ledger(id),
    row      INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK(state = 'good' OR state = 'review' OR state = 'skipped'),
    cells    TEXT    NOT NULL,          -- JSON: exactly as read
    texts    TEXT    NOT NULL,          -- JSON: as converted, null where that is the cell
    entry    TEXT    NOT NULL,          -- JSON: what was understood
    problems TEXT    NOT NULL,          -- JSON: [column, rule, what]
    book     TEXT    NOT NULL,
    year     INTEGER,
    volume   TEXT    NOT NULL,
    number   TEXT    NOT NULL,
    name     TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_row_row ON ledger_row(ledger, row);
CREATE INDEX ledger_row_number ON ledger_row(number, year, book) WHERE number <> '';
CREATE INDEX ledger_row_odd ON ledger_row(ledger, row) WHERE state <> 'good';

-- The sheet was read to its end.
CREATE TABLE ledger_end(
    ledger   INTEGER PRIMARY KEY REFERENCES ledger(id),
    at       INTEGER NOT NULL,
    position INTEGER NOT NULL REFERENCES journal(position)
) STRICT;

-- Somebody took an import back, because it had been read wrongly. Its rows stay, and are shown nowhere.
CREATE TABLE ledger_withdrawal(
    ledger   INTEGER PRIMARY KEY REFERENCES ledger(id),
    at       INTEGER NOT NULL,
    official TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    position INTEGER NOT NULL REFERENCES journal(position)
) STRICT;

CREATE TRIGGER ledger_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_batch_update BEFORE UPDATE ON ledger_batch BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_batch_delete BEFORE DELETE ON ledger_batch BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_row_update BEFORE UPDATE ON ledger_row BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_row_delete BEFORE DELETE ON ledger_row BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_end_update BEFORE UPDATE ON ledger_end BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_end_delete BEFORE DELETE ON ledger_end BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_withdrawal_update BEFORE UPDATE ON ledger_withdrawal BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;
CREATE TRIGGER ledger_withdrawal_delete BEFORE DELETE ON ledger_withdrawal BEGIN SELECT RAISE(ABORT, 'imports are append-only'); END;

-- Projection: the words of rows that came in, beside those of dossiers (see `search`).
CREATE VIRTUAL TABLE ledger_search USING fts5(
    words, content='', detail=none, columnsize=0, prefix='1 2 3 4 5 6 7', tokenize='ascii');

-- SPDX-License-Identifier: GPL-3.0-or-later
-- Scans and documents. Their bytes lie encrypted beside the register, in files/; see core/files. A row is a fact
-- as soon as an operation names it; one that nobody came to name may be removed.
CREATE TABLE file(
    id     INTEGER PRIMARY KEY,
    sha256 BLOB    NOT NULL CHECK(length(sha256) = 32),   -- of the plain bytes
    size   INTEGER NOT NULL CHECK(size > 0),
    type   TEXT    NOT NULL CHECK(type = 'application/pdf' OR type = 'image/jpeg' OR type = 'image/png'),
    key    BLOB    NOT NULL CHECK(length(key) = 32),      -- of the bytes on the disk
    at     INTEGER NOT NULL                               -- last brought in
) STRICT;
CREATE UNIQUE INDEX file_sha256 ON file(sha256);

-- The portal said that it holds all of a file.
CREATE TABLE file_held(
    id    INTEGER PRIMARY KEY,
    file  INTEGER NOT NULL REFERENCES file(id),
    epoch TEXT    NOT NULL,               -- the portal's
    at    INTEGER NOT NULL
) STRICT;
CREATE INDEX file_held_file ON file_held(file);

-- The portal was restored or lost something: what it said of files before, up to `held`, counts no more.
CREATE TABLE file_doubt(
    id     INTEGER PRIMARY KEY,
    held   INTEGER NOT NULL,              -- the newest row of file_held then
    reason TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TRIGGER file_update BEFORE UPDATE OF id, sha256, size, type, key ON file BEGIN SELECT RAISE(ABORT, 'files are append-only'); END;
CREATE TRIGGER file_held_update BEFORE UPDATE ON file_held BEGIN SELECT RAISE(ABORT, 'what the portal held is append-only'); END;
CREATE TRIGGER file_held_delete BEFORE DELETE ON file_held BEGIN SELECT RAISE(ABORT, 'what the portal held is append-only'); END;
CREATE TRIGGER file_doubt_update BEFORE UPDATE ON file_doubt BEGIN SELECT RAISE(ABORT, 'doubts are append-only'); END;
CREATE TRIGGER file_doubt_delete BEFORE DELETE ON file_doubt BEGIN SELECT RAISE(ABORT, 'doubts are append-only'); END;

-- Projections. Which operation names which file of ours.
CREATE TABLE operation_file(
    position INTEGER NOT NULL REFERENCES journal(position),
    file     INTEGER NOT NULL REFERENCES file(id),
    PRIMARY KEY(position, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_file_file ON operation_file(file);

-- Files that operations name and of which the portal does not hold all. What it holds of them it knows itself:
-- `sent` and `trouble` show it to people and may be forgotten.
CREATE TABLE file_upload(
    file    INTEGER PRIMARY KEY REFERENCES file(id),
    sent    INTEGER NOT NULL DEFAULT 0,
    trouble TEXT    NOT NULL DEFAULT ''
) STRICT;

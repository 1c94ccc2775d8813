// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/sqlite_schema.h"

#include <array>

namespace motcua::portal {

namespace {

constexpr const char* kDossiers1 = R"sql(
-- Every operation as its bytes came, bound for ever by the first ones seen. `result` is the last answer;
-- NULL after blocked or later, which leave no trace but the binding. (Checks compare one by one: SQLite
-- builds a table in memory for each IN list, for each row written.)
CREATE TABLE op (
    id            INTEGER PRIMARY KEY,
    install       TEXT NOT NULL,
    epoch         INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    unit          TEXT NOT NULL,
    digest        TEXT NOT NULL,
    chain         TEXT,
    uid           TEXT,
    supersedes    TEXT,
    is_cancelling INTEGER NOT NULL CHECK (is_cancelling IN (0, 1)),
    bytes         BLOB NOT NULL,
    result        TEXT CHECK (result = 'applied' OR result = 'conflict' OR result = 'rejected' OR result = 'cancelled'),
    problem       TEXT,
    rev           TEXT,
    portal_seq    INTEGER,
    official_code TEXT,
    receipt       TEXT,
    receipt_epoch TEXT,
    UNIQUE (install, epoch, seq)
) STRICT;
CREATE INDEX op_held ON op (install) WHERE result = 'applied';

-- One act of one counter on one dossier; its name is the first operation in it. `settled_by` is the
-- operation that was applied in it, or the dossier.cancelled that withdrew it. A settled place is the
-- tombstone of its first operation, unless that was the one applied.
CREATE TABLE place (
    install     TEXT NOT NULL,
    epoch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    uid         TEXT NOT NULL,
    after       TEXT,
    after_known INTEGER NOT NULL CHECK (after_known IN (0, 1)),
    state       TEXT NOT NULL CHECK (state = 'open' OR state = 'applied' OR state = 'cancelled'),
    settled_by  TEXT CHECK ((settled_by IS NULL) = (state = 'open')),
    PRIMARY KEY (install, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_dossier ON place (uid, install, epoch, seq);

CREATE TABLE dossier (
    id            INTEGER PRIMARY KEY,
    uid           TEXT NOT NULL UNIQUE,
    unit          TEXT NOT NULL,
    code          TEXT NOT NULL UNIQUE,
    official_code TEXT UNIQUE,
    seq           INTEGER NOT NULL UNIQUE REFERENCES revision (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX dossier_of_unit ON dossier (unit, seq);

-- What changed, in the portal's own order; never changed, never deleted. `place` is the counter's place
-- that caused it; `only_official_code` marks a revision that gave nothing but the official code.
CREATE TABLE revision (
    seq                INTEGER PRIMARY KEY,
    uid                TEXT NOT NULL,
    unit               TEXT NOT NULL,
    rev                TEXT NOT NULL,
    place              TEXT,
    op                 TEXT UNIQUE,
    changed_by         TEXT NOT NULL,
    only_official_code INTEGER NOT NULL CHECK (only_official_code IN (0, 1)),
    gone               INTEGER NOT NULL CHECK (gone IN (0, 1)),
    changed_at         INTEGER NOT NULL,
    dossier            TEXT NOT NULL,
    UNIQUE (uid, seq)
) STRICT;
CREATE INDEX revision_of_unit ON revision (unit, seq);

-- The files that a dossier or a stored operation of the unit names, with the size named.
CREATE TABLE blob (
    unit   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    PRIMARY KEY (unit, sha256)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kKeys1 = R"sql(
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes and tokens are kept as hashes only.
CREATE TABLE enrolment_code (
    hash       BLOB PRIMARY KEY,
    unit       TEXT NOT NULL REFERENCES unit (code),
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    install    TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    install     TEXT PRIMARY KEY,
    unit        TEXT NOT NULL REFERENCES unit (code),
    name        TEXT NOT NULL,
    app         TEXT NOT NULL,
    slot        INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 9),
    generation  INTEGER NOT NULL,
    token_hash  BLOB NOT NULL UNIQUE,
    next_hash   BLOB UNIQUE,
    enrolled_at INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT, WITHOUT ROWID;

-- A slot once given to a counter is never given to another by itself.
CREATE TABLE slot (
    unit    TEXT NOT NULL REFERENCES unit (code),
    slot    INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 9),
    install TEXT NOT NULL,
    PRIMARY KEY (unit, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_of_install ON slot (install);

CREATE TABLE signing_key (
    kid        TEXT PRIMARY KEY,
    seed       BLOB NOT NULL CHECK (length(seed) = 32),
    created_at INTEGER NOT NULL,
    not_after  INTEGER
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kKeys2 = R"sql(
-- The last number given to a dossier filed online, by unit and day. A restore of the dossiers leaves it alone.
CREATE TABLE online_number (
    code_head TEXT PRIMARY KEY,
    last      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kKeys3 = R"sql(
-- The published catalogues: one for every unit (unit ''), and those of single units. They stand with the keys,
-- because a restore of the dossiers must not bring an older one back. `digest` is the hash of `content`.
CREATE TABLE catalogue (
    unit      TEXT PRIMARY KEY,
    version   TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    digest    TEXT NOT NULL,
    content   TEXT NOT NULL CHECK (octet_length(content) <= 5242880)
) STRICT;
)sql";

constexpr std::array kDossierMigrations{Migration{1, kDossiers1}};
constexpr std::array kKeyMigrations{Migration{1, kKeys1}, Migration{2, kKeys2}, Migration{3, kKeys3}};

} // namespace

const Schema kDossierSchema{0x6d635044, kDossierMigrations}; // "mcPD"
const Schema kKeySchema{0x6d63504b, kKeyMigrations};         // "mcPK"

Result<Connection> openStore(const std::string& path, const Schema& schema)
{
    Connection connection = TRY(Connection::open({.path = path,
                                                  .mode = OpenMode::Create,
                                                  .key = nullptr,
                                                  .busyTimeout = std::chrono::seconds{10},
                                                  .vfs = {}}));
    if (TRY(schemaState(connection, schema)) != SchemaState::Current) {
        TRY(migrate(connection, schema));
    }
    return connection;
}

} // namespace motcua::portal

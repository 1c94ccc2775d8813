-- SPDX-License-Identifier: GPL-3.0-or-later

-------------------------------------------------------------------------------------------- courier

-- What went onto a stick. To write one changes no operation's state: it may arrive at the portal, or may not.
CREATE TABLE bundle(
    id           TEXT    NOT NULL PRIMARY KEY CHECK(length(id) = 32), -- stands in all volumes and in the answer
    at           INTEGER NOT NULL,
    official     TEXT    NOT NULL,
    operations   INTEGER NOT NULL,
    volumes      INTEGER NOT NULL,
    portal_epoch TEXT    NOT NULL          -- as the counter knew it then
) STRICT, WITHOUT ROWID;

-- Written before a proven volume gets its name, so that nothing ever travels unnoticed.
CREATE TABLE exported(
    position INTEGER NOT NULL REFERENCES journal(position),
    bundle   TEXT    NOT NULL REFERENCES bundle(id),
    PRIMARY KEY(position, bundle)
) STRICT, WITHOUT ROWID;

-- The volumes of the portal's answer that were read.
CREATE TABLE bundle_answer(
    bundle  TEXT    NOT NULL,
    volume  INTEGER NOT NULL,
    is_last INTEGER NOT NULL CHECK(is_last IN (0, 1)),
    at      INTEGER NOT NULL,
    PRIMARY KEY(bundle, volume)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bundle_update BEFORE UPDATE ON bundle BEGIN SELECT RAISE(ABORT, 'bundles are append-only'); END;
CREATE TRIGGER bundle_delete BEFORE DELETE ON bundle BEGIN SELECT RAISE(ABORT, 'bundles are append-only'); END;
CREATE TRIGGER exported_update BEFORE UPDATE ON exported BEGIN SELECT RAISE(ABORT, 'what was exported is append-only'); END;
CREATE TRIGGER exported_delete BEFORE DELETE ON exported BEGIN SELECT RAISE(ABORT, 'what was exported is append-only'); END;
CREATE TRIGGER bundle_answer_update BEFORE UPDATE ON bundle_answer BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
CREATE TRIGGER bundle_answer_delete BEFORE DELETE ON bundle_answer BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;

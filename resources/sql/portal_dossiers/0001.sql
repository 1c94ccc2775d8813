-- SPDX-License-Identifier: GPL-3.0-or-later
-- The city portal's dossiers in PostgreSQL: what a restore from backup brings back. Everything that belongs to
-- a unit has the unit first in its key, so a unit's rows lie together, no statement looks at another unit's,
-- and each of these tables can be divided by the unit without another change. Only the two tables at the end
-- span all units, because a dossier's identity and its official code are unique in the whole portal.
--
-- Constraints and conditions of updates are what makes two portals safe beside each other. The row of
-- unit_order is no safeguard: it puts the commits of one unit in order, so that whoever has read up to a
-- number has read all below it.
-- Texts that people wrote may hold a zero byte, which "text" cannot: they are kept as JSON.

CREATE TABLE unit_order (
    unit     text COLLATE "C" PRIMARY KEY,
    last_seq bigint NOT NULL
) WITH (fillfactor = 50);

-- Every operation as its bytes came, bound for ever by the first ones seen. "result" is the last answer; NULL
-- after blocked or later, which leave no trace but the binding.
CREATE TABLE op (
    unit          text COLLATE "C" NOT NULL,
    install       text COLLATE "C" NOT NULL,
    epoch         bigint NOT NULL,
    seq           bigint NOT NULL,
    digest        text COLLATE "C" NOT NULL,
    chain         text COLLATE "C",
    uid           text COLLATE "C",
    supersedes    text COLLATE "C",
    is_cancelling boolean NOT NULL,
    bytes         bytea NOT NULL,
    result        text COLLATE "C" CHECK (result IN ('applied', 'conflict', 'rejected', 'cancelled')),
    problem       text COLLATE "C",
    rev           text COLLATE "C",
    portal_seq    bigint,
    official_code text COLLATE "C",
    receipt       text COLLATE "C",
    receipt_epoch text COLLATE "C",
    PRIMARY KEY (unit, install, epoch, seq)
);
CREATE INDEX op_held ON op (unit, install) WHERE result = 'applied';

-- One act of one counter on one dossier; its name is the first operation in it. "settled_by" is the operation
-- that was applied in it, or the dossier.cancelled that withdrew it. A settled place stays settled.
CREATE TABLE place (
    unit        text COLLATE "C" NOT NULL,
    install     text COLLATE "C" NOT NULL,
    epoch       bigint NOT NULL,
    seq         bigint NOT NULL,
    uid         text COLLATE "C" NOT NULL,
    after       text COLLATE "C",
    after_known boolean NOT NULL,
    state       text COLLATE "C" NOT NULL CHECK (state IN ('open', 'applied', 'cancelled')),
    settled_by  text COLLATE "C" CHECK ((settled_by IS NULL) = (state = 'open')),
    PRIMARY KEY (unit, install, epoch, seq)
);
CREATE INDEX place_of_dossier ON place (unit, uid, install, epoch, seq);

CREATE TABLE dossier (
    unit          text COLLATE "C" NOT NULL,
    uid           text COLLATE "C" NOT NULL,
    code          text COLLATE "C" NOT NULL CHECK (starts_with(code, unit || '-')),
    official_code text COLLATE "C",
    seq           bigint NOT NULL,
    PRIMARY KEY (unit, uid),
    UNIQUE (unit, code),
    UNIQUE (unit, seq)
);

-- What changed, in the unit's own order; never changed, never deleted. A revision has one successor at most:
-- that is the constraint on "previous_seq", 0 for a dossier's first.
CREATE TABLE revision (
    unit               text COLLATE "C" NOT NULL,
    seq                bigint NOT NULL,
    uid                text COLLATE "C" NOT NULL,
    previous_seq       bigint NOT NULL CHECK (previous_seq < seq),
    rev                text COLLATE "C" NOT NULL,
    place              text COLLATE "C",
    op                 text COLLATE "C",
    changed_by         text COLLATE "C" NOT NULL,
    only_official_code boolean NOT NULL,
    gone               boolean NOT NULL,
    changed_at         bigint NOT NULL,
    dossier            text COLLATE "C" NOT NULL,
    PRIMARY KEY (unit, seq),
    UNIQUE (unit, uid, previous_seq),
    UNIQUE (unit, op)
);

-- The files that a dossier or a stored operation of the unit names, with the size named, and their bytes as
-- they came, one row a piece. Pieces are not compressed: pictures and PDF are already.
CREATE TABLE blob (
    unit        text COLLATE "C" NOT NULL,
    sha256      text COLLATE "C" NOT NULL,
    size        bigint NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    is_complete boolean NOT NULL DEFAULT false,
    PRIMARY KEY (unit, sha256)
);
CREATE TABLE blob_piece (
    unit   text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    start  bigint NOT NULL,
    bytes  bytea NOT NULL CHECK (length(bytes) > 0),
    PRIMARY KEY (unit, sha256, start)
);
ALTER TABLE blob_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE dossier_unit (
    uid  text COLLATE "C" PRIMARY KEY,
    unit text COLLATE "C" NOT NULL
);
CREATE TABLE official_code (
    code text COLLATE "C" PRIMARY KEY,
    unit text COLLATE "C" NOT NULL,
    uid  text COLLATE "C" NOT NULL
);

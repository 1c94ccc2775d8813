-- SPDX-License-Identifier: GPL-3.0-or-later
-- Numbers on papers ("Số: 12/TLKT-BS"): by year and series, without a gap. Each row is a fact that stands in the
-- journal too, written in the same transaction.
CREATE TABLE paper_number(
    year     INTEGER NOT NULL,
    series   TEXT    NOT NULL,
    number   INTEGER NOT NULL CHECK(number > 0),
    position INTEGER NOT NULL REFERENCES journal(position),   -- of "paper.numbered"
    dossier  INTEGER NOT NULL,
    paper    TEXT    NOT NULL,
    PRIMARY KEY(year, series, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_number_dossier ON paper_number(dossier, paper);

-- A sheet that bore the number was spoiled: the number is used up, the next one takes its place.
CREATE TABLE paper_number_spoiled(
    year     INTEGER NOT NULL,
    series   TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    position INTEGER NOT NULL REFERENCES journal(position),   -- of "paper.printed"
    PRIMARY KEY(year, series, number),
    FOREIGN KEY(year, series, number) REFERENCES paper_number(year, series, number)
) STRICT, WITHOUT ROWID;

-- The last number that was given by hand, before this program or after a restore: the next one follows it.
CREATE TABLE paper_series(
    position INTEGER PRIMARY KEY REFERENCES journal(position), -- of "paper.series"
    year     INTEGER NOT NULL,
    series   TEXT    NOT NULL,
    last     INTEGER NOT NULL CHECK(last >= 0)
) STRICT;

CREATE TRIGGER paper_number_update BEFORE UPDATE ON paper_number BEGIN SELECT RAISE(ABORT, 'numbers on papers are append-only'); END;
CREATE TRIGGER paper_number_delete BEFORE DELETE ON paper_number BEGIN SELECT RAISE(ABORT, 'numbers on papers are append-only'); END;
CREATE TRIGGER paper_number_spoiled_update BEFORE UPDATE ON paper_number_spoiled BEGIN SELECT RAISE(ABORT, 'numbers on papers are append-only'); END;
CREATE TRIGGER paper_number_spoiled_delete BEFORE DELETE ON paper_number_spoiled BEGIN SELECT RAISE(ABORT, 'numbers on papers are append-only'); END;
CREATE TRIGGER paper_series_update BEFORE UPDATE ON paper_series BEGIN SELECT RAISE(ABORT, 'series are append-only'); END;
CREATE TRIGGER paper_series_delete BEFORE DELETE ON paper_series BEGIN SELECT RAISE(ABORT, 'series are append-only'); END;

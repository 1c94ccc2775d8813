-- SPDX-License-Identifier: GPL-3.0-or-later
-- The city portal's units, devices and keys in PostgreSQL: what a restore of the dossiers must leave alone.
-- Nothing here refers to the dossiers' tables, so either can be dumped and restored without the other.
-- Codes and tokens are kept as hashes only. Texts that counters sent are kept as JSON.

CREATE TABLE setting (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE unit (
    code text COLLATE "C" PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE enrolment_code (
    hash       bytea PRIMARY KEY,
    unit       text COLLATE "C" NOT NULL REFERENCES unit (code),
    expires_at bigint NOT NULL,
    used_at    bigint,
    install    text COLLATE "C"
);

CREATE TABLE device (
    install     text COLLATE "C" PRIMARY KEY,
    unit        text COLLATE "C" NOT NULL REFERENCES unit (code),
    name        text NOT NULL,
    app         text NOT NULL,
    slot        integer NOT NULL CHECK (slot BETWEEN 0 AND 9),
    generation  bigint NOT NULL,
    token_hash  bytea NOT NULL UNIQUE,
    next_hash   bytea UNIQUE,
    enrolled_at bigint NOT NULL,
    revoked_at  bigint
);

-- A slot once given to a counter is never given to another by itself.
CREATE TABLE slot (
    unit    text COLLATE "C" NOT NULL REFERENCES unit (code),
    slot    integer NOT NULL CHECK (slot BETWEEN 0 AND 9),
    install text COLLATE "C" NOT NULL,
    PRIMARY KEY (unit, slot)
);
CREATE INDEX slot_of_install ON slot (install);

CREATE TABLE signing_key (
    kid        text COLLATE "C" PRIMARY KEY,
    seed       bytea NOT NULL CHECK (length(seed) = 32),
    created_at bigint NOT NULL,
    not_after  bigint
);
-- One key signs at a time.
CREATE UNIQUE INDEX signing_key_now ON signing_key ((true)) WHERE not_after IS NULL;

-- Counts the changes of settings and keys, whoever makes them: a portal remembers both until it has changed.
CREATE TABLE facts (
    version bigint NOT NULL
);
INSERT INTO facts (version) VALUES (1);
CREATE FUNCTION note_change_of_facts() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN UPDATE motcua_keys.facts SET version = version + 1; RETURN NULL; END';
CREATE TRIGGER setting_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON setting
    FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_facts();
CREATE TRIGGER signing_key_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON signing_key
    FOR EACH STATEMENT EXECUTE FUNCTION note_change_of_facts();

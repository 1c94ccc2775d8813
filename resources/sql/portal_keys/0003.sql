-- SPDX-License-Identifier: GPL-3.0-or-later
-- The published catalogues: one for every unit (unit ''), and those of single units. They stand with the keys,
-- because a restore of the dossiers must not bring an older one back. `content` is JSON as text; `digest` its hash.
CREATE TABLE catalogue (
    unit      text COLLATE "C" PRIMARY KEY,
    version   text NOT NULL,
    issued_at bigint NOT NULL,
    digest    text COLLATE "C" NOT NULL,
    content   text NOT NULL CHECK (octet_length(content) <= 5242880)
);

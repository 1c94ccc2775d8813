-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last number given to a dossier filed online, by unit and day. A restore of the dossiers leaves it alone.
CREATE TABLE online_number (
    code_head text COLLATE "C" PRIMARY KEY,
    last      bigint NOT NULL
);

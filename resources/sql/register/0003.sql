-- SPDX-License-Identifier: GPL-3.0-or-later

-------------------------------------------------------------------------- a portal that was restored

-- The portal went back to a backup and said of one of our acknowledged operations that it does not have it. Receipts
-- and pulled changes up to these rows prove nothing about that operation any more; it is sent again.
CREATE TABLE portal_lost(
    id       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL REFERENCES journal(position),
    epoch    TEXT    NOT NULL,          -- the portal's, when it said so
    at       INTEGER NOT NULL,          -- UTC milliseconds
    receipt  INTEGER NOT NULL,          -- the newest receipt then
    pulled   INTEGER NOT NULL           -- the newest pulled change then
) STRICT;
CREATE INDEX portal_lost_position ON portal_lost(position);

CREATE TRIGGER portal_lost_update BEFORE UPDATE ON portal_lost BEGIN SELECT RAISE(ABORT, 'what the portal lost is append-only'); END;
CREATE TRIGGER portal_lost_delete BEFORE DELETE ON portal_lost BEGIN SELECT RAISE(ABORT, 'what the portal lost is append-only'); END;

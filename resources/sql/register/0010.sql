-- SPDX-License-Identifier: GPL-3.0-or-later
-- A file that came after an operation had named it (the portal alone had it then) is not that operation's to send.
-- Where the journal stood when the file came in; 0: before this was kept.
ALTER TABLE file ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;

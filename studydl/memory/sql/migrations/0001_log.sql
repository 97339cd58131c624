-- The log: what happened, never changed afterwards. Everything else in this file follows from it.

CREATE TABLE parameters (
    id      TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
    id          TEXT    NOT NULL UNIQUE CHECK (id GLOB '????????-????-7???-????-????????????'),
    version     INTEGER NOT NULL CHECK (version >= 1),
    card        TEXT    NOT NULL CHECK (card <> ''),
    grade       INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    reviewed_at INTEGER NOT NULL,               -- milliseconds since 1970, UTC
    utc_offset  INTEGER NOT NULL,               -- minutes of the learner's wall clock ahead of UTC
    day         INTEGER NOT NULL,               -- the study day, counted from 1970-01-01
    duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
    answer      TEXT,
    verdict     TEXT,
    seed        INTEGER NOT NULL,
    scheduler   TEXT    NOT NULL CHECK (scheduler <> ''),
    parameters  TEXT    NOT NULL REFERENCES parameters (id),
    device      TEXT    NOT NULL CHECK (device <> '')
) STRICT;

CREATE INDEX reviews_by_card ON reviews (card);
CREATE INDEX reviews_by_day ON reviews (day);

-- An undo names a review, a redo names an undo. What is undone is always older than its undo.
CREATE TABLE undos (
    id         TEXT    NOT NULL UNIQUE CHECK (id GLOB '????????-????-7???-????-????????????'),
    version    INTEGER NOT NULL CHECK (version >= 1),
    undoes     TEXT    NOT NULL CHECK (undoes < id),
    undone_at  INTEGER NOT NULL,                -- milliseconds since 1970, UTC
    utc_offset INTEGER NOT NULL,
    device     TEXT    NOT NULL CHECK (device <> '')
) STRICT;

CREATE INDEX undos_by_target ON undos (undoes);

-- INSERT OR REPLACE deletes without asking the triggers on DELETE, hence those on INSERT.

CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'the log of reviews is append-only'); END;

CREATE TRIGGER reviews_are_not_deleted BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'the log of reviews is append-only'); END;

CREATE TRIGGER reviews_are_not_replaced BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the log of reviews is append-only'); END;

CREATE TRIGGER undos_are_not_changed BEFORE UPDATE ON undos
BEGIN SELECT RAISE(ABORT, 'the log of undos is append-only'); END;

CREATE TRIGGER undos_are_not_deleted BEFORE DELETE ON undos
BEGIN SELECT RAISE(ABORT, 'the log of undos is append-only'); END;

CREATE TRIGGER undos_are_not_replaced BEFORE INSERT ON undos
WHEN EXISTS (SELECT 1 FROM undos WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the log of undos is append-only'); END;

CREATE TRIGGER parameters_are_not_changed BEFORE UPDATE ON parameters
BEGIN SELECT RAISE(ABORT, 'parameters in the log are append-only'); END;

CREATE TRIGGER parameters_are_not_deleted BEFORE DELETE ON parameters
BEGIN SELECT RAISE(ABORT, 'parameters in the log are append-only'); END;

CREATE TRIGGER parameters_are_not_replaced BEFORE INSERT ON parameters
WHEN EXISTS (SELECT 1 FROM parameters WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'parameters in the log are append-only'); END;

-- The name under which this file's reviews are recorded, unless the caller gives one.
CREATE TABLE device (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id   TEXT NOT NULL
) STRICT;

INSERT INTO device (only, id) VALUES (1, lower(hex(randomblob(8))));

-- What the learner did beside answering, each an event that can be undone like a review.
CREATE TABLE acts (
    id         TEXT    NOT NULL UNIQUE CHECK (id GLOB '????????-????-7???-????-????????????'),
    version    INTEGER NOT NULL CHECK (version >= 1),
    deed       TEXT    NOT NULL CHECK (deed <> ''),
    day        INTEGER NOT NULL,                -- the study day, counted from 1970-01-01
    acted_at   INTEGER NOT NULL,                -- milliseconds since 1970, UTC
    utc_offset INTEGER NOT NULL,                -- minutes of the learner's wall clock ahead of UTC
    content    TEXT    NOT NULL CHECK (json_valid(content)),
    device     TEXT    NOT NULL CHECK (device <> '')
) STRICT;

CREATE INDEX acts_by_deed ON acts (deed, day);

CREATE TRIGGER acts_are_not_changed BEFORE UPDATE ON acts
BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END;

CREATE TRIGGER acts_are_not_deleted BEFORE DELETE ON acts
BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END;

CREATE TRIGGER acts_are_not_replaced BEFORE INSERT ON acts
WHEN EXISTS (SELECT 1 FROM acts WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END;

-- How the cards stand that are suspended, buried or flagged. It follows from the acts.
CREATE TABLE marks (
    card       TEXT    PRIMARY KEY NOT NULL,
    suspended  INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    buried_day INTEGER,                         -- the study day on which the card is not shown
    flag       TEXT,                            -- why the card is to be mended
    CHECK (suspended OR buried_day IS NOT NULL OR flag IS NOT NULL)
) STRICT, WITHOUT ROWID;

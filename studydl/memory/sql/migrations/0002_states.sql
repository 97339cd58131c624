-- What follows from the log. It may be thrown away at any time and folded anew.

CREATE TABLE states (
    card          TEXT    PRIMARY KEY NOT NULL,
    phase         TEXT    NOT NULL CHECK (phase IN ('learning', 'review', 'relearning')),
    step          INTEGER,
    stability     REAL    NOT NULL CHECK (stability > 0),
    difficulty    REAL    NOT NULL CHECK (difficulty BETWEEN 1 AND 10),
    due_at        INTEGER,                      -- milliseconds, while learning
    due_day       INTEGER,                      -- study day, in the review phase
    interval_days INTEGER NOT NULL CHECK (interval_days >= 0),
    first_day     INTEGER NOT NULL,
    last_day      INTEGER NOT NULL,
    last_at       INTEGER NOT NULL,
    repetitions   INTEGER NOT NULL CHECK (repetitions >= 1),
    lapses        INTEGER NOT NULL CHECK (lapses >= 0),
    parameters    TEXT    NOT NULL REFERENCES parameters (id),
    CHECK ((phase = 'review') = (due_day IS NOT NULL)),
    CHECK ((phase = 'review') = (due_at IS NULL)),
    CHECK ((phase = 'review') = (step IS NULL)),
    CHECK (due_day > last_day),
    CHECK (due_at > last_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX states_by_due_at ON states (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX states_by_due_day ON states (due_day, last_day, stability) WHERE due_day IS NOT NULL;
CREATE INDEX states_by_first_day ON states (first_day);

-- Events that an undo holds against: reviews that do not count, and undos that were redone.
CREATE TABLE undone (
    id TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

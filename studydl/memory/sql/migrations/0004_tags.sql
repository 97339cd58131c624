-- The learner's own tags. Like the other marks they follow from the acts; a card may have many.
CREATE TABLE tags (
    card TEXT NOT NULL CHECK (card <> ''),
    tag  TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (card, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX tags_by_tag ON tags (tag);

-- Every statement of this room, each under its name.

-- name: data version
PRAGMA data_version;

-- name: indexes
SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL;

-- name: device
SELECT id FROM device;

-- name: last event
SELECT max(id) FROM (
    SELECT max(id) AS id FROM reviews
    UNION ALL SELECT max(id) FROM undos
    UNION ALL SELECT max(id) FROM acts
);

-- name: parameters
SELECT content FROM parameters WHERE id = :id;

-- name: add parameters
INSERT INTO parameters (id, content)
SELECT :id, :content WHERE NOT EXISTS (SELECT 1 FROM parameters WHERE id = :id);

-- name: add review
INSERT INTO reviews (
    id, version, card, grade, reviewed_at, utc_offset, day,
    duration_ms, answer, verdict, seed, scheduler, parameters, device
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: reviews after
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
FROM reviews WHERE id > :after ORDER BY id LIMIT :limit;

-- name: reviews of card
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews
WHERE card = :card AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
ORDER BY id;

-- All reviews of the next cards in the order of their ids: what a replay goes through.
-- name: reviews by card
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
FROM reviews
WHERE
    card > :after
    AND card <= (
        SELECT max(card) FROM (
            SELECT DISTINCT card FROM reviews WHERE card > :after ORDER BY card LIMIT :limit
        )
    )
ORDER BY card, id;

-- What a replay needs of each review: day and grade as one number, see histories.py.
-- name: rows
SELECT card, (day & 4294967295) << 2 | (grade - 1), reviewed_at, parameters FROM reviews
WHERE
    id > :since AND id < :until
    AND id NOT IN (SELECT value FROM json_each(:undone))
ORDER BY id;

-- name: rows of cards
SELECT card, (day & 4294967295) << 2 | (grade - 1), reviewed_at, parameters FROM reviews
WHERE
    id > :since AND id < :until
    AND card >= :first AND (:last IS NULL OR card < :last)
    AND id NOT IN (SELECT value FROM json_each(:undone))
ORDER BY id;

-- Nothing is ever deleted from the log.
-- name: number of reviews
SELECT coalesce(max(rowid), 0) FROM reviews;

-- name: card at
SELECT card FROM reviews ORDER BY card LIMIT 1 OFFSET :offset;

-- name: reviews of day
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews
WHERE day = :day AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
ORDER BY id;

-- What an undo would take back. An attempt to fit the weights is not the learner's doing.
-- name: last done
SELECT max(id) FROM (
    SELECT id FROM (
        SELECT id FROM reviews
        WHERE
            device = :device
            AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
        ORDER BY id DESC LIMIT 1
    )
    UNION ALL SELECT id FROM (
        SELECT id FROM acts
        WHERE
            device = :device AND deed <> 'optimise'
            AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = acts.id)
        ORDER BY id DESC LIMIT 1
    )
);

-- name: review
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
FROM reviews WHERE id = :id;

-- name: add undo
INSERT INTO undos (id, version, undoes, undone_at, utc_offset, device) VALUES (?, ?, ?, ?, ?, ?);

-- What is done anew clears what could be redone, hence the bound by the device's last deed.
-- name: last undo
SELECT id, undoes FROM undos
WHERE
    device = :device
    AND id > coalesce(
        (SELECT id FROM reviews WHERE device = :device ORDER BY id DESC LIMIT 1), ''
    )
    AND id > coalesce(
        (
            SELECT id FROM acts
            WHERE device = :device AND deed <> 'optimise' ORDER BY id DESC LIMIT 1
        ), ''
    )
    AND (
        EXISTS (SELECT 1 FROM reviews WHERE reviews.id = undos.undoes)
        OR EXISTS (SELECT 1 FROM acts WHERE acts.id = undos.undoes)
    )
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = undos.id)
ORDER BY id DESC LIMIT 1;

-- name: undos
SELECT id, undoes FROM undos;

-- name: number of reviews after
SELECT count(*) FROM reviews WHERE id > :after;

-- name: add act
INSERT INTO acts (id, version, deed, day, acted_at, utc_offset, content, device)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: act
SELECT
    id, version, deed, day, acted_at, utc_offset, content, device,
    EXISTS (SELECT 1 FROM undone WHERE undone.id = acts.id)
FROM acts WHERE id = :id;

-- name: acts of deeds
SELECT id, version, deed, day, acted_at, utc_offset, content, device, 0
FROM acts
WHERE
    deed IN (SELECT value FROM json_each(:deeds))
    AND (:day IS NULL OR day = :day)
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = acts.id)
ORDER BY id;

-- The log as it happened, for those who carry it elsewhere.

-- name: all parameters
SELECT id, content FROM parameters ORDER BY id;

-- name: review events after
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews WHERE id > :after ORDER BY id LIMIT :limit;

-- name: undo events after
SELECT id, version, undoes, undone_at, utc_offset, device
FROM undos WHERE id > :after ORDER BY id LIMIT :limit;

-- name: act events after
SELECT id, version, deed, day, acted_at, utc_offset, content, device, 0
FROM acts WHERE id > :after ORDER BY id LIMIT :limit;

-- The same as lines of JSON, made by SQLite: some eight times as fast as one by one.

-- name: parameter lines
SELECT json_object('kind', 'parameters', 'id', id, 'content', json(content))
FROM parameters ORDER BY id;

-- name: review lines after
SELECT
    id,
    json_object(
        'kind', 'review', 'id', id, 'version', version, 'card', card, 'grade', grade,
        'reviewed_at', reviewed_at, 'utc_offset', utc_offset, 'day', day,
        'duration_ms', duration_ms, 'answer', answer, 'verdict', verdict, 'seed', seed,
        'scheduler', scheduler, 'parameters', parameters, 'device', device
    )
FROM reviews WHERE id > :after ORDER BY id LIMIT :limit;

-- name: undo lines after
SELECT
    id,
    json_object(
        'kind', 'undo', 'id', id, 'version', version, 'undoes', undoes, 'undone_at', undone_at,
        'utc_offset', utc_offset, 'device', device
    )
FROM undos WHERE id > :after ORDER BY id LIMIT :limit;

-- name: act lines after
SELECT
    id,
    json_object(
        'kind', 'act', 'id', id, 'version', version, 'deed', deed, 'day', day,
        'acted_at', acted_at, 'utc_offset', utc_offset, 'content', json(content), 'device', device
    )
FROM acts WHERE id > :after ORDER BY id LIMIT :limit;

-- name: review events among
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews WHERE id IN (SELECT value FROM json_each(:ids));

-- name: undo events among
SELECT id, version, undoes, undone_at, utc_offset, device
FROM undos WHERE id IN (SELECT value FROM json_each(:ids));

-- name: act events among
SELECT id, version, deed, day, acted_at, utc_offset, content, device, 0
FROM acts WHERE id IN (SELECT value FROM json_each(:ids));

-- name: parameters among
SELECT id, content FROM parameters WHERE id IN (SELECT value FROM json_each(:ids));

-- name: cards of reviews
SELECT DISTINCT card FROM reviews WHERE id IN (SELECT value FROM json_each(:ids));

-- What a device's reviews repeat: another of the same card and grade, a moment before.
-- name: doubles
SELECT id, reviewed_at FROM reviews AS later
WHERE
    card IN (SELECT value FROM json_each(:cards)) AND device = :device
    AND EXISTS (
        SELECT 1 FROM reviews AS first
        WHERE
            first.card = later.card AND first.grade = later.grade
            AND later.reviewed_at >= first.reviewed_at
            AND later.reviewed_at < first.reviewed_at + :within
            AND (first.device <> :device OR first.id < later.id)
    )
ORDER BY id;

-- References are looked at when the transaction ends: an event may come before what it names.
-- name: defer references
PRAGMA defer_foreign_keys = ON;

-- name: undone
SELECT id FROM undone;

-- name: mark undone
INSERT INTO undone (id) VALUES (:id) ON CONFLICT DO NOTHING;

-- Two machines may have undone the same review: it counts again once no undo is left.
-- name: clear undone
DELETE FROM undone
WHERE
    id = :id
    AND NOT EXISTS (
        SELECT 1 FROM undos
        WHERE undoes = :id AND NOT EXISTS (SELECT 1 FROM undone AS u WHERE u.id = undos.id)
    );

-- name: forget undone
DELETE FROM undone;

-- name: marks of
SELECT suspended, buried_day, flag FROM marks WHERE card = :card;

-- name: put marks
INSERT OR REPLACE INTO marks (card, suspended, buried_day, flag) VALUES (?, ?, ?, ?);

-- name: drop marks
DELETE FROM marks WHERE card = :card;

-- name: forget marks
DELETE FROM marks;

-- name: marks
SELECT card, suspended, buried_day, flag FROM marks;

-- name: suspended
SELECT card FROM marks WHERE suspended;

-- name: buried
SELECT card FROM marks WHERE buried_day = :today;

-- name: flags
SELECT card, flag FROM marks WHERE flag IS NOT NULL ORDER BY card;

-- name: tags of
SELECT tag FROM tags WHERE card = :card ORDER BY tag;

-- name: put tag
INSERT INTO tags (card, tag) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: drop tag
DELETE FROM tags WHERE card = ? AND tag = ?;

-- name: forget tags
DELETE FROM tags;

-- name: tags
SELECT card, tag FROM tags ORDER BY card, tag;

-- From one tag to the next by the index: many cards may have each, and every search asks.
-- name: different tags
WITH RECURSIVE different (tag) AS (
    SELECT min(tag) FROM tags
    UNION ALL SELECT (SELECT min(tag) FROM tags WHERE tag > different.tag)
    FROM different WHERE different.tag IS NOT NULL
)
SELECT tag FROM different WHERE tag IS NOT NULL;

-- name: tagged
SELECT DISTINCT card FROM tags WHERE tag IN (SELECT value FROM json_each(:tags));

-- name: leeches
SELECT card FROM states WHERE lapses >= :lapses ORDER BY lapses DESC, card;

-- name: state
SELECT
    card, phase, step, stability, difficulty, due_at, due_day, interval_days,
    first_day, last_day, last_at, repetitions, lapses, parameters
FROM states WHERE card = :card;

-- name: states
SELECT
    card, phase, step, stability, difficulty, due_at, due_day, interval_days,
    first_day, last_day, last_at, repetitions, lapses, parameters
FROM states;

-- name: add state
INSERT INTO states (
    card, phase, step, stability, difficulty, due_at, due_day, interval_days,
    first_day, last_day, last_at, repetitions, lapses, parameters
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- Not REPLACE: that would go through indexes of columns that stay as they are.
-- name: put state
INSERT INTO states (
    card, phase, step, stability, difficulty, due_at, due_day, interval_days,
    first_day, last_day, last_at, repetitions, lapses, parameters
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (card) DO UPDATE SET
    phase = excluded.phase, step = excluded.step, stability = excluded.stability,
    difficulty = excluded.difficulty, due_at = excluded.due_at, due_day = excluded.due_day,
    interval_days = excluded.interval_days, first_day = excluded.first_day,
    last_day = excluded.last_day, last_at = excluded.last_at,
    repetitions = excluded.repetitions, lapses = excluded.lapses, parameters = excluded.parameters;

-- name: drop state
DELETE FROM states WHERE card = :card;

-- name: forget states
DELETE FROM states;

-- name: learning due
SELECT card FROM states
WHERE
    due_at <= :until
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    )
ORDER BY due_at, card LIMIT :limit;

-- name: learning between
SELECT card FROM states
WHERE
    due_at > :now AND due_at <= :until
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    )
ORDER BY due_at, card;

-- name: next learning
SELECT due_at FROM states
WHERE
    due_at IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    )
ORDER BY due_at LIMIT 1;

-- name: reviews due
SELECT card FROM states
WHERE
    due_day <= :today
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    )
ORDER BY CAST(:today - last_day AS REAL) / stability DESC, card LIMIT :limit;

-- name: reviews due under
SELECT card, :today - last_day, stability FROM states
WHERE
    due_day <= :today
    AND parameters IN (SELECT value FROM json_each(:parameters))
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    )
ORDER BY CAST(:today - last_day AS REAL) / stability DESC, card LIMIT :limit;

-- What is buried today comes back tomorrow.
-- name: next reviews
SELECT due_day, count(*) FROM states
WHERE
    due_day > :today
    AND NOT EXISTS (SELECT 1 FROM marks WHERE marks.card = states.card AND marks.suspended)
GROUP BY due_day ORDER BY due_day LIMIT 1;

-- name: known
SELECT json_group_array(card) FROM states;

-- name: new on day
SELECT count(*) FROM states WHERE first_day = :day;

-- name: reviewed on day
SELECT count(DISTINCT reviews.card)
FROM reviews
JOIN states ON states.card = reviews.card
WHERE
    reviews.day = :day
    AND states.first_day < :day
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id);

-- What the counts of many groups are made of: cards that are due or waiting, whatever their marks.

-- name: due of all
SELECT json_group_array(card) FROM (
    SELECT card FROM states WHERE due_day <= :today
    UNION ALL SELECT card FROM states WHERE due_at <= :now
);

-- name: waiting of all
SELECT json_group_array(card) FROM states WHERE due_at > :now;

-- name: hidden of all
SELECT json_group_array(card) FROM marks WHERE suspended OR buried_day = :today;

-- name: counts
SELECT
    count(*),
    coalesce(sum(states.card IS NULL AND marks.card IS NULL), 0),
    coalesce(sum(marks.card IS NULL AND (states.due_at <= :now OR states.due_day <= :today)), 0),
    coalesce(sum(marks.card IS NULL AND states.due_at > :now), 0)
FROM json_each(:cards) AS asked
LEFT JOIN states ON states.card = asked.value
LEFT JOIN marks
    ON marks.card = asked.value AND (marks.suspended OR marks.buried_day = :today);

-- What searches ask: cards by a number of their states, between two bounds.

-- name: cards by stability
SELECT card FROM states WHERE stability BETWEEN :least AND :most;

-- name: cards by difficulty
SELECT card FROM states WHERE difficulty BETWEEN :least AND :most;

-- name: cards by interval
SELECT card FROM states WHERE interval_days BETWEEN :least AND :most;

-- name: cards by repetitions
SELECT card FROM states WHERE repetitions BETWEEN :least AND :most;

-- name: cards by lapses
SELECT card FROM states WHERE lapses BETWEEN :least AND :most;

-- A card that is being learned comes back today.
-- name: cards by due
SELECT card FROM states WHERE coalesce(due_day - :today, 0) BETWEEN :least AND :most;

-- name: cards by fading
SELECT card FROM states
WHERE
    CAST(max(0, :today - last_day) AS REAL) / stability BETWEEN :least AND :most
    AND parameters IN (SELECT value FROM json_each(:parameters));

-- name: cards in learning
SELECT card FROM states WHERE due_at IS NOT NULL;

-- name: cards in review
SELECT card FROM states WHERE due_day IS NOT NULL;

-- name: cards due
SELECT card FROM states
WHERE
    (due_day <= :today OR due_at <= :now)
    AND NOT EXISTS (
        SELECT 1 FROM marks
        WHERE marks.card = states.card AND (marks.suspended OR marks.buried_day = :today)
    );

-- name: cards first met since
SELECT card FROM states WHERE first_day >= :since;

-- name: cards graded since
SELECT DISTINCT card FROM reviews
WHERE
    day >= :since
    AND (:grade IS NULL OR grade = :grade)
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id);

-- What statistics go through: each card's reviews that count, oldest first.
-- name: answers by card
SELECT card, grade, day, reviewed_at, utc_offset, duration_ms FROM reviews
WHERE
    (:cards IS NULL OR card IN (SELECT value FROM json_each(:cards)))
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
ORDER BY card, id;

-- Every statement of this room, each under its name.

-- name: device
SELECT id FROM device;

-- name: last event
SELECT max(id) FROM (SELECT max(id) AS id FROM reviews UNION ALL SELECT max(id) FROM undos);

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

-- name: reviews of day
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews
WHERE day = :day AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
ORDER BY id;

-- name: last review
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, 0
FROM reviews
WHERE device = :device AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
ORDER BY id DESC LIMIT 1;

-- name: review
SELECT
    id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, answer, verdict, seed,
    scheduler, parameters, device, EXISTS (SELECT 1 FROM undone WHERE undone.id = reviews.id)
FROM reviews WHERE id = :id;

-- name: add undo
INSERT INTO undos (id, version, undoes, undone_at, utc_offset, device)
VALUES (:id, :version, :undoes, :undone_at, :utc_offset, :device);

-- A new review clears what could be redone, hence the bound by the last review of the device.
-- name: last undo
SELECT id, undoes FROM undos
WHERE
    device = :device
    AND id > coalesce(
        (SELECT id FROM reviews WHERE device = :device ORDER BY id DESC LIMIT 1), ''
    )
    AND EXISTS (SELECT 1 FROM reviews WHERE reviews.id = undos.undoes)
    AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = undos.id)
ORDER BY id DESC LIMIT 1;

-- name: undos
SELECT id, undoes FROM undos;

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

-- name: put state
INSERT OR REPLACE INTO states (
    card, phase, step, stability, difficulty, due_at, due_day, interval_days,
    first_day, last_day, last_at, repetitions, lapses, parameters
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: drop state
DELETE FROM states WHERE card = :card;

-- name: forget states
DELETE FROM states;

-- name: learning due
SELECT card FROM states WHERE due_at <= :until ORDER BY due_at, card;

-- name: learning between
SELECT card FROM states WHERE due_at > :now AND due_at <= :until ORDER BY due_at, card;

-- name: next learning
SELECT min(due_at) FROM states WHERE due_at IS NOT NULL;

-- Retrievability falls with elapsed days over stability, so this is its order.
-- name: reviews due
SELECT card FROM states
WHERE due_day <= :today
ORDER BY CAST(:today - last_day AS REAL) / stability DESC, card;

-- name: next reviews
SELECT due_day, count(*) FROM states
WHERE due_day = (SELECT min(due_day) FROM states WHERE due_day > :today)
GROUP BY due_day;

-- name: known
SELECT card FROM states;

-- name: new among
SELECT asked.value FROM json_each(:cards) AS asked
WHERE NOT EXISTS (SELECT 1 FROM states WHERE states.card = asked.value)
ORDER BY asked.key LIMIT :limit;

-- name: new on day
SELECT count(*) FROM states WHERE first_day = :day;

-- name: counts
SELECT
    count(*),
    count(*) - count(states.card),
    coalesce(sum(states.due_at <= :now OR states.due_day <= :today), 0),
    coalesce(sum(states.due_at > :now), 0)
FROM json_each(:cards) AS asked
LEFT JOIN states ON states.card = asked.value;

"""What a learner may do, drawn at random: for tests of laws that hold for any log."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import strategies as st

from studydl.memory import FixedClock, Grade, Memory, Schedule, Settings

CARDS = "abc"
SETTINGS = (
    Settings(),
    Settings(Schedule(desired_retention=0.8, learning_steps=())),
    Settings(Schedule(weights=(*DEFAULT_PARAMETERS[:20], 0.5), relearning_steps=(60, 600))),
)
START = datetime(2026, 5, 4, 9, tzinfo=UTC)

TAGS = ("x", "X", "y::z", "e\u0301")  # one in two sizes, one that is composed

some_cards = st.lists(st.sampled_from(CARDS), min_size=1, max_size=3)
records = st.tuples(st.just("record"), st.sampled_from(CARDS), st.sampled_from(list(Grade)))
marks = st.one_of(
    st.tuples(st.sampled_from(["suspend", "unsuspend", "bury", "unbury"]), some_cards),
    st.tuples(st.just("flag"), st.sampled_from(CARDS), st.sampled_from(["wrong", ""])),
    st.tuples(st.just("unflag"), st.sampled_from(CARDS)),
    st.tuples(
        st.sampled_from(["tag", "untag"]),
        some_cards,
        st.lists(st.sampled_from(TAGS), min_size=1, max_size=2),
    ),
    st.just(("reschedule",)),
    st.tuples(st.just("more"), st.integers(1, 9), st.integers(0, 9)),
)
deeds = st.one_of(records, records, marks)
undos = st.sampled_from([("undo",), ("redo",)])
pauses = st.tuples(
    st.just("pause"),
    st.one_of(st.integers(-2, 60).map(lambda days: timedelta(days=days)), st.just(timedelta())),
)
steps = st.one_of(deeds, deeds, undos, pauses)


def do(memory, clock, step):
    """Do one step; return the event that it made or changed, None if it did nothing."""
    what, *rest = step
    match what:
        case "pause":
            return clock.advance(rest[0])
        case "record":
            return memory.record(*rest, duration_ms=1)
        case "more":
            return memory.more_today(new=rest[0], reviews=rest[1])
        case _:
            return getattr(memory, what)(*rest)


def everything(memory):
    """Return all that a learner can tell of a log."""
    return (
        [review for review in memory.reviews() if not review.undone],
        {card: memory.state(card) for card in CARDS},
        {card: memory.marks(card) for card in CARDS},
        memory.tags_by_card(),
        (memory.due(), memory.new_among(CARDS), memory.new_left(), memory.counts(CARDS)),
    )


@contextmanager
def fresh(*devices):
    """Open logs in folders of their own, with one clock; yield the clock and the logs.

    They schedule differently, each in its own way.
    """
    clock = FixedClock(START)
    with tempfile.TemporaryDirectory() as folder:
        logs = [
            Memory.open(
                Path(folder) / device, clock=clock, zone=UTC, device=device, settings=chosen
            )
            for device, chosen in zip(devices, cycle(SETTINGS))
        ]
        try:
            yield clock, *logs
        finally:
            for log in logs:
                log.close()

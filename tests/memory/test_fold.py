from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studydl.memory.fold import undone_events


@st.composite
def undo_chains(draw):
    """Draw undos 10.., each naming an older event: a review 0..9 or an earlier undo."""
    count = draw(st.integers(0, 12))
    return [(f"{10 + n}", f"{draw(st.integers(0, 9 + n)):02d}") for n in range(count)]


def counts(event, undos):
    """Say whether an event counts, straight from the definition."""
    return not any(target == event and counts(undo, undos) for undo, target in undos)


@given(undo_chains(), st.randoms(use_true_random=False))
def test_an_event_is_undone_iff_an_undo_that_counts_names_it(undos, random):
    events = {f"{n:02d}" for n in range(10)} | {undo for undo, _ in undos}
    expected = {event for event in events if not counts(event, undos)}
    random.shuffle(undos)
    assert undone_events(undos) == expected

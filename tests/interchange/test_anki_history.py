from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.interchange.anki_history import events_of
from studydl.interchange.collection import Answered
from studydl.memory import Grade
from studydl.memory.codec import event_from_json
from tests.interchange.packing import AT
from tests.memory.acting import everything, fresh

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
answers = st.lists(
    st.builds(
        Answered,
        st.sampled_from("abc"),
        st.integers(AT, AT + 10**10),
        st.integers(1, 4),
        st.integers(-5, 10**7),
    ),
    unique_by=lambda answer: answer[:2],
    max_size=30,
)


def told(some):
    return events_of(some, now=NOW, name="p.apkg")


@settings(max_examples=30, deadline=None)
@given(answers, st.integers(0, 30))
def test_a_newer_package_adds_what_is_new_and_the_order_does_not_matter(some, cut):
    with fresh("whole", "parts", "other") as (_, whole, parts, other):
        whole.merge(told(some))
        for part in (some[cut:], some[:cut], some):
            parts.merge(told(part))
        other.merge(told(some))
        other.merge(whole.events())
        assert whole.differences() == []
        assert list(whole.events()) == list(parts.events()) == list(other.events())
        assert len(list(whole.reviews())) == len(some)


@settings(max_examples=50, deadline=None)
@given(answers)
def test_every_event_is_one_that_the_log_accepts(some):
    for event in told(some):
        assert event_from_json(event.to_json()) == event


def test_what_was_answered_in_anki_counts_as_if_it_had_been_answered_here():
    with fresh("one") as (_, memory):
        memory.merge(told([Answered("a", AT, 3, 10), Answered("a", AT + 4 * 86_400_000, 3, 10)]))
        assert memory.state("a").repetitions == 2
        assert [review.grade for review in memory.reviews()] == [Grade.GOOD, Grade.GOOD]
        assert everything(memory)[0][0].device == "anki"


@pytest.mark.parametrize(
    "wrong",
    [Answered("a", 5, 3, 1), Answered("a", AT * 9, 3, 1), Answered("a", AT, 5, 1),
     Answered("a", 1 << 62, 3, 1)],
)  # fmt: skip
def test_an_answer_that_cannot_be_refuses_the_package(memory, wrong):
    with pytest.raises(StudyError, match="cannot be"):
        memory.merge(told([Answered("b", AT, 3, 1), wrong]))
    assert list(memory.events()) == []

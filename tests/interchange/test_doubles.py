"""A package of ours taken in where the log is not, and the log thereafter: nothing counts twice."""

from datetime import timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.interchange.anki_history import events_of, unknown_answers
from studydl.interchange.anki_rows import pasts_of
from studydl.interchange.collection import Answered
from tests.interchange.packing import AT
from tests.memory.acting import CARDS, do, everything, fresh, steps

AGES = timedelta(days=365)  # whatever clocks were set back in between

histories = st.lists(steps, max_size=20)
in_anki = st.lists(
    st.builds(
        Answered,
        st.sampled_from(CARDS),
        st.integers(0, 1000).map(lambda hours: AT + hours * 3_600_000),
        st.integers(1, 4),
        st.just(9),
    ),
    unique_by=lambda answer: answer.at_ms,
    max_size=5,
)


def packed(memory, more, *, cards=CARDS):
    """Return the answers as they come back from Anki, which lets no two share a millisecond."""
    taken, answers = set(), []
    for card, past in pasts_of(memory, set(cards)).items():
        for answer in past.answers:
            at = next(ms for ms in count(answer.at_ms) if ms not in taken)
            taken.add(at)
            answers.append(Answered(card, at, answer.grade, answer.duration_ms))
    return [*answers, *more]


def take(memory, answers):
    new = unknown_answers(answers, memory.reviews())
    memory.merge(events_of(new, now=memory.now() + AGES, name="p.apkg"))


def standing(memory):
    assert memory.differences() == []
    return everything(memory)


@settings(max_examples=60, deadline=None)
@given(histories, in_anki, histories)
def test_a_package_and_the_log_in_either_order_give_what_the_log_alone_gives(before, more, after):
    with fresh("own", "alone", "first", "last") as (clock, own, alone, first, last):
        for step in before:
            do(own, clock, step)
        package = packed(own, more)
        for step in after:  # what is undone now was packed
            do(own, clock, step)
        alone.merge(own.events())
        take(alone, more)
        take(first, package)
        first.merge(own.events())
        last.merge(own.events())
        take(last, package)
        assert standing(first) == standing(last) == standing(alone)


@settings(max_examples=40, deadline=None)
@given(histories, in_anki, st.sets(st.sampled_from(CARDS)), st.permutations(range(4)))
def test_machines_that_took_in_different_packages_agree_once_they_merge(history, more, some, order):
    with fresh("own", "one", "two", "three", "all", "other") as (
        clock,
        own,
        *machines,
        last,
        other,
    ):
        for step in history:
            do(own, clock, step)
        # A package of fewer cards moves fewer answers out of one another's way.
        take(machines[0], packed(own, more))
        take(machines[1], packed(own, (), cards=some))
        take(machines[2], more)
        logs = [own, *machines]
        for each in logs:
            last.merge(each.events())
        for place in order:
            other.merge(logs[place].events())
        assert standing(last) == standing(other)
        assert list(last.events()) == list(other.events())
        other.merge(last.events())
        assert list(last.events()) == list(other.events())
        own.merge(last.events())
        assert standing(own) == standing(last)
        counting = [review for review in last.reviews() if not review.undone]
        own_ones = [review for review in counting if review.device == "own"]
        assert len(counting) == len(own_ones) + len(more)

"""Histories answered through Anki's own backend come out as ours; collected where Anki is there.

What is compared after each answer: stability and difficulty, which Anki keeps to four and three
decimals and goes on with as it keeps them; and that Anki's interval, which has its own fuzz in it,
lies in the band of fuzz around ours without fuzz, or a day above what it would have given for a
worse grade, give or take a day. An answer before its time gets a longer interval from Anki, which
it does not get from us: there the states are compared only.
"""

from __future__ import annotations

import json
from contextlib import closing
from itertools import accumulate
from random import Random

import pytest
from anki.collection import Collection

from studydl.memory import Grade, Review, Schedule
from studydl.memory.fold import advance
from studydl.memory.fuzz import band
from studydl.memory.scheduling import Scheduler

HISTORIES = 60
LONGEST = 6
DAY_S = 86_400
MAXIMUM = 36_500
SCHEDULE = Schedule(learning_steps=(), relearning_steps=())


def histories():
    """Return lists of study days, each later than the last, and grades."""
    random = Random(20260504)
    for _ in range(HISTORIES):
        length = random.randint(1, LONGEST)
        grades = random.choices(list(Grade), weights=[2, 1, 5, 1], k=length)
        gaps = random.choices((1, 2, 7, 14), k=length - 1)
        yield list(zip(accumulate((0, *gaps)), grades, strict=True))


def folded(history):
    """Return our state after a history."""
    scheduler = Scheduler(SCHEDULE)
    state = None
    for day, grade in history:
        review = Review(
            id="", version=1, card="a", grade=grade, reviewed_at=day * DAY_S * 1000, utc_offset=0,
            day=day, duration_ms=1, answer=None, verdict=None, seed=0, scheduler="",
            parameters=scheduler.parameters, device="",
        )  # fmt: skip
        state = advance(state, review, scheduler)
    return state


def days_of(history):
    """Return our interval after a history, without fuzz."""
    return max(round(folded(history).stability), 1)


def longest(history):
    """Return the longest interval that fuzz allows, or Anki's rule: a day above a worse grade's."""
    *before, (day, grade) = history
    _, most = band(days_of(history), maximum=MAXIMUM)
    if grade <= Grade.HARD:
        return most
    return max(most, longest([*before, (day, Grade(grade - 1))]) + 1)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return str(tmp_path_factory.mktemp("anki") / "collection.anki2")


def begun(path):
    """Make a collection with one note a history, under FSRS without steps."""
    with closing(Collection(path)) as anki:
        anki.set_config("fsrs", True)
        deck = anki.decks.config_dict_for_deck_id(1)
        deck["desiredRetention"] = 0.9
        deck["new"]["delays"], deck["lapse"]["delays"] = [], []
        deck["new"]["perDay"] = deck["rev"]["perDay"] = 9999
        anki.decks.update_config(deck)
        kind = anki.models.by_name("Basic")
        cards = []
        for number in range(HISTORIES):
            note = anki.new_note(kind)
            note["Front"] = str(number)
            anki.add_note(note, 1)
            cards.append(note.card_ids()[0])
    return cards


def wait(anki, days):
    """Let days pass: Anki's clock cannot be moved, so everything it remembers is moved back."""
    anki.db.execute("update col set crt = crt - ?", DAY_S * days)
    anki.db.execute("update revlog set id = id - ?", 1000 * DAY_S * days)
    for id_, data in anki.db.all("select id, data from cards where data like '%lrt%'"):
        told = json.loads(data)
        told["lrt"] -= DAY_S * days
        anki.db.execute("update cards set data = ? where id = ?", json.dumps(told), id_)


def answer(anki, id_, grade):
    card = anki.get_card(id_)
    card.start_timer()
    states = anki._backend.get_scheduling_states(id_)
    built = anki.sched.build_answer(card=card, states=states, rating=int(grade) - 1)
    anki.sched.answer_card(built)


def test_stability_difficulty_and_intervals_agree_with_anki(path):
    told, cards = list(histories()), begun(path)
    today, in_time = 0, 0
    for day in sorted({day for history in told for day, _ in history}):
        with closing(Collection(path)) as anki:
            wait(anki, day - today)
        today = day
        with closing(Collection(path)) as anki:
            anki.decks.select(1)
            for id_, history in zip(cards, told, strict=True):
                for place, (at, grade) in enumerate(history):
                    if at == day:
                        planned = anki.get_card(id_).ivl
                        answer(anki, id_, grade)
                        is_early = place > 0 and day - history[place - 1][0] < planned
                        compare(anki.get_card(id_), history[: place + 1], is_early=is_early)
                        in_time += not is_early
    assert in_time > HISTORIES


def compare(found, history, *, is_early):
    """Compare a card of Anki's with our state after a history."""
    ours = folded(history)
    assert found.memory_state.stability == pytest.approx(ours.stability, rel=2e-3)
    assert found.memory_state.difficulty == pytest.approx(ours.difficulty, abs=5e-3)
    if not is_early:
        least, _ = band(days_of(history), maximum=MAXIMUM)
        assert least - 1 <= found.ivl <= longest(history) + 1

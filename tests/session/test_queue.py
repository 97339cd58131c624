"""What comes next: order, limits, siblings, what is never shown, cramming, leeches."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.cards import Library
from studydl.memory import FixedClock, Grade, Memory, Schedule, Settings
from studydl.session import Session

DECK = "chapter: {chapter}\ntitle: {{en: T, zh: 题}}\ncards:\n{cards}"
CARD = """
  - id: {id}
    notes: "1.1"
    ask: {{en: 'How?', zh: '如何？'}}
    answer: {{kind: recall, text: {{en: much, zh: 很多}}}}
    explain: {{en: Because., zh: 因为如此。}}
    claim: {claim}
    {derivation}
    requires: [{requires}]
    sources: [Somebody 2020]
"""
START = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Desk:
    def __init__(self, folder: Path, **settings) -> None:
        self.folder = folder
        self.clock = FixedClock(START)
        chosen = Settings(schedule=Schedule(learning_steps=(60,), relearning_steps=()), **settings)
        self.memory = Memory.open(
            folder / "data",
            clock=self.clock,
            zone=UTC,
            settings=chosen,
            entropy=Random(1).randbytes,
        )
        self.library: Library | None = None

    def write(self, chapter, **cards):
        texts = [
            CARD.format(
                id=id_.replace("_", "-"),
                claim=f"{chapter}.{claim}",
                requires=needed,
                derivation="derivation: activations.relu-gradient" if id_ == "leech" else "",
            )
            for id_, (claim, needed) in cards.items()
        ]
        (self.folder / f"{chapter}.yaml").write_text(
            DECK.format(chapter=chapter, cards="".join(texts)), "utf-8"
        )

    def sit(self, ids=None, **how):
        if self.library is not None:
            self.library.close()
        self.library = Library.open([self.folder], self.folder / "cache")
        return Session(self.library, self.memory, ids, **how)

    def close(self):
        self.memory.close()
        if self.library is not None:
            self.library.close()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def give(session, grade=Grade.EASY):
    shown = session.on_the_table().card.id
    session.reveal()
    session.grade(grade)
    return shown


def run(session, grade=Grade.EASY):
    found = []
    while session.shown is not None:
        found.append(give(session, grade))
    return found


def five(claim="one"):
    return {f"c{n}": (f"{claim}{n}", "") for n in range(5)}


def test_new_siblings_wait_behind_other_new_cards(desk):
    desk.write("activations", a1=("a", ""), a2=("a", ""), b1=("b", ""), c1=("c", ""), b2=("b", ""))

    assert run(desk.sit()) == ["a1", "b1", "c1", "a2", "b2"]


def test_new_siblings_wait_until_tomorrow_if_there_is_other_work(tmp_path):
    desk = Desk(tmp_path / "x", new_per_day=2)
    desk.folder.mkdir(exist_ok=True)
    desk.write("activations", a1=("a", ""), a2=("a", ""), b1=("b", ""))

    assert run(desk.sit()) == ["a1", "b1"]
    desk.clock.advance(timedelta(days=1))
    assert run(desk.sit()) == ["a2"]
    desk.close()


def test_siblings_rest_over_several_sittings_of_a_day_and_undo_wakes_them(desk):
    desk.write("activations", a1=("a", ""), a2=("a", ""), b1=("b", ""))
    give(desk.sit())

    session = desk.sit()
    assert session.shown.card.id == "b1"
    assert session.undo() == "a1"
    desk.memory.suspend(["a1"])
    assert desk.sit().shown.card.id == "a2"


def test_a_card_waits_for_what_it_requires_across_chapters(desk):
    desk.write("activations", second=("s", "first"), other=("o", ""))
    desk.write("losses", first=("f", ""))

    assert run(desk.sit()) == ["other", "first", "second"]


def test_a_card_waits_for_a_required_one_that_waits_itself(desk):
    desk.write("activations", a1=("a", ""), a2=("a", ""), on_a2=("x", "a2"), b1=("b", ""))

    assert run(desk.sit()) == ["a1", "b1", "a2", "on-a2"]


def test_a_required_card_that_is_buried_keeps_others_waiting(desk):
    desk.write("activations", first=("f", ""), second=("s", "first"), third=("t", ""))
    desk.memory.bury(["first"])

    assert run(desk.sit()) == ["third"]
    desk.memory.suspend(["first"])
    assert run(desk.sit()) == ["second"]


def test_what_a_day_may_bring_is_what_settings_and_more_today_say(tmp_path):
    desk = Desk(tmp_path, new_per_day=2, reviews_per_day=1)
    desk.write("activations", **five())

    assert run(desk.sit()) == ["c0", "c1"]
    assert desk.sit().shown is None
    desk.memory.more_today(new=1)
    assert run(desk.sit()) == ["c2"]
    desk.clock.advance(timedelta(days=300))
    assert len([id_ for id_ in run(desk.sit()) if id_ in {"c0", "c1", "c2"}]) == 1
    desk.memory.more_today(reviews=1)
    assert len(run(desk.sit())) == 1
    assert len(run(desk.sit(desk.library.ids()))) == 1
    desk.close()


def test_a_sitting_can_be_limited(desk):
    desk.write("activations", **five())
    give(desk.sit())
    desk.clock.advance(timedelta(days=300))

    session = desk.sit(limit=3)
    assert session.remaining == 3
    assert run(session) == ["c0", "c1", "c2"]


def test_cards_of_a_removed_deck_take_no_place_in_a_limited_sitting(tmp_path):
    desk = Desk(tmp_path, reviews_per_day=2)
    desk.write("activations", **five())
    for card in ("gone-1", "gone-2", "c3"):
        desk.memory.record(card, Grade.EASY, duration_ms=1)
    desk.clock.advance(timedelta(days=300))

    assert desk.sit().shown.card.id == "c3"
    desk.close()


def test_a_card_that_was_answered_elsewhere_is_passed_over(desk):
    desk.write("activations", **five())
    session = desk.sit()
    desk.memory.record("c1", Grade.EASY, duration_ms=1)

    assert run(session) == ["c0", "c2", "c3", "c4"]


def test_a_card_is_suspended_buried_and_flagged_from_the_table_and_undone(desk):
    desk.write("activations", **five())
    session = desk.sit()

    assert session.suspend() == "c0"
    assert session.bury() == "c1"
    assert session.shown.card.id == "c2"
    assert session.remaining == 3
    session.flag("a typo")
    assert desk.memory.flags() == {"c2": "a typo"}
    assert session.undo() == "c2"
    assert desk.memory.flags() == {}
    assert session.undo() == "c1"
    assert session.shown.card.id == "c1"
    assert session.undo() == "c0"
    assert session.remaining == 5
    assert run(session) == ["c0", "c1", "c2", "c3", "c4"]


def test_cramming_records_nothing_and_brings_back_what_was_forgotten(desk):
    desk.write("activations", **five())
    desk.memory.suspend(["c4"])
    session = desk.sit(["c0", "c1", "c4"], cram=True)

    give(session, Grade.AGAIN)
    assert give(session) == "c1"
    assert session.undo() == "c1"
    assert run(session) == ["c1", "c0"]
    assert session.report.missed == ["c0"]
    assert [event.kind for event in desk.memory.events()] == ["act"]
    assert all(desk.memory.state(id_) is None for id_ in ("c0", "c1"))


def test_a_leech_is_told_with_what_it_rests_on(tmp_path):
    desk = Desk(tmp_path, leech_threshold=2)
    desk.write("activations", base=("b", ""), leech=("l", "base"))
    desk.memory.record("leech", Grade.EASY, duration_ms=1)
    told = []
    for _ in range(3):
        desk.clock.advance(timedelta(days=400))
        session = desk.sit(["leech"])
        give(session, Grade.AGAIN)
        told.append(session.leech and (session.leech.lapses, session.leech.requires))

    assert told == [None, (2, ("base",)), (3, ("base",))]
    assert session.leech.derivation == "activations.relu-gradient"
    desk.close()


DEEDS = st.sampled_from(
    [
        "again",
        "easy",
        "suspend",
        "bury",
        "undo",
        "elsewhere-bury",
        "elsewhere-suspend",
        "day",
        "sit",
    ]
)


@given(deeds=st.lists(DEEDS, max_size=25), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_what_is_suspended_or_buried_is_never_shown(deeds, seed):
    chance = Random(seed)
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.write(
            "activations",
            **{f"c{n}": (f"k{n % 3}", f"c{n - 1}" if n % 2 else "") for n in range(6)},
        )
        session = desk.sit(cram=chance.random() < 0.2)
        try:
            for deed in deeds:
                step(desk, session, deed, chance)
                if deed in {"sit", "day"}:
                    session = desk.sit()
                if deed.startswith("elsewhere"):
                    continue
                if session.shown is not None and not session.is_cram:
                    shown = session.shown.card.id
                    assert shown not in desk.memory.suspended() | desk.memory.buried()
        finally:
            desk.close()


def step(desk, session, deed, chance):
    card = f"c{chance.randrange(6)}"
    if deed == "day":
        desk.clock.advance(timedelta(days=1))
    elif deed == "undo":
        session.undo()
    elif session.shown is None:
        return
    elif deed == "elsewhere-bury" and card != session.shown.card.id:
        desk.memory.bury([card])
    elif deed == "elsewhere-suspend" and card != session.shown.card.id:
        desk.memory.suspend([card])
    elif deed in {"again", "easy"}:
        give(session, Grade.AGAIN if deed == "again" else Grade.EASY)
    elif deed == "suspend":
        session.suspend()
    elif deed == "bury":
        session.bury()

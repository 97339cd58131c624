"""One sitting: what comes next, what is revealed, what is recorded, what is taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studydl.cards import Library
from studydl.judging import Verdict
from studydl.language import Language
from studydl.memory import FixedClock, Grade, Memory
from studydl.session import NotRevealedError, Session
from studydl.session.panel import Panel
from studydl.verification.client import WorkerError

DECK = """
chapter: activations
title: {en: Tests, zh: 测试}
cards:
"""
CARD = """
  - id: %(id)s
    notes: "1.1"
    ask: {en: 'How much is %(id)s?', zh: '%(id)s 是多少？'}
    answer: %(answer)s
    explain: {en: Because., zh: 因为如此。}
    claim: activations.relu-value
    sources: [Somebody 2020]
"""
RECALL = "{kind: recall, text: {en: much, zh: 很多}}"
NUMBER = "{kind: number, value: 0.25}"
CHOICE = (
    "{kind: choice, correct: {en: right, zh: 对}, distractors: ["
    "{text: {en: wrong, zh: 错}, misconception: one},"
    "{text: {en: untrue, zh: 假}, misconception: two}]}"
)


class Desk:
    """A library, a memory and a clock of their own."""

    def __init__(self, folder: Path) -> None:
        answers = [RECALL, NUMBER, CHOICE, RECALL, RECALL]
        cards = [CARD % {"id": f"card-{n}", "answer": a} for n, a in enumerate(answers)]
        (folder / "deck.yaml").write_text(DECK + "".join(cards), "utf-8")
        self.clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        self.library = Library.open([folder], folder / "cache")
        self.folder = folder
        self.memory = self.open_memory()

    def open_memory(self) -> Memory:
        return Memory.open(self.folder / "data", clock=self.clock, zone=ZoneInfo("UTC"))

    def sit(self, **choices) -> Session:
        return Session(self.library, self.memory, **choices)

    def graded(self) -> list[tuple[str, Grade]]:
        return [(r.card, r.grade) for r in self.memory.reviews() if not r.undone]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.memory.close()
    desk.library.close()


def shown(session: Session) -> str | None:
    return session.shown and session.shown.card.id


def give(session: Session, grade: Grade) -> None:
    session.reveal()
    session.grade(grade)


def test_nothing_is_graded_before_it_is_revealed(desk: Desk) -> None:
    session = desk.sit()

    with pytest.raises(NotRevealedError):
        session.grade(Grade.GOOD)

    assert desk.graded() == []
    assert shown(session) == "card-0"


def test_an_answer_is_on_disk_before_the_next_card_is_shown(desk: Desk) -> None:
    session = desk.sit()
    give(session, Grade.EASY)

    with desk.open_memory() as another:
        assert [review.card for review in another.reviews()] == ["card-0"]
    assert shown(session) == "card-1"


def test_an_invalid_answer_costs_nothing(desk: Desk) -> None:
    session = desk.sit(ids=["card-1"])

    judgement = session.judge("2 +", Language.ENGLISH)

    assert judgement.verdict is Verdict.INVALID
    assert not session.revealed
    assert session.judge("1/4", Language.ENGLISH).verdict is Verdict.CORRECT
    review = session.grade(Grade.GOOD)
    assert (review.answer, review.verdict) == ("1/4", "correct")


def test_revealing_without_an_answer_records_none(desk: Desk) -> None:
    session = desk.sit(ids=["card-1"])
    session.reveal()

    review = session.grade(Grade.HARD)

    assert (review.answer, review.verdict) == (None, None)


def test_what_is_promised_on_a_grade_is_what_it_gives(desk: Desk) -> None:
    session = desk.sit()
    session.reveal()
    promised = session.intervals()[Grade.EASY]

    session.grade(Grade.EASY)

    assert desk.memory.state("card-0").interval_days == promised.days


def test_a_forgotten_card_comes_back_within_the_sitting(desk: Desk) -> None:
    session = desk.sit(ids=["card-0", "card-1"])
    give(session, Grade.AGAIN)
    give(session, Grade.EASY)

    assert shown(session) == "card-0"
    give(session, Grade.EASY)
    assert shown(session) is None


def test_a_learning_card_whose_time_has_come_goes_before_new_ones(desk: Desk) -> None:
    session = desk.sit()
    give(session, Grade.AGAIN)
    desk.clock.advance(timedelta(minutes=2))
    give(session, Grade.EASY)

    assert shown(session) == "card-0"


def test_new_cards_stop_at_the_daily_limit_over_several_sittings(desk: Desk) -> None:
    first = desk.sit(new_limit=3)
    give(first, Grade.EASY)
    second = desk.sit(new_limit=3)
    give(second, Grade.EASY)
    give(second, Grade.EASY)

    assert shown(second) is None
    assert shown(desk.sit(ids=desk.library.ids())) == "card-3"


def test_undo_takes_the_answer_back_and_shows_its_card_again(desk: Desk) -> None:
    session = desk.sit()
    give(session, Grade.EASY)
    give(session, Grade.AGAIN)

    assert session.undo() == "card-1"
    assert (shown(session), session.revealed) == ("card-1", False)
    assert session.undo() == "card-0"
    assert session.undo() is None
    assert desk.graded() == []
    assert session.report.answered == []
    assert session.remaining == 5


def test_undo_reaches_into_an_earlier_sitting(desk: Desk) -> None:
    give(desk.sit(), Grade.EASY)

    later = desk.sit()
    assert shown(later) == "card-1"
    assert later.undo() == "card-0"
    give(later, Grade.GOOD)

    assert desk.graded() == [("card-0", Grade.GOOD)]


def test_undo_works_when_the_sitting_is_over(desk: Desk) -> None:
    session = desk.sit(ids=["card-0"])
    give(session, Grade.EASY)
    assert shown(session) is None

    assert session.undo() == "card-0"
    assert shown(session) == "card-0"


def test_undoing_a_card_whose_deck_is_gone_does_not_end_the_sitting(desk: Desk) -> None:
    desk.memory.record("card-of-a-removed-deck", Grade.GOOD, duration_ms=1)
    session = desk.sit()

    assert session.undo() == "card-of-a-removed-deck"
    assert shown(session) == "card-0"


def test_reviews_of_removed_cards_are_not_asked_for(desk: Desk) -> None:
    desk.memory.record("card-of-a-removed-deck", Grade.AGAIN, duration_ms=1)
    desk.clock.advance(timedelta(days=3))

    assert shown(desk.sit()) == "card-0"


def test_options_stand_in_another_order_at_the_next_review(desk: Desk) -> None:
    orders = set()
    for _ in range(6):
        session = desk.sit(ids=["card-2"])
        if session.shown is None:
            desk.clock.advance(timedelta(days=400))
            continue
        orders.add(session.shown.options)
        give(session, Grade.EASY)
        desk.clock.advance(timedelta(days=4000))

    assert len(orders) > 1


def test_the_report_counts_what_was_recalled_and_names_what_was_missed(desk: Desk) -> None:
    session = desk.sit(ids=["card-0", "card-1", "card-3"])
    give(session, Grade.EASY)
    give(session, Grade.AGAIN)
    desk.clock.advance(timedelta(seconds=30))
    give(session, Grade.EASY)

    assert session.report.recalled == 2
    assert session.report.missed == ["card-1"]
    assert session.report.milliseconds == 30_000


@pytest.mark.parametrize(
    ("card", "answer", "proposed"),
    [
        ("card-0", None, Grade.GOOD),
        ("card-0", "much", Grade.GOOD),
        ("card-1", None, Grade.AGAIN),
        ("card-1", "0.25", Grade.GOOD),
        ("card-1", "0.5", Grade.AGAIN),
        ("card-2", None, Grade.AGAIN),
        ("card-2", "right", Grade.GOOD),
    ],
)
def test_a_grade_is_proposed_by_what_was_answered(desk: Desk, card, answer, proposed) -> None:
    session = desk.sit(ids=[card])
    if answer is None:
        session.reveal()
    else:
        session.judge(answer, Language.ENGLISH)

    assert session.proposed_grade is proposed


VARIED = "{kind: number, vary: {s: [0.1, 0.2]}, computed: slope, value: 's*(1 - s)'}"


class Process:
    """Stands in for the worker: computes, or fails."""

    def __init__(self, value: float | None) -> None:
        self.value = value

    async def call(self, _name: str, *_arguments: object, **_options: object) -> dict:
        if self.value is None:
            raise WorkerError("it died")
        return {"value": self.value, "wrong": []}


@pytest.fixture
def drawn(desk: Desk) -> Session:
    card = CARD % {"id": "drawn", "answer": VARIED}
    card = card.replace("much is drawn", "much is it for [[s]]")
    card = card.replace("Because.", "'It is [[answer]].'")
    (desk.folder / "drawn.yaml").write_text(DECK + card, "utf-8")
    return Session(Library.open([desk.folder], desk.folder / "cache"), desk.memory, ["drawn"])


async def test_a_drawn_question_is_known_once_a_panel_has_computed_it(drawn: Session) -> None:
    shown = drawn.on_the_table()
    assert shown.parameters["s"] in shown.card.ask.en
    assert not shown.is_known
    assert not drawn.is_judged_here
    assert shown.explanation.en == "It is ?."
    s = float(shown.parameters["s"])

    drawn.know(await Panel(Process(s * (1 - s))).known(shown))

    assert drawn.is_judged_here
    assert f"{s * (1 - s):.4g}" in drawn.on_the_table().explanation.en
    assert drawn.judge(f"{s * (1 - s):.4g}", Language.ENGLISH).verdict is Verdict.CORRECT


async def test_taking_an_outcome_reveals_the_card_unless_it_was_not_understood(
    drawn: Session,
) -> None:
    panel, shown = Panel(Process(0.5)), drawn.on_the_table()

    drawn.take("0.5 +", await panel.judge(shown, "0.5 +", Language.ENGLISH))
    assert (drawn.revealed, drawn.answer) == (False, None)
    assert drawn.on_the_table().is_known

    drawn.take("0.3", await panel.judge(shown, "0.3", Language.ENGLISH))
    assert (drawn.revealed, drawn.answer, drawn.proposed_grade) == (True, "0.3", Grade.AGAIN)


async def test_if_the_value_cannot_be_computed_the_answer_is_left_to_the_learner(
    desk: Desk,
) -> None:
    card = CARD % {"id": "drawn", "answer": VARIED.replace(", value: 's*(1 - s)'", "")}
    card = card.replace("much is drawn", "much is it for [[s]]")
    (desk.folder / "drawn.yaml").write_text(DECK + card, "utf-8")
    session = Session(Library.open([desk.folder], desk.folder / "cache"), desk.memory, ["drawn"])

    panel = Panel(Process(None))
    outcome = await panel.judge(session.on_the_table(), "0.3", Language.ENGLISH)
    session.take("0.3", outcome)

    assert outcome.judgement.verdict is Verdict.UNDECIDED
    assert "it died" in outcome.judgement.feedback.en
    assert session.revealed
    assert session.proposed_grade is Grade.GOOD

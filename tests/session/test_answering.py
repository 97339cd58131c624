"""Wrong code is tried again before its solution is seen; a card is read anew once it is mended."""

import pytest

from studydl.cards import Library
from studydl.errors import StudyError
from studydl.judging import Judgement, Verdict
from studydl.judging.code import CodeJudgement, Rung
from studydl.language import Language, Text
from studydl.memory import Grade
from studydl.session.panel import Outcome
from tests.session.test_session import Desk, give, shown

CODE = """
      kind: code
      function: relu
      starter: |
        def relu(x):
            ...
      solution: |
        def relu(x):
            return x * (x > 0)
"""


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.memory.close()
    desk.library.close()


@pytest.fixture
def session(desk):
    """A sitting on a card that asks for code."""
    file = desk.folder / "deck.yaml"
    file.write_text(file.read_text("utf-8").replace("{kind: number, value: 0.25}", CODE), "utf-8")
    desk.library = Library.open([desk.folder], desk.folder / "cache")
    assert not desk.library.problems
    return desk.sit(ids=["card-1"])


def measured(session, answer: str, rung: Rung) -> None:
    code = CodeJudgement(rung, Text(rung, rung))
    session.take(answer, Outcome(session.on_the_table(), code.judgement, code))


def test_wrong_code_may_be_tried_again_before_the_solution_is_seen(session) -> None:
    measured(session, "one", Rung.VALUES)

    assert (session.may_try_again, session.revealed, session.answer) == (True, False, "one")
    session.reveal()
    assert not session.may_try_again
    review = session.grade(session.proposed_grade)
    assert (review.grade, review.answer, review.verdict) == (Grade.AGAIN, "one", "wrong")


@pytest.mark.parametrize("tries", [1, 3])
def test_code_that_is_right_at_a_later_try_is_proposed_as_hard_however_many_there_were(
    session, tries
) -> None:
    for _ in range(tries):
        measured(session, "wrong", Rung.VALUES)
    measured(session, "right", Rung.PASSED)

    assert session.revealed
    assert session.proposed_grade is Grade.HARD
    review = session.grade(Grade.HARD)
    assert (review.answer, review.verdict) == ("right", "correct")


def test_code_that_is_right_at_once_is_proposed_as_good(session) -> None:
    measured(session, "right", Rung.PASSED)
    assert session.proposed_grade is Grade.GOOD


def test_what_is_not_understood_after_a_wrong_try_counts_as_no_answer(session) -> None:
    measured(session, "wrong", Rung.VALUES)
    measured(session, "def", Rung.SYNTAX)
    assert session.judgement.verdict is Verdict.INVALID
    assert session.may_try_again
    session.reveal()

    assert (session.answer, session.judgement.verdict) == ("wrong", Verdict.WRONG)
    assert session.proposed_grade is Grade.AGAIN


def test_a_failure_of_ours_after_a_wrong_try_is_left_to_the_learner(session) -> None:
    measured(session, "wrong", Rung.VALUES)
    session.take(
        "other", Outcome(session.on_the_table(), Judgement(Verdict.UNDECIDED, Text("", "")))
    )

    assert session.revealed
    assert session.proposed_grade is Grade.GOOD


def test_other_kinds_are_revealed_by_a_wrong_answer(desk) -> None:
    session = desk.sit(ids=["card-1"])
    session.judge("0.5", Language.ENGLISH)
    assert session.revealed
    assert not session.may_try_again


def test_the_next_card_knows_nothing_of_the_tries_before(session, desk) -> None:
    measured(session, "wrong", Rung.VALUES)
    session.reveal()
    session.grade(Grade.AGAIN)

    assert shown(session) == "card-1"
    assert (session.attempt, session.answer, session.revealed) == (None, None, False)


def edit(desk, old: str, new: str) -> None:
    file = desk.folder / "deck.yaml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    desk.library.reload()


def test_a_mended_explanation_is_shown_at_once_and_the_answer_stays(desk) -> None:
    session = desk.sit(ids=["card-1"])
    session.judge("0.5", Language.ENGLISH)
    edit(desk, "en: Because.", "en: Because of that.")

    assert session.reread()
    assert session.shown.explanation.en == "Because of that."
    assert (session.revealed, session.answer) == (True, "0.5")


def test_a_card_that_asks_something_else_now_is_asked_anew(desk) -> None:
    session = desk.sit(ids=["card-1"])
    session.judge("0.5", Language.ENGLISH)
    edit(desk, "value: 0.25", "value: 0.75")

    assert not session.reread()
    assert (session.revealed, session.answer) == (False, None)
    assert session.judge("0.75", Language.ENGLISH).verdict is Verdict.CORRECT


def test_a_card_that_its_deck_has_no_more_stays_as_it_was(desk) -> None:
    session = desk.sit(ids=["card-1"])
    edit(desk, "id: card-1\n", "id: card-one\n")

    with pytest.raises(StudyError, match="no card 'card-1'"):
        session.reread()
    assert shown(session) == "card-1"
    give(session, Grade.EASY)
    assert desk.graded() == [("card-1", Grade.EASY)]

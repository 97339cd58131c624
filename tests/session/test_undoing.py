"""What was taken back is given again: answers, marks, while cramming too."""

from datetime import timedelta

import pytest

from studydl.memory import Grade
from studydl.memory.tags import change_told
from tests.session.test_session import Desk, give, shown


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.memory.close()
    desk.library.close()


@pytest.mark.parametrize("cram", [False, True])
def test_redo_gives_the_answers_again_in_the_order_in_which_they_were_given(desk, cram) -> None:
    session = desk.sit(ids=["card-0", "card-1", "card-3"], cram=cram)
    give(session, Grade.EASY)
    desk.clock.advance(timedelta(seconds=5))
    give(session, Grade.EASY)
    assert (session.undo(), session.undo()) == ("card-1", "card-0")

    assert session.redo() == "card-0"
    assert shown(session) == "card-1"
    assert session.redo() == "card-1"
    assert shown(session) == "card-3"
    assert session.redo() is None
    assert [(each.card, each.grade) for each in session.report.answered] == [
        ("card-0", Grade.EASY),
        ("card-1", Grade.EASY),
    ]
    assert session.report.milliseconds == 5000
    assert desk.graded() == ([] if cram else [("card-0", Grade.EASY), ("card-1", Grade.EASY)])


@pytest.mark.parametrize("cram", [False, True])
def test_a_new_answer_leaves_nothing_to_redo(desk, cram) -> None:
    session = desk.sit(ids=["card-0", "card-1"], cram=cram)
    give(session, Grade.AGAIN)
    session.undo()
    give(session, Grade.EASY)

    assert session.redo() is None
    assert len(session.report.answered) == 1


def test_a_forgotten_card_comes_round_again_after_undo_and_redo_while_cramming(desk) -> None:
    session = desk.sit(ids=["card-0", "card-1"], cram=True)
    give(session, Grade.AGAIN)
    session.undo()
    session.redo()

    assert shown(session) == "card-1"
    give(session, Grade.EASY)
    assert shown(session) == "card-0"


def test_an_answer_of_an_earlier_sitting_is_given_again_but_not_reported(desk) -> None:
    give(desk.sit(), Grade.EASY)
    later = desk.sit()
    later.undo()

    assert later.redo() == "card-0"
    assert shown(later) == "card-1"
    assert later.report.answered == []
    assert desk.graded() == [("card-0", Grade.EASY)]


@pytest.mark.parametrize("deed", ["suspend", "bury"])
def test_a_card_that_was_put_away_can_be_put_away_again(desk, deed) -> None:
    session = desk.sit()
    getattr(session, deed)()
    assert session.undo() == "card-0"
    assert shown(session) == "card-0"

    assert session.redo() == "card-0"
    assert shown(session) == "card-1"


def test_a_flag_is_taken_back_and_set_again_and_the_card_stays(desk) -> None:
    session = desk.sit()
    session.flag("a typo")
    session.undo()
    assert session.flag_reason is None

    assert session.redo() == "card-0"
    assert session.flag_reason == "a typo"
    assert shown(session) == "card-0"
    session.unflag()
    assert session.flag_reason is None


def test_tags_are_taken_back_and_given_again_and_the_card_stays(desk) -> None:
    session = desk.sit()
    assert session.retag(change_told("exam old"))
    assert session.retag(change_told("hard -old"))
    assert session.tags == ("exam", "hard")
    assert not session.retag(change_told("EXAM -old"))
    assert session.undo() == "card-0"
    assert session.tags == ("exam", "old")
    assert session.undo() == "card-0"
    assert session.tags == ()
    for tags in (("exam", "old"), ("exam", "hard")):
        assert session.redo() == "card-0"
        assert session.tags == tags
    assert session.redo() is None
    assert session.undo() == "card-0"
    assert session.tags == ("exam", "old")
    assert shown(session) == "card-0"

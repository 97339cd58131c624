import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.judging import judge
from studydl.judging.quoting import printable, prose
from studydl.language import Language
from studydl.notation import check

STEERING = "\x1b[31mred\x07\x9b2J\u202eltr"


@given(st.text())
def test_prose_opens_no_formula_and_steers_no_terminal(typed):
    said = prose(typed)
    assert check(said) == []
    assert all(each.isprintable() or each in "\n\t" for each in said)
    assert len(printable(typed)) == len(typed)


@pytest.mark.parametrize("typed", ["0.5", "x_1 + β", "滑动平均；½", "a\tb\nc"])
def test_what_people_type_stays_as_it_is(typed):
    assert prose(typed) == typed


def test_no_kind_of_card_hands_control_characters_on(number, choice, recall, cloze):
    for card in (number("0.25"), choice(), recall, cloze("sum")):
        judgement = judge(card, STEERING, seed=0, language=Language.ENGLISH)
        for said in (*judgement.feedback, judgement.understood):
            assert printable(said) == said

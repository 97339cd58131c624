import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.cards import Segment, segments_of
from studydl.cards.segments import unclosed_formula


def test_prose_and_formulas_come_in_order_with_their_places():
    assert segments_of(r"If $x$ then $$y=2$$.") == [
        Segment("If ", 0, False, False),
        Segment("x", 4, True, False),
        Segment(" then ", 6, False, False),
        Segment("y=2", 14, True, True),
        Segment(".", 19, False, False),
    ]


def test_an_escaped_dollar_is_prose():
    assert [segment.formula for segment in segments_of(r"It costs \$5 or \$6.")] == [False]
    assert [segment.text for segment in segments_of(r"$\$5$")] == [r"\$5"]


@pytest.mark.parametrize(
    ("text", "at"),
    [("a $x", 2), ("$x$ $y", 4), ("$$x$", 0), (r"\$5", None), ("$x$", None), ("no", None)],
)
def test_a_dollar_without_its_partner_is_found(text, at):
    assert unclosed_formula(text) == at


@given(st.text("a$\\ x", max_size=20))
def test_segments_stand_where_they_say_and_lose_nothing_but_dollars(text):
    place = 0
    for segment in segments_of(text):
        assert set(text[place : segment.at]) <= {"$"}
        place = segment.at + len(segment.text)
        assert text[segment.at : place] == segment.text
    assert set(text[place:]) <= {"$"}


@given(st.lists(st.text("abx ", min_size=1), max_size=6))
def test_formulas_between_words_are_found_again(formulas):
    text = "".join(f"word ${formula}$ " for formula in formulas)
    assert [segment.text for segment in segments_of(text) if segment.formula] == formulas
    assert unclosed_formula(text) is None

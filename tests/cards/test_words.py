import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.cards.words import is_near, said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mini-Batches", "the mini batch"),
        ("a bias", "biases"),
        ("generalisation", "generalization"),
        ("Xavier's", "xaviers"),
        ("e^{-x}", "e^-x"),
        (r"\Gamma", "γ"),
        ("1 - momentum", "1-momentum"),
    ],
)
def test_spelling_is_not_meaning(one, other):
    assert said(one).same_as(said(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "b"), ("n-1", "n1"), ("a-b", "a b"), ("x'", "x"), ("RMS", "RM"), ("basis", "basi")],
)
def test_what_could_mean_something_else_stays_apart(one, other):
    assert not said(one).same_as(said(other))


@given(st.text(max_size=20), st.text(max_size=20))
def test_saying_the_same_has_no_direction(one, other):
    first, second = said(one), said(other)
    assert first.same_as(first)
    assert first.same_as(second) == second.same_as(first)


@given(st.text("abcdefghij", min_size=5, max_size=9), st.data())
def test_one_slip_behind_the_first_letter_is_near_and_two_are_not(word, data):
    place = data.draw(st.integers(1, len(word) - 1))
    once = f"{word[:place]}z{word[place:]}"
    assert is_near(said(once), said(word)) or said(once).same_as(said(word))
    assert not is_near(said(f"{once}zz"), said(word))
    assert not is_near(said(f"z{word}"), said(word))

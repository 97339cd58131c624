"""Regular expressions have a time; who uses it up is told, and the next search has its own."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.cards.matching import Matcher, TooSlowError

ASTRAY = [r"^(a|a)*$", r"(\w+\s?)+\?$", r"(.*)*(.*)*(.*)*(.*)*(.*)*x", "(?R)", r"(a|a?)+$"]


def test_patterns_are_found_in_letters_of_either_size_and_of_any_script():
    matcher = Matcher()
    assert matcher(r"^\w+ is", "RELU IS flat")
    assert matcher(r"^\w{2}差$", "大方差")
    assert not matcher("x{3}", "xx")
    matcher.require_in_time()


@pytest.mark.parametrize("pattern", [*ASTRAY, "(a+)+$"])
def test_no_pattern_goes_on_for_ever(pattern):
    matcher = Matcher(limit_s=0.05)
    matcher.begin()
    assert not matcher(pattern, "a" * 200 + "!")


def test_all_texts_of_one_search_share_its_time():
    matcher = Matcher(limit_s=3, clock=count().__next__)
    found = [matcher("a", "a") for _ in range(6)]
    assert found == [True, True, False, False, False, False]
    with pytest.raises(TooSlowError, match="takes too long"):
        matcher.require_in_time()
    matcher.begin()
    assert matcher("a", "a")
    matcher.require_in_time()


@settings(max_examples=50, deadline=None)
@given(st.text("ab(|)*+?.[]{}1,^$\\w", max_size=12), st.text("ab", max_size=40))
def test_any_pattern_that_is_one_is_answered(pattern, text):
    import regex

    try:
        regex.compile(pattern)
    except regex.error:
        return
    assert Matcher(limit_s=0.05)(pattern, text) in {True, False}

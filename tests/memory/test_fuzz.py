from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.memory.fuzz import band, draw, fuzzed

DAYS = st.integers(1, 40_000)
FRACTIONS = st.floats(0, 1, exclude_max=True)
MAXIMA = st.integers(1, 36_500)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, (1, 1)),
        (2, (2, 2)),
        (3, (2, 4)),
        (5, (4, 6)),
        (7, (5, 9)),
        (10, (8, 12)),
        (20, (17, 23)),
        (100, (93, 107)),
    ],
)
def test_the_bands_are_those_of_anki(days, expected):
    assert band(days, maximum=36_500) == expected


@given(DAYS, FRACTIONS, MAXIMA, st.integers(0, 40_000))
def test_fuzz_stays_in_its_band_above_zero_and_below_the_maximum(days, fraction, maximum, before):
    shortest, longest = band(days, maximum=maximum, previous=before)
    result = fuzzed(days, fraction, maximum=maximum, previous=before)
    assert 1 <= shortest <= result <= longest <= maximum
    assert shortest <= min(days, maximum) <= longest


@given(DAYS, DAYS, FRACTIONS, MAXIMA, st.integers(0, 40_000))
def test_one_draw_never_shortens_the_longer_of_two_intervals(one, other, fraction, maximum, before):
    shorter, longer = sorted((one, other))
    assert fuzzed(shorter, fraction, maximum=maximum, previous=before) <= fuzzed(
        longer, fraction, maximum=maximum, previous=before
    )


@given(DAYS, FRACTIONS, st.integers(1, 5))
def test_an_interval_that_grows_still_grows_after_fuzz(before, fraction, growth):
    assert fuzzed(before + growth, fraction, maximum=50_000, previous=before) > before


def test_each_day_of_the_band_is_equally_likely():
    drawn = Counter(fuzzed(10, draw("card", n), maximum=36_500) for n in range(50_000))
    # Five days; a count's standard deviation is sqrt(50000 * 0.2 * 0.8) = 89.4, five of them 447.
    assert sorted(drawn) == [8, 9, 10, 11, 12]
    assert all(abs(count - 10_000) < 447 for count in drawn.values())


def test_the_draw_depends_on_card_and_repetition_alone():
    draws = {draw(card, n) for card in ("a", "b", "a1") for n in range(100)}
    assert len(draws) == 300
    assert draw("a", 3) == draw("a", 3)


def test_the_draw_is_the_same_in_another_process():
    code = "from studydl.memory.fuzz import draw; print(draw('激活', 7).hex())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {draw("激活", 7).hex()}

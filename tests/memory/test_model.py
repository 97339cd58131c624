from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.memory import Interval


@pytest.mark.parametrize(
    ("interval", "label"),
    [
        (Interval(seconds=30), "30s"),
        (Interval(seconds=60), "1m"),
        (Interval(seconds=330), "5.5m"),
        (Interval(seconds=600), "10m"),
        (Interval(seconds=5400), "1.5h"),
        (Interval(days=1), "1d"),
        (Interval(days=29), "29d"),
        (Interval(days=30), "1mo"),
        (Interval(days=96), "3.2mo"),
        (Interval(days=365), "1y"),
        (Interval(days=550), "1.5y"),
        (Interval(days=36500), "100y"),
    ],
)
def test_an_interval_is_told_in_a_few_characters(interval, label):
    assert interval.label() == label


@given(
    st.one_of(
        st.builds(Interval, days=st.integers(1, 36500), seconds=st.just(0)),
        st.builds(Interval, days=st.just(0), seconds=st.integers(1, 64800)),
    )
)
def test_a_label_fits_a_button(interval):
    assert len(interval.label()) <= 6


def test_a_step_is_shorter_than_a_day():
    assert Interval(seconds=64800).length < Interval(days=1).length == timedelta(days=1)

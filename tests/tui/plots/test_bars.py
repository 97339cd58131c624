"""Bars and columns: of the size asked for, and as long as their values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studydl.tui.plots.bars import bar_lines, columns_lines

ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(st.tuples(st.text(max_size=20), ANY), max_size=20), st.integers(1, 80))
def test_any_bars_fit_into_any_width(rows, width):
    lines = bar_lines(rows, width)
    assert len(lines) == len(rows)
    assert all(line.cell_length <= width for line in lines)


@given(st.lists(ANY, max_size=60), st.integers(1, 80), st.integers(0, 12))
def test_any_columns_fit_into_any_size(values, width, height):
    lines = columns_lines(values, [str(place) for place in range(len(values))], width, height)
    assert len(lines) == height
    assert all(line.cell_length <= width for line in lines)


def test_a_bar_is_as_long_as_its_value():
    lines = bar_lines([("a", 4.0), ("b", 2.0), ("c", 0.0)], 40, shown=lambda value: f"{value:.0f}")
    lengths = [line.plain.count("█") for line in lines]
    assert lengths[0] == 2 * lengths[1] > 0
    assert lengths[2] == 0
    assert lines[0].plain.endswith(" 4")


def test_columns_stand_on_an_axis_with_labels():
    drawn = [line.plain for line in columns_lines([1.0, 2.0, 4.0], ["a", "b", "c"], 40, 8)]
    assert drawn[0].startswith("4 ┤")
    assert [row.count("█") > 0 for row in drawn[:6]] == [True] * 6
    assert "a" in drawn[-1]
    assert "c" in drawn[-1]


def test_values_without_room_share_a_column():
    lines = columns_lines([1.0] * 40, [str(place) for place in range(40)], 24, 6)
    assert lines[0].plain.strip().startswith("2 ┤") or lines[0].plain.strip().startswith("3 ┤")

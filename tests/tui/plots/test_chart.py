"""Curves as lines: of the size asked for, whatever the data."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.tui.plots.axes import scale_of, spaced_scale_of
from studydl.tui.plots.chart import Curve, chart_lines

ANY = st.floats(allow_nan=True, allow_infinity=True, allow_subnormal=True)
NAMES = st.text(max_size=30)
CURVES = st.lists(
    st.builds(
        Curve,
        NAMES,
        st.lists(ANY, max_size=12).map(tuple),
        st.lists(ANY, max_size=12).map(tuple),
        st.sampled_from(["$primary", "$error", "$quiet"]),
        st.sampled_from(["braille", "×"]),
    ),
    max_size=5,
)


def text(lines):
    """The lines as they are seen."""
    return "\n".join(line.plain for line in lines)


@given(CURVES, st.integers(1, 90), st.integers(0, 25), NAMES, st.lists(st.tuples(ANY, ANY)))
def test_any_data_fit_into_any_size(curves, width, height, label, marks):
    lines = chart_lines(curves, width, height, x_label=label, y_label=label, marks=marks)
    assert len(lines) == height
    assert all(line.cell_length <= width for line in lines)
    assert "\n" not in "".join(line.plain for line in lines)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1), st.integers(2, 9))
def test_scales_hold_all_values_and_few_ticks(values, most):
    for scale in (scale_of(values), spaced_scale_of(values)):
        assert all(0 <= scale.fraction(value) <= 1 for value in values)
        ticks = scale.ticks(most)
        assert len(ticks) <= most
        assert len({tick.label for tick in ticks}) == len(ticks)
        assert all(0 <= tick.fraction <= 1 for tick in ticks)


def test_the_axes_have_round_numbers_and_names():
    xs = tuple(each / 10 for each in range(-60, 61))
    drawn = text(chart_lines([Curve("tanh", xs, tuple(map(math.tanh, xs)))], 60, 14, x_label="x"))
    for number in ("-1.0", "-0.5", "0", "0.5", "1.0", "-5", "5"):
        assert f"{number} " in drawn.replace("\n", " \n")
    assert "━━ tanh" in drawn
    assert " x\n" in drawn


@pytest.mark.parametrize(("spread", "is_log"), [(900.0, False), (1e5, True)])
def test_values_over_orders_of_magnitude_are_drawn_by_their_logarithms(spread, is_log):
    assert scale_of([1.0, spread]).is_log is is_log
    assert not scale_of([0.0, spread]).is_log


def test_positions_are_logarithmic_only_if_they_are_spaced_that_way():
    assert spaced_scale_of([10.0**each for each in range(5)]).is_log
    assert not spaced_scale_of([float(each) for each in range(1, 2001)]).is_log


def test_what_is_not_finite_is_left_out_and_said():
    curve = Curve("loss", (0, 1, 2, 3), (1.0, math.nan, math.inf, 2.0))
    assert "loss (2 NaN/∞)" in text(chart_lines([curve], 50, 10))


def test_curves_are_told_apart_without_colours():
    curves = [
        Curve("wrong", (0, 1), (0, 1), "$error"),
        Curve("truth", (0, 1), (1, 0)),
        Curve("seen", (0, 1), (0.5, 0.5), mark="×"),
    ]
    legend = text(chart_lines(curves, 60, 10)).splitlines()[0]
    assert legend.split("   ") == ["╍╍ wrong", "━━ truth", "× seen"]


def test_a_single_point_and_a_constant_can_be_seen():
    assert "•" in text(chart_lines([Curve("one", (1.0,), (3.0,))], 30, 8))
    flat = text(chart_lines([Curve("flat", (0.0, 1.0, 2.0), (0.1, 0.1, 0.1 + 1e-16))], 30, 8))
    rows = [line for line in flat.splitlines() if any("⠀" < each <= "⣿" for each in line)]
    assert len(rows) == 1


def test_points_can_be_pointed_out():
    lines = chart_lines([Curve("y", (0.0, 1.0), (0.0, 1.0))], 40, 10, marks=[(0.5, 0.5)])
    assert text(lines).count("●") == 1


def test_only_the_longest_names_are_cut_in_the_legend():
    curves = [Curve("truth", (0,), (0,)), Curve("a-very-long-name-of-a-mistake", (1,), (1,))]
    legends = [chart_lines(curves, width, 8, y_label="y")[0].plain for width in (60, 34)]
    assert legends[0] == "y   ━━ truth   ╍╍ a-very-long-name-of-a-mistake"
    assert "━━ truth   ╍╍ a-very-lo" in legends[1]
    assert legends[1].endswith("…")

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.optimizers import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    step_decay,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RULES: list[tuple[Callable[..., float], dict[str, Any]]] = [
    (step_decay, {"factor": 0.1, "every": 7}),
    (exponential_decay, {"factor": 0.9}),
    (inverse_time_decay, {"rate": 0.3}),
    (cosine_decay, {"steps": 50, "final": 0.05}),
]
EACH = pytest.mark.parametrize(
    ("rule", "options"), RULES, ids=lambda each: getattr(each, "__name__", "")
)


@EACH
def test_training_starts_at_the_initial_rate(rule: Any, options: Any) -> None:
    assert rule(0, initial=0.4, **options) == 0.4


@EACH
@given(st.integers(0, 300), st.floats(0.1, 10))
def test_the_rate_never_rises_and_never_falls_below_zero(
    rule: Any, options: Any, step: int, initial: float
) -> None:
    before, after = (rule(t, initial=initial, **options) for t in (step, step + 1))

    assert 0 <= after <= before * (1 + 1e-15)


@EACH
def test_a_step_before_the_first_is_refused(rule: Any, options: Any) -> None:
    with pytest.raises(ValueError, match="expected a step of 0 or more, got -1"):
        rule(-1, initial=0.1, **options)


@EACH
def test_an_initial_rate_of_zero_is_refused(rule: Any, options: Any) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got 0"):
        rule(0, initial=0.0, **(options | ({"final": 0.0} if "final" in options else {})))


def test_each_rule_by_hand() -> None:
    assert step_decay(5, initial=8.0, factor=0.5, every=2) == 2.0
    assert exponential_decay(3, initial=8.0, factor=0.5) == 1.0
    assert inverse_time_decay(6, initial=8.0, rate=0.5) == 2.0
    assert cosine_decay(1, initial=8.0, steps=2, final=2.0) == pytest.approx(5.0, rel=1e-15)


def test_a_late_step_makes_no_overflow() -> None:
    assert exponential_decay(10**6, initial=1.0, factor=0.5) == 0.0
    assert cosine_decay(10**9, initial=1.0, steps=10, final=0.25) == 0.25


@pytest.mark.parametrize("factor", [0.0, 1.5, -0.5, float("nan")])
def test_a_factor_outside_zero_to_one_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match=r"expected a factor in \(0, 1\], got"):
        step_decay(1, initial=0.1, factor=factor, every=2)
    with pytest.raises(ValueError, match=r"expected a factor in \(0, 1\], got"):
        exponential_decay(1, initial=0.1, factor=factor)


def test_a_stage_or_a_training_of_no_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="expected every to be 1 or more steps, got 0"):
        step_decay(1, initial=0.1, factor=0.5, every=0)
    with pytest.raises(ValueError, match="expected steps to be 1 or more steps, got 0"):
        cosine_decay(1, initial=0.1, steps=0)


def test_a_negative_rate_of_decay_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite rate of 0 or more, got -1"):
        inverse_time_decay(1, initial=0.1, rate=-1.0)


def test_a_final_rate_above_the_initial_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected a final rate of at most the initial 0\.1"):
        cosine_decay(1, initial=0.1, steps=10, final=0.2)

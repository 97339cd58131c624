"""The learning rate's range: too small makes no progress, too large diverges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.claims.hyperparameters._experiments import error_by_rate
from studydl.claims.hyperparameters._quantities import largest_rate
from studydl.nn.optimizers import sgd
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["learning_rate_range"]

Array: TypeAlias = NDArray[np.float64]


@misconception(
    "half-a-step",
    en="The factor 1/2 of the quadratic is left in the gradient, so that the limit doubles.",
    zh="把二次函数前的系数 1/2 留在了梯度里，于是上限翻倍。",
)
def half_a_step(gradient: Any, *, learning_rate: float) -> Any:
    return -learning_rate * np.asarray(gradient) / 2


@misconception(
    "length-of-the-step",
    en="The learning rate is taken for the length of the step, whatever the gradient's size.",
    zh="把学习率当成步长本身，与梯度的大小无关。",
)
def length_of_the_step(gradient: Any, *, learning_rate: float) -> Any:
    return -learning_rate * np.sign(gradient)


@misconception(
    "small-is-only-slower",
    en="Any learning rate is thought to reach the minimum, at most more slowly or with a detour.",
    zh="以为任何学习率都能到达最小值，最多是慢一点或绕一点路。",
)
def small_is_only_slower(gradient: Any, *, learning_rate: float) -> Any:
    # Steps that could overshoot are shortened, as if descent knew the curvature.
    return -min(learning_rate, 0.1) * np.asarray(gradient)


@claim(
    "hyperparameters.learning-rate-range",
    en="On a quadratic, gradient descent converges exactly for learning rates below 2 over the"
    " largest curvature. For curvatures 1 and 10 that limit is 0.2: in 100 steps the error shrinks"
    " to 0.905 of itself at the rate 0.001 and to 1.93e-9 at 2/11, and grows by 1.38e4 at 0.21.",
    zh="在二次函数上，梯度下降收敛的充要条件是学习率小于 2 除以最大曲率。"
    "曲率为 1 和 10 时上限是 0.2：走 100 步，学习率为 0.001 时误差只缩到原来的 0.905，"
    "为 2/11 时缩到 1.93e-9，为 0.21 时则增大到 1.38e4 倍。",
    notes="Z.4",
    on=sgd,
    misconceptions=[half_a_step, length_of_the_step, small_is_only_slower],
    sources=[
        "Bengio 2012, section 3.1",
        "Goodfellow, Bengio & Courville 2016, sections 4.3.1 and 11.4.1",
    ],
    quantities=[largest_rate],
    experiments=[error_by_rate],
)
def learning_rate_range(
    step: Callable[..., Any], _rng: Generator
) -> Iterator[Measurement | Series]:
    """Descend on ½(1 x² + 10 y²) from (1, 1) at several rates; the error is the larger of both."""
    curvatures = np.array([1.0, 10.0])
    steps = 100
    for rate in (0.001, 0.02, 2 / 11, 0.19, 0.2, 0.21):
        error = _error_after(step, curvatures, rate, steps)
        exact = max(abs(1 - rate * each) for each in (1, 10)) ** steps
        name = f"error after {steps} steps, rate {'2/11' if rate == 2 / 11 else rate}"
        yield equals(f"{name}, curvatures 1, 10", error, exact, ROUNDING)
        yield equals(f"{name} / exact", error / exact, 1.0, ROUNDING)
    limit = abs(1 + float(step(curvatures, learning_rate=0.2)[1]))
    yield equals("|1 - rate λ| at the limit 2/10", limit, 1.0, ROUNDING)
    rates = np.geomspace(1e-3, 0.25, 40)
    errors = [_error_after(step, curvatures, float(rate), steps) for rate in rates]
    with np.errstate(divide="ignore"):
        logarithms = np.log10(errors)
    yield curve(
        "error after 100 steps",
        np.log10(rates),
        logarithms,
        x_label="log₁₀ rate",
        y_label="log₁₀ error",
    )


def _error_after(step: Callable[..., Any], curvatures: Array, rate: float, steps: int) -> float:
    position = np.ones(2)
    for _ in range(steps):
        position = position + step(curvatures * position, learning_rate=rate)
    return float(np.max(np.abs(position)))

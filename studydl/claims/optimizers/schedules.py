"""How learning rates fall, and why they have to (notes 5.0)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.optimizers._experiments import reach_of_a_decay
from studydl.claims.optimizers._quantities import cosine_share, rate_after_cuts
from studydl.language import Text
from studydl.nn.optimizers import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    step_decay,
)
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals, stays_below
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["noise_floor", "reach", "rules"]


class Schedules(NamedTuple):
    """The four rules."""

    step: Callable[..., float]
    exponential: Callable[..., float]
    inverse_time: Callable[..., float]
    cosine: Callable[..., float]


_REFERENCE = Schedules(step_decay, exponential_decay, inverse_time_decay, cosine_decay)


def _smooth_steps(step: int, *, initial: float, factor: float, every: int) -> float:
    return float(initial * factor ** (step / every))


def _subtracted(step: int, *, initial: float, factor: float) -> float:
    return initial * (1 - (1 - factor) * step)


def _root_of_time(step: int, *, initial: float, rate: float) -> float:
    return initial / math.sqrt(1 + rate * step)


def _quarter_cosine(step: int, *, initial: float, steps: int, final: float = 0.0) -> float:
    return final + (initial - final) * math.cos(math.pi / 2 * step / steps)


@claim(
    "optimizers.learning-rate-decays",
    en="Four rules lower the learning rate: cuts by 0.1 every 30 steps leave 1 of it at step 29 and"
    " 0.01 at step 60; a factor of 0.5 a step leaves 0.125 at step 3; the inverse of one plus time"
    " leaves 0.25 at step 3; half a cosine over 60 steps leaves 0.75 at step 20, 0.5 halfway and"
    " 0 at the end.",
    zh="四种降低学习率的规则：每 30 步乘以 0.1 的阶梯衰减，第 29 步仍是 1 倍，第 60 步是 0.01 倍；"
    "每步乘以 0.5 的指数衰减，第 3 步是 0.125 倍；除以“一加时间”的反比衰减，第 3 步是 0.25 倍；"
    "60 步的余弦衰减，第 20 步是 0.75 倍，中点是 0.5 倍，终点是 0。",
    notes="5.0",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "cuts-without-steps",
            _REFERENCE._replace(step=_smooth_steps),
            Text(
                "The division by the length of a stage is not rounded down: the rate glides.",
                "没有对“步数除以间隔”取整，学习率变成平滑下滑。",
            ),
        ),
        Misconception(
            "the-same-amount-each-step",
            _REFERENCE._replace(exponential=_subtracted),
            Text(
                "A factor a step is read as an equal amount a step.",
                "把每步乘以固定倍数当成每步减去固定的量。",
            ),
        ),
        Misconception(
            "root-of-time",
            _REFERENCE._replace(inverse_time=_root_of_time),
            Text(
                "The inverse root of time is taken for the inverse of time.",
                "把时间的平方根分之一当成时间分之一。",
            ),
        ),
        Misconception(
            "quarter-of-a-cosine",
            _REFERENCE._replace(cosine=_quarter_cosine),
            Text(
                "The cosine is taken to its first zero, so that the rate falls fastest at the end.",
                "只取余弦到第一个零点的四分之一，于是学习率在末尾降得最快。",
            ),
        ),
    ],
    sources=["Loshchilov & Hutter 2017, section 3", "Goodfellow et al. 2016, section 8.3.1"],
    quantities=[rate_after_cuts, cosine_share],
)
def rules(schedules: Schedules, _rng: Generator) -> Iterator[Measurement | Series]:
    """Measure each rule at the steps where it shows."""

    def shares(
        rule: Callable[..., float], at: tuple[int, ...], how: dict[str, float]
    ) -> list[float]:
        return [rule(step, initial=0.2, **how) / 0.2 for step in at]

    places: tuple[tuple[str, dict[str, float], tuple[int, ...], list[float]], ...] = (
        ("step", {"factor": 0.1, "every": 30}, (0, 29, 30, 59, 60), [1, 1, 0.1, 0.1, 0.01]),
        ("exponential", {"factor": 0.5}, (0, 1, 3), [1, 0.5, 0.125]),
        ("inverse_time", {"rate": 1.0}, (0, 1, 3), [1, 0.5, 0.25]),
        ("inverse_time", {"rate": 0.5}, (0, 2, 6), [1, 0.5, 0.25]),
        ("cosine", {"steps": 60}, (0, 20, 30, 40, 60, 90), [1, 0.75, 0.5, 0.25, 0, 0]),
        ("cosine", {"steps": 60, "final": 0.1}, (0, 30, 60), [1, 0.75, 0.5]),
    )
    for name, how, steps, expected in places:
        rule = getattr(schedules, name)
        for step, share, wanted in zip(steps, shares(rule, steps, how), expected, strict=True):
            options = ", ".join(f"{key}={value:g}" for key, value in how.items())
            yield equals(f"η({step})/η₀, {name} {options}", share, wanted, ROUNDING)
    for name, how, *_ in (places[0], places[2], places[4]):
        times = tuple(range(61))
        yield curve(
            f"η/η₀, {name}",
            times,
            shares(getattr(schedules, name), times, how),
            x_label="step",
            y_label="η/η₀",
        )


class Falls(NamedTuple):
    """A fall by one factor a step, and one by the inverse of time."""

    exponential: Callable[..., float]
    inverse_time: Callable[..., float]


_FALLS = Falls(exponential_decay, inverse_time_decay)


def _halved_each_doubling(step: int, *, initial: float, rate: float) -> float:
    return initial / (1 + rate * step) ** 2


def _constant(step: int, *, initial: float, **_how: float) -> float:
    del step
    return initial


@claim(
    "optimizers.decay-reach",
    en="A learning rate that falls too fast stops halfway: with a factor of 0.9 a step, all steps"
    " together are worth 10 initial ones, while those of a fall by the inverse of time have no"
    " limit: each doubling of the time adds 0.693 more, yet their squares add up to 1.645 only.",
    zh="学习率降得太快，会停在半路：每步乘以 0.9，所有步加起来只值最初的 10 步；"
    "按时间的倒数下降则没有上限，时间每翻一倍，总和就再增加 0.693，"
    "而它们的平方和却只有 1.645。",
    notes="5.0",
    on=_FALLS,
    misconceptions=[
        Misconception(
            "any-decay-will-do",
            _FALLS._replace(inverse_time=_halved_each_doubling),
            Text(
                "It is thought enough that the learning rate goes to zero, however fast.",
                "以为学习率只要趋于零就行，多快都可以。",
            ),
        ),
        Misconception(
            "root-of-time",
            _FALLS._replace(inverse_time=_root_of_time),
            Text(
                "A slower fall is thought to serve as well, but its noise then adds up for ever.",
                "以为降得更慢也一样好，但这样噪声的平方和没有上限。",
            ),
        ),
        Misconception(
            "never-falls",
            _FALLS._replace(exponential=_constant),
            Text(
                "The decay is thought to be too slight to bound the way.",
                "以为这点衰减不足以限制总路程。",
            ),
        ),
    ],
    sources=["Robbins & Monro 1951", "Bottou, Curtis & Nocedal 2018, section 4.2"],
    experiments=[reach_of_a_decay],
)
def reach(falls: Falls, _rng: Generator) -> Iterator[Measurement]:
    """Add up the learning rates themselves and their squares."""
    geometric = [falls.exponential(t, initial=1.0, factor=0.9) for t in range(400)]
    yield equals("Σ 0.9ᵗ", math.fsum(geometric), 10.0, ROUNDING)
    harmonic = np.array([falls.inverse_time(t, initial=1.0, rate=1.0) for t in range(8000)])
    for start in (1000, 4000):
        more = math.fsum(harmonic[start : 2 * start])
        expected = math.fsum(1 / (1 + t) for t in range(start, 2 * start))
        yield equals(f"Σ 1/(1+t), {start} ≤ t < {2 * start}", more, expected, ROUNDING)
        yield stays_below(f"the same less ln 2 = 0.693, from {start}", more - math.log(2), 1e-3)
    squares = math.fsum(harmonic**2)
    # What is left out of π²/6 = 1.645 lies between 1/8001 and 1/8000.
    yield stays_below("1.645 - Σ 1/(1+t)², t < 8000", math.pi**2 / 6 - squares, 1e-3)


@misconception(
    "too-fast",
    en="The faster the learning rate falls, the sooner the noise is expected to be gone.",
    zh="以为学习率降得越快，噪声就消失得越早。",
)
def too_fast(step: int, *, initial: float, rate: float) -> float:
    """Fall by the inverse square of time."""
    return initial / (1 + rate * step) ** 2


@misconception(
    "never-lowered",
    en="Noise of mean zero is expected to average out by itself, at any constant learning rate.",
    zh="以为均值为零的噪声会自己平均掉，学习率不变也无妨。",
)
def never_lowered(step: int, *, initial: float, rate: float) -> float:
    """Keep the learning rate."""
    del step, rate
    return initial


@misconception(
    "root-of-time",
    en="Any fall without limit is expected to remove the noise as fast as any other.",
    zh="以为只要不断下降，快慢都一样能消除噪声。",
)
def root_of_time(step: int, *, initial: float, rate: float) -> float:
    """Fall by the inverse root of time."""
    return _root_of_time(step, initial=initial, rate=rate)


@claim(
    "optimizers.decay-noise-floor",
    en="Noisy gradients keep a constant learning rate from settling: at learning rate times"
    " curvature 0.1 the variance of the parameter stays at 0.0526 (in units of the noise's variance"
    " over the squared curvature), at 0.2 at 0.111. Lowered as the inverse of time it lets the"
    " variance fall on: to 0.01 after 100 steps.",
    zh="梯度有噪声时，学习率恒定就不会收敛到底：学习率乘以曲率为 0.1 时，参数的方差停在 0.0526"
    "（以噪声方差除以曲率的平方为单位），为 0.2 时停在 0.111；"
    "若按时间的倒数降低学习率，方差会一直下降，100 步之后是 0.01。",
    notes="5.0",
    on=inverse_time_decay,
    misconceptions=[too_fast, never_lowered, root_of_time],
    sources=["Bottou, Curtis & Nocedal 2018, sections 4.2 and 4.3", "Robbins & Monro 1951"],
)
def noise_floor(schedule: Any, _rng: Generator) -> Iterator[Measurement]:
    """Follow the variance on a quadratic of curvature 1: it obeys V ← (1-η)² V + η²."""

    def variance(initial: float, rate: float, steps: int) -> float:
        spread = 4.0
        for t in range(steps):
            eta = schedule(t, initial=initial, rate=rate)
            spread = (1 - eta) ** 2 * spread + eta**2
        return spread

    for constant in (0.1, 0.2):
        floor = constant / (2 - constant)
        name = f"Var θ at constant ηλ={constant}"
        yield equals(name, variance(constant, 0.0, 400), floor, ROUNDING)
    for steps in (10, 100):
        name = f"Var θ after {steps} steps, ηλ=1/(1+t)"
        yield equals(name, variance(1.0, 1.0, steps), 1 / steps, ROUNDING)

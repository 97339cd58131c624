"""Batch norm of sequences: what is counted for each time step, and what for all of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._wrong_batch_norm import Layer
from studydl.claims.normalization.oracle import array, norm_by_groups, slopes, smooth_norm
from studydl.claims.normalization.recurrent import draw, placement
from studydl.language import Text
from studydl.nn.normalization import (
    Count,
    Placement,
    recurrent_backward,
    recurrent_batch_norm_count,
    recurrent_forward,
    sequence_batch_norm,
    sequence_batch_norm_backward,
    standardize,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.normalization.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = ["counts", "sequence_wise"]

_COOIJMANS = "Cooijmans et al. 2017, section 3"
_LAURENT = "Laurent et al. 2016, section 3"


class _Counted(NamedTuple):
    """The counts of a recurrent layer, and the layer itself."""

    counted: Callable[..., Count]
    forward: Callable[..., Any]
    backward: Callable[..., Any]


_COUNTED = _Counted(recurrent_batch_norm_count, recurrent_forward, recurrent_backward)


def _every_step(way: str, *, steps: int, width: int, layers: int = 1) -> Count:
    right = recurrent_batch_norm_count(
        "both" if way == "both" else "total", steps=steps, width=width, layers=layers
    )
    return Count(right.statistics, right.statistics)


def _gain_by_step(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    """Give every time step a gain and shift of its own."""
    states, cache = recurrent_forward(x, start, weights, norms)
    own = np.arange(1.0, x.shape[1] + 1)[:, None]
    return np.tanh(own * np.arctanh(np.clip(states, -0.999, 0.999))), cache


def _vertical_by_step(way: Any, *, steps: int, width: int, layers: int = 1) -> Count:
    right = recurrent_batch_norm_count(way, steps=steps, width=width, layers=layers)
    return right._replace(learnt=right.learnt * steps) if way == "vertical" else right


@claim(
    "normalization.recurrent-counts",
    en="In a recurrent layer only the statistics belong to a time step; gain and shift are shared"
    " by all. At 10 steps and width 4, batch norm of the sum has 80 statistics and learns 8"
    " numbers, of both terms 160 and 16. In the vertical direction of 3 layers, over the whole"
    " sequence, it has 24 and 24.",
    zh="循环层里只有统计量属于各个时间步，缩放和平移由所有时间步共享。10 个时间步、宽度 4 时，"
    "对和做 Batch Norm 有 80 个统计量、学 8 个数；对两项分别做有 160 个、学 16 个。"
    "3 层的竖直方向上对整个序列统计，是 24 个和 24 个。",
    notes="2.3",
    on=_COUNTED,
    misconceptions=[
        Misconception(
            "learns-for-every-step",
            _COUNTED._replace(counted=_every_step, forward=_gain_by_step),
            Text(
                "The notes count m pairs of γ and β (2m for both terms), one for each time step.",
                "笔记认为每个时间步各有一对 γ、β，共 m（两项时 2m）对。",
            ),
            notes="2.3",
        ),
        Misconception(
            "vertical-for-every-step",
            _COUNTED._replace(counted=_vertical_by_step),
            Text(
                "The notes count m · l pairs in the vertical direction.",
                "笔记认为竖直方向上有 m·l 对。",
            ),
            notes="2.3",
        ),
        Misconception(
            "shares-the-statistics-too",
            _COUNTED._replace(
                counted=lambda way, *, steps, width, layers=1: recurrent_batch_norm_count(
                    way, steps=steps // steps, width=width, layers=layers
                )
            ),
            Text(
                "As the weights are shared by all steps, everything is thought to be.",
                "权重在各步共享，就以为统计量也共享。",
            ),
        ),
    ],
    sources=[_COOIJMANS, _LAURENT, "Amodei et al. 2016, section 3.2"],
)
def counts(layer: _Counted, rng: Generator) -> Iterator[Measurement]:
    """Count all ways, then see that one pair of parameters serves all steps."""
    expected = {"total": (80, 8), "input": (80, 8), "both": (160, 16), "vertical": (24, 24)}
    for way, (statistics, learnt) in expected.items():
        # One layer is the default: only another number is handed over.
        given = {"layers": 3} if way == "vertical" else {}
        count = layer.counted(way, steps=10, width=4, **given)
        yield equals(
            f"statistics, {way}, {given.get('layers', 1)} of width 4, 10 steps",
            count.statistics,
            float(statistics),
            EXACT,
        )
        yield equals(f"learnt, {way}", count.learnt, float(learnt), EXACT)
    at = draw(rng)
    shifted = at._replace(gains=np.zeros((3, 2)))
    states, cache = layer.forward(at.x, at.start, at.weights, placement(("total",), shifted))
    same = np.broadcast_to(np.vectorize(math.tanh)(at.shifts[2]), states.shape)
    yield equals("h at every step for γ = 0: tanh(β)", states, same, ROUNDING)
    back = layer.backward(np.ones_like(states), cache)
    share = 4 * 3 * np.vectorize(lambda b: math.cosh(b) ** -2)(at.shifts[2])
    yield equals("∂L/∂β, summed over all steps", back.shifts[2], share, ROUNDING)


def _each_step(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    _, cache = sequence_batch_norm(x, gain, shift, epsilon=epsilon)
    return standardize(x, axes=(0,), epsilon=epsilon).values * gain + shift, cache


def _each_sequence(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    _, cache = sequence_batch_norm(x, gain, shift, epsilon=epsilon)
    return standardize(x, axes=(1,), epsilon=epsilon).values * gain + shift, cache


def _constants(g: Any, cache: Any) -> Any:
    right = sequence_batch_norm_backward(g, cache)
    return right._replace(x=cache.gain * g / cache.standardized.deviation)


@claim(
    "normalization.sequence-batch-norm",
    en="In the vertical direction, between recurrent layers, batch norm can take its statistics"
    " over batch and time together: sequences of 3 steps and of 5 then have 1 mean a feature"
    " alike, and no step needs statistics of its own.",
    zh="在竖直方向（循环层之间），Batch Norm 可以对 batch 和时间一起统计："
    "无论序列是 3 步还是 5 步，每个特征都只有 1 个均值，不需要为每个时间步保存统计量。",
    notes="2.3",
    on=Layer(sequence_batch_norm, sequence_batch_norm_backward),
    misconceptions=[
        Misconception(
            "statistics-for-each-step",
            Layer(_each_step, sequence_batch_norm_backward),
            Text(
                "The notes keep parameters for every layer and time step, m · l of them.",
                "笔记认为每层每个时间步各有一份，共 m·l 份。",
            ),
            notes="2.3",
        ),
        Misconception(
            "statistics-for-each-sequence",
            Layer(_each_sequence, sequence_batch_norm_backward),
            Text(
                "Each sequence is thought to be normalised by itself.",
                "以为每个序列单独归一化。",
            ),
        ),
        Misconception(
            "constant-statistics",
            Layer(sequence_batch_norm, _constants),
            Text("Mean and deviation look like constants.", "把均值和标准差看成常数。"),
        ),
    ],
    sources=[_LAURENT, "Amodei et al. 2016, section 3.2"],
)
def sequence_wise(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Compare values with a loop in fractions and gradients with complex steps."""
    gain, shift, epsilon = array(1.5, -0.7), array(0.25, 1), 0.3
    for steps in (3, 5):
        x = rng.normal(size=(4, steps, 2)) + rng.normal(size=(1, steps, 1))
        g = rng.normal(size=x.shape)
        output, cache = layer.forward(x, gain, shift, epsilon=epsilon)
        places = [[place for place in np.ndindex(x.shape) if place[2] == unit] for unit in (0, 1)]
        expected = norm_by_groups(x, places, epsilon) * gain + shift
        yield equals(f"γ (x - μ)/√(σ² + ε) + β, {steps} steps", output, expected, ROUNDING)
        means = cache.standardized.mean.size / 2
        yield equals(f"means a feature, {steps} steps", means, 1.0, EXACT)

        def loss(x: Any) -> Any:
            flat = smooth_norm(x.reshape(-1, 2), (0,), epsilon)
            return (g.reshape(-1, 2) * gain * flat).sum()  # noqa: B023 - called in this round

        back = layer.backward(g, cache)
        yield equals(f"1 + ∂L/∂x, {steps} steps", 1 + back.x, 1 + slopes(loss, x), COMPLEX_STEP)
        yield equals("9 + ∂L/∂β", 9 + back.shift, 9 + g.sum(axis=(0, 1)), ROUNDING)
    small = np.resize(array(1, -1), (4, 3, 1)) * math.sqrt(1e-5)
    output, _ = layer.forward(small, np.ones(1), np.zeros(1))
    yield equals("E[x̂²] at σ² = 1e-5, ε by default", np.mean(output**2), 0.5, ROUNDING)

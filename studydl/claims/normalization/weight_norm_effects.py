"""What weight norm does over steps and to data: a growing length, and no normalised input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._experiments import length_under_noise
from studydl.claims.normalization.oracle import Array, array
from studydl.claims.normalization.weight_norm import (
    NO_PROJECTION,
    Weights,
    lengths,
    no_length,
    no_projection,
    norm_of_the_matrix,
    wrong,
)
from studydl.language import Text
from studydl.nn.normalization import (
    Count,
    WeightNormGradients,
    WeightNormStart,
    weight_norm,
    weight_norm_backward,
    weight_norm_count,
    weight_norm_start,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["learns_one_more", "leaves_the_input", "length_grows", "start"]

_SALIMANS = "Salimans & Kingma 2016, section 2"
_SALIMANS_GRADIENT = "Salimans & Kingma 2016, section 2.1"
_SALIMANS_START = "Salimans & Kingma 2016, section 3"


def _renormalised(gradient: Any, v: Any, length: Any) -> WeightNormGradients:
    """Return a gradient after whose step of length 12 the length is 5 again."""
    right = weight_norm_backward(gradient, v, length)
    inward = 12 * v / lengths(v) * 1.2 + right.direction * 0
    return right._replace(direction=inward)


@claim(
    "normalization.weight-norm-length-grows",
    en="As its gradient is orthogonal to v, plain gradient descent makes v longer at every step, by"
    " Pythagoras: from |v| = 5, a step of length 12 leads to 13. The weights' own length g is not"
    " touched by that.",
    zh="由于梯度与 v 正交，普通梯度下降每一步都使 v 变长，满足勾股定理："
    "‖v‖ = 5 时走一步长 12，就变成 13。权重的实际长度 g 不受影响。",
    notes="2.5",
    on=Weights(weight_norm, weight_norm_backward),
    misconceptions=[
        wrong("no-projection", no_projection, NO_PROJECTION),
        wrong(
            "stays-as-long",
            _renormalised,
            Text(
                "“Normalised” is taken to mean that |v| does not change.",
                "以为“归一化”就意味着 ‖v‖ 不变。",
            ),
        ),
        Misconception(
            "length-follows",
            Weights(lambda v, g: weight_norm(v, g) * lengths(v) / 5, weight_norm_backward),
            Text(
                "A longer v is thought to make longer weights.",
                "以为 v 变长，权重也跟着变长。",
            ),
        ),
    ],
    sources=[_SALIMANS_GRADIENT],
    experiments=[length_under_noise],
)
def length_grows(weights: Weights, rng: Generator) -> Iterator[Measurement]:
    """Take one step of length 12 from v = (3, 4), at several gradients."""
    v, g = array(3, 4)[:, None], array(2.5)
    for for_weights in (array(1, 0), array(-2, 5), rng.uniform(1, 2, 2) * array(1, -1)):
        step = weights.backward(for_weights[:, None], v, g).direction
        size = np.sqrt(np.sum(step**2))
        moved = v - 12 * step / np.maximum(size, 1e-300)
        yield equals("|v| after a step of 12 from 5", np.sqrt(np.sum(moved**2)), 13.0, ROUNDING)
        length = np.sqrt(np.sum(weights.value(moved, g) ** 2))
        yield equals("|w| after it, g = 2.5", length, 2.5, ROUNDING)


def _layer(x: Array, v: Array, g: Array) -> Array:
    return np.asarray(x @ weight_norm(v, g))


def _normalises_outputs(x: Array, v: Array, g: Array) -> Array:
    z = x @ weight_norm(v, np.ones_like(g))
    deviation = np.sqrt(np.mean((z - z.mean(axis=0)) ** 2, axis=0))
    return np.asarray(g * (z - z.mean(axis=0)) / deviation)


def _unit_input(x: Array, v: Array, g: Array) -> Array:
    return _layer(x / np.sqrt(np.sum(x**2, axis=1, keepdims=True)), v, g)


@claim(
    "normalization.weight-norm-leaves-the-input",
    en="Weight norm normalises the weights, not the input: an input times 10 gives an output times"
    " 10, an input moved by c an output moved by c·w. And as it computes nothing from the batch,"
    " other examples change an output by 0.",
    zh="Weight Norm 归一化的是权重，不是输入：输入乘以 10，输出也乘以 10；"
    "输入平移 c，输出就平移 c·w。它不从 batch 计算任何量，所以别的样本对输出的影响为 0。",
    notes="2.5",
    on=_layer,
    misconceptions=[
        Misconception(
            "normalises-the-input",
            _unit_input,
            Text(
                "The notes say that the input is normalised, by the norm of the parameters.",
                "笔记说是用参数的模对输入做规范化。",
            ),
            notes="2.5",
        ),
        Misconception(
            "normalises-like-batch-norm",
            _normalises_outputs,
            Text(
                "Every normalisation is thought to give activations mean 0 and variance 1.",
                "以为凡是归一化都会使激活值均值为 0、方差为 1。",
            ),
        ),
        Misconception(
            "plain-product",
            lambda x, v, g: x @ v + 0 * g,
            Text("The weights are taken as they are.", "直接使用未归一化的权重。"),
        ),
    ],
    sources=[_SALIMANS, "Salimans & Kingma 2016, section 2.2"],
)
def leaves_the_input(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Scale, move and mix inputs, with a unit of weights (6, 8)."""
    v, g = array(3, 4)[:, None], array(10)
    x = rng.uniform(1, 2, size=(5, 2))
    output = layer(x, v, g)
    yield equals("z = 6 x₁ + 8 x₂", output[:, 0], 6 * x[:, 0] + 8 * x[:, 1], ROUNDING)
    yield equals("z(10 x) / z(x)", layer(10 * x, v, g) / output, 10.0, ROUNDING)
    moved = layer(x + array(2, -1), v, g)
    yield equals("z(x + c) - z(x), c = (2, -1)", moved - output, 4.0, ROUNDING)
    company = np.concatenate([x[:1], 50 * x[1:]])
    yield equals("change by other examples", layer(company, v, g)[0] - output[0], [0.0], EXACT)


class _Learnt(NamedTuple):
    """The count of a layer's numbers, and its weights with their gradients."""

    counted: Callable[[int, int], Count]
    value: Callable[..., Any]
    backward: Callable[..., Any]


_LEARNT = _Learnt(weight_norm_count, weight_norm, weight_norm_backward)


@claim(
    "normalization.weight-norm-learns-one-more",
    en="Weight norm learns one number more a unit, its length g, and computes no statistics: a"
    " layer from 512 to 256 units learns 131328 numbers in place of 131072, and 0 are taken from"
    " the batch.",
    zh="Weight Norm 每个单元只多学一个数，即长度 g，也不计算任何统计量："
    "从 512 到 256 个单元的层学 131328 个数，而不是 131072 个，取自 batch 的统计量为 0 个。",
    notes="2.5",
    on=_LEARNT,
    misconceptions=[
        Misconception(
            "learns-like-batch-norm",
            _LEARNT._replace(counted=lambda a, b: Count(2 * b, a * b + 2 * b)),
            Text(
                "Every normalisation is thought to have a gain, a shift and statistics.",
                "以为凡是归一化都有 γ、β 和统计量。",
            ),
        ),
        Misconception(
            "learns-nothing-new",
            _LEARNT._replace(counted=lambda a, b: Count(0, a * b), value=no_length.implementation),
            Text(
                "The notes' formula has no length to be learnt.",
                "笔记的公式里没有可学的长度。",
            ),
            notes="2.5",
        ),
        Misconception(
            "one-length-for-the-layer",
            _LEARNT._replace(
                counted=lambda a, b: Count(0, a * b + 1), value=norm_of_the_matrix.implementation
            ),
            Text("The whole matrix is thought to have one length.", "以为整个矩阵只有一个长度。"),
        ),
    ],
    sources=[_SALIMANS],
)
def learns_one_more(layer: _Learnt, rng: Generator) -> Iterator[Measurement]:
    """Count, and see that each length acts on its own unit and gets a gradient."""
    count = layer.counted(512, 256)
    yield equals("learnt, 512 to 256", count.learnt, 131328.0, EXACT)
    yield equals("without weight norm", 512 * 256, 131072.0, EXACT)
    yield equals("statistics", count.statistics, 0.0, EXACT)
    v, g = rng.uniform(1, 2, size=(4, 3)), array(1, 2, 3)
    ratio = layer.value(v, g) / layer.value(v, np.ones(3))
    yield equals("w at g / w at 1", ratio, np.broadcast_to(g, (4, 3)), ROUNDING)
    back = layer.backward(v, v, g)
    yield equals("∂L/∂g for ∂L/∂w = v: |v|", back.length, lengths(v), ROUNDING)


class _Start(NamedTuple):
    """The initialisation by the first batch, and the weights."""

    start: Callable[..., Any]
    value: Callable[..., Any]


_START = _Start(weight_norm_start, weight_norm)


@claim(
    "normalization.weight-norm-start",
    en="Weight norm gives pre-activations mean 0 and variance 1 only if the first batch initialises"
    " g and b, and only on that batch: on data three times as large the variance is 9.",
    zh="只有用第一个 batch 初始化 g 与 b，Weight Norm 才使预激活值均值为 0、方差为 1，"
    "而且只对那个 batch 成立：数据放大到三倍，方差就是 9。",
    notes="2.5",
    on=_START,
    misconceptions=[
        Misconception(
            "without-the-first-batch",
            _START._replace(
                start=lambda _x, v: WeightNormStart(np.ones(v.shape[1]), np.zeros(v.shape[1]))
            ),
            Text(
                "Unit length of the weights is thought to be enough.",
                "以为权重长度为 1 就够了。",
            ),
        ),
        Misconception(
            "divides-by-the-variance",
            _START._replace(
                start=lambda x, v: WeightNormStart(
                    weight_norm_start(x, v).length ** 2, weight_norm_start(x, v).bias
                )
            ),
            Text("g is set to 1/σ² instead of 1/σ.", "把 g 设成 1/σ² 而不是 1/σ。"),
        ),
        Misconception(
            "forgets-the-bias",
            _START._replace(
                start=lambda x, v: WeightNormStart(
                    weight_norm_start(x, v).length, np.zeros(v.shape[1])
                )
            ),
            Text("Only the length is initialised.", "只初始化了长度 g。"),
        ),
    ],
    sources=[_SALIMANS_START],
)
def start(network: _Start, rng: Generator) -> Iterator[Measurement]:
    """Initialise on one batch, then hand the same layer data three times as large."""
    x, v = rng.normal(size=(8, 3)) * 4 + 7, rng.normal(size=(3, 2))
    found = network.start(x, v)
    for scale, variance in ((1, 1.0), (3, 9.0)):
        z = (scale * x) @ network.value(v, found.length) + found.bias
        mean = np.sum(z, axis=0) / 8
        measured = np.sum((z - mean) ** 2, axis=0) / 8
        yield equals(f"variance of z, data times {scale}", measured, variance, ROUNDING)
        if scale == 1:
            yield equals("1 + mean of z, on the first batch, = 1 + 0", 1 + mean, 1.0, ROUNDING)

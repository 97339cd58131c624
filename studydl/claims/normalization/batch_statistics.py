"""The statistics of a batch: when it is small, when it is unlike the rest, and for the gradient."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization._experiments import noise_of_one_example
from studydl.claims.normalization._quantities import batch_growth
from studydl.claims.normalization._wrong_batch_norm import (
    BATCH_NORM,
    Layer,
    constant_deviation,
    constant_statistics,
    each_example,
    forward_rule,
    identity_layer,
    unbiased_deviation,
)
from studydl.claims.normalization.frame import normed
from studydl.claims.normalization.oracle import Array, array
from studydl.language import Text
from studydl.nn.normalization import (
    RunningStatistics,
    batch_norm,
    batch_norm_backward,
    batch_norm_inference,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = [
    "batch_noise",
    "batch_of_one",
    "bias_is_cancelled",
    "like_the_population",
]


def _running_in_training(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    _, cache = batch_norm(x, gain, shift, epsilon=epsilon)
    running = RunningStatistics(np.zeros(x.shape[1]), np.ones(x.shape[1]))
    return batch_norm_inference(x, gain, shift, running, epsilon=epsilon), cache


@claim(
    "normalization.batch-norm-of-one",
    en="In training, a batch of 1 leaves batch norm as β, whatever it was, and no gradient comes"
    " back through it; a batch of 2 (ε = 0, γ = 1, β = 0) becomes 1 and -1, however far apart.",
    zh="训练时，大小为 1 的 batch 无论是什么，经过 Batch Norm 都变成 β，也传不回梯度；"
    "大小为 2 的 batch（ε = 0、γ = 1、β = 0）总是变成 1 和 -1，不管两者相差多远。",
    notes="2.3",
    on=BATCH_NORM,
    misconceptions=[
        Misconception(
            "uses-running-statistics-in-training",
            Layer(_running_in_training, constant_statistics.implementation),
            Text(
                "The statistics of inference are thought to be used in training too.",
                "以为训练时也用推理时的统计量。",
            ),
        ),
        Misconception(
            "each-example",
            Layer(each_example.implementation, batch_norm_backward),
            each_example.why,
        ),
        Misconception(
            "unbiased-deviation",
            Layer(unbiased_deviation.implementation, batch_norm_backward),
            unbiased_deviation.why,
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3", "Wu & He 2018, section 1"],
)
def batch_of_one(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Measure single examples, then pairs at several distances."""
    gain, shift = array(2, 3, -1), array(0.5, -4, 7)
    for x in rng.normal(size=(2, 1, 3)) * 50:
        output, cache = layer.forward(x, gain, shift)
        yield equals("BN(x), batch of 1", output[0], shift, EXACT)
        back = layer.backward(np.array([[1.0, -2.0, 3.0]]), cache)
        yield equals("∂L/∂x, batch of 1", back.x, np.zeros((1, 3)), EXACT)
    for distance in (0.01, 1.0, 1000.0):
        values = normed(layer.forward, array(distance, -distance) + 3)
        yield equals(f"BN of two, {2 * distance:g} apart", values, array(1, -1), ROUNDING)


def _scaled_mean(power: float) -> Callable[..., Any]:
    """Make a batch norm whose noise falls by another power of the batch size."""

    def forward(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
        output, cache = batch_norm(x, gain, shift, epsilon=epsilon)
        mean = cache.standardized.mean * len(x) ** power
        standardized = cache.standardized
        kept = type(standardized)(
            standardized.values, mean, standardized.variance, standardized.deviation, (0,)
        )
        return output, cache._replace(standardized=kept)

    return forward


@claim(
    "normalization.batch-statistics-noise",
    en="The mean of a random batch scatters by 1/√n of the data's deviation: by 1 at a batch of 1,"
    " 0.5 at 4 and 0.333 at 9. Half the noise takes four times the batch.",
    zh="随机 batch 的均值的波动（标准差）是数据标准差的 1/√n：batch 为 1 时是 1，4 时是 0.5，"
    "9 时是 0.333。噪声减半需要四倍大的 batch。",
    notes="2.3",
    on=batch_norm,
    misconceptions=[
        Misconception(
            "falls-with-the-batch-size",
            _scaled_mean(-0.5),
            Text(
                "Twice the batch is thought to halve the noise.",
                "以为 batch 加倍，噪声就减半。",
            ),
        ),
        Misconception(
            "does-not-depend-on-the-batch-size",
            _scaled_mean(0.5),
            Text(
                "The statistics of any batch are thought to be as good as any other's.",
                "以为 batch 多大，统计量都一样准。",
            ),
        ),
        Misconception(
            "no-noise",
            identity_layer.implementation,
            Text("The batch is taken for the whole data.", "把 batch 当成了全部数据。"),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3.4", "Wu & He 2018, section 1, figure 1"],
    quantities=[batch_growth],
    experiments=[noise_of_one_example],
)
def batch_noise(norm: Callable[..., Any], _: Generator) -> Iterator[Measurement | Series]:
    """Normalise every batch that can be drawn from -1 and 1, each as a feature of its own."""
    sizes, scatters = (1, 2, 4, 6, 9), []
    for size in sizes:
        batches = np.array(list(itertools.product((-1.0, 1.0), repeat=size))).T
        features = batches.shape[1]
        _, cache = norm(batches, np.ones(features), np.zeros(features))
        scatters.append(math.sqrt(np.sum(cache.standardized.mean**2) / features))
        yield equals(f"deviation of μ_B, n = {size}", scatters[-1], size**-0.5, ROUNDING)
    yield curve("noise of μ_B", sizes, scatters, x_label="n", y_label="√E[μ_B²]")


def _by_population(x: Array) -> Array:
    return np.asarray(x / math.sqrt(26))


@claim(
    "normalization.batch-like-the-population",
    en="A batch stands for the data only if it resembles them. Two classes, 4, 6 and -6, -4, lie"
    " 1.961 apart after batch norm in one mixed batch, but 0 apart in a batch each: normalised by"
    " themselves they cannot be told from each other.",
    zh="batch 只有与总体相似时才能代表总体。两类数据 4、6 与 -6、-4 混在同一个 batch 里，"
    "Batch Norm 之后类均值相差 1.961；若各成一个 batch，相差 0：各自归一化后两类无法区分。",
    notes="2.3",
    on=batch_norm,
    misconceptions=[
        Misconception(
            "every-batch-by-the-population",
            forward_rule(_by_population),
            Text(
                "The statistics of a batch are taken for those of all data.",
                "把 batch 的统计量当成了全体数据的统计量。",
            ),
        ),
        each_example,
        identity_layer,
    ],
    sources=["Ioffe & Szegedy 2015, section 3.1", "Ioffe 2017, section 1"],
)
def like_the_population(norm: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Measure the distance of the class means, of both classes mixed and apart."""
    high, low = array(4, 6), array(-6, -4)
    mixed = normed(norm, np.concatenate([high, low]))
    distance = np.sum(mixed[:2]) / 2 - np.sum(mixed[2:]) / 2
    yield equals("distance of 4, 6 and -6, -4, mixed", distance, 10 / math.sqrt(26), ROUNDING)
    apart = np.sum(normed(norm, high) - normed(norm, low)) / 2
    yield equals("distance, a batch each", apart, 0.0, EXACT)
    yield exceeds("|x̂(6)|, a batch each", abs(float(normed(norm, high)[1])), 0.1)


@claim(
    "normalization.bias-is-cancelled",
    en="A bias before batch norm has no effect, and its gradient is 0. A descent that takes the"
    " statistics for constants moves it at every step, here by a gradient of 6 a step, while the"
    " output never changes: why global statistics quarrel with the gradient.",
    zh="Batch Norm 之前的偏置不起任何作用，梯度为 0。若下降时把统计量当成常数，"
    "偏置每一步都会移动（这里梯度为 6），输出却始终不变：这正是全局统计量与梯度优化冲突之处。",
    notes="2.3",
    on=BATCH_NORM,
    misconceptions=[
        Misconception(
            "constant-statistics",
            Layer(batch_norm, constant_statistics.implementation),
            constant_statistics.why,
        ),
        Misconception(
            "bias-passes-through",
            Layer(identity_layer.implementation, constant_deviation.implementation),
            Text(
                "A bias is thought to shift the output, as in a plain layer.",
                "以为偏置像普通层那样平移输出。",
            ),
        ),
        Misconception(
            "each-example",
            Layer(each_example.implementation, batch_norm_backward),
            each_example.why,
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 2 and section 3.2"],
)
def bias_is_cancelled(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Add a bias, and compare both gradients for it on a loss that pushes all outputs one way."""
    x, gain, shift = rng.normal(size=(6, 2)) * 3, array(2, 1), array(1, -1)
    output, cache = layer.forward(x, gain, shift)
    moved, _ = layer.forward(x + array(5, -100), gain, shift)
    yield equals("BN(x + b) / BN(x)", moved / output, 1.0, ROUNDING)
    pair = array(-1, 1)[:, None]
    _, cache = layer.forward(pair, np.ones(1), np.zeros(1), epsilon=0.0)
    g = np.full((2, 1), 3.0)
    yield equals("∂L/∂b", layer.backward(g, cache).x.sum(axis=0), [0.0], EXACT)
    deviation = np.maximum(cache.standardized.deviation, 1e-300)
    yield equals("Σ g/σ, statistics held constant", np.sum(g / deviation), 6.0, ROUNDING)
    back = layer.backward(array(1, 0)[:, None] * g, cache).gain
    yield equals("∂L/∂γ", back, [-3.0], ROUNDING)

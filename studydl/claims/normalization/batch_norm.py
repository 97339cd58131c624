"""Batch norm by itself: its values in both shapes, its backward pass, its parameters, its laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._quantities import gain_gradient, gradient_share, slope_at_mean
from studydl.claims.normalization._wrong_batch_norm import (
    BATCH_NORM,
    Layer,
    constant_deviation,
    constant_statistics,
    divides_by_the_variance,
    each_channel_of_each_image,
    each_example,
    each_position,
    epsilon_outside_the_root,
    everything_at_once,
    forgets_the_gain,
    identity_layer,
    unbiased_deviation,
)
from studydl.claims.normalization.frame import learnt_statistics, normed
from studydl.claims.normalization.oracle import (
    array,
    norm_by_groups,
    slopes,
    smooth_norm,
)
from studydl.language import Text
from studydl.nn.normalization import Count, batch_norm, batch_norm_backward, batch_norm_count
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "convolution",
    "dense",
    "gradient",
    "learns_two_per_feature",
    "weight_scale",
]

_IOFFE = "Ioffe & Szegedy 2015, section 3, algorithm 1"
_IOFFE_CONVOLUTION = "Ioffe & Szegedy 2015, section 3.2"


@claim(
    "normalization.batch-norm-dense",
    en="In a dense layer batch norm takes mean and biased variance of each feature over the batch,"
    " with epsilon under the root: in the batch 2, 4, 4, 4, 5, 5, 7, 9, of mean 5 and variance 4,"
    " the 9 becomes 2.",
    zh="在全连接层，Batch Norm 对每个特征沿 batch 求均值和有偏方差，ε 放在根号内："
    "一批数 2、4、4、4、5、5、7、9 的均值是 5、方差是 4，其中 9 变成 2。",
    notes="2.3",
    on=batch_norm,
    misconceptions=[
        divides_by_the_variance,
        unbiased_deviation,
        each_example,
        everything_at_once,
        epsilon_outside_the_root,
    ],
    sources=[_IOFFE],
)
def dense(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure one batch by heart, then random ones against fractions, with a large epsilon."""
    column = array(2, 4, 4, 4, 5, 5, 7, 9)
    _, cache = norm(column[:, None], np.ones(1), np.zeros(1), epsilon=0.0)
    yield equals("μ of 2, 4, 4, 4, 5, 5, 7, 9", cache.standardized.mean.ravel(), [5.0], EXACT)
    yield equals("σ²", cache.standardized.variance.ravel(), [4.0], EXACT)
    yield equals("x̂(9)", normed(norm, column)[7], 2.0, EXACT)

    x = rng.normal(size=(6, 3)) * array(1, 0.3, 4) + array(0, 5, -2)
    gain, shift, epsilon = array(1.5, -0.7, 2), array(0.25, 1, -3), 0.3
    output, _ = norm(x, gain, shift, epsilon=epsilon)
    groups = [[(example, feature) for example in range(6)] for feature in range(3)]
    expected = norm_by_groups(x, groups, epsilon) * gain + shift
    yield equals("γ (x - μ)/√(σ² + ε) + β", output, expected, ROUNDING)


@claim(
    "normalization.batch-norm-convolution",
    en="In a convolutional layer a feature is a channel: 2 images of 3 channels and 4 by 5 pixels"
    " have 3 means, each over 2 times 4 times 5 = 40 numbers.",
    zh="在卷积层，一个特征就是一个通道：2 幅图、3 个通道、4 乘 5 像素共有 3 个均值，"
    "每个均值由 2 乘 4 乘 5 = 40 个数求得。",
    notes="2.3",
    on=batch_norm,
    misconceptions=[each_position, each_channel_of_each_image, everything_at_once, each_example],
    sources=[_IOFFE_CONVOLUTION],
)
def convolution(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with a loop over channels; every channel and every place has a level of its own."""
    shape = (2, 3, 4, 5)
    x = rng.normal(size=shape) + rng.normal(size=(2, 3, 1, 1)) + rng.normal(size=shape[1:])
    gain, shift, epsilon = array(1.5, -0.7, 2), array(0.25, 1, -3), 0.3
    output, cache = norm(x, gain, shift, epsilon=epsilon)
    every = list(np.ndindex(shape))
    groups = [[place for place in every if place[1] == channel] for channel in range(3)]
    expected = norm_by_groups(x, groups, epsilon) * gain[:, None, None] + shift[:, None, None]
    yield equals("γ (x - μ)/√(σ² + ε) + β, (2, 3, 4, 5)", output, expected, ROUNDING)
    means = cache.standardized.mean.size
    yield equals("number of means", means, 3.0, EXACT)
    yield equals("numbers for each mean", x.size / means, 40.0, EXACT)


@claim(
    "normalization.batch-norm-gradient",
    en="The gradient of batch norm passes through mean and variance: it is γ/√(σ² + ε) times g"
    " less its mean and less its part along x̂, so a gradient that is constant over the batch, or"
    " proportional to x̂ (at ε = 0), comes out as 0.",
    zh="Batch Norm 的梯度要经过均值和方差：它等于 γ/√(σ² + ε) 乘以"
    "（g 减去其均值，再减去沿 x̂ 方向的分量）；"
    "因此在 batch 上恒定的梯度，或与 x̂ 成正比的梯度（ε = 0 时），传回来都是 0。",
    notes="2.3",
    on=BATCH_NORM,
    misconceptions=[
        *(
            Misconception(each.name, Layer(batch_norm, each.implementation), each.why, each.notes)
            for each in (constant_statistics, constant_deviation, forgets_the_gain)
        ),
        Misconception(
            "differentiates-a-division-by-the-variance",
            Layer(divides_by_the_variance.implementation, batch_norm_backward),
            divides_by_the_variance.why,
            notes="2.3",
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3, after algorithm 1"],
    quantities=[gain_gradient, slope_at_mean],
)
def gradient(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Differentiate a formula of the verifier's own by complex steps, in both shapes."""
    for shape in ((5, 3), (2, 3, 2, 2)):
        x, g = rng.normal(size=shape) * 2 + 1, rng.normal(size=shape)
        gain, shift, epsilon = array(1.5, -0.7, 2), array(0.25, 1, -3), 0.3
        beside, axes = (-1, *[1] * (len(shape) - 2)), (0, *range(2, len(shape)))

        def loss(x: Any, gain: Any, shift: Any) -> Any:
            x_hat = smooth_norm(x, axes, epsilon)  # noqa: B023 - called within this round
            y = gain.reshape(beside) * x_hat + shift.reshape(beside)  # noqa: B023 - likewise
            return (g * y).sum()  # noqa: B023 - likewise

        _, cache = layer.forward(x, gain, shift, epsilon=epsilon)
        back = layer.backward(g, cache)
        by_steps = (
            slopes(lambda v: loss(v, gain, shift), x),  # noqa: B023 - likewise
            slopes(lambda v: loss(x, v, shift), gain),  # noqa: B023 - likewise
            slopes(lambda v: loss(x, gain, v), shift),  # noqa: B023 - likewise
        )
        for part, got, expected in zip("xγβ", back, by_steps, strict=True):
            name = f"1 + ∂L/∂{part}, {len(shape)} axes"
            yield equals(name, 1 + got, 1 + expected, COMPLEX_STEP)
    x = rng.normal(size=(6, 2)) * 3
    _, cache = layer.forward(x, array(2, 0.5), np.zeros(2), epsilon=0.0)
    for name, g in (("constant g", np.full((6, 2), 3.0)), ("g = x̂", cache.standardized.values)):
        yield equals(f"1 + ∂L/∂x, {name}, = 1 + 0", 1 + layer.backward(g, cache).x, 1.0, ROUNDING)
    yield equals("|∂L/∂x|, constant g = 0", layer.backward(np.zeros((6, 2)), cache).x, 0.0, EXACT)


class _Learnt(NamedTuple):
    """A layer with the count of its numbers."""

    counted: Callable[..., Count]
    forward: Callable[..., Any]
    backward: Callable[..., Any]


_LEARNT = _Learnt(batch_norm_count, batch_norm, batch_norm_backward)


@claim(
    "normalization.batch-norm-learns-two-per-feature",
    en="Batch norm learns two numbers a feature, gain and shift; mean and variance are computed"
    " from each batch and learnt by nobody. A layer of 64 channels learns 128 numbers, and"
    " estimates 128 more, at any image size and batch size.",
    zh="Batch Norm 每个特征只学两个数：缩放 γ 与平移 β；均值和方差由每个 batch 算出，不是学来的。"
    "64 个通道的层学 128 个数，另外统计 128 个数，与图像大小和 batch 大小无关。",
    notes="2.3",
    on=_LEARNT,
    misconceptions=[
        Misconception(
            "learns-all-four",
            _LEARNT._replace(
                counted=lambda shape: Count(0, 4 * shape[1]),
                forward=learnt_statistics.implementation,
            ),
            Text(
                "The notes say that d different μ, δ, γ, β are learnt.",
                "笔记说学习到 d 个不同的 μ、δ、γ、β。",
            ),
            notes="2.3",
        ),
        Misconception(
            "learns-for-every-pixel",
            _LEARNT._replace(
                counted=lambda shape: Count(*[2 * int(np.prod(shape[1:]))] * 2),
                forward=each_position.implementation,
            ),
            Text(
                "Every place of the image is taken for a feature.",
                "把图像的每个位置都当成一个特征。",
            ),
        ),
        Misconception(
            "learns-for-every-example",
            _LEARNT._replace(
                counted=lambda shape: Count(2 * shape[0], 2 * shape[0]),
                forward=each_example.implementation,
            ),
            Text(
                "The statistics of layer norm, one pair an example, are remembered.",
                "记成了 Layer Norm 的统计量：每个样本一对。",
            ),
        ),
    ],
    sources=[_IOFFE, _IOFFE_CONVOLUTION],
)
def learns_two_per_feature(layer: _Learnt, rng: Generator) -> Iterator[Measurement]:
    """Count, then see that the statistics follow the data, and the gradients' sizes."""
    for shape in ((32, 64, 8, 8), (5, 64, 3, 3)):
        count = layer.counted(shape)
        yield equals(f"learnt, {shape}", count.learnt, 128.0, EXACT)
        yield equals(f"statistics, {shape}", count.statistics, 128.0, EXACT)
    x = rng.normal(size=(4, 3)) * 2 + 5
    gain, shift = array(1, 2, 3), array(4, 5, 6)
    output, cache = layer.forward(x, gain, shift, epsilon=0.0)
    back = layer.backward(output, cache)
    yield equals("numbers learnt, 3 features", back.gain.size + back.shift.size, 6.0, EXACT)
    moved, _ = layer.forward(3 * x + 10, gain, shift, epsilon=0.0)
    yield equals("BN(3x + 10) / BN(x)", moved / output, 1.0, ROUNDING)
    yield equals("∂L/∂β = Σ g", back.shift, 4 * shift, ROUNDING)


@claim(
    "normalization.batch-norm-weight-scale",
    en="Weights times 10 before batch norm (ε = 0) leave the output as it is and make the gradient"
    " for them 0.1 times as large. Scaling a single example instead does change the output.",
    zh="Batch Norm（ε = 0）之前的权重乘以 10，输出不变，"
    "权重的梯度变为 0.1 倍；而只缩放单个样本，输出会改变。",
    notes="2.7",
    on=BATCH_NORM,
    misconceptions=[
        Misconception(
            "as-without-normalisation",
            Layer(
                identity_layer.implementation,
                lambda g, _c: batch_norm_backward(g, _c)._replace(x=g),
            ),
            Text(
                "The layer is thought to grow with its weights, as a plain layer does.",
                "以为像普通层那样，输出随权重一起放大。",
            ),
        ),
        Misconception(
            "divides-by-the-variance",
            Layer(divides_by_the_variance.implementation, batch_norm_backward),
            divides_by_the_variance.why,
            notes="2.3",
        ),
        Misconception(
            "each-example",
            Layer(each_example.implementation, batch_norm_backward),
            each_example.why,
        ),
        Misconception(
            "gradient-does-not-shrink",
            Layer(
                batch_norm,
                lambda g, c: batch_norm_backward(g, c)._replace(
                    x=batch_norm_backward(g, c).x * c.standardized.deviation
                ),
            ),
            Text(
                "As the output does not change, the gradient is thought not to change either.",
                "以为输出不变，梯度也就不变。",
            ),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3.3", "Ba, Kiros & Hinton 2016, section 5.1, table 1"],
    quantities=[gradient_share],
)
def weight_scale(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Scale one unit's weights by 10, another's by 1, then one example by 10."""
    x, w, g = rng.normal(size=(6, 4)), rng.normal(size=(4, 2)), rng.normal(size=(6, 2))
    outputs, gradients = [], []
    for scale in (array(1, 1), array(10, 1)):
        output, cache = layer.forward(x @ (w * scale), array(1.5, 2), array(3, 1), epsilon=0.0)
        outputs.append(output)
        gradients.append(x.T @ layer.backward(g, cache).x)
    yield equals("BN(x 10w) - BN(x w) + 1, ε = 0", outputs[1] - outputs[0] + 1, 1.0, ROUNDING)
    yield equals("BN(x 10w) / BN(x w), of one place", outputs[1][0] / outputs[0][0], 1.0, ROUNDING)
    ratio = gradients[1] / gradients[0]
    yield equals("∂L/∂(10w) / ∂L/∂w", ratio[:, 0], 0.1, ROUNDING)
    yield equals("the same of the unit beside it", ratio[:, 1], 1.0, ROUNDING)
    louder = x * array(10, 1, 1, 1, 1, 1)[:, None]
    output, _ = layer.forward(louder @ w, array(1.5, 2), array(3, 1), epsilon=0.0)
    yield exceeds("|BN(10 x₁) - BN(x₁)|", np.max(np.abs(output[0] - outputs[0][0])), 0.01)

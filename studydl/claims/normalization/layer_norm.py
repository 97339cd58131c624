"""Layer norm: its values, its backward pass, what it learns, and what it does not see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._experiments import drowned_features
from studydl.claims.normalization._wrong_batch_norm import Layer
from studydl.claims.normalization._wrong_layer_norm import (
    constant_statistics,
    forgets_the_gain,
    gain_for_each_example,
    last_axis_only,
    means_over_the_batch,
    no_normalisation,
    one_gain_for_all,
    over_the_batch,
    unbiased_deviation,
    wrong_backward,
)
from studydl.claims.normalization.oracle import (
    Array,
    array,
    norm_by_groups,
    slopes,
    smooth_norm,
)
from studydl.language import Text
from studydl.nn.normalization import (
    Count,
    layer_norm,
    layer_norm_backward,
    layer_norm_count,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["gradient", "invariances", "learns_by_feature", "unlike_features", "value"]

_BA = "Ba, Kiros & Hinton 2016, section 3"
_BA_TABLE = "Ba, Kiros & Hinton 2016, section 5.1, table 1"


@claim(
    "normalization.layer-norm-value",
    en="Layer norm takes mean and variance of each example over its own features: the features"
    " 0, 0, 4, 4 become -1, -1, 1, 1, alone or in any batch; in a convolutional layer it takes"
    " them over channels, height and width together.",
    zh="Layer Norm 对每个样本沿它自己的各特征求均值和方差：特征 0、0、4、4 变成 -1、-1、1、1，"
    "单独一个样本或放在任何 batch 里都一样；在卷积层则对通道、高、宽一起求。",
    notes="2.4",
    on=layer_norm,
    misconceptions=[over_the_batch, gain_for_each_example, unbiased_deviation, last_axis_only],
    sources=[_BA],
)
def value(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure one example by heart, three shapes by fractions, and one example in company."""
    output, _ = norm(array(0, 0, 4, 4)[None], np.ones(4), np.zeros(4), epsilon=0.0)
    yield equals("LN(0, 0, 4, 4)", output[0], array(-1, -1, 1, 1), EXACT)
    epsilon = 0.3
    for shape, features in (((3, 4), (4,)), ((2, 3, 4), (4,)), ((2, 3, 2, 2), (3, 2, 2))):
        x = rng.normal(size=shape) + rng.normal(size=(shape[0], *[1] * (len(shape) - 1)))
        gain, shift = rng.uniform(1, 2, features), rng.uniform(-1, 1, features)
        output, _ = norm(x, gain, shift, epsilon=epsilon)
        inner = list(np.ndindex(features))
        outer = list(np.ndindex(shape[: len(shape) - len(features)]))
        groups = [[(*one, *other) for other in inner] for one in outer]
        expected = norm_by_groups(x, groups, epsilon) * gain + shift
        yield equals(f"γ (x - μ)/√(σ² + ε) + β, {shape}", output, expected, ROUNDING)
        others = np.concatenate([x[:1], 100 * x[1:] ** 2])
        again, _ = norm(others, gain, shift, epsilon=epsilon)
        yield equals(f"LN(x₁) in other company, {shape}", again[0], output[0], EXACT)
    small = array(1, 1, -1, -1)[None] * math.sqrt(1e-5)
    output, _ = norm(small, np.ones(4), np.zeros(4))
    yield equals("E[x̂²] at σ² = 1e-5, ε by default", np.mean(output**2), 0.5, ROUNDING)


class _Learnt(NamedTuple):
    """A layer with the count of its numbers."""

    counted: Callable[..., Count]
    forward: Callable[..., Any]
    backward: Callable[..., Any]


_LEARNT = _Learnt(layer_norm_count, layer_norm, layer_norm_backward)


@claim(
    "normalization.layer-norm-learns-by-feature",
    en="Layer norm computes one mean and one variance an example (a time step of it in a"
    " sequence), but learns gain and shift by feature: at width 512 it learns 1024 numbers whether"
    " the batch is 8 or 32 and the sequence 10 steps long, while its statistics number 16, 64 and"
    " 160.",
    zh="Layer Norm 为每个样本（序列中则是每个样本的每个时间步）各算一个均值和一个方差，"
    "但缩放和平移按特征学习：宽度 512 时，无论 batch 是 8 还是 32、序列是否有 10 步，"
    "都只学 1024 个数；统计量则分别有 16、64 和 160 个。",
    notes="2.4",
    on=_LEARNT,
    misconceptions=[
        Misconception(
            "learns-for-each-example",
            _LEARNT._replace(
                counted=lambda shape: Count(2 * shape[0], 2 * shape[0]),
                forward=gain_for_each_example.implementation,
            ),
            Text(
                "The notes give a batch as many γ and β as it has examples.",
                "笔记说一个 batch 有 batch 个 γ、β。",
            ),
            notes="2.4",
        ),
        Misconception(
            "learns-for-each-step",
            _LEARNT._replace(
                counted=lambda shape: Count(2 * math.prod(shape[:-1]), 2 * math.prod(shape[1:])),
                backward=lambda g, cache: layer_norm_backward(g, cache)._replace(
                    gain=np.sum(g * cache.standardized.values, axis=0), shift=np.sum(g, axis=0)
                ),
            ),
            Text(
                "Every time step is thought to have its own gain, as it has its own statistics.",
                "以为每个时间步有自己的统计量，也就有自己的 γ、β。",
            ),
        ),
        Misconception(
            "counts-like-batch-norm",
            _LEARNT._replace(
                counted=lambda shape: Count(2 * shape[-1], 2 * shape[-1]),
                forward=over_the_batch.implementation,
            ),
            Text(
                "Layer norm is thought to hold the statistics of batch norm.",
                "以为 Layer Norm 的统计量与 Batch Norm 一样按特征计。",
            ),
            notes="2.2",
        ),
    ],
    sources=[_BA, "Ba, Kiros & Hinton 2016, section 3.1"],
)
def learns_by_feature(layer: _Learnt, rng: Generator) -> Iterator[Measurement]:
    """Count, then see which numbers a gain multiplies and how many get a gradient."""
    for shape, statistics in (((8, 512), 16), ((32, 512), 64), ((8, 10, 512), 160)):
        count = layer.counted(shape)
        yield equals(f"learnt, {shape}", count.learnt, 1024.0, EXACT)
        yield equals(f"statistics, {shape}", count.statistics, float(statistics), EXACT)
    count = layer.counted((8, 3, 4, 4))
    yield equals("learnt, (8, 3, 4, 4)", count.learnt, 96.0, EXACT)
    yield equals("statistics, (8, 3, 4, 4)", count.statistics, 16.0, EXACT)
    x, gain = rng.normal(size=(2, 5, 3)), array(2, 3, 5)
    plain, _ = layer.forward(x, np.ones(3), np.zeros(3))
    output, cache = layer.forward(x, gain, np.zeros(3))
    yield equals("LN at γ / LN at 1", output / plain, np.broadcast_to(gain, x.shape), ROUNDING)
    back = layer.backward(plain, cache)
    yield equals("∂L/∂γ = Σ g x̂", back.gain, np.sum(plain**2, axis=(0, 1)), ROUNDING)
    yield equals("∂L/∂β = Σ g", 5 + back.shift, 5 + np.sum(plain, axis=(0, 1)), ROUNDING)


@claim(
    "normalization.layer-norm-gradient",
    en="The gradient of layer norm has batch norm's form, with means over the features of one"
    " example instead of over the batch: no gradient passes between examples, while those of γ and"
    " β add up over the batch.",
    zh="Layer Norm 的梯度与 Batch Norm 形式相同，只是均值沿单个样本的特征求，而不是沿 batch 求："
    "样本之间没有梯度往来，而 γ、β 的梯度在 batch 上累加。",
    notes="2.4",
    on=Layer(layer_norm, layer_norm_backward),
    misconceptions=[
        wrong_backward(
            "constant-statistics",
            "Mean and deviation look like constants.",
            "把均值和标准差看成常数。",
            constant_statistics,
        ),
        wrong_backward(
            "forgets-the-gain",
            "The gradient goes back past the gain γ.",
            "反向传播漏乘了 γ。",
            forgets_the_gain,
        ),
        wrong_backward(
            "means-over-the-batch",
            "Batch norm's backward pass is taken over as it is.",
            "照搬 Batch Norm 的反向传播。",
            means_over_the_batch,
        ),
        wrong_backward(
            "one-gain-for-all",
            "As there is one mean an example, there is thought to be a single gain.",
            "既然每个样本只有一个均值，就以为只有一个 γ。",
            one_gain_for_all,
        ),
    ],
    sources=[_BA, "Ioffe & Szegedy 2015, section 3, after algorithm 1"],
)
def gradient(layer: Layer, rng: Generator) -> Iterator[Measurement]:
    """Differentiate a formula of the verifier's own by complex steps, in three shapes."""
    epsilon = 0.3
    for shape, features in (((3, 4), (4,)), ((2, 3, 4), (4,)), ((2, 2, 3, 2), (2, 3, 2))):
        x, g = rng.normal(size=shape) * 2 + 1, rng.normal(size=shape)
        gain, shift = rng.uniform(1, 2, features), rng.uniform(-1, 1, features)
        axes = tuple(range(len(shape) - len(features), len(shape)))

        def loss(x: Any, gain: Any, shift: Any) -> Any:
            y = gain * smooth_norm(x, axes, epsilon) + shift  # noqa: B023 - called in this round
            return (g * y).sum()  # noqa: B023 - likewise

        _, cache = layer.forward(x, gain, shift, epsilon=epsilon)
        by_steps = (
            slopes(lambda v: loss(v, gain, shift), x),  # noqa: B023 - likewise
            slopes(lambda v: loss(x, v, shift), gain),  # noqa: B023 - likewise
            slopes(lambda v: loss(x, gain, v), shift),  # noqa: B023 - likewise
        )
        for part, got, expected in zip("xγβ", layer.backward(g, cache), by_steps, strict=True):
            yield equals(f"1 + ∂L/∂{part}, {shape}", 1 + got, 1 + expected, COMPLEX_STEP)
    only_first = np.zeros((3, 4))
    only_first[0] = rng.normal(size=4)
    _, cache = layer.forward(rng.normal(size=(3, 4)), np.ones(4), np.zeros(4))
    back = layer.backward(only_first, cache).x
    yield equals("∂L₁/∂x of the other examples", back[1:], np.zeros((2, 4)), EXACT)
    yield exceeds("|∂L₁/∂x₁|", np.max(np.abs(back[0])), 1e-3)


def pre_norm(norm: Callable[..., Any], z: Array) -> Array:
    """Return z, normalised with gain 1, shift 0 and no epsilon."""
    units = z.shape[1]
    return np.asarray(norm(z, np.ones(units), np.zeros(units), epsilon=0.0)[0])


@claim(
    "normalization.layer-norm-invariances",
    en="Layer norm (ε = 0) does not see an example times 10 or plus a constant, nor the whole"
    " weight matrix times 10; one unit's weights times 10 it does see, which batch norm does not.",
    zh="Layer Norm（ε = 0）对单个样本乘以 10 或加上常数不变，对整个权重矩阵乘以 10 也不变；"
    "但只把一个单元的权重乘以 10，输出会变，而 Batch Norm 不会。",
    notes="2.4",
    on=layer_norm,
    misconceptions=[
        Misconception("same-as-batch-norm", over_the_batch.implementation, over_the_batch.why),
        no_normalisation,
        Misconception(
            "only-centres",
            lambda x, gain, shift, *, epsilon=1e-5: (
                (x - np.mean(x, axis=-1, keepdims=True)) * gain + shift,
                epsilon,
            ),
            Text(
                "Taking the mean away is thought to be enough.",
                "以为减去均值就够了。",
            ),
        ),
    ],
    sources=[_BA_TABLE],
)
def invariances(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Scale and move one example, all weights, and one unit's weights."""
    x, w = rng.normal(size=(4, 3)), rng.normal(size=(3, 5))
    z = x @ w
    plain = pre_norm(norm, z)
    first = array(10, 1, 1, 1)[:, None]
    yield equals(
        "LN(10 x₁) / LN(x₁), ε = 0", pre_norm(norm, (first * x) @ w) / plain, 1.0, ROUNDING
    )
    offset = np.where(first > 1, 3.0, 0.0)
    yield equals("2 + LN(z + 3) = 2 + LN(z)", 2 + pre_norm(norm, z + offset), 2 + plain, ROUNDING)
    yield equals("LN(x 10W) / LN(x W)", pre_norm(norm, x @ (10 * w)) / plain, 1.0, ROUNDING)
    one_unit = pre_norm(norm, x @ (w * array(10, 1, 1, 1, 1)))
    yield exceeds("|LN(10 w₁) - LN(w₁)|", np.max(np.abs(one_unit - plain)), 0.01)


@claim(
    "normalization.layer-norm-unlike-features",
    en="Layer norm lets a feature of another kind drown the rest: beside a feature of 1000, the"
    " features 1 and -1 come out only 0.005 apart instead of 2. Batch norm keeps features apart.",
    zh="Layer Norm 会让量级迥异的特征淹没其余特征：旁边有一个 1000 时，"
    "特征 1 与 -1 归一化后只差 0.005，而不是 2。Batch Norm 则各特征互不影响。",
    notes="2.4",
    on=layer_norm,
    misconceptions=[
        Misconception("each-feature-by-itself", over_the_batch.implementation, over_the_batch.why),
        no_normalisation,
        Misconception(
            "rescales-by-the-middle",
            lambda x, gain, shift, *, epsilon=1e-5: (
                (x - np.median(x, axis=-1, keepdims=True)) * gain + shift,
                epsilon,
            ),
            Text(
                "One odd feature is thought not to matter for the others.",
                "以为一个异常的特征不影响其他特征。",
            ),
        ),
    ],
    sources=["Ba, Kiros & Hinton 2016, section 6.7"],
    experiments=[drowned_features],
)
def unlike_features(norm: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Measure the distance of two features, with and without a loud one beside them."""
    quiet = pre_norm(norm, array(1, -1, 1, -1)[None])[0]
    yield equals("LN(1) - LN(-1), alone", quiet[0] - quiet[1], 2.0, ROUNDING)
    loud = pre_norm(norm, array(1, -1, 1, -1, 1000)[None])[0]
    variance = ((1 - 200) ** 2 * 2 + (-1 - 200) ** 2 * 2 + 800**2) / 5
    expected = 2 / math.sqrt(variance)
    yield equals("LN(1) - LN(-1) beside 1000", loud[0] - loud[1], expected, ROUNDING)

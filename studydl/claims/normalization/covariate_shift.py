"""Internal covariate shift: what moves during training, how it adds up, and what saturates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._experiments import changes_through_layers
from studydl.claims.normalization._network import PLAIN, Problem, draw, forward, gradients
from studydl.claims.normalization._quantities import signal_factor
from studydl.claims.normalization.frame import normed
from studydl.claims.normalization.oracle import Array, array
from studydl.language import Text
from studydl.nn.normalization import batch_norm
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["compounding", "covariate_shift", "saturation", "signal_by_depth"]

_IOFFE = "Ioffe & Szegedy 2015, section 1 and section 2"
_GOODFELLOW = "Goodfellow et al. 2016, section 8.7.1"


class _Training(NamedTuple):
    """How weights move in training, and what they make of inputs at a hidden layer."""

    train: Callable[[Problem], list[Array]]
    layer_input: Callable[[Array, list[Array]], Array]


def _trained(problem: Problem) -> list[Array]:
    weights = list(problem.weights)
    biases = [np.zeros((len(w), 1, w.shape[2])) for w in weights]
    for _ in range(60):
        outputs, caches = forward(PLAIN, problem.x, weights, biases)
        error = outputs[-1] - problem.target
        for_weights, for_biases = gradients(PLAIN, error, outputs, caches, weights)
        weights = [w - 0.1 * g for w, g in zip(weights, for_weights, strict=True)]
        biases = [b - 0.1 * g for b, g in zip(biases, for_biases, strict=True)]
    return weights


def _third_input(x: Array, weights: list[Array]) -> Array:
    return np.asarray(np.tanh(np.tanh(x @ weights[0]) @ weights[1]))


def _coupled(x: Array, weights: list[Array]) -> Array:
    hidden = _third_input(x, weights)
    return np.asarray(hidden - hidden.mean(axis=1, keepdims=True))


@claim(
    "normalization.covariate-shift",
    en="Internal covariate shift is a change of distribution: while the layers below train, a"
    " layer's inputs move by more than 0.3 of their own deviation. They do not stop being i.i.d. at"
    " any moment: other examples change an example's layer input by 0, before and after training.",
    zh="内部协变量偏移（Internal Covariate Shift）是分布的变化：下层训练时，某层的输入移动了"
    "自身标准差的 0.3 以上。但在任一时刻它们仍是独立同分布的："
    "无论训练前后，别的样本对某个样本的层输入的影响都是 0。",
    notes="2.1",
    on=_Training(_trained, _third_input),
    misconceptions=[
        Misconception(
            "examples-become-dependent",
            _Training(_trained, _coupled),
            Text(
                "The notes say that the inputs of a neuron are no longer i.i.d.",
                "笔记说神经元的输入不再满足独立同分布。",
            ),
            notes="2.1",
        ),
        Misconception(
            "inputs-stay-as-they-were",
            _Training(lambda problem: list(problem.weights), _third_input),
            Text(
                "The data are the same throughout, so the inputs of every layer seem to be.",
                "数据一直没变，就以为各层的输入也没变。",
            ),
        ),
        Misconception(
            "the-data-themselves-shift",
            _Training(_trained, lambda x, _: np.tile(x, (1, 1, 3))),
            Text(
                "Covariate shift is taken in its first sense, a change of the data.",
                "理解成数据本身分布变化的“协变量偏移”。",
            ),
        ),
    ],
    sources=[_IOFFE, "Shimodaira 2000, section 1, for covariate shift"],
)
def covariate_shift(training: _Training, rng: Generator) -> Iterator[Measurement]:
    """Train, measure how far a layer's input moved, and swap the other examples at both ends."""
    problem = draw(rng, networks=3, width=6, hidden=3, examples=24)
    before, after = problem.weights, training.train(problem)
    others = problem.x.copy()
    others[:, 1:] = rng.uniform(-1, 1, size=others[:, 1:].shape)
    for name, weights in (("before", before), ("after", after)):
        same = training.layer_input(problem.x, weights)
        swapped = training.layer_input(others, weights)
        change = np.max(np.abs(swapped[:, 0] - same[:, 0]))
        yield equals(f"change by other examples, {name} training", change, 0.0, EXACT)
    old, new = training.layer_input(problem.x, before), training.layer_input(problem.x, after)
    moved = np.sqrt(np.mean((new - old) ** 2, axis=1))
    relative = moved / np.maximum(np.std(old, axis=1), 1e-300)
    yield exceeds("rms change of the layer's input / its deviation", float(np.max(relative)), 0.3)


class _Chain(NamedTuple):
    """The outputs of a chain of units, layer by layer: linear ones, and tanh units."""

    linear: Callable[[float, float, int], Array]
    tanh: Callable[[float, float, int], Array]


def _linear(x: float, weight: float, layers: int) -> Array:
    return array(*(x * math.prod([weight] * (layer + 1)) for layer in range(layers)))


def _saturating(x: float, weight: float, layers: int) -> Array:
    outputs = []
    for _ in range(layers):
        x = float(np.tanh(weight * x))
        outputs.append(x)
    return array(*outputs)


def _added(x: float, weight: float, layers: int) -> Array:
    return array(*(x * (1 + (layer + 1) * (weight - 1)) for layer in range(layers)))


@claim(
    "normalization.small-changes-compound",
    en="Changes of the lower layers can compound: ten linear layers whose weights all grow by 10%"
    " make the tenth output 2.594 times as large. They need not: with ten tanh layers of weight 3"
    " the same growth makes the first output (from an input of 0.1) 1.0934 times as large, the"
    " tenth only 1.00234 times.",
    zh="下层的变化可以逐层累积：十个线性层的权重都增大 10%，第十层的输出就变为 2.594 倍。"
    "但并非必然：十个权重为 3 的 tanh 层同样增大时（输入 0.1），第一层输出变为 1.0934 倍，"
    "第十层只变为 1.00234 倍。",
    notes="2.1",
    on=_Chain(_linear, _saturating),
    misconceptions=[
        Misconception(
            "always-grows-with-depth",
            _Chain(_linear, _linear),
            Text(
                "The notes say that the change becomes ever more drastic towards the top.",
                "笔记说越往后变化越剧烈。",
            ),
            notes="2.1",
        ),
        Misconception(
            "changes-add-up",
            _Chain(_added, _saturating),
            Text(
                "Ten changes of 10% are thought to make 100%.",
                "以为十个 10% 加起来就是 100%。",
            ),
        ),
        Misconception(
            "bounded-from-the-start",
            _Chain(_saturating, _saturating),
            Text(
                "Layers are thought to absorb what happens below them.",
                "以为各层会吸收下层的变化。",
            ),
        ),
    ],
    sources=[_GOODFELLOW, _IOFFE],
    experiments=[changes_through_layers],
)
def compounding(chain: _Chain, _: Generator) -> Iterator[Measurement | Series]:
    """Grow all weights by a tenth, in a linear chain and in one of tanh units."""
    factors = chain.linear(0.5, 1.1, 10) / chain.linear(0.5, 1.0, 10)
    yield equals("factor of layer 10, linear, + 10%", factors[9], 1.1**10, ROUNDING)
    x, more = 0.1, 0.1
    grown = chain.tanh(0.1, 3.3, 10) / chain.tanh(0.1, 3.0, 10)
    expected = []
    for _layer in range(10):
        x, more = math.tanh(3 * x), math.tanh(3.3 * more)
        expected.append(more / x)
    for layer in (1, 10):
        got = grown[layer - 1]
        name = f"factor of layer {layer}, tanh, weight 3, input 0.1"
        yield equals(name, got, expected[layer - 1], ROUNDING)
    layers = np.arange(1, 11)
    yield curve("factor by layer, linear", layers, factors, x_label="layer", y_label="factor")
    yield curve("factor by layer, tanh", layers, grown, x_label="layer", y_label="factor")


def _always_shrinks(x: float, weight: float, layers: int) -> Array:
    return _linear(x, min(weight, 1 / weight), layers)


def _keeps_its_size(x: float, weight: float, layers: int) -> Array:
    return _linear(x, weight / weight, layers)


@claim(
    "normalization.signal-by-depth",
    en="Whether a signal shrinks on its way up is decided by the weights: ten linear layers of"
    " weight 0.5 leave 0.000977 of it, ten of weight 2 make it 1024 times as large.",
    zh="信号向上传递时是否变小由权重决定：十个权重为 0.5 的线性层使它只剩 0.000977，"
    "十个权重为 2 的线性层则使它变为 1024 倍。",
    notes="2.1",
    on=_linear,
    misconceptions=[
        Misconception(
            "always-shrinks",
            _always_shrinks,
            Text(
                "The notes say that what the lower layers hand on tends to become smaller.",
                "笔记说下层输入偏向于变小。",
            ),
            notes="2.1",
        ),
        Misconception(
            "keeps-its-size",
            _keeps_its_size,
            Text(
                "A layer is thought to pass its input on at its size.",
                "以为每一层都原样传递信号的大小。",
            ),
        ),
        Misconception(
            "changes-add-up",
            _added,
            Text(
                "The changes of the layers are added instead of multiplied.",
                "把各层的变化相加，而不是相乘。",
            ),
        ),
    ],
    sources=["Glorot & Bengio 2010, section 4.2.1"],
    quantities=[signal_factor],
)
def signal_by_depth(chain: Callable[..., Array], _: Generator) -> Iterator[Measurement]:
    """Send a signal through ten layers of small and of large weights."""
    for weight, factor in ((0.5, 0.5**10), (2.0, 1024.0)):
        outputs = chain(3.0, weight, 10)
        yield equals(f"signal of layer 10, w = {weight:g}", outputs[9] / 3, factor, ROUNDING)


class _Slopes(NamedTuple):
    """tanh's slopes at pre-activations, as they are and after batch norm."""

    plain: Callable[[Array], Array]
    normalised: Callable[[Array], Array]


def _slope(z: Array) -> Array:
    return np.asarray(1 - np.tanh(z) ** 2)


def _slope_after_norm(z: Array) -> Array:
    return _slope(normed(batch_norm, z))


@misconception(
    "small-inputs-saturate",
    en="The notes let the inputs become small and thereby saturate the layer above.",
    zh="笔记说下层输入趋于变小，使上层进入饱和区。",
    notes="2.1",
)
def small_inputs_saturate(z: Any) -> Any:
    return _slope(1 / z)


@claim(
    "normalization.saturation-by-large-inputs",
    en="Large pre-activations saturate a unit, small ones do not: tanh's slope is 0.990 at ±0.1 and"
    " 0.00987 at ±3. Batch norm takes either pair to ±1, where the slope is 0.420.",
    zh="使单元饱和的是大的预激活值，而不是小的：tanh 的斜率在 ±0.1 处为 0.990，在 ±3 处为 0.00987。"
    "Batch Norm 把两种情形都变成 ±1，那里的斜率为 0.420。",
    notes="2.1",
    on=_Slopes(_slope, _slope_after_norm),
    misconceptions=[
        Misconception(
            "small-inputs-saturate",
            _Slopes(small_inputs_saturate.implementation, _slope_after_norm),
            small_inputs_saturate.why,
            notes="2.1",
        ),
        Misconception(
            "normalising-changes-nothing",
            _Slopes(_slope, _slope),
            Text(
                "Scale is thought not to matter for saturation.",
                "以为输入的尺度与饱和无关。",
            ),
        ),
        Misconception(
            "normalising-undoes-all-saturation",
            _Slopes(_slope, np.ones_like),
            Text(
                "Normalised inputs are thought to see the slope 1 only.",
                "以为归一化后斜率总是 1。",
            ),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 1", "Glorot & Bengio 2010, section 3"],
)
def saturation(layer: _Slopes, _: Generator) -> Iterator[Measurement]:
    """Measure both slopes at a small and at a large pair."""
    for size in (0.1, 3.0):
        z = array(size, -size)
        yield equals(f"tanh'(±{size:g})", layer.plain(z), math.cosh(size) ** -2, ROUNDING)
        expected = math.cosh(1) ** -2
        yield equals(f"tanh'(BN(±{size:g})), at ±1", layer.normalised(z), expected, ROUNDING)

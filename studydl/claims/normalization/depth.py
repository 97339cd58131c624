"""Activations and gradients through many layers at initialisation, with and without batch norm."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization._network import BATCH, PLAIN, Normalizer
from studydl.language import Text
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.claims.normalization.oracle import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["gradients_explode", "scale_by_depth"]


def centred(z: Array) -> tuple[Array, Any]:
    """Take the mean away and leave the scale."""
    return z - z.mean(axis=1, keepdims=True), None


ONLY_CENTRES = Misconception(
    "only-centres",
    Normalizer(centred, lambda g, _: g - g.mean(axis=1, keepdims=True)),
    Text("Taking the mean away is thought to be what helps.", "以为起作用的是减去均值。"),
)
NOTHING = Misconception(
    "without-normalisation",
    PLAIN,
    Text("The initial scale is thought not to matter.", "以为初始尺度无关紧要。"),
)
CONSTANT_STATISTICS = Misconception(
    "constant-statistics",
    Normalizer(BATCH.forward, lambda g, cache: np.asarray(g / cache.deviation)),
    Text("Mean and deviation look like constants.", "把均值和标准差看成常数。"),
)
HALVES = Misconception(
    "halves-the-scale",
    Normalizer(
        lambda z: (0.5 * BATCH.forward(z)[0], BATCH.forward(z)[1]),
        lambda g, cache: 0.5 * BATCH.backward(g, cache),
    ),
    Text(
        "Any bounded output is thought to do, whatever its deviation.",
        "以为只要输出有界就行，标准差是多少无所谓。",
    ),
)


def tanh_scales(norm: Normalizer, h: Array, weights: list[Array]) -> Array:
    """Return the root mean square of the pre-activations that each tanh layer is given."""
    scales = []
    for w in weights:
        z, _ = norm.forward(h @ w)
        scales.append(math.sqrt(float(np.mean(z**2))))
        h = np.tanh(z)
    return np.array(scales)


@claim(
    "normalization.scale-by-depth",
    en="Batch norm keeps activations in range at any initial scale: through 20 tanh layers whose"
    " weights are half as large as they should be, the pre-activations shrink below 1e-4, with"
    " batch norm they have deviation 1 in every layer, for these weights and for any multiple of"
    " them.",
    zh="Batch Norm 使激活值在任何初始尺度下都保持在合理范围："
    "20 个 tanh 层、权重只有应有大小的一半时，"
    "预激活值缩小到 1e-4 以下；有 Batch Norm 时每层的标准差都是 1，权重放大任意倍也一样。",
    notes="2.7",
    on=BATCH,
    misconceptions=[NOTHING, ONLY_CENTRES, HALVES],
    sources=["Ioffe & Szegedy 2015, section 1 and section 3.3"],
)
def scale_by_depth(norm: Normalizer, rng: Generator) -> Iterator[Measurement | Series]:
    """Measure the scale in every layer, at half the weights and at ten times those."""
    depth, width = 20, 24
    h = rng.normal(size=(1, 32, width))
    weights = list(0.5 * rng.normal(size=(depth, 1, width, width)) / math.sqrt(width))
    plain, layers = tanh_scales(PLAIN, h, weights), np.arange(1, depth + 1)
    yield stays_below("rms of z in layer 20, plain, 0.5 w", plain[-1], 1e-4)
    for factor in (1, 10):
        scales = tanh_scales(norm, h, [factor * w for w in weights])
        yield equals(f"rms of z, 20 layers, {factor / 2:g} w", scales, 1.0, ROUNDING)
    for name, values in (("plain", plain), ("normalised", scales)):
        logs = np.log10(np.maximum(values, 1e-300))
        yield curve(f"scale by depth, {name}", layers, logs, x_label="layer", y_label="log₁₀ rms z")


def relu_gradients(norm: Normalizer, h: Array, weights: list[Array], g: Array) -> Array:
    """Return the root mean square of the gradient at every layer's input, the first layer first."""
    active, caches = [], []
    for w in weights:
        z, cache = norm.forward(h @ w)
        active.append(z > 0)
        caches.append(cache)
        h = np.maximum(z, 0)
    sizes = []
    for w, on, cache in zip(weights[::-1], active[::-1], caches[::-1], strict=True):
        g = norm.backward(g * on, cache) @ w.mT
        sizes.append(math.sqrt(float(np.mean(g**2))))
    return np.array(sizes[::-1])


@claim(
    "normalization.gradients-explode-with-depth",
    en="In very deep plain networks batch norm itself makes gradients explode: through 50 ReLU"
    " layers of batch norm the gradient grows more than 100 times on its way back, while He's"
    " initialisation without batch norm keeps it within a factor of 50. Weights too small by half,"
    " which leave a plain network less than 1e-8 of the gradient, do not matter with batch norm.",
    zh="在很深的普通网络中，Batch Norm 本身会使梯度爆炸：穿过 50 个带 Batch Norm 的 ReLU 层，"
    "梯度回传时增大 100 倍以上；而不用 Batch Norm 的 He 初始化，变化在 50 倍以内。"
    "权重小一半会使普通网络的梯度只剩不到 1e-8，有 Batch Norm 时则无影响。",
    notes="2.7",
    on=BATCH,
    misconceptions=[
        NOTHING,
        ONLY_CENTRES,
        Misconception(
            "keeps-gradients-in-range",
            Normalizer(
                BATCH.forward,
                lambda g, cache: np.asarray(
                    BATCH.backward(g, cache)
                    * np.sqrt(
                        np.sum(g**2) / np.maximum(np.sum(BATCH.backward(g, cache) ** 2), 1e-300)
                    )
                ),
            ),
            Text(
                "The notes say that the gradient is kept in a reasonable range.",
                "笔记说梯度会保持在合理范围。",
            ),
            notes="2.7",
        ),
    ],
    sources=["Yang et al. 2019, section 1", "He, Zhang, Ren & Sun 2015, section 2.2"],
)
def gradients_explode(norm: Normalizer, rng: Generator) -> Iterator[Measurement | Series]:
    """Send a gradient back through 50 layers, normalised, by He's weights, and by half of those."""
    depth, width = 50, 32
    h, g = rng.normal(size=(2, 1, 48, width))
    weights = list(rng.normal(size=(depth, 1, width, width)) * math.sqrt(2 / width))
    normalised = relu_gradients(norm, h, weights, g)
    halved = relu_gradients(norm, h, [0.5 * w for w in weights], g)
    he, small = (relu_gradients(PLAIN, h, [s * w for w in weights], g) for s in (1.0, 0.5))
    last = max(float(normalised[-1]), 1e-300)
    yield exceeds("|∂L/∂h₀| / |∂L/∂h₄₉|, batch norm, 50 layers", normalised[0] / last, 100)
    yield stays_below("the same, He, no batch norm", he[0] / he[-1], 50)
    yield stays_below("the same, half of He, no batch norm", small[0] / small[-1], 1e-8)
    both = np.array([halved[-1], last]) / np.maximum(np.array([halved[0], normalised[0]]), 1e-300)
    yield equals("the same, batch norm, half of He / He", both[0] / both[1], 1.0, ROUNDING)
    layers = np.arange(1, depth + 1)
    for name, values in (("batch norm", normalised), ("He", he), ("half of He", small)):
        logs = np.log10(np.maximum(values, 1e-300))
        yield curve(
            f"gradient by depth, {name}", layers, logs, x_label="layer", y_label="log₁₀ |g|"
        )

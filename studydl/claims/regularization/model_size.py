"""What the number of weights, units and layers limits, and what it does not (notes 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization._exact import Array, fitted, spread
from studydl.claims.regularization._experiments import test_error_by_size
from studydl.claims.regularization._wrong_fits import (
    half_the_features,
    one_by_one,
    penalised,
)
from studydl.nn import regularization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_most, curve, equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["double_descent", "memorised_noise", "model_size", "relu_pieces"]


@claim(
    "regularization.memorised-noise",
    en="A linear model of d weights fits d of N directions of the labels whatever they are: of"
    " labels that are pure noise it explains the share d/N of the training error, 0.25 with 2"
    " weights for 8 examples, 0.75 with 6 and all of it, 1, with 8.",
    zh="有 d 个权重的线性模型，不管标签是什么，都能拟合 N 个标签方向中的 d 个："
    "标签纯属噪声时，它能解释的训练误差占 d/N："
    "8 个样本配 2 个权重时为 0.25，6 个时为 0.75，8 个时则全部，即 1。",
    notes="3.2",
    on=nn.least_squares,
    misconceptions=[penalised, one_by_one, half_the_features],
    sources=["Zhang et al. 2017, section 2", "Hastie et al. 2009, section 7.6"],
)
def memorised_noise(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the share by the hat matrix, which answers to every label at once."""
    x = rng.normal(size=(8, 8)) + 3 * np.eye(8)
    for weights in (2, 6, 8):
        inputs = x[:, :weights]
        left = spread(np.eye(8) - inputs @ fit(inputs, np.eye(8))) / 8
        name = f"share of noise explained, d = {weights}, N = 8"
        yield equals(name, 1 - left, weights / 8, ROUNDING)


def risk(
    fit: Callable[..., Any],
    rng: Generator,
    truth: Array,
    sizes: tuple[int, ...],
    examples: int,
    draws: int,
) -> dict[int, float]:
    """Return the test error of the first d features at unit noise, by size d.

    The mean over the noise is exact, from what the fit answers to unit labels. Over the inputs it
    is the median: with about as many weights as examples the mean is infinite.
    """
    errors: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(draws):
        x = rng.normal(size=(examples, len(truth)))
        for size in sizes:
            answers = fit(x[:, :size], np.eye(examples))
            weights = np.zeros_like(truth)
            weights[:size] = answers @ (x @ truth)
            errors[size].append(1 + spread(weights - truth) + spread(answers))
    return {size: float(np.median(each)) for size, each in errors.items()}


@misconception(
    "smaller-is-safer",
    en="A smaller model overfits less, so the smallest is thought to be the safest.",
    zh="模型越小越不容易过拟合，于是以为最小的模型最保险。",
    notes="3.2",
)
def smallest(x: Any, y: Any) -> Any:
    """Use two features, however many there are."""
    weights = nn.least_squares(x[:, :2], y)
    return np.concatenate([weights, np.zeros((x.shape[1] - 2, *weights.shape[1:]))])


@misconception(
    "larger-always-overfits",
    en="A model with more weights than examples fits them perfectly, so it is thought to be"
    " useless for new ones.",
    zh="权重多于样本的模型能完全拟合样本，于是以为它对新样本毫无用处。",
    notes="3.2",
)
def larger_overfits(x: Any, y: Any) -> Any:
    """Fit with as many features as there are examples at most: the worst of them."""
    used = min(x.shape)
    weights = nn.least_squares(x[:, :used], y)
    return np.concatenate([weights, np.zeros((x.shape[1] - used, *weights.shape[1:]))])


@claim(
    "regularization.model-size",
    en="A smaller model is better only down to a point: with 16 examples of a target that depends"
    " on 6 features, each of weight 3, and unit noise, models of 2 and of 16 features both have"
    " more than 5 times the test error of the model of 6, in the median over the inputs.",
    zh="模型并非越小越好：目标由 6 个特征决定（权重都是 3）、样本有 16 个、噪声方差为一时，"
    "用 2 个特征和用 16 个特征的模型，测试误差（对输入取中位数）都超过用 6 个特征时的 5 倍。",
    notes="3.2",
    on=nn.least_squares,
    misconceptions=[smallest, penalised, half_the_features],
    sources=["Hastie, Tibshirani & Friedman 2009, sections 7.2 and 7.3"],
)
def model_size(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Fit nested models to many samples; inputs are standard normal, so the error is exact."""
    truth = np.where(np.arange(16) < 6, 3.0, 0.0)
    sizes = (2, 4, 6, 8, 10, 12, 14, 16)
    errors = risk(fit, rng, truth, sizes, examples=16, draws=50)
    yield exceeds("test error, d = 2 / d = 6, N = 16, weights 3", errors[2] / errors[6], 5.0)
    yield exceeds("test error, d = 16 / d = 6, N = 16", errors[16] / errors[6], 5.0)
    yield curve("test error", sizes, [errors[d] for d in sizes], x_label="d", y_label="E")


@claim(
    "regularization.double-descent",
    en="The test error does not rise for ever with the size of a model: with 16 examples it peaks"
    " around 16 weights and falls beyond, where of all perfect fits the shortest is taken: in the"
    " median over the inputs it is more than 3 times as large at 16 as at 4, 10, 30 or 100.",
    zh="测试误差并不会随模型增大一直上升：样本有 16 个时，它在 16 个权重附近达到峰值，"
    "之后（在所有完美拟合中取最短的那个）又会下降："
    "对输入取中位数，16 个权重时的误差是 4、10、30 或 100 个权重时的 3 倍以上。",
    notes="3.2",
    on=nn.least_squares,
    misconceptions=[larger_overfits, penalised, one_by_one],
    sources=["Belkin, Hsu, Ma & Mandal 2019, figure 1", "Belkin, Hsu & Xu 2020, theorem 1"],
    experiments=[test_error_by_size],
)
def double_descent(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Fit nested models to a target that needs all of 100 features a little.

    Beyond 16 weights the labels are fitted perfectly, by weights that the inputs span.
    """
    x = rng.normal(size=(16, 30))
    answers = fit(x, np.eye(16))
    yield equals("Xw - y + 1, d = 30, N = 16", x @ answers - np.eye(16) + 1, 1.0, ROUNDING)
    spanned = x.T @ fitted(x @ x.T, x @ answers)
    apart = 1 + spread(answers - spanned)
    yield equals("1 + |w - shortest w|², d = 30", apart, 1.0, ROUNDING)
    truth = np.full(100, 0.2)
    sizes = (4, 10, 16, 30, 100)
    errors = risk(fit, rng, truth, sizes, examples=16, draws=60)
    for other in (4, 10, 30, 100):
        name = f"test error, d = 16 / d = {other}, N = 16"
        yield exceeds(name, errors[16] / errors[other], 3.0)
    yield curve("test error", sizes, [errors[d] for d in sizes], x_label="d", y_label="E")


@misconception(
    "no-activation",
    en="Without activations layers add capacity too, it seems; they remain one straight line.",
    zh="以为不加激活函数、只增加层数也能提高能力；其实始终是一条直线。",
)
def no_activation(x: Any, layers: Any) -> Any:
    """Multiply only."""
    for weights, biases in layers:
        x = x @ np.asarray(weights) + np.asarray(biases)
    return x


@misconception(
    "only-the-first-layer-bends",
    en="The bends of the first hidden layer are thought to be all there are, however deep.",
    zh="以为无论多深，折点都只来自第一个隐藏层。",
)
def only_first_bends(x: Any, layers: Any) -> Any:
    """Apply ReLU in the first layer only."""
    first = np.maximum(no_activation.implementation(x, layers[:1]), 0.0)
    return no_activation.implementation(first, layers[1:])


@misconception(
    "bends-everywhere",
    en="A smooth activation bends at every input, so that pieces cannot be counted.",
    zh="光滑的激活函数处处弯曲，谈不上有多少段。",
)
def bends_everywhere(x: Any, layers: Any) -> Any:
    """Take the softplus for ReLU."""
    for weights, biases in layers[:-1]:
        x = np.logaddexp(0.0, x @ np.asarray(weights) + np.asarray(biases))
    return no_activation.implementation(x, layers[-1:])


def pieces(network: Callable[..., Any], layers: list[Any]) -> float:
    """Return the number of linear pieces on [0, 1], all bends and values being multiples of 1/64.

    Every product is then exact, so that a second difference is 0 unless the network bends there.
    """
    x = np.arange(65)[:, None] / 64
    y = network(x, layers)[:, 0]
    bends: Any = np.sum(np.abs(np.diff(y, 2)) > 0) + np.sum(np.isnan(y))
    return float(bends) + 1


@claim(
    "regularization.relu-pieces",
    en="Few units and few layers do limit what a ReLU network can follow: of one input, 3 hidden"
    " units make at most 4 linear pieces. Layers can limit more than units: folding by two units a"
    " layer makes 2 pieces with 1 hidden layer, but 16 with 4.",
    zh="单元少、层数少确实限制 ReLU 网络的拟合能力：输入为一维时，3 个隐藏单元最多形成 4 个线性段。"
    "层数的限制可能比单元数更强：每层用两个单元对折，1 个隐藏层形成 2 段，4 个隐藏层则形成 16 段。",
    notes="3.2",
    on=nn.relu_network,
    misconceptions=[no_activation, only_first_bends, bends_everywhere],
    sources=["Montúfar, Pascanu, Cho & Bengio 2014, section 3", "Telgarsky 2016"],
)
def relu_pieces(network: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Count the pieces of networks whose bends lie on a grid, and of folded tents."""
    for _ in range(10):
        steepness = rng.choice([-2.0, -1.0, 1.0, 2.0], size=3)
        places = rng.choice(np.arange(1.0, 32.0), size=3, replace=False) / 32
        first = steepness[None, :], -steepness * places
        last = rng.choice([-3.0, -1.0, 2.0], size=(3, 1)), np.zeros(1)
        yield at_most("pieces, 3 hidden units", pieces(network, [first, last]), 4.0, EXACT)
        yield equals(
            "pieces, 3 units, no two bends cancel", pieces(network, [first, last]), 4, EXACT
        )
    tent = [[2.0, 4.0]], [0.0, -2.0]
    folded = [[2.0, 4.0], [-2.0, -4.0]], [0.0, -2.0]
    out = [[1.0], [-1.0]], [0.0]
    for depth in (1, 4):
        layers = [tent, *[folded] * (depth - 1), out]
        name = f"pieces, 2 units a layer, {depth} hidden"
        yield equals(name, pieces(network, layers), 2.0**depth, EXACT)

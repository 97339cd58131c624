"""Whitening: what it makes of data, what it does not, whether it has a gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization.oracle import Array, array, slopes
from studydl.language import Text
from studydl.nn.normalization import (
    pca_whitening,
    zca_whitening,
    zca_whitening_backward,
)
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["dependent", "gradient", "uncorrelated"]

_IOFFE = "Ioffe & Szegedy 2015, section 2"
_KESSY = "Kessy, Lewin & Strimmer 2018, section 2"
_HUANG = "Huang et al. 2018, section 3.2"


class _Whitenings(NamedTuple):
    """Whitening into the principal axes, and back in the original ones."""

    pca: Callable[..., Any]
    zca: Callable[..., Any]


_WHITENINGS = _Whitenings(pca_whitening, zca_whitening)


def _standardized(x: Array, *, epsilon: float = 0.0) -> Any:
    centred = x - x.mean(axis=0)
    return centred / np.sqrt(np.mean(centred**2, axis=0)), epsilon


def _rotated_only(x: Array, *, epsilon: float = 0.0) -> Any:
    _, cache = pca_whitening(x, epsilon=1e-12 + epsilon)
    return (cache.centred @ cache.axes)[:, ::-1], cache


def _by_variances(x: Array, *, epsilon: float = 0.0) -> Any:
    y, cache = pca_whitening(x, epsilon=epsilon)
    return y / np.sqrt(cache.variances[::-1]), cache


@claim(
    "normalization.whitening-decorrelates",
    en="PCA followed by division by the deviations whitens: every covariance becomes 0 and every"
    " variance 1. Standardising each feature by itself leaves their correlation, here 0.6.",
    zh="先做 PCA 再除以各方向的标准差就是白化：协方差全为 0，方差全为 1。"
    "而各特征单独标准化会保留相关系数，这里是 0.6。",
    notes="2.2",
    on=_WHITENINGS,
    misconceptions=[
        Misconception(
            "standardises-each-feature",
            _Whitenings(_standardized, _standardized),
            Text(
                "Mean 0 and variance 1 of each feature are taken for whitening.",
                "以为各特征均值为 0、方差为 1 就是白化。",
            ),
        ),
        Misconception(
            "rotates-only",
            _Whitenings(_rotated_only, _rotated_only),
            Text(
                "PCA alone removes the correlations, so the division is forgotten.",
                "PCA 已经去除了相关性，于是忘了再除以标准差。",
            ),
        ),
        Misconception(
            "divides-by-the-variances",
            _Whitenings(_by_variances, _by_variances),
            Text(
                "The components are divided by the eigenvalues, not by their roots.",
                "各主成分除以特征值，而不是除以特征值的平方根。",
            ),
        ),
        Misconception(
            "pca-and-zca-are-the-same",
            _Whitenings(pca_whitening, pca_whitening),
            Text(
                "There is thought to be a single whitening.",
                "以为白化只有一种。",
            ),
        ),
    ],
    sources=[_KESSY, _IOFFE],
)
def uncorrelated(whitenings: _Whitenings, rng: Generator) -> Iterator[Measurement]:
    """Measure the covariance after both, and ZCA's mean squared distance from the data."""
    points = np.array([[2.0, 2], [-2, -2], [1, -1], [-1, 1]])
    centred = points / np.sqrt(2.5)
    yield equals("correlation, standardised", np.mean(centred[:, 0] * centred[:, 1]), 0.6, ROUNDING)
    wide = rng.normal(size=(9, 3)) @ rng.normal(size=(3, 3)) + 5
    for name, whitening in zip(("PCA", "ZCA"), whitenings, strict=True):
        y = whitening(points + array(7, -3))[0]
        yield equals(
            f"2 + covariance after {name}, 0 and 1", 2 + y.T @ y / 4, 2 + np.eye(2), ROUNDING
        )
        y = whitening(wide, epsilon=0.5)[0]
        total = np.sum(y**2) / 9
        eigenvalues = np.linalg.eigvalsh(np.cov(wide.T, bias=True))
        expected = np.sum(eigenvalues / (eigenvalues + 0.5))
        yield equals(f"Σ variances after {name}, ε = 0.5", total, expected, ROUNDING)
    for _ in range(4):
        x = rng.normal(size=(9, 3))
        loadings = (x - x.mean(axis=0)).T @ whitenings.pca(x, epsilon=0.5)[0]
        signs = np.sign(loadings[np.argmax(np.abs(loadings), axis=0), np.arange(3)])
        yield equals("sign of each axis's largest part", signs, 1.0, EXACT)
    moved = whitenings.zca(points)[0] - points
    yield equals("E|ZCA(x) - x|²", np.sum(moved**2) / 4, 1.0, ROUNDING)
    first = whitenings.pca(points)[0]
    yield equals("first component of (2, 2)", first[0, 0], np.sqrt(2), ROUNDING)
    for _ in range(5):
        # Rounding puts some of the four eigenvalues that are 0 below 0, by more than this ε.
        thrice = np.tile(rng.normal(size=(9, 2)), 3)
        y = whitenings.pca(thrice, epsilon=1e-17)[0]
        name = "Σ variances after PCA, 2 features thrice, ε = 1e-17"
        yield equals(name, np.sum(y**2) / 9, 2.0, ROUNDING)


@misconception(
    "whitening-makes-independent",
    en="The notes say that PCA and variance normalisation make the data i.i.d.",
    zh="笔记说 PCA 再做方差归一化就使数据独立同分布。",
    notes="2.2",
)
def makes_independent(x: Array, *, epsilon: float = 0.0) -> Any:
    signs = np.resize([1.0, -1.0], len(x))
    halves = np.resize([1.0, 1.0, -1.0, -1.0], len(x))
    return np.stack([signs, halves], axis=1), epsilon


@misconception(
    "standardises-each-feature",
    en="Mean 0 and variance 1 of each feature are taken for whitening.",
    zh="以为各特征均值为 0、方差为 1 就是白化。",
)
def standardises_each_feature(x: Array, *, epsilon: float = 0.0) -> Any:
    return _standardized(x, epsilon=epsilon)


@claim(
    "normalization.whitened-yet-dependent",
    en="Whitened means uncorrelated, not independent: points on a tilted ellipse, whitened, lie on"
    " a circle. Their correlation is 0, but E[y₁²y₂²] is 0.5 where independence would make it 1,"
    " and y₁² + y₂² is always 2.",
    zh="白化意味着不相关，而不是独立：斜椭圆上的点白化后落在一个圆上，相关系数为 0，"
    "但 E[y₁²y₂²] 是 0.5，独立时应为 1；而且 y₁² + y₂² 恒等于 2。",
    notes="2.2",
    on=zca_whitening,
    misconceptions=[
        makes_independent,
        standardises_each_feature,
        Misconception(
            "centres-only",
            lambda x, *, epsilon=0.0: (x - x.mean(axis=0), epsilon),
            Text("Taking the mean away is thought to be enough.", "以为减去均值就够了。"),
        ),
    ],
    sources=[_KESSY, "Hyvärinen & Oja 2000, section 3.2"],
)
def dependent(whitening: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Whiten twelve points of an ellipse, and measure what independence would fix."""
    angles = np.arange(12) * np.pi / 6 + rng.uniform(0, 0.5)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    x = circle @ np.array([[3.0, 1.0], [0.5, 1.0]]) + array(10, -4)
    y = whitening(x)[0]
    first, second = y[:, 0] ** 2, y[:, 1] ** 2
    yield equals("1 + E[y₁y₂], = 1 + 0", 1 + np.sum(y[:, 0] * y[:, 1]) / 12, 1.0, ROUNDING)
    yield equals("E[y₁²]", np.sum(first) / 12, 1.0, ROUNDING)
    yield equals("E[y₁²y₂²]", np.sum(first * second) / 12, 0.5, ROUNDING)
    yield equals("y₁² + y₂²", first + second, 2.0, ROUNDING)


class _Zca(NamedTuple):
    """ZCA whitening with its backward pass."""

    value: Callable[..., Any]
    backward: Callable[..., Any]


def _constant_matrix(g: Array, cache: Any) -> Array:
    root = (cache.axes / np.sqrt(cache.variances)) @ cache.axes.T
    for_x = g @ root
    return np.asarray(for_x - for_x.mean(axis=0))


def _by_gaps(g: Array, cache: Any) -> Array:
    """Divide differences of λ^-½ by those of λ, as the eigenvectors' derivatives would have it."""
    u, values, x = cache.axes, cache.variances, cache.centred
    gaps = np.subtract.outer(values, values)
    differences = np.subtract.outer(values**-0.5, values**-0.5)
    divided = np.where(np.eye(len(values)) > 0, np.diag(-0.5 * values**-1.5), differences / gaps)
    for_covariance = u @ (divided * (u.T @ x.T @ g @ u)) @ u.T
    for_x = g @ (u / np.sqrt(values)) @ u.T + x @ (for_covariance + for_covariance.T) / len(x)
    return np.asarray(for_x - for_x.mean(axis=0))


def _forgets_the_mean(g: Array, cache: Any) -> Array:
    right = zca_whitening_backward(g, cache)
    return np.asarray(right + g.mean(axis=0))


def _smooth_zca(x: Any) -> Any:
    """Return ZCA whitening of two features by Cayley and Hamilton, without eigenvectors."""
    centred = x - x.sum(axis=0) / len(x)
    sigma = centred.T @ centred / len(x)
    determinant = sigma[0, 0] * sigma[1, 1] - sigma[0, 1] * sigma[1, 0]
    s = determinant**0.5
    t = (sigma[0, 0] + sigma[1, 1] + 2 * s) ** 0.5
    # √Σ = (Σ + s I)/t has the determinant s, and the inverse of a 2x2 matrix is its adjugate/det.
    swapped = np.array([[sigma[1, 1], -sigma[0, 1]], [-sigma[1, 0], sigma[0, 0]]])
    return centred @ (swapped + s * np.eye(2)) / (t * s)


@claim(
    "normalization.whitening-gradient",
    en="ZCA whitening is differentiable wherever the covariance has full rank: its gradient exists"
    " and agrees with finite differences even where both eigenvalues are equal, here 1 and 1,"
    " since no gap between eigenvalues appears in it.",
    zh="只要协方差满秩，ZCA 白化就是可微的：它的梯度中不出现特征值之差，"
    "即使两个特征值相等（这里是 1 和 1）也存在，并与有限差分一致。",
    notes="2.2",
    on=_Zca(zca_whitening, zca_whitening_backward),
    misconceptions=[
        Misconception(
            "not-differentiable",
            _Zca(zca_whitening, _constant_matrix),
            Text(
                "The notes call whitening not differentiable, so that its matrix would have to be"
                " held constant.",
                "笔记说白化不可微，于是只能把白化矩阵当成常数。",
            ),
            notes="2.2",
        ),
        Misconception(
            "divides-by-the-gaps",
            _Zca(zca_whitening, _by_gaps),
            Text(
                "The gradient is taken through the eigenvectors, one by one.",
                "逐个对特征向量求导。",
            ),
        ),
        Misconception(
            "forgets-the-mean",
            _Zca(zca_whitening, _forgets_the_mean),
            Text("The mean is taken for a constant.", "把均值当成常数。"),
        ),
    ],
    sources=[_HUANG, "Ionescu, Vantzos & Sminchisescu 2015"],
)
def gradient(zca: _Zca, rng: Generator) -> Iterator[Measurement]:
    """Differentiate by complex steps at two and at equal eigenvalues, in three dimensions too."""
    square = np.array([[1.0, 1], [-1, -1], [1, -1], [-1, 1]])
    tilted = rng.normal(size=(6, 2)) @ np.array([[2.0, 0.5], [0, 1]]) + 3
    for name, x in (("different eigenvalues", tilted), ("eigenvalues 1 and 1", square)):
        g = rng.normal(size=x.shape)
        _, cache = zca.value(x)
        by_steps = slopes(lambda v: (g * _smooth_zca(v)).sum(), x)  # noqa: B023 - in this round
        got = zca.backward(g, cache)
        yield equals(f"2 + ∂L/∂x, {name}", 2 + got, 2 + by_steps, COMPLEX_STEP)
    x, g = rng.normal(size=(7, 3)) * array(1, 2, 0.7), rng.normal(size=(7, 3))
    _, cache = zca.value(x)
    along = rng.normal(size=(7, 3))

    def loss(distance: Array) -> Array:
        moved = x + float(distance[0]) * along
        centred = moved - moved.mean(axis=0)
        values, axes = np.linalg.eigh(centred.T @ centred / 7)
        return array(float(np.sum(g * (centred @ (axes * values**-0.5) @ axes.T))))

    expected = central_difference(loss, np.zeros(1))
    slope = np.sum(zca.backward(g, cache) * along)
    yield equals("10 + dL, 3 features", 10 + slope, 10 + expected[0], CENTRAL_DIFFERENCE)

"""Resampling, and sampling from an estimated density (notes 3.1.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._experiments import distinct_share
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["bootstrap_distinct", "density_no_gain", "density_wrong_family"]


@misconception(
    "without-replacement",
    en="Resampling is taken for shuffling, which draws every example once.",
    zh="把重采样当成打乱顺序，每个样本恰好抽到一次。",
)
def without_replacement(rng: Any, x: Any) -> Any:
    """Shuffle."""
    return x[rng.permutation(len(x))]


@misconception(
    "new-examples",
    en="Resampling stands in a list of ways to get more data, so its examples are thought to be"
    " new.",
    zh="重采样被列为获得更多数据的方法，于是以为抽出的是新样本。",
    notes="3.1.1",
)
def new_examples(rng: Any, x: Any) -> Any:
    """Return something near each drawn example."""
    return nn.resample(rng, x) + 0.1 * rng.normal(size=x.shape)


@misconception(
    "half-of-them",
    en="Half of the examples are drawn, each twice.",
    zh="抽出一半的样本，每个用两次。",
)
def half_of_them(rng: Any, x: Any) -> Any:
    """Draw half without replacement, and double it."""
    half = rng.permutation(len(x))[: len(x) // 2]
    return x[np.concatenate([half, half])]


@misconception(
    "never-the-last",
    en="The index is drawn up to N - 1 exclusively, so that the last example never comes.",
    zh="下标的上界取成了不含 N - 1，最后一个样本永远抽不到。",
)
def never_the_last(rng: Any, x: Any) -> Any:
    """Draw from all but the last."""
    return x[rng.integers(len(x) - 1, size=len(x))]


def distinct_variance(n: int) -> float:
    """Return the variance of how many of n examples a bootstrap sample holds."""
    one, two = (1 - 1 / n) ** n, (1 - 2 / n) ** n
    return n * (n - 1) * two + n * one - n**2 * one**2


@claim(
    "regularization.bootstrap-distinct",
    en="A bootstrap sample contains 0 examples that were not there; it draws each of the N one"
    " 1 time on average, but misses many: the share that it contains is 0.651 for N = 10 and 0.632"
    " for N = 1000, as in the limit.",
    zh="自助采样得到的样本里，原来没有的样本数为 0；N 个样本平均各被抽到 1 次，却有不少会漏掉："
    "被抽到的比例在 N = 10 时为 0.651，N = 1000 时为 0.632，后者也就是极限值。",
    notes="3.1.1",
    on=nn.resample,
    misconceptions=[without_replacement, new_examples, half_of_them, never_the_last],
    sources=["Efron 1979, section 2", "Efron & Tibshirani 1997, section 2"],
    experiments=[distinct_share],
)
def bootstrap_distinct(resample: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Count the distinct examples and the occurrences of the last over many samples."""
    for n, samples in ((10, 1000), (1000, 25)):
        x = np.stack([np.arange(1.0, n + 1), np.arange(1.0, n + 1) ** 2], axis=1)
        drawn = np.stack([resample(rng, x) for _ in range(samples)])
        new = np.mean(~np.isin(drawn[..., 0], x[:, 0]))
        yield equals(f"share of new examples, N = {n}", new, 0.0, EXACT)
        share = np.mean([len(np.unique(each)) for each in drawn[..., 0]]) / n
        error = math.sqrt(distinct_variance(n) / samples) / n
        name = f"share contained, N = {n}"
        yield equals(name, share, 1 - (1 - 1 / n) ** n, five_standard_errors(error))
        last = np.mean(np.sum(drawn[..., 0] == x[-1, 0], axis=1))
        error = math.sqrt((1 - 1 / n) / samples)
        yield equals(f"occurrences of one, N = {n}", last, 1.0, five_standard_errors(error))


class _Density(NamedTuple):
    fit: Callable[..., Any]
    sample: Callable[..., Any]


def _as_sampling(name: str, sample: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Density(nn.fit_gaussian, sample), Text(en, zh), notes)


def _around_the_truth(gaussian: Any, normals: Any) -> Any:
    return nn.gaussian_sample(gaussian, normals) - gaussian.mean


def _by_likelihood(x: Any) -> nn.Gaussian:
    mean, covariance = nn.fit_gaussian(x)
    return nn.Gaussian(mean, covariance * (len(x) - 1) / len(x))


_COVARIANCE_AS_FACTOR = _as_sampling(
    "covariance-as-factor",
    lambda gaussian, normals: gaussian.mean + normals @ gaussian.covariance,
    "The normal numbers are multiplied by the covariance instead of by its root.",
    "把标准正态数乘以协方差，而不是乘以它的平方根。",
)


@claim(
    "regularization.density-no-gain",
    en="Examples drawn from a Gaussian that was fitted to the data carry no further knowledge of"
    " its mean: 6 examples together with 6 drawn ones give an estimate of 1.25 times the variance"
    " that the 6 alone give.",
    zh="从拟合数据得到的高斯分布里再抽样，并不能增加关于均值的信息："
    "6 个样本加上 6 个抽出的样本，均值估计的方差是只用那 6 个时的 1.25 倍。",
    notes="3.1.1",
    on=_Density(nn.fit_gaussian, nn.gaussian_sample),
    misconceptions=[
        _as_sampling(
            "as-if-from-the-truth",
            _around_the_truth,
            "The drawn examples are taken for fresh ones of the true distribution, which would"
            " halve the variance.",
            "把抽出的样本当成来自真实分布的新样本，那样方差就会减半。",
            notes="3.1.1",
        ),
        _COVARIANCE_AS_FACTOR,
        _as_sampling(
            "always-the-mean",
            lambda gaussian, normals: gaussian.mean + 0 * normals,
            "The fitted mean itself is drawn again and again.",
            "反复抽到的都是拟合出来的均值本身。",
        ),
        Misconception(
            "divides-by-the-count",
            _Density(_by_likelihood, nn.gaussian_sample),
            Text(
                "The covariance is divided by N: maximum likelihood, too small on average.",
                "协方差除以 N：这是最大似然估计，平均偏小。",
            ),
        ),
    ],
    sources=["Cover & Thomas 2006, section 2.8", "Shumailov et al. 2024"],
)
def density_no_gain(density: _Density, rng: Generator) -> Iterator[Measurement]:
    """Add up the variance of the pooled mean by its answer to each source of chance.

    The pooled mean is linear in the sample's mean and in the normal numbers: the squares of its
    slopes, times the variances of what they answer to, add up.
    """
    count = 6
    x = rng.normal(size=(count, 1)) * 3
    zero = np.zeros((count, 1))
    variance = spread_around_mean(x[:, 0]) / (count - 1)

    def drawn_mean(mean: float, normals: Any) -> Any:
        gaussian = nn.Gaussian(np.array([mean]), np.array([[variance]]))
        return np.mean(density.sample(gaussian, normals))

    to_data = np.mean(density.fit(x + 1.0).mean - density.fit(x).mean)
    to_mean = drawn_mean(1.0, zero) - drawn_mean(0.0, zero)
    to_normals = [drawn_mean(0.0, np.eye(count)[:, [i]]) for i in range(count)]
    total = ((1 + to_mean * to_data) / 2) ** 2 * variance / count
    total += np.sum(np.square(to_normals)) / 4
    yield equals("Var pooled / Var of 6", total / (variance / count), 1.25, ROUNDING)
    both = rng.normal(size=(9, 2)) @ np.array([[2.0, 1.0], [0.0, 0.5]])
    mean, covariance = _moments(both)
    fitted = density.fit(both)
    yield equals("μ = Σ x/9", fitted.mean, mean, ROUNDING)
    yield equals("Σ = Σ (x - μ)(x - μ)ᵀ/8", fitted.covariance, covariance, ROUNDING)
    drawn = density.sample(nn.Gaussian(mean, covariance), np.eye(2)) - mean
    yield equals("L Lᵀ = Σ", drawn.T @ drawn, covariance, ROUNDING)


def _moments(rows: Any) -> tuple[Any, Any]:
    """Return mean and unbiased covariance, row by row."""
    mean = sum(rows) / len(rows)
    return mean, sum(np.outer(row - mean, row - mean) for row in rows) / (len(rows) - 1)


def spread_around_mean(values: Any) -> float:
    """Return the sum of squared deviations from the mean, by a loop."""
    mean = sum(values) / len(values)
    return float(sum((value - mean) ** 2 for value in values))


@claim(
    "regularization.density-wrong-family",
    en="A density of the wrong family makes up examples that do not exist: of 100 data, half at -2"
    " and half at 2, the share between -1 and 1 is 0, but of what is drawn from the Gaussian"
    " fitted to them it is 0.381.",
    zh="分布族选错时，会造出并不存在的样本：100 个数据一半在 -2、一半在 2，"
    "落在 -1 与 1 之间的比例为 0，而从拟合它们的高斯分布中抽样，这一比例是 0.381。",
    notes="3.1.1",
    on=_Density(nn.fit_gaussian, nn.gaussian_sample),
    misconceptions=[
        _as_sampling(
            "follows-the-data",
            lambda _, normals: np.where(normals > 0, 2.0, -2.0) + 0.1 * normals,
            "An estimated density is thought to follow the data whatever family was chosen.",
            "以为无论选什么分布族，估计出的分布都会贴合数据。",
            notes="3.1.1",
        ),
        _as_sampling(
            "unit-variance",
            lambda gaussian, normals: gaussian.mean + normals,
            "Only the mean is fitted; the variance is left at 1.",
            "只拟合了均值，方差仍取 1。",
        ),
        _COVARIANCE_AS_FACTOR,
    ],
    sources=["Bishop 2006, section 2.3.9"],
)
def density_wrong_family(density: _Density, rng: Generator) -> Iterator[Measurement]:
    """Fit two spikes, draw, and count what falls between."""
    data = np.repeat([[-2.0], [2.0]], 50, axis=0)
    mean, covariance = _moments(data)
    drawn = density.sample(nn.Gaussian(mean, covariance), rng.normal(size=(6000, 1)))
    deviation = 2 * math.sqrt(100 / 99)
    yield equals("σ fitted to 100 data", np.sqrt(density.fit(data).covariance), deviation, ROUNDING)
    between = math.erf(1 / deviation / math.sqrt(2))
    error = five_standard_errors(math.sqrt(between * (1 - between) / 6000))
    share = np.mean(np.abs(drawn) < 1)
    yield equals("P(-1 < x < 1) drawn, data at -2 and 2", share, between, error)
    mean_error = five_standard_errors(deviation / math.sqrt(6000))
    yield equals("E[x] drawn", np.mean(drawn), 0.0, mean_error)
    yield equals("P(-1 < x < 1) of the data", np.mean(np.abs(data) < 1), 0.0, EXACT)

"""Sampling from an estimated density: what it brings, and what it does not (notes 3.1.1)."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["density_no_gain", "density_right_family", "density_wrong_family"]


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


_UNIT_VARIANCE = _as_sampling(
    "unit-variance",
    lambda gaussian, normals: gaussian.mean + normals,
    "Only the mean is fitted; the variance is left at 1.",
    "只拟合了均值，方差仍取 1。",
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
        _UNIT_VARIANCE,
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


@claim(
    "regularization.density-right-family",
    en="What examples drawn from a fitted density can bring is the family that was assumed: of 100"
    " data that are normal, counting what lies beyond 3 deviations among examples drawn from the"
    " Gaussian fitted to them has less than half the mean squared error of counting it among the"
    " data.",
    zh="从拟合的分布中抽样，能带来的只是所假设的分布族：100 个数据确实服从正态分布时，"
    "在拟合出的高斯分布的样本中数 3 个标准差以外的比例，"
    "均方误差不到直接在数据中数的一半。",
    notes="3.1.1",
    on=_Density(nn.fit_gaussian, nn.gaussian_sample),
    misconceptions=[
        _UNIT_VARIANCE,
        _COVARIANCE_AS_FACTOR,
        Misconception(
            "deviation-of-the-mean",
            _Density(
                lambda x: nn.Gaussian(np.mean(x, axis=0), nn.fit_gaussian(x).covariance / len(x)),
                nn.gaussian_sample,
            ),
            Text(
                "The deviation of the mean is taken for that of the examples.",
                "把均值的标准差当成样本的标准差。",
            ),
        ),
    ],
    sources=["Wasserman 2004, sections 7.1 and 9.1", "Bishop 2006, section 2.3.4"],
)
def density_right_family(density: _Density, rng: Generator) -> Iterator[Measurement]:
    """Fit many data sets, and draw by evenly spaced quantiles, so that drawing adds no noise."""
    quantiles = (np.arange(2000) + 0.5) / 2000
    normals = np.array([NormalDist().inv_cdf(float(q)) for q in quantiles])[:, None]
    beyond = {k: 1 - NormalDist().cdf(k) for k in (1, 3)}
    shares: dict[int, list[float]] = {1: [], 3: []}
    for _ in range(200):
        x = 1 + 2 * rng.normal(size=(100, 1))
        gaussian = nn.Gaussian(np.mean(x, axis=0), np.var(x, axis=0, ddof=1)[:, None])
        drawn = density.sample(gaussian, normals)
        for k, each in shares.items():
            each.append(float(np.mean(drawn > 1 + 2 * k)))
    error = float(np.mean((np.array(shares[3]) - beyond[3]) ** 2))
    counted = beyond[3] * (1 - beyond[3]) / 100
    yield exceeds("E² of counting/of drawing, beyond 3 σ, N = 100", counted / error, 2.0)
    # To first order the fitted share beyond one deviation varies by φ(1)²(1 + 1/2)/N.
    spread = NormalDist().pdf(1) * math.sqrt(1.5 / 100 / 200)
    name = "share drawn beyond 1 σ"
    yield equals(name, np.mean(shares[1]), beyond[1], five_standard_errors(spread))
    yield equals("μ fitted, last of 200", density.fit(x).mean, gaussian.mean, ROUNDING)
    yield equals("σ² fitted", density.fit(x).covariance, gaussian.covariance, ROUNDING)

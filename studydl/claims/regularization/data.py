"""What more data does, and what copies of old data do not do (notes 3.1.1)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import Array, fitted, spread
from studydl.claims.regularization._wrong_fits import first_examples, one_by_one, penalised
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["copies_add_nothing", "empirical_distribution", "more_data_gap", "noise_is_ridge"]


def training_and_fresh_error(fit: Callable[..., Any], x: Array) -> tuple[float, float]:
    """Return both errors at unit noise, exactly: fitting unit labels gives the hat matrix."""
    count = len(x)
    hat = x @ fit(x, np.eye(count))
    return spread(np.eye(count) - hat) / count, 1 + spread(hat) / count


@claim(
    "regularization.more-data-gap",
    en="Least squares with 4 weights and noise of variance 1 has the expected training error"
    " 1 - 4/N, and on fresh labels at the same inputs 1 + 4/N: 0.5 and 1.5 at N = 8, 0.875 and"
    " 1.125 at N = 32. More data closes the gap by raising the one as it lowers the other.",
    zh="最小二乘有 4 个权重、噪声方差为 1 时，训练误差的期望为 1 - 4/N，"
    "在同样输入的新标签上则为 1 + 4/N：N = 8 时是 0.5 和 1.5，N = 32 时是 0.875 和 1.125。"
    "更多数据缩小差距的方式，是一边抬高前者，一边压低后者。",
    notes="3.1.1",
    on=nn.least_squares,
    misconceptions=[first_examples, one_by_one, penalised],
    sources=["Hastie, Tibshirani & Friedman 2009, section 7.4"],
)
def more_data_gap(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Measure both errors by the hat matrix, for inputs of unequal size and number."""
    numbers = (8, 16, 32, 64)
    train, fresh = [], []
    for count in numbers:
        x = rng.normal(size=(count, 4)) * np.array([1.0, 3.0, 0.5, 2.0])
        errors = training_and_fresh_error(fit, x)
        yield equals(
            f"training error, σ² = 1, d = 4, N = {count}", errors[0], 1 - 4 / count, ROUNDING
        )
        yield equals(f"fresh error, d = 4, N = {count}", errors[1], 1 + 4 / count, ROUNDING)
        train.append(errors[0])
        fresh.append(errors[1])
    for name, errors_of in (("training error", train), ("fresh error", fresh)):
        yield curve(name, numbers, errors_of, x_label="N", y_label="E")


@misconception(
    "strictly-below",
    en="The sample's own points are left out of the count: s < x instead of s ≤ x.",
    zh="计数时漏掉恰好等于 x 的样本：写成 s < x 而不是 s ≤ x。",
)
def strictly_below(sample: Any, x: Any) -> Any:
    """Count what is below."""
    return np.mean(sample[:, None] < x, axis=0)


@misconception(
    "one-draw-tells-all",
    en="One example is taken for the whole distribution, so that more of them change nothing.",
    zh="用一个样本代表整个分布，于是样本再多也没有差别。",
)
def one_draw(sample: Any, x: Any) -> Any:
    """Look at the first draw only."""
    return np.mean(sample[:1, None] <= x, axis=0)


@misconception(
    "pulled-to-one-half",
    en="One success and one failure are added to the count, which makes it a prior's estimate.",
    zh="计数时额外加上一次成功、一次失败，那是带先验的估计。",
)
def pulled_to_one_half(sample: Any, x: Any) -> Any:
    """Smooth as Laplace did."""
    return (np.sum(sample[:, None] <= x, axis=0) + 1) / (len(sample) + 2)


@claim(
    "regularization.empirical-distribution",
    en="The share of a sample up to x is the true probability F on average and misses it by"
    " F(1 - F)/N in mean square: where F = 0.5, by 0.25 for 1 draw and 0.0625 for 4. Draws from"
    " another source, with 0.75 there, miss F = 0.5 by at least 0.0625 in mean square, however"
    " many they are.",
    zh="样本中不超过 x 的比例，平均来说等于真实概率 F，均方偏差为 F(1 - F)/N："
    "F = 0.5 时，1 次抽样为 0.25，4 次为 0.0625。"
    "若抽样来自另一个在该处为 0.75 的来源，"
    "那么无论抽多少次，对 F = 0.5 的均方偏差都至少是 0.0625。",
    notes="3.1.1",
    on=nn.empirical_distribution,
    misconceptions=[strictly_below, one_draw, pulled_to_one_half],
    sources=["Wasserman 2004, theorem 7.3"],
)
def empirical_distribution(share: Callable[..., Any], _rng: Generator) -> Iterator[Measurement]:
    """Enumerate every sample from three values, with its probability."""
    for name, law in (("", (0.5, 0.25, 0.25)), (" elsewhere", (0.75, 0.125, 0.125))):
        for draws in (1, 4):
            mean, variance = _moments_at_zero(share, law, draws)
            f = law[0]
            yield equals(f"E[F_N(0)]{name}, N = {draws}", mean, f, EXACT)
            expected = f * (1 - f) / draws
            yield equals(f"E[(F_N - F)²]{name}, N = {draws}", variance, expected, EXACT)
            yield equals(
                f"(E[F_N] - 0.5)²{name}, N = {draws}", (mean - 0.5) ** 2, (f - 0.5) ** 2, EXACT
            )


def _moments_at_zero(
    share: Callable[..., Any], law: tuple[float, ...], draws: int
) -> tuple[float, float]:
    outcomes = list(itertools.product(range(3), repeat=draws))
    at = np.zeros(1)
    shares = np.array([share(np.array(each, dtype=float), at)[0] for each in outcomes])
    chances = np.array([np.prod([law[value] for value in each]) for each in outcomes])
    mean = float(np.sum(chances * shares))
    return mean, float(np.sum(chances * (shares - law[0]) ** 2))


@misconception(
    "never-without-noise",
    en="A copy is thought to be useful only if it differs, so some noise is always added.",
    zh="以为副本必须有所不同才有用，于是总要加一点噪声。",
)
def never_without_noise(rng: Any, x: Any, y: Any, *, copies: int, noise: float) -> Any:
    """Add noise even where none was asked for."""
    return nn.noisy_copies(rng, x, y, copies=copies, noise=max(noise, 0.5))


@misconception(
    "copies-unevenly",
    en="Only some of the examples are copied, which weights them more than the rest.",
    zh="只复制了部分样本，使它们的权重高于其他样本。",
)
def copies_unevenly(rng: Any, x: Any, y: Any, *, copies: int, noise: float) -> Any:
    """Fill up with the first example."""
    rows = np.concatenate([np.arange(len(x)), np.zeros(len(x) * (copies - 1), dtype=int)])
    return nn.noisy_copies(rng, x[rows], y[rows], copies=1, noise=noise)


@misconception(
    "targets-in-another-order",
    en="Inputs are repeated table by table, targets one by one, so that they no longer belong"
    " together.",
    zh="输入按整表重复，目标却逐个重复，两者不再对应。",
)
def another_order(rng: Any, x: Any, y: Any, *, copies: int, noise: float) -> Any:
    """Repeat inputs and targets in different orders."""
    inputs, _ = nn.noisy_copies(rng, x, y, copies=copies, noise=noise)
    return inputs, np.repeat(y, copies)


@claim(
    "regularization.copies-add-nothing",
    en="Making 4 of every example, without noise, leaves each least-squares weight 1 times what it"
    " was; only the standard error, computed as if the copies were independent, falls to 0.5 of"
    " itself, which is an error.",
    zh="把每个样本不加噪声地变成 4 份，最小二乘的每个权重仍是原来的 1 倍；"
    "只有把副本当成独立样本算出的标准误会变成原来的 0.5，而这是错的。",
    notes="3.1.1",
    on=nn.noisy_copies,
    misconceptions=[never_without_noise, copies_unevenly, another_order],
    sources=["Hastie, Tibshirani & Friedman 2009, section 3.2"],
)
def copies_add_nothing(copy: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Fit before and after, by the normal equations."""
    x = rng.normal(size=(6, 2)) * np.array([1.0, 3.0])
    y = x @ np.array([2.0, -1.0]) + rng.normal(size=6)
    inputs, targets = copy(rng, x, y, copies=4, noise=0.0)
    before, after = (fitted(a.T @ a, a.T @ b) for a, b in ((x, y), (inputs, targets)))
    yield equals("w with 4 copies / w", after / before, 1.0, ROUNDING)
    errors = np.sqrt(np.sum(x**2, axis=0) / np.sum(inputs**2, axis=0))
    yield equals("reported standard error, 4 copies / 1", errors, 0.5, ROUNDING)


class _Noise(NamedTuple):
    copy: Callable[..., Any]
    ridge: Callable[..., Any]


def _as_penalty(name: str, ridge: Any, en: str, zh: str, notes: str = "") -> Misconception:
    """Return the belief that noisy copies act as ``ridge`` does."""
    return Misconception(name, _Noise(nn.noisy_copies, ridge), Text(en, zh), notes)


def _without_penalty(x: Any, y: Any, *, penalty: float) -> Any:  # noqa: ARG001 - it forgets it
    return nn.least_squares(x, y)


def _one_noise_for_all(rng: Any, x: Any, y: Any, *, copies: int, noise: float) -> Any:
    inputs, targets = nn.noisy_copies(rng, x, y, copies=copies, noise=0.0)
    return inputs + noise * rng.normal(size=(len(inputs), 1)), targets


@claim(
    "regularization.noise-is-ridge",
    en="Copies with noise of standard deviation 0.5 on the inputs are no fresh data: in"
    " expectation they act as an L2 penalty of 0.25, the variance of the noise.",
    zh="在输入上加标准差为 0.5 的噪声得到的副本不是新数据：从期望看，它们相当于强度为 0.25"
    "（即噪声方差）的 L2 惩罚。",
    notes="3.1.1",
    on=_Noise(nn.noisy_copies, nn.ridge),
    misconceptions=[
        _as_penalty(
            "as-if-fresh-data",
            _without_penalty,
            "Noisy copies are counted as new examples, of which only more are needed.",
            "把带噪声的副本算作新样本，以为只是样本变多了。",
            notes="3.1.1",
        ),
        _as_penalty(
            "penalty-is-the-deviation",
            lambda x, y, *, penalty: nn.ridge(x, y, penalty=penalty**0.5),
            "The penalty is taken to be the standard deviation of the noise, not its variance.",
            "把惩罚强度当成噪声的标准差，而不是方差。",
        ),
        _as_penalty(
            "shared-among-the-examples",
            lambda x, y, *, penalty: nn.ridge(x, y, penalty=penalty / len(x)),
            "The penalty of a loss that is a sum is put beside a loss that is a mean.",
            "损失取平均，惩罚却按损失求和的约定来取。",
        ),
        Misconception(
            "one-noise-for-all",
            _Noise(_one_noise_for_all, nn.ridge),
            Text(
                "One random number is added to all features of an example.",
                "给同一样本的所有特征加上同一个随机数。",
            ),
        ),
    ],
    sources=["Bishop 1995", "Sietsma & Dow 1991"],
)
def noise_is_ridge(noise: _Noise, rng: Generator) -> Iterator[Measurement]:
    """Fit copies with all signs of a noise of ±0.5, which stand for every noise of that variance.

    The expected squared error depends on the noise by its mean and covariance only.
    """
    x = rng.normal(size=(5, 2)) * np.array([1.0, 2.0])
    y = rng.normal(size=5)
    shifts = 0.5 * np.array(list(itertools.product((-1.0, 1.0), repeat=2)))
    copies = np.concatenate([x + shift for shift in shifts])
    best = fitted(copies.T @ copies, copies.T @ np.tile(y, 4))
    ridge = noise.ridge(x, y, penalty=0.25)
    yield equals("w of all copies, σ = 0.5 / w of ridge, λ = 0.25", ridge / best, 1.0, ROUNDING)
    drawn = noise.copy(rng, x, y, copies=1000, noise=0.5)[0] - np.tile(x, (1000, 1))
    error = five_standard_errors(0.25 * (2 / drawn.size) ** 0.5)
    yield equals("E[noise²], σ = 0.5", np.mean(drawn**2), 0.25, error)
    pair = five_standard_errors(0.25 / len(drawn) ** 0.5)
    yield equals("E[noise₁ noise₂]", np.mean(drawn[:, 0] * drawn[:, 1]), 0.0, pair)

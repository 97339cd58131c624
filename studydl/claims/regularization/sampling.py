"""Resampling (notes 3.1.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization._experiments import distinct_share
from studydl.nn import regularization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["bootstrap_distinct"]


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

"""What whitening costs beside standardising: statistics, and nothing learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._quantities import covariances
from studydl.language import Text
from studydl.nn.normalization import (
    Count,
    covariance,
    whitening_count,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.normalization.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = ["cost"]

_IOFFE = "Ioffe & Szegedy 2015, section 2"
_HUANG = "Huang et al. 2018, section 3.2"


class _Cost(NamedTuple):
    """The count of whitening's statistics, and the covariance that they are."""

    counted: Callable[[int], Count]
    covariance: Callable[..., Any]


def _regularised(x: Array) -> Array:
    return np.asarray(covariance(x) + 0.1 * np.eye(x.shape[1]))


@claim(
    "normalization.whitening-cost",
    en="Whitening is costly: 64 features have 2080 variances and covariances to estimate and"
    " invert, 2144 numbers with the means, where batch norm has 128. And a batch of 8 says"
    " nothing about 16 features in 9 directions: the variance there is 0.",
    zh="白化代价很高：64 个特征要估计并求逆 2080 个方差与协方差，加上均值共 2144 个数，"
    "而 Batch Norm 只有 128 个。而且对 16 个特征，大小为 8 的 batch 在 9 个方向上方差为 0，"
    "毫无信息。",
    notes="2.2",
    on=_Cost(whitening_count, covariance),
    misconceptions=[
        Misconception(
            "costs-as-much-as-batch-norm",
            _Cost(lambda features: Count(2 * features, 0), covariance),
            Text("One variance a feature is thought to do.", "以为每个特征一个方差就够了。"),
        ),
        Misconception(
            "any-batch-will-do",
            _Cost(whitening_count, _regularised),
            Text(
                "Every batch is thought to have a covariance that can be inverted.",
                "以为任何 batch 的协方差矩阵都可逆。",
            ),
        ),
        Misconception(
            "counts-the-whole-matrix",
            _Cost(lambda features: Count(features + features**2, 0), covariance),
            Text("The matrix's symmetry is forgotten.", "忘了协方差矩阵是对称的。"),
        ),
    ],
    sources=[_IOFFE, _HUANG],
    quantities=[covariances],
)
def cost(whitening: _Cost, rng: Generator) -> Iterator[Measurement]:
    """Count, then measure the variance along directions that the batch does not reach."""
    total = whitening.counted(64).statistics
    yield equals("statistics, 64 features", total, 2144.0, EXACT)
    yield equals("less the 64 means", total - 64, 2080.0, EXACT)
    yield equals("learnt, 64 features", whitening.counted(64).learnt, 0.0, EXACT)
    yield equals("statistics of batch norm", 2 * 64, 128.0, EXACT)
    x = rng.normal(size=(8, 16)) + 2
    centred = x - x.mean(axis=0)
    _, sizes, directions = np.linalg.svd(centred)
    empty = directions[int(np.sum(sizes > 1e-10)) :]
    yield equals("directions without variance, 8 of 16", len(empty), 9.0, EXACT)
    sigma = whitening.covariance(x)
    along = np.sum((empty @ sigma) * empty, axis=1)
    yield equals("1 + variance along them, = 1 + 0", 1 + along, 1.0, ROUNDING)
    yield equals("Σ variances", np.trace(sigma), np.sum(centred**2) / 8, ROUNDING)

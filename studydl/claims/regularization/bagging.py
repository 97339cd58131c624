"""Learners fitted to resamples of one data set, and averaged (notes 3.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization.ensembles import first_member, sum_of_members
from studydl.claims.regularization.sampling import without_replacement
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import at_least, at_most
from studydl.verification.tolerance import EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.regularization._exact import Array
    from studydl.verification.evidence import Measurement

__all__ = ["bagging"]

_MEMBERS = 12


class _Bagging(NamedTuple):
    resample: Callable[..., Any]
    average: Callable[..., Any]


def _stump(x: Array, y: Array, at: Array) -> Array:
    """Fit a tree with one split, which jumps with the data."""
    return np.asarray(nn.stump_output(nn.fit_stump(x, y), at))


def _line(x: Array, y: Array, at: Array) -> Array:
    """Fit a straight line, which follows the data linearly."""
    weights = nn.least_squares(np.stack([np.ones_like(x), x], axis=1), y)
    return np.asarray(weights[0] + weights[1] * at)


def _learnt(learner: Callable[..., Array], examples: Array, at: Array) -> Array:
    """Return what the learner answers; NaN if the inputs do not differ, or are no numbers."""
    x, y = examples.T
    return learner(x, y, at) if np.ptp(x) > 0 else np.full_like(at, np.nan)


def _ratio(bag: _Bagging, learner: Callable[..., Array], rng: Generator, sets: int) -> float:
    """Return the mean squared error of bagged learners over that of one, over many data sets."""
    x = np.linspace(-1.0, 1.0, 24)
    truth = 1.5 * x
    alone, together = [], []
    for _ in range(sets):
        data = np.stack([x, truth + 0.5 * rng.normal(size=24)], axis=1)
        alone.append(np.mean((_learnt(learner, data, x) - truth) ** 2))
        members = [_learnt(learner, bag.resample(rng, data), x) for _ in range(_MEMBERS)]
        together.append(np.mean((bag.average(np.array(members)) - truth) ** 2))
    return float(np.sum(together) / np.sum(alone))


@claim(
    "regularization.bagging",
    en="Several learners from one data set come closer to the truth where a learner is unstable:"
    " the average of 12 stumps, each fitted to a bootstrap sample, errs at most 0.75 times as much"
    " as one stump fitted to the data; 12 straight lines, which are stable, err no less than 0.85"
    " times as much as one.",
    zh="学习器不稳定时，由同一份数据得到的多个学习器能更接近真实规律："
    "12 个树桩各用一份自助样本拟合再取平均，误差至多是直接拟合的单个树桩的 0.75 倍；"
    "而直线是稳定的，12 条直线平均的误差不低于单条的 0.85 倍。",
    notes="3.2.3",
    on=_Bagging(nn.resample, nn.average),
    misconceptions=[
        Misconception(
            "without-replacement",
            _Bagging(without_replacement.implementation, nn.average),
            Text(
                "Resampling is taken for shuffling, so that all members learn the same.",
                "把重采样当成打乱顺序，于是所有成员学到的都一样。",
            ),
        ),
        Misconception(
            "first-member",
            _Bagging(nn.resample, first_member.implementation),
            Text(
                "One member is thought to stand for all, as they learn the same task.",
                "成员学的是同一任务，于是以为一个就能代表全部。",
            ),
        ),
        Misconception(
            "sum-of-members",
            _Bagging(nn.resample, sum_of_members.implementation),
            Text(
                "The members are added, as in boosting, instead of averaged.",
                "像 boosting 那样把成员相加，而不是取平均。",
            ),
        ),
    ],
    sources=["Breiman 1996", "Hastie, Tibshirani & Friedman 2009, section 8.7"],
)
def bagging(bag: _Bagging, rng: Generator) -> Iterator[Measurement]:
    """Fit stumps and lines to noisy points of a line; the error is the one against the truth."""
    stumps, lines = _ratio(bag, _stump, rng, sets=20), _ratio(bag, _line, rng, sets=40)
    yield at_most(f"E of {_MEMBERS} stumps / E of one", stumps, 0.75, EXACT)
    yield at_least(f"E of {_MEMBERS} lines / E of one", lines, 0.85, EXACT)

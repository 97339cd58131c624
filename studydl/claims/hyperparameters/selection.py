"""Choosing makes a score too good: what the test set is kept for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.hyperparameters._experiments import optimism
from studydl.nn import hyperparameters as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.nn.hyperparameters import Selection
    from studydl.verification.evidence import Measurement

__all__ = ["selection_optimism"]


@misconception(
    "reports-the-chosen-score",
    en="The score by which the winner was chosen is reported as its score on new examples.",
    zh="把据以选出优胜者的那个分数，当成它在新样本上的分数来报告。",
)
def reports_the_chosen_score(validation: Any, test: Any) -> Selection:
    chosen = nn.select(validation, test)
    return chosen._replace(test_score=chosen.validation_score)


@misconception(
    "chooses-on-the-test-set",
    en="Of all candidates the one with the best test score is chosen, and that score reported.",
    zh="直接选测试集上分数最高的候选，并报告这个分数。",
)
def chooses_on_the_test_set(_validation: Any, test: Any) -> Selection:
    return nn.select(test, test)


@misconception(
    "averages-both",
    en="The mean of both scores of the winner is thought to be the best estimate.",
    zh="以为把优胜者的两个分数平均起来，才是最好的估计。",
)
def averages_both(validation: Any, test: Any) -> Selection:
    chosen = nn.select(validation, test)
    return chosen._replace(test_score=(chosen.validation_score + chosen.test_score) / 2)


def _best_of(candidates: int, examples: int) -> tuple[float, float]:
    """Return mean and standard deviation of the best share that guessers get right, exactly."""
    weights = [math.comb(examples, k) / 2**examples for k in range(examples + 1)]
    below = [math.fsum(weights[: k + 1]) ** candidates for k in range(examples + 1)]
    best = np.diff(np.array([0.0, *below]))
    shares = np.arange(examples + 1) / examples
    mean = float(np.sum(best * shares))
    return mean, math.sqrt(float(np.sum(best * (shares - mean) ** 2)))


@claim(
    "hyperparameters.selection-optimism",
    en="A score by which something was chosen is too good: the best of 100 candidates that merely"
    " guess between two labels is right on a share of 0.625 of the 100 examples that chose it, and"
    " on a share of 0.5 of new ones. What is reported has to come from examples not chosen by.",
    zh="用来做选择的分数总是偏高：100 个在两类之间纯粹瞎猜的候选中最好的一个，"
    "在用来选它的 100 个样本上平均答对 0.625，在新样本上只答对 0.5。"
    "要报告的分数，必须来自没有参与选择的样本。",
    notes="Z.4",
    on=nn.select,
    misconceptions=[reports_the_chosen_score, chooses_on_the_test_set, averages_both],
    sources=[
        "Hastie, Tibshirani & Friedman 2009, section 7.2",
        "Cawley & Talbot 2010, section 5",
        "Goodfellow, Bengio & Courville 2016, section 5.3",
    ],
    experiments=[optimism],
)
def selection_optimism(select: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Let guessers be chosen many times over; compare with the exact mean of the best."""
    repeats = 200
    shape = (repeats, 100)
    validation, test = (rng.binomial(100, 0.5, size=shape) / 100 for _ in range(2))
    picked = [select(*rows) for rows in zip(validation, test, strict=True)]
    mean, deviation = _best_of(100, 100)
    best = np.mean([each.validation_score for each in picked])
    tolerance = five_standard_errors(deviation / math.sqrt(repeats))
    yield equals("mean score of the best of 100, 100 examples", best, mean, tolerance)
    reported = np.mean([each.test_score for each in picked])
    tolerance = five_standard_errors(math.sqrt(0.25 / 100 / repeats))
    yield equals("mean score of the same on new examples", reported, 0.5, tolerance)
    chosen, score, fresh = select([0.25, 0.75, 0.5], [0.125, 0.625, 0.875])
    yield equals("chosen of 0.25, 0.75, 0.5", chosen, 1, EXACT)
    yield equals("its validation score", score, 0.75, EXACT)
    yield equals("its test score", fresh, 0.625, EXACT)

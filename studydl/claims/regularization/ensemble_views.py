"""Local minima and hypothesis spaces: what averaging does to them (notes 3.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization.ensembles import DIETTERICH, first_member, sum_of_members
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import at_least, at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["local_minima", "representation"]


def fitted_frequencies(starts: Any, x: Any, target: Any) -> Any:
    """Return where gradient descent on mean (sin wx - target)² ends, from each start."""
    w = starts
    for _ in range(400):
        phase = np.outer(w, x)
        slope = np.mean((np.sin(phase) - target) * np.cos(phase) * x, axis=1)
        w = w - 0.05 * slope
    return w


@claim(
    "regularization.local-minima",
    en="Averaging learners from several starts softens a local minimum, but does not avoid it: of"
    " sines fitted from 8 starts, half are trapped; the average errs at most half, 0.5 times, as"
    " much as its members do in mean, but at least 0.1 times as much, where the best member errs"
    " less than 0.001 times.",
    zh="把从多个初值出发的学习器取平均，只能减轻而不能避免局部极小值："
    "从 8 个初值拟合正弦，其中一半被困住；平均的误差至多是成员平均误差的一半，即 0.5，"
    "但至少是其 0.1，而最好的成员不到其 0.001。",
    notes="3.2.3",
    on=nn.average,
    misconceptions=[
        Misconception(
            "escapes-the-trap",
            lambda predictions: np.array(predictions[0]),
            Text(
                "Several learners are thought to avoid the local minimum: as if the one that found"
                " the target spoke for all.",
                "以为多个学习器就能避开局部极小值：好像找到目标的那个代表了全部。",
            ),
            notes="3.2.3",
        ),
        sum_of_members,
        Misconception(
            "last-member",
            lambda predictions: np.array(predictions[-1]),
            Text(
                "The average is thought to be as bad as its worst member.",
                "以为平均结果与最差的成员一样差。",
            ),
        ),
    ],
    sources=[DIETTERICH, "Perrone & Cooper 1993, section 2"],
)
def local_minima(average: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Fit the frequency of a sine from good and bad starts, sorted by what they reach."""
    x = np.linspace(-3.0, 3.0, 61)
    target = np.sin(2.0 * x)
    starts = np.concatenate([rng.uniform(1.6, 2.4, size=4), rng.uniform(4.5, 7.0, size=4)])
    predictions = np.sin(np.outer(fitted_frequencies(starts, x, target), x))
    errors = np.mean((predictions - target) ** 2, axis=1)
    of_members = np.mean(errors)
    yield equals("starts, half of 8 trapped", float(np.sum(errors > 0.1)) * 2, 8.0, EXACT)
    of_average = np.mean((average(predictions) - target) ** 2)
    yield at_most("E of f̄ / mean E", of_average / of_members, 0.5, EXACT)
    yield at_least("E of f̄ / mean E, not avoided", of_average / of_members, 0.1, EXACT)
    yield at_most("E of the best / mean E", errors[0] / of_members, 0.001, EXACT)


class _Learners(NamedTuple):
    average: Callable[..., Any]
    fit: Callable[..., Any]
    output: Callable[..., Any]


def _as_average(name: str, average: Any, en: str, zh: str, notes: str = "") -> Misconception:
    learners = _Learners(average, nn.fit_stump, nn.stump_output)
    return Misconception(name, learners, Text(en, zh), notes)


def _first_split(x: Any, y: Any) -> nn.Stump:
    """Split at the first place instead of the best."""
    order = np.argsort(x)
    below, above = y[order][:1], y[order][1:]
    threshold = np.asarray(np.mean(x[order][:2]))
    return nn.Stump(threshold, np.mean(below), np.mean(above))


@claim(
    "regularization.representation",
    en="An average can lie outside its members' hypothesis space, but need not: three stumps that"
    " split at different places average to 4 steps, on which no single stump, with its 2 values,"
    " has a squared error below 0.25; three lines average to a line again, with second difference"
    " 0.",
    zh="平均可以落在成员的假设空间之外，但不一定：三个分裂点不同的树桩，平均起来是 4 级台阶，"
    "而任何单个树桩只有 2 个取值，平方误差不会低于 0.25；"
    "三条直线平均起来仍是直线，二阶差分为 0。",
    notes="3.2.3",
    on=_Learners(nn.average, nn.fit_stump, nn.stump_output),
    misconceptions=[
        _as_average(
            "always-leaves-the-space",
            lambda predictions: np.max(predictions, axis=0),
            "Several learners are thought always to widen the hypothesis space, as a choice between"
            " them by input would.",
            "以为多个学习器总能扩展假设空间，就像按输入在它们之间挑选那样。",
            notes="3.2.3",
        ),
        _as_average(
            "stays-in-the-space",
            first_member.implementation,
            "An average of members of a space is thought to belong to it.",
            "以为同一空间中若干成员的平均仍属于这个空间。",
        ),
        Misconception(
            "splits-at-the-first-place",
            _Learners(nn.average, _first_split, nn.stump_output),
            Text(
                "A stump's split is thought not to matter.",
                "以为树桩在哪里分裂无关紧要。",
            ),
        ),
    ],
    sources=[DIETTERICH],
)
def representation(learners: _Learners, rng: Generator) -> Iterator[Measurement]:
    """Fit stumps to three jumps whose mean is a staircase, and one stump to the staircase."""
    x = np.arange(4.0)
    jumps = [np.where(x > k + 0.5, 3.0, 0.0) for k in range(3)]
    outputs = np.array([learners.output(learners.fit(x, y), x) for y in jumps])
    staircase = learners.average(outputs)
    yield equals("f̄ of three stumps", staircase, x, ROUNDING, at=x)
    yield equals("values of f̄", float(len(np.unique(staircase))), 4.0, EXACT)
    single = learners.output(learners.fit(x, x), x)
    yield equals("values of one stump", float(len(np.unique(single))), 2.0, EXACT)
    yield equals("mean (stump - staircase)²", np.mean((single - x) ** 2), 0.25, ROUNDING)
    uneven = learners.fit(np.arange(5.0), np.array([0.0, 0.0, 3.0, 7.0, 3.0]))
    yield equals("split of 0, 0, 3, 7, 3", uneven.threshold, 1.5, EXACT)
    at_split = learners.output(uneven, np.array([1.5, 1.75]))
    yield equals("stump at its split, and above", at_split, [0.0, 13 / 3], ROUNDING)
    places = np.linspace(-1, 1, 9)
    lines = np.outer(np.array([2.0, -1.0, 0.5]), places) + rng.normal(size=(3, 1))
    bent = np.diff(learners.average(lines), 2)
    yield equals("1 + second difference of f̄ of lines", 1 + bent, 1.0, ROUNDING)

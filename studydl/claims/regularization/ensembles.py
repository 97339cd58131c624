"""What several learners gain over one (notes 3.2.3)."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization._experiments import vote
from studydl.claims.regularization._quantities import variance_of_mean
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_least, at_most, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = [
    "DIETTERICH",
    "ambiguity",
    "average_not_best",
    "ensemble_variance",
    "first_member",
    "majority_vote",
    "sum_of_members",
]

DIETTERICH = "Dietterich 2000, section 1"


@misconception(
    "as-if-independent",
    en="σ²/M, the variance for uncorrelated members, is taken for the general one.",
    zh="把互不相关时的方差 σ²/M 当成一般情况。",
)
def as_if_independent(variance: float, correlation: float, members: int) -> Any:
    """Forget the correlation."""
    return np.asarray(variance / members + 0 * correlation)


@misconception(
    "only-the-floor",
    en="The members' own part is thought to be averaged away completely.",
    zh="以为各成员自己的那部分方差被平均得一点不剩。",
)
def only_the_floor(variance: float, correlation: float, members: int) -> Any:
    """Forget the second term."""
    return np.asarray(correlation * variance + 0.0 * members)


@misconception(
    "root-of-the-members",
    en="The standard deviation's factor 1/√M is applied to the variance.",
    zh="把标准差的因子 1/√M 用到了方差上。",
)
def root_of_members(variance: float, correlation: float, members: int) -> Any:
    """Divide by the root."""
    return np.asarray(correlation * variance + (1 - correlation) * variance / members**0.5)


@claim(
    "regularization.ensemble-variance",
    en="The mean of M predictions of variance 1 and correlation ρ has the variance ρ + (1 - ρ)/M:"
    " for M = 10 it is 0.1 at ρ = 0, but 0.55 at ρ = 0.5, where it stays above 0.5 whatever M is,"
    " and 1 at ρ = 1: identical members gain nothing.",
    zh="M 个方差为 1、相关系数为 ρ 的预测，其平均的方差是 ρ + (1 - ρ)/M："
    "M = 10 时，ρ = 0 对应 0.1；ρ = 0.5 对应 0.55，而且无论 M 多大都高于 0.5；"
    "ρ = 1 对应 1：完全相同的成员没有任何收益。",
    notes="3.2.3",
    on=nn.variance_of_average,
    misconceptions=[as_if_independent, only_the_floor, root_of_members],
    sources=["Hastie, Tibshirani & Friedman 2009, section 15.2", "Breiman 2001, section 11"],
    quantities=[variance_of_mean],
)
def ensemble_variance(
    variance: Callable[..., Any], _rng: Generator
) -> Iterator[Measurement | Series]:
    """Compare with the sum over all pairs of members, in fractions."""
    for members, correlation in itertools.product((2, 10, 40), (0.0, 0.5, 1.0)):
        ρ = Fraction(correlation)
        pairs = sum(1 if i == j else ρ for i in range(members) for j in range(members))
        expected = float(pairs / members**2)
        name = f"Var f̄, σ² = 1, ρ = {correlation:g}, M = {members}"
        yield equals(name, variance(1.0, correlation, members), expected, ROUNDING)
    yield equals("Var f̄, σ² = 4, ρ = -0.25, M = 5", variance(4.0, -0.25, 5), 0.0, ROUNDING)
    numbers = (1, 2, 4, 8, 16, 32, 64)
    values = [float(variance(1.0, 0.5, members)) for members in numbers]
    yield at_least("Var f̄ - 0.5, ρ = 0.5", np.array(values) - 0.5, 1 / 128, ROUNDING)
    yield curve("Var f̄, ρ = 0.5", numbers, values, x_label="M", y_label="Var")


@misconception(
    "diversity-adds-error",
    en="Members that disagree are thought to make the average worse.",
    zh="以为成员之间意见不一致会让平均结果变差。",
)
def diversity_adds(predictions: Any, targets: Any) -> Any:
    """Turn the sign of the ambiguity."""
    parts = nn.ambiguity_decomposition(predictions, targets)
    return parts._replace(ensemble_error=parts.member_error + parts.ambiguity)


@misconception(
    "no-gain-on-average",
    en="The average is thought to be as good as its members are on average.",
    zh="以为集成的误差就等于成员误差的平均。",
)
def no_gain(predictions: Any, targets: Any) -> Any:
    """Equate the two errors."""
    parts = nn.ambiguity_decomposition(predictions, targets)
    return parts._replace(ensemble_error=parts.member_error)


@misconception(
    "unbiased-ambiguity",
    en="The ambiguity is divided by M - 1, as an estimated variance is.",
    zh="像估计方差那样，把分歧度除以 M - 1。",
)
def unbiased_ambiguity(predictions: Any, targets: Any) -> Any:
    """Divide by one less."""
    parts = nn.ambiguity_decomposition(predictions, targets)
    members = len(predictions)
    return parts._replace(ambiguity=parts.ambiguity * members / max(members - 1, 1))


@claim(
    "regularization.ambiguity",
    en="The squared error of an average is its members' mean error less their ambiguity, the mean"
    " squared distance from the average: predictions 1, 2 and 6 of the target 2 have a mean error"
    " of 5.667 and an ambiguity of 4.667, so their average errs by 1; identical ones have an"
    " ambiguity of 0 and gain nothing.",
    zh="平均的平方误差，等于成员的平均误差减去分歧度，即成员到平均值的均方距离："
    "目标为 2，预测为 1、2、6 时，平均误差为 5.667，分歧度为 4.667，所以平均的误差为 1；"
    "成员完全相同时分歧度为 0，没有收益。",
    notes="3.2.3",
    on=nn.ambiguity_decomposition,
    misconceptions=[diversity_adds, no_gain, unbiased_ambiguity],
    sources=["Krogh & Vedelsby 1995, section 2"],
)
def ambiguity(decompose: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the example, random predictions by loops, and identical members."""
    example = decompose(np.array([[1.0], [2.0], [6.0]]), np.array([2.0]))
    yield equals("Ē of 1, 2, 6 for 2", example.member_error, 17 / 3, ROUNDING)
    yield equals("Ā of 1, 2, 6", example.ambiguity, 14 / 3, ROUNDING)
    yield equals("E of 1, 2, 6 for 2", example.ensemble_error, 1.0, ROUNDING)
    table, targets = rng.normal(size=(3, 5)), rng.normal(size=5)
    parts = decompose(table, targets)
    means = [sum(column) / 3 for column in table.T]
    error = sum((m - t) ** 2 for m, t in zip(means, targets, strict=True)) / 5
    yield equals("E", parts.ensemble_error, error, ROUNDING)
    yield equals("Ē - Ā", parts.member_error - parts.ambiguity, error, ROUNDING)
    same = decompose(np.tile(table[:1], (4, 1)), targets)
    yield equals("Ā, identical members", same.ambiguity, 0.0, EXACT)
    yield equals("E/Ē, identical members", same.ensemble_error / same.member_error, 1.0, ROUNDING)


@misconception(
    "advantages-of-all",
    en="The ensemble is thought to unite its members' strengths: where one is right, wrong ones do"
    " not count.",
    zh="以为集成汇集了各成员的优点：只要有成员是对的，错的成员就不起作用。",
    notes="3.2.3",
)
def advantages_of_all(predictions: Any) -> Any:
    """Take the middle member, as if outliers did not count."""
    return np.median(predictions, axis=0)


@misconception(
    "sum-of-members",
    en="The members' outputs are added, as in boosting, instead of averaged.",
    zh="像 boosting 那样把成员的输出相加，而不是取平均。",
)
def sum_of_members(predictions: Any) -> Any:
    """Forget the number of members."""
    return np.sum(predictions, axis=0)


@misconception(
    "first-member",
    en="All members learn the same task, so that one is thought to stand for all.",
    zh="所有成员学的是同一任务，于是以为用一个就能代表全部。",
)
def first_member(predictions: Any) -> Any:
    """Ignore the others."""
    return np.array(predictions[0])


@claim(
    "regularization.average-not-best",
    en="An average does not unite its members' strengths: of 1, 2 and 6 for the target 2 it makes"
    " 3, an error of 1, while its second member makes none. It is sure only to be no worse than the"
    " members' mean error, 5.667 here.",
    zh="平均并不会汇集各成员的优点：目标为 2，预测为 1、2、6 时，平均是 3，误差为 1，"
    "而第二个成员没有误差。能保证的只是：不会差于成员的平均误差，这里是 5.667。",
    notes="3.2.3",
    on=nn.average,
    misconceptions=[advantages_of_all, sum_of_members, first_member],
    sources=["Krogh & Vedelsby 1995, section 2", "Perrone & Cooper 1993, section 2"],
)
def average_not_best(average: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure one example, and the bound on random ones."""
    members = np.array([[1.0], [2.0], [6.0]])
    mean = average(members)[0]
    yield equals("f̄ of 1, 2, 6", mean, 3.0, ROUNDING)
    yield equals("(f̄ - 2)²", (mean - 2) ** 2, 1.0, ROUNDING)
    of_members = np.mean((members - 2) ** 2)
    yield equals("mean (fᵢ - 2)²", of_members, 17 / 3, ROUNDING)
    yield at_most("(f̄ - 2)²/mean (fᵢ - 2)²", (mean - 2) ** 2 / of_members, 1.0, EXACT)
    table, targets = rng.normal(size=(4, 50)), rng.normal(size=50)
    errors = (average(table) - targets) ** 2
    yield at_most("(f̄ - y)²", errors, np.mean((table - targets) ** 2, axis=0), ROUNDING)


@misconception(
    "one-is-enough",
    en="The ensemble is thought to be right as soon as one member is.",
    zh="以为只要有一个成员判对，集成就判对。",
)
def one_is_enough(votes: Any) -> Any:
    """Take the largest vote."""
    return np.max(votes, axis=0)


@misconception(
    "must-be-unanimous",
    en="A class is thought to need every vote.",
    zh="以为必须全票通过才判为该类。",
)
def unanimous(votes: Any) -> Any:
    """Take the smallest vote."""
    return np.min(votes, axis=0)


def accuracy_of_vote(vote: Callable[..., Any], members: int, accuracy: float) -> float:
    """Return the probability that the vote is right, over every pattern of right members."""
    patterns = np.array(list(itertools.product((-1.0, 1.0), repeat=members)))
    right = np.sum(patterns == 1, axis=1)
    chances = accuracy**right * (1 - accuracy) ** (members - right)
    return float(np.sum(chances * (vote(patterns.T) == 1)))


@claim(
    "regularization.majority-vote",
    en="A vote helps only members that are right more often than not and err independently: of"
    " accuracy 0.7, 3 of them reach 0.784 and 11 reach 0.922; of accuracy 0.4, 3 reach only 0.352;"
    " and members that always agree stay at 0.7.",
    zh="投票只在成员判对多于判错、且错误相互独立时有用：准确率为 0.7 时，3 个成员达到 0.784，"
    "11 个达到 0.922；准确率为 0.4 时，3 个成员只有 0.352；而总是意见一致的成员仍是 0.7。",
    notes="3.2.3",
    on=nn.majority_vote,
    misconceptions=[
        one_is_enough,
        unanimous,
        Misconception(
            "first-member",
            lambda votes: np.array(votes[0]),
            Text("One member is thought to stand for all.", "以为一个成员就能代表全部。"),
        ),
    ],
    sources=["Hansen & Salamon 1990, section II", DIETTERICH],
    experiments=[vote],
)
def majority_vote(vote: Callable[..., Any], _rng: Generator) -> Iterator[Measurement]:
    """Enumerate all patterns of right and wrong members."""
    for members, accuracy, expected in (
        (3, 0.7, 0.784),
        (11, 0.7, 0.92177520904),
        (3, 0.4, 0.352),
    ):
        name = f"P(vote right), M = {members}, accuracy {accuracy}"
        yield equals(name, accuracy_of_vote(vote, members, accuracy), expected, ROUNDING)
    agreeing = vote(np.repeat([[1.0, -1.0]], 3, axis=0))
    right = 0.7 * (agreeing[0] == 1) + 0.3 * (agreeing[1] == 1)
    yield equals("P(vote right), 3 that always agree", right, 0.7, ROUNDING)
    yield equals("vote of 3 that agree on -1", agreeing[1], -1.0, EXACT)

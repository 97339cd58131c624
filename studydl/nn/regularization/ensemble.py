"""Ensembles: averages and votes of several learners, and what they can gain."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.regularization._inputs import (
    check_count,
    check_not_negative,
    check_rows,
    check_vector,
    floating,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = [
    "Ambiguity",
    "Stump",
    "ambiguity_decomposition",
    "average",
    "fit_stump",
    "majority_vote",
    "stump_output",
    "variance_of_average",
]


class Ambiguity(NamedTuple):
    """The squared error of an average, taken apart; each over all examples.

    Attributes:
        ensemble_error: The mean squared error of the average.
        member_error: The mean squared error of a member, averaged over the members.
        ambiguity: The mean squared distance of the members from their average.
    """

    ensemble_error: Array
    member_error: Array
    ambiguity: Array


class Stump(NamedTuple):
    """A tree with one split.

    Attributes:
        threshold: Where it splits.
        below: Its output for inputs up to the threshold.
        above: Its output for larger inputs.
    """

    threshold: Array
    below: Array
    above: Array


def average(predictions: ArrayLike) -> Array:
    """Return the mean of several learners' predictions.

    Shapes:
        predictions: (members, N). Result: (N,).

    Equation:
        f̄ = Σ fᵢ / M

    Confusable with:
        The prediction of one model with averaged weights: the same only if it is linear in them.

    Reference:
        Perrone & Cooper 1993, section 2.

    Raises:
        ValueError: If the predictions are not a table with one row a member.
    """
    mean: Array = np.mean(check_rows(predictions, "predictions"), axis=0)
    return mean


def majority_vote(votes: ArrayLike) -> Array:
    """Return the class, -1 or 1, that most of an odd number of learners vote for.

    Shapes:
        votes: (members, N). Result: (N,).

    Equation:
        f = sign Σ fᵢ

    Confusable with:
        `average`, which weighs how sure each learner is.

    Reference:
        Hansen & Salamon 1990, section II; Dietterich 2000, section 1.

    Raises:
        ValueError: If the votes are not a table of -1 and 1 with an odd number of rows.
    """
    table = check_rows(votes, "votes")
    if len(table) % 2 == 0:
        raise ValueError(f"expected an odd number of members, which cannot tie, got {len(table)}")
    if not np.all(np.abs(table) == 1):
        raise ValueError("expected votes of -1 or 1, got other numbers")
    majority: Array = np.sign(np.sum(table, axis=0))
    return majority


def variance_of_average(variance: float, correlation: float, members: int) -> Array:
    """Return the variance of the mean of equally correlated predictions.

    Shapes:
        All numbers.

    Equation:
        Var f̄ = ρσ² + (1 - ρ)σ²/M

    Confusable with:
        σ²/M, which holds for uncorrelated members only.

    Reference:
        Hastie, Tibshirani & Friedman 2009, section 15.2, equation 15.1.

    Raises:
        ValueError: If the variance is below 0, there is no member, or no members can be so
            correlated: ρ lies between -1/(M - 1) and 1.
    """
    σ2, count = check_not_negative("variance", variance), check_count("members", members)
    lowest = -1 / (count - 1) if count > 1 else -1.0
    if not lowest <= correlation <= 1:
        raise ValueError(
            f"expected a correlation of {count} members in [{lowest:.3g}, 1], got {correlation}"
        )
    ρ = float(correlation)
    return np.asarray(ρ * σ2 + (1 - ρ) * σ2 / count)


def ambiguity_decomposition(predictions: ArrayLike, targets: ArrayLike) -> Ambiguity:
    """Return the error of an average beside its members' mean error and their spread.

    Shapes:
        predictions: (members, N). targets: (N,). Results: numbers.

    Equation:
        E = Ē - Ā: mean (f̄ - y)² = mean (fᵢ - y)² - mean (fᵢ - f̄)²

    Confusable with:
        The decomposition into bias and variance, which is over data sets, not over members.

    Reference:
        Krogh & Vedelsby 1995, section 2.

    Raises:
        ValueError: If there is not one target for each column of the predictions.
    """
    table, y = check_rows(predictions, "predictions"), check_vector(targets, "targets")
    if table.shape[1] != len(y):
        raise ValueError(f"expected {table.shape[1]} targets, got {len(y)}")
    mean = average(table)
    return Ambiguity(
        # E = mean (f̄ - y)²
        ensemble_error=np.asarray(np.mean((mean - y) ** 2)),
        # Ē = mean (fᵢ - y)²
        member_error=np.asarray(np.mean((table - y) ** 2)),
        # Ā = mean (fᵢ - f̄)²
        ambiguity=np.asarray(np.mean((table - mean) ** 2)),
    )


def fit_stump(x: ArrayLike, y: ArrayLike) -> Stump:
    """Return the tree with one split, half-way between two inputs, of the smallest squared error.

    Shapes:
        x and y: (N,), with two different inputs at least.

    Equation:
        argmin Σ_{x ≤ t} (y - a)² + Σ_{x > t} (y - b)², a and b being the means of each side

    Confusable with:
        A stump for classes, which is chosen by impurity or weighted error.

    Reference:
        Breiman, Friedman, Olshen & Stone 1984, section 8.4.

    Raises:
        ValueError: If x and y are not vectors of one length, or all inputs are equal.
    """
    inputs, targets = check_vector(x, "inputs"), check_vector(y, "targets")
    if len(inputs) != len(targets):
        raise ValueError(f"expected {len(inputs)} targets, got {len(targets)}")
    places = np.unique(inputs)
    if len(places) < 2:
        raise ValueError("expected two different inputs to split between, got one")
    candidates = []
    for threshold in (places[1:] + places[:-1]) / 2:
        left = inputs <= threshold
        below, above = np.mean(targets[left]), np.mean(targets[~left])
        # Σ (y - output)²
        error = np.sum((targets - np.where(left, below, above)) ** 2)
        candidates.append((float(error), Stump(threshold, below, above)))
    return min(candidates, key=lambda each: each[0])[1]


def stump_output(stump: Stump, x: ArrayLike) -> Array:
    """Return a stump's predictions.

    Shapes:
        x and the result: any, the same.

    Equation:
        f(x) = below if x ≤ threshold, else above

    Confusable with:
        A linear unit, whose output changes gradually.

    Reference:
        Breiman, Friedman, Olshen & Stone 1984, section 8.2.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    return np.where(floating(x, "inputs") <= stump.threshold, stump.below, stump.above)

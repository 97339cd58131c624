"""What averaging several models gains: in variance, and in squared error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, IndexedBase, Symbol, sqrt

from studydl.derivations.regularization._terms import goodfellow, i, y
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import regularization
from studydl.verification.definitions import COVARIANCE, VARIANCE
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Integers, Sequence
from studydl.verification.randomness import Standardized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.verification.randomness import Outcomes

__all__ = ["ambiguity", "ensemble_variance"]

_j = Symbol("j", integer=True)
_members = Symbol("M", integer=True, positive=True)
_sigma = Symbol("sigma", positive=True)
_rho = Symbol("rho", positive=True)
_shared, _own = Symbol("u", real=True), IndexedBase("z")
_f = Function("f", real=True)
_outputs = IndexedBase("f")
_mean = Symbol("fbar", real=True)


def _by_formula(M: int, sigma: float, rho: float, **_errors: Outcomes) -> float:  # noqa: N803 - the symbol's name
    return float(regularization.variance_of_average(sigma**2, rho, M))


def _by_outcomes(M: int, sigma: float, rho: float, u: Outcomes, z: Outcomes) -> float:  # noqa: N803 - the symbol's name
    """Return the variance of the average over all outcomes of what is shared and what is not."""
    own = z.joint(M)
    per_shared = [
        regularization.average(sigma * (np.sqrt(rho) * shared + np.sqrt(1 - rho) * own.values.T))
        for shared in u.values
    ]
    first = np.array([own.mean(each) for each in per_shared])
    second = np.array([own.mean(each**2) for each in per_shared])
    return u.mean(second) - u.mean(first) ** 2


def _error(M: int, f: NDArray[np.float64], y: float) -> float:  # noqa: N803 - the symbol's name
    found = regularization.ambiguity_decomposition(f[:M, None], [y])
    return float(found.ensemble_error)


def _averaged(term: Any) -> Any:
    return total(term, i, 1, _members) / _members


with as_written():
    _sum = total(_f(i), i, 1, _members)
    _variance = _sigma**2
    _covariance = _rho * _sigma**2

    ensemble_variance = Derivation(
        "regularization.ensemble-variance",
        title=Text(
            "Averaging M models removes only the part of the variance that they do not share",
            "对 M 个模型取平均，只能消去方差中不共有的部分",
        ),
        notes="3.2.3",
        domain=Domain(
            {
                _members: Integers(1, 4),
                _sigma: POSITIVE,
                _rho: UNIT,
                _shared: Standardized(POSITIVE),
                _own: Standardized(POSITIVE),
            }
        ),
        definitions={_f(i): _sigma * (sqrt(_rho) * _shared + sqrt(1 - _rho) * _own[i])},
        steps=(
            Step(
                VARIANCE(_sum / _members),
                Text(
                    "Models of variance σ² that share a part u of their errors: correlation ρ.",
                    "各模型方差为 σ²，误差有共同的部分 u，相关系数为 ρ。",
                ),
            ),
            Step(
                VARIANCE(_sum) / _members**2,
                Text(
                    "A constant factor leaves a variance as its square.",
                    "常数因子提到方差之外要平方。",
                ),
            ),
            Step(
                total(total(COVARIANCE(_f(i), _f(_j)), _j, 1, _members), i, 1, _members)
                / _members**2,
                Text(
                    "The variance of a sum is the sum of all covariances, i = j included.",
                    "和的方差等于所有协方差之和，包括 i = j。",
                ),
            ),
            Step(
                (_members * _variance + _members * (_members - 1) * _covariance) / _members**2,
                Text(
                    "M of them are variances σ², the other M(M - 1) are ρσ².",
                    "其中 M 个是方差 σ²，其余 M(M - 1) 个是 ρσ²。",
                ),
            ),
            Step(
                _variance / _members + (_members - 1) / _members * _covariance,
                Text("Divide term by term.", "逐项相除。"),
            ),
            Step(
                _covariance + (1 - _rho) * _variance / _members,
                Text(
                    "Collect what does not depend on M: more models leave ρσ² as it is.",
                    "把与 M 无关的合在一起：模型再多，ρσ² 也消不掉。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.regularization.variance_of_average", _by_formula),
            Comparison("variance of nn.regularization.average", _by_outcomes),
        ),
        sources=(
            "Hastie, Tibshirani & Friedman 2009, Elements of Statistical Learning, section 15.2",
            f"{goodfellow} 7.11",
        ),
    )

    _from_target = _outputs[i] - y
    _from_mean = _outputs[i] - _mean

    ambiguity = Derivation(
        "regularization.ensemble-ambiguity",
        title=Text(
            "An average errs less than its members, by as much as these disagree",
            "平均的误差小于成员的平均误差，差值正是成员之间的分歧",
        ),
        notes="3.2.3",
        domain=Domain({_members: Integers(), _outputs: Sequence(), y: REALS}),
        definitions={_mean: _averaged(_outputs[i])},
        steps=(
            Step(
                (_mean - y) ** 2,
                Text(
                    "The squared error of the average, on one example with target y.",
                    "在目标为 y 的一个样本上，平均输出的平方误差。",
                ),
            ),
            Step(
                _averaged((_from_target - _from_mean) ** 2),
                Text(
                    "For each member the error is its own minus its distance to the average.",
                    "对每个成员，它都等于成员的误差减去成员到平均的距离。",
                ),
            ),
            Step(
                _averaged(_from_target**2)
                - 2 * _averaged(_from_target * _from_mean)
                + _averaged(_from_mean**2),
                Text("Multiply the square out.", "把平方展开。"),
            ),
            Step(
                _averaged(_from_target**2) - _averaged(_from_mean**2),
                Text(
                    "Distances to a mean sum to 0, so the mean may replace y in the middle term.",
                    "到均值的距离之和为 0，所以中间项里可以用均值代替 y。",
                ),
            ),
        ),
        comparisons=(
            Comparison("ensemble error of nn.regularization.ambiguity_decomposition", _error),
        ),
        sources=("Krogh & Vedelsby 1995, Neural Network Ensembles, section 2",),
    )

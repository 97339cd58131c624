"""Xavier's compromise between the two directions, and the bound of its uniform weights."""

from __future__ import annotations

import math

import numpy as np
from sympy import Symbol, sqrt

from studydl.derivations.initialization._terms import (
    TwoPoints,
    glorot,
    n_in,
    n_out,
    variance_drawn,
)
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import initialization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import Domain, Integers

__all__ = ["xavier_bound", "xavier_variance"]

_v = Symbol("v", positive=True)


def _normal(n_in: int, n_out: int) -> float:
    return variance_drawn(initialization.xavier_normal, n_in, n_out)


def _uniform(n_in: int, n_out: int) -> float:
    return variance_drawn(initialization.xavier_uniform, n_in, n_out)


class _LargestNumber(TwoPoints):
    """Stands in for a random generator, and returns the end of the range instead of a number."""

    def uniform(self, low: float, high: float, size: tuple[int, ...]) -> np.ndarray:
        """Return the upper end; the lower one has to be its negative."""
        return np.full(size, high if low == -high else math.nan)


def _bound(n_in: int, n_out: int) -> float:
    rng = _LargestNumber(np.ones(1))
    return float(initialization.xavier_uniform(rng, n_in, n_out)[0, 0])  # type: ignore[arg-type]


with as_written():
    _fans = n_in + n_out
    _variance = 2 / _fans

    xavier_variance = Derivation(
        "initialization.xavier-variance",
        title=Text(
            "Xavier's compromise between both directions: the variance 2/(n_in + n_out)",
            "Xavier 在前向与反向之间折中：方差为 2/(n_in + n_out)",
        ),
        notes="4.3",
        domain=Domain({n_in: Integers(), n_out: Integers()}),
        steps=(
            Step(
                n_in / 2 + n_out / 2,
                Text(
                    "Forward n_in Var[w] should be 1, backward n_out Var[w]: average the fans.",
                    "前向要求 n_in Var[w] = 1，反向要求 n_out Var[w] = 1：取两个扇数的平均。",
                ),
            ),
            Step(_fans / 2, Text("Write it as one fraction.", "合成一个分式。")),
            Step(
                1 / (_fans / 2),
                Text(
                    "The mean fan times the variance is to be 1. If both fans agree, both hold.",
                    "要求平均扇数乘方差等于 1；两个扇数相等时，两个条件同时成立。",
                ),
                Relation.APPLIED,
            ),
            Step(
                _variance,
                Text(
                    "Dividing by a half is doubling.",
                    "除以二分之一等于乘以二。",
                ),
            ),
        ),
        comparisons=(
            Comparison("variance of nn.initialization.xavier_normal", _normal),
            Comparison("variance of nn.initialization.xavier_uniform", _uniform),
        ),
        sources=(f"{glorot}, section 4.2.1, equations 10 to 12",),
    )

    xavier_bound = Derivation(
        "initialization.xavier-bound",
        title=Text(
            "Xavier's uniform weights lie within √(6/(n_in + n_out))",
            "Xavier 均匀分布的界是 √(6/(n_in + n_out))",
        ),
        notes="4.3",
        domain=Domain({n_in: Integers(), n_out: Integers()}),
        definitions={_v: _variance},
        steps=(
            Step(
                sqrt(3 * _v),
                Text(
                    "U(-b, b) has the variance v = b²/3, as in standard-variance: solve for b.",
                    "U(-b, b) 的方差是 v = b²/3，推导见 standard-variance；解出 b。",
                ),
            ),
            Step(
                sqrt(3 * _variance),
                Text(
                    "Insert the variance that is wanted, derived in xavier-variance.",
                    "代入想要的方差，推导见 xavier-variance。",
                ),
            ),
            Step(
                sqrt(6 / _fans),
                Text("Three times two is six.", "3 乘 2 得 6。"),
            ),
        ),
        comparisons=(Comparison("bound of nn.initialization.xavier_uniform", _bound),),
        sources=(f"{glorot}, section 4.2.1, equation 16",),
    )

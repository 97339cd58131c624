"""Sums over the members of sequences: which are proved equal, and that false ones never are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Function, IndexedBase, KroneckerDelta, Sum, Symbol, sqrt

from studydl.verification.derivation_report import Proof
from studydl.verification.domain import REALS, Domain, Index, Integers, Matrix, Sequence
from studydl.verification.equality import Equality, decide
from studydl.verification.partial import Partial
from studydl.verification.sums import with_normal_sums

n, i, p = (Symbol(name, integer=True, positive=True) for name in "nip")
j, k = (Symbol(name, integer=True) for name in "jk")
c = Symbol("c", real=True)
x, y, W = IndexedBase("x"), IndexedBase("y"), IndexedBase("W")
mu, s, z = Symbol("mu", real=True), Symbol("s", positive=True), Function("z", real=True)

DOMAIN = Domain(
    {
        n: Integers(1, 5),
        i: Index(n),
        p: Integers(1, 9),
        c: REALS,
        x: Sequence(),
        y: Sequence(),
        W: Matrix(),
    }
)
NAMES: dict[Any, Any] = {
    mu: Sum(x[k], (k, 1, n)) / n,
    s: sqrt(Sum((x[k] - mu) ** 2, (k, 1, n)) / n),
    z(j): (x[j] - mu) / s,
}


def over(term: Any, index: Any = j) -> Any:
    return Sum(term, (index, 1, n))


def found(left: Any, right: Any) -> Equality:
    return decide(left, right, DOMAIN, np.random.default_rng(3), definitions=NAMES)


PROVED = {
    "another index": (over(x[j] * y[j]), over(x[k] * y[k], k)),
    "a factor in front": (over(c * x[j]), c * over(x[j])),
    "term by term": (over(x[j] + y[j]), over(x[j]) + over(y[j])),
    "a constant": (over(c), c * n),
    "a delta": (over(KroneckerDelta(i, j) * x[j] * y[i]), x[i] * y[i]),
    "a product of sums": (over(over(x[j] * y[k], k)), over(x[j]) * over(y[j])),
    "a matrix, named otherwise": (over(over(W[j, k] * x[k], k)), over(over(W[k, j] * x[j]), k)),
    "the variance by two ways": (
        over((x[j] - mu) ** 2),
        over(x[j] ** 2) - n * mu**2,
    ),
    "a derivative through names": (over(y[j] * Partial(mu, x[i])), over(y[j]) / n),
    "a delta and a name": (over(KroneckerDelta(i, j) * z(j)), z(i)),
}
FALSE = {
    "another sequence": (over(x[j] * y[j]), over(x[k] * x[k], k)),
    "a delta that may lie outside": (over(KroneckerDelta(p, j) * x[j]), x[p]),
    "squares and products": (over(x[j]) ** 2, over(x[j] ** 2)),
    "means and products": (over(x[j] * y[j]) * n, over(x[j]) * over(y[j])),
    "one term less": (Sum(x[j], (j, 2, n)), over(x[j])),
    "the transposed matrix": (over(over(W[j, k] * x[k], k)), over(over(W[k, j] * x[k], k))),
    "the mean for a constant": (Partial(over(z(j) * y[j]), x[i]), y[i] / s),
}


@pytest.mark.parametrize("case", PROVED)
def test_equal_sums_of_any_length_are_proved(case: str) -> None:
    left, right = PROVED[case]
    assert found(left, right).kind is Proof.SYMBOLIC


@pytest.mark.parametrize("case", FALSE)
def test_sums_that_differ_are_not(case: str) -> None:
    left, right = FALSE[case]
    assert found(left, right).kind is Proof.UNEQUAL
    assert with_normal_sums(left - right, DOMAIN) != 0


_FACTORS = [x[j], y[j], c, n, KroneckerDelta(i, j), W[i, j], W[j, i], x[i]]
_TERMS = st.lists(st.sampled_from(_FACTORS), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(_TERMS, _TERMS, st.integers(0, 2**32))
def test_what_is_proved_agrees_with_what_is_sampled(
    first: list[Any], second: list[Any], seed: int
) -> None:
    left, right = (over(np.prod(np.array(term, dtype=object))) for term in (first, second))
    is_proved = with_normal_sums(left - right, DOMAIN) == 0
    sampled = decide(left, right, DOMAIN, np.random.default_rng(seed))
    assert sampled.holds or not is_proved
    normal = with_normal_sums(left, DOMAIN)
    assert decide(left, normal, DOMAIN, np.random.default_rng(seed)).holds

"""Matrices, indices, and names that are worked out once."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Function, IndexedBase, Integer, Sum, Symbol

from studydl.verification.derivation_report import Proof
from studydl.verification.domain import REALS, Domain, Index, Integers, Matrix, Sequence
from studydl.verification.equality import Equality, decide
from studydl.verification.formula import domain_formulas
from studydl.verification.indexed import Grid

n, i = (Symbol(name, integer=True, positive=True) for name in "ni")
j, k = (Symbol(name, integer=True) for name in "jk")
x, W = IndexedBase("x"), IndexedBase("W")

OF_A_LAYER = Domain({n: Integers(1, 6), i: Index(n), x: Sequence(), W: Matrix()})


def found(left: Any, right: Any, domain: Domain = OF_A_LAYER, **options: Any) -> Equality:
    return decide(left, right, domain, np.random.default_rng(3), **options)


def test_a_matrix_is_not_its_transpose() -> None:
    forward, backward = (Sum(entry * x[j], (j, 1, n)) for entry in (W[i, j], W[j, i]))
    assert found(forward, forward).holds
    assert found(forward, backward).kind is Proof.UNEQUAL


def test_sums_over_both_indices_may_change_places() -> None:
    by_rows = Sum(Sum(W[j, k], (k, 1, n)), (j, 1, n))
    by_columns = Sum(Sum(W[j, k], (j, 1, n)), (k, 1, n))
    assert found(by_rows, by_columns).holds
    assert found(by_rows, Sum(W[j, j], (j, 1, n))).kind is Proof.UNEQUAL


@pytest.mark.parametrize(
    "undefined",
    [
        pytest.param(W[0, 1], id="row 0"),
        pytest.param(W[7, 1], id="beyond the last row"),
        pytest.param(W[1, 7], id="beyond the last column"),
        pytest.param(W[1], id="one index of two"),
        pytest.param(x[1, 1], id="two indices of one"),
    ],
)
def test_what_is_not_in_the_matrix_has_no_value(undefined: Any) -> None:
    assert found(undefined, undefined).kind is Proof.UNDECIDED


@given(st.integers(0, 2**32))
def test_an_index_lies_between_1_and_its_end(seed: int) -> None:
    values = OF_A_LAYER.draw(np.random.default_rng(seed)).values
    assert 1 <= values["i"] <= values["n"]


def test_an_index_that_comes_before_its_end_is_refused() -> None:
    with pytest.raises(ValueError, match="expected n to be named before it"):
        Domain({i: Index(n), n: Integers()})


@pytest.mark.parametrize(("symbol", "values"), [(Symbol("W"), Matrix()), (W, REALS)])
def test_a_matrix_needs_a_base_of_its_own(symbol: Any, values: Any) -> None:
    with pytest.raises(ValueError, match=r"^W: "):
        Domain({symbol: values})


def test_a_matrix_is_told_by_its_corner_and_handed_over_as_an_array() -> None:
    grid = Grid(tuple(tuple(Fraction(3 * row + col, 2) for col in range(3)) for row in range(3)))
    assert str(grid) == "((0, 0.5, ...), (1.5, 2, ...), ...)"
    assert grid.as_floats().tolist() == [[0, 0.5, 1], [1.5, 2, 2.5], [3, 3.5, 4]]
    assert grid.entry(2, 3) == Fraction(5, 2)


def test_the_domain_tells_entries_and_ends() -> None:
    told = {formula.latex: formula.plain for formula in domain_formulas(OF_A_LAYER)}
    assert told[r"i = 1, \ldots, n"] == "i = 1, ..., n"
    assert told[r"W_{1 1}, W_{1 2}, \ldots \in \mathbb{R}"] == "W[1, 1], W[1, 2], ... real"


def test_a_name_is_worked_out_anew_where_what_it_is_made_of_differs() -> None:
    row = Function("row", real=True)
    definitions = {row(j): Sum(W[j, k] * x[k], (k, 1, n))}
    written_out = Sum(Sum(W[j, k] * x[k], (k, 1, n)) ** 2, (j, 1, n))
    assert found(Sum(row(j) ** 2, (j, 1, n)), written_out, definitions=definitions).holds
    same_row = n * row(1) ** 2
    assert found(Sum(row(j) ** 2, (j, 1, n)), same_row, definitions=definitions).kind is (
        Proof.UNEQUAL
    )


def test_a_name_may_be_made_of_an_index_around_it() -> None:
    inner = Symbol("inner", real=True)
    definitions = {inner: x[k] ** 2}
    squares = Sum(x[j] ** 2, (j, 1, n))
    assert found(Sum(inner, (k, 1, n)), squares, definitions=definitions).holds


def test_two_recursions_may_lean_on_each_other() -> None:
    up, down = Function("up", real=True), Function("down", real=True)
    definitions = {
        up(Integer(0)): Integer(1),
        down(j): 2 * up(j),
        up(j): down(j - 1) + x[j],
    }
    unrolled = 2**n + Sum(2 ** (n - j) * x[j], (j, 1, n))
    assert found(up(n), unrolled, definitions=definitions).holds
    assert found(up(n), unrolled + x[1], definitions=definitions).kind is Proof.UNEQUAL

"""Derivatives through names, sums and recursions, and of functions of which nothing is known."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    Abs,
    Derivative,
    Function,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Sum,
    Symbol,
    evaluate,
    exp,
    sqrt,
)

from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation_report import Proof
from studydl.verification.differentiation import central_difference
from studydl.verification.domain import (
    REALS,
    Domain,
    FreeFunction,
    Index,
    Integers,
    Matrix,
    RandomSequence,
    Sequence,
)
from studydl.verification.equality import Equality, decide
from studydl.verification.formula import domain_formulas
from studydl.verification.latex import latex
from studydl.verification.partial import Partial

n, i = (Symbol(name, integer=True, positive=True) for name in "ni")
j, k, t = (Symbol(name, integer=True) for name in "jkt")
x, y, u = (Symbol(name, real=True) for name in "xyu")
mu, s = Symbol("mu", real=True), Symbol("s", positive=True)
v, W = IndexedBase("v"), IndexedBase("W")
f, fprime, h = (Function(name, real=True) for name in ("f", "fprime", "h"))

DOMAIN = Domain(
    {
        n: Integers(1, 5),
        i: Index(n),
        x: REALS,
        y: REALS,
        v: Sequence(),
        W: Matrix(),
        f: FreeFunction(),
    }
)
NAMES: dict[Any, Any] = {
    mu: Sum(v[k], (k, 1, n)) / n,
    s: sqrt(Sum(v[k] ** 2, (k, 1, n))),
    fprime(u): Derivative(f(u), u),
    h(Integer(0)): x,
    h(t): f(v[t] * h(t - 1)),
}


def found(left: Any, right: Any, domain: Domain = DOMAIN) -> Equality:
    return decide(left, right, domain, np.random.default_rng(3), definitions=NAMES)


EQUAL = {
    "of a mean for a member": (Partial(mu, v[i]), 1 / n),
    "of a length for a member": (Partial(s, v[i]), v[i] / s),
    "of a member for a member": (Partial(v[i], v[1]), KroneckerDelta(i, 1)),
    "of a matrix for an entry": (
        Partial(Sum(W[i, j] * v[j], (j, 1, n)), W[i, 1]),
        v[1],
    ),
    "chain rule": (Partial(f(x**2), x), 2 * x * fprime(x**2)),
    "product rule": (Partial(f(x) * f(y), x), fprime(x) * f(y)),
    "twice": (Derivative(f(x * y), x, y), Partial(y * fprime(x * y), y)),
    "through one layer of a recursion": (
        Partial(h(n), x),
        fprime(v[n] * h(n - 1)) * v[n] * Partial(h(n - 1), x),
    ),
    "of what does not depend on it": (Partial(f(y), x), Integer(0)),
}
UNEQUAL = {
    "the mean for a constant": (Partial(v[i] - mu, v[i]), Integer(1)),
    "the length for a constant": (Partial(x / s, v[i]), Integer(0)),
    "another member": (Partial(s, v[1]), v[i] / s),
    "the transposed matrix": (
        Partial(Sum(W[j, i] * v[j], (j, 1, n)), W[i, 1]),
        v[1],
    ),
    "no inner derivative": (Partial(f(x**2), x), fprime(x**2)),
    "slope at the wrong place": (Partial(f(2 * x), x), 2 * fprime(x)),
    "a recursion for a constant": (Partial(h(n), x), Integer(0)),
    "a function taken for linear": (f(x + y), f(x) + f(y)),
    "a function taken for odd": (f(-x), -f(x)),
    "a slope taken for constant": (fprime(x), fprime(y)),
}


@pytest.mark.parametrize("case", EQUAL)
def test_a_true_derivative_is_found_equal(case: str) -> None:
    left, right = EQUAL[case]
    assert found(left, right).holds
    assert found(right, left).holds


@pytest.mark.parametrize("case", UNEQUAL)
def test_a_false_derivative_is_found_unequal(case: str) -> None:
    left, right = UNEQUAL[case]
    assert found(left, right).kind is Proof.UNEQUAL


def test_the_derivative_of_a_mean_is_the_mean_of_derivatives() -> None:
    g = IndexedBase("g")
    domain = Domain({x: REALS, n: Integers(), g: RandomSequence()})
    outside, inside = Partial(EXPECTATION((x * g[n]) ** 2), x), EXPECTATION(2 * x * g[n] ** 2)
    assert found(outside, inside, domain).holds
    assert found(outside, 2 * x * EXPECTATION(g[n]) ** 2, domain).kind is Proof.UNEQUAL


@pytest.mark.parametrize(
    "undefined",
    [
        pytest.param(Partial(x, n), id="for what counts"),
        pytest.param(Partial(x, x * y), id="for no symbol"),
        pytest.param(Partial(x, Symbol("q")), id="for a symbol without a value"),
        pytest.param(Partial(x, v[n + 20]), id="for a member that there is not"),
        pytest.param(Partial(s, mu), id="for a name"),
        pytest.param(Partial(f(x, y), x), id="of a function of two"),
        pytest.param(Derivative(exp(x * y), x, x, y, y), id="of too high an order"),
    ],
)
def test_what_is_no_derivative_has_no_value(undefined: Any) -> None:
    assert found(undefined, undefined).kind is Proof.UNDECIDED


def test_a_kink_is_not_smoothed() -> None:
    with evaluate(False):
        slope = Partial(Abs(x), x)
    assert found(slope * Abs(x), x).holds
    assert found(slope, Integer(1)).kind is Proof.UNEQUAL


@given(st.integers(0, 2**32), st.floats(-5, 5))
def test_a_drawn_function_knows_its_slope(seed: int, place: float) -> None:
    function = FreeFunction().draw(np.random.default_rng(seed))
    at = np.array([place])
    difference = central_difference(function, at)
    assert function.slope(at) == pytest.approx(difference, rel=1e-6, abs=1e-6)
    coefficients = f"{float(function.a):.10g}*u + {float(function.b):.10g}*tanh"
    assert str(function).startswith(f"u -> {coefficients}")


@pytest.mark.parametrize(("symbol", "values"), [(x, FreeFunction()), (f, REALS)])
def test_a_free_function_needs_a_function_for_a_name(symbol: Any, values: Any) -> None:
    with pytest.raises(ValueError, match=r"^[xf]: "):
        Domain({symbol: values})


def test_a_free_function_is_told_in_the_domain_and_shown_in_counterexamples() -> None:
    told = domain_formulas(DOMAIN)[-1]
    assert told.latex == r"f : \mathbb{R} \to \mathbb{R}"
    assert told.plain == "f: real -> real"
    counterexample = found(f(x), f(y)).counterexample
    assert counterexample is not None
    assert ", f = u -> " in counterexample.at


def test_derivatives_and_double_indices_are_printed_as_they_are_read() -> None:
    assert latex(Partial(mu, v[i])) == r"\frac{\partial \mu}{\partial v_{i}}"
    assert latex(Partial(x - y, x)) == r"\frac{\partial}{\partial x} \left(x - y\right)"
    assert latex(2 * Partial(f(x), x)) == r"2 \frac{\partial f\left(x\right)}{\partial x}"
    assert latex(W[i, j]) == "W_{i j}"
    assert latex(W[2 * i, j]) == "W_{2 i, j}"
    assert latex(KroneckerDelta(i, j)) == r"\delta_{i j}"
    assert latex(fprime(x)) == r"{f}'\left(x\right)"

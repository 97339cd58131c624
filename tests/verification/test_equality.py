"""What the sampler decides, and what it leaves undecided."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Add,
    Derivative,
    Function,
    IndexedBase,
    Integer,
    Integral,
    Limit,
    Max,
    Mul,
    Piecewise,
    Pow,
    Rational,
    Subs,
    Sum,
    Symbol,
    cos,
    exp,
    expand,
    factorial,
    log,
    oo,
    sin,
    sqrt,
    tanh,
)

from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation_report import Proof, Relation
from studydl.verification.domain import (
    POSITIVE,
    REALS,
    UNIT,
    Domain,
    Integers,
    Interval,
    RandomSequence,
    Sequence,
)
from studydl.verification.equality import Equality, decide

x, y, z, b, a = (Symbol(name) for name in ["x", "y", "z", "b", "alpha"])
k, t = Symbol("k", integer=True), Symbol("t", integer=True, positive=True)
g = IndexedBase("g")
f, m, sigma = Function("f"), Function("m"), Function("sigma")

ON_THE_LINE = Domain({x: REALS, y: REALS})


def found(left: Any, right: Any, domain: Domain = ON_THE_LINE, **options: Any) -> Equality:
    return decide(left, right, domain, np.random.default_rng(3), **options)


def s(u: Any) -> Any:
    return 1 / (1 + exp(-u))


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        pytest.param(tanh(x), 2 * s(2 * x) - 1, ON_THE_LINE, id="tanh and sigmoid"),
        pytest.param(log(exp(x) + exp(y)), x + log(1 + exp(y - x)), ON_THE_LINE, id="log of a sum"),
        pytest.param(sqrt(b**2), b, Domain({b: POSITIVE}), id="root of a square, b > 0"),
        pytest.param(s(x) * (1 - s(x)), exp(-x) / (1 + exp(-x)) ** 2, ON_THE_LINE, id="s(1-s)"),
        pytest.param(sin(x) ** 2 + cos(x) ** 2 - 1, Integer(0), ON_THE_LINE, id="exactly zero"),
        pytest.param(Derivative(tanh(x), x), 1 - tanh(x) ** 2, ON_THE_LINE, id="derivative"),
        pytest.param(
            Subs(Derivative(z**2, z), z, 3 * x), 6 * x, ON_THE_LINE, id="derivative at a place"
        ),
        pytest.param(Max(0, x) ** 2, x * Max(0, x), ON_THE_LINE, id="powers of zero"),
        pytest.param(
            Sum(a**k, (k, 0, t - 1)),
            (1 - a**t) / (1 - a),
            Domain({a: UNIT, t: Integers()}),
            id="geometric sum",
        ),
        pytest.param(
            Limit((1 - a**t) / (1 - a), t, oo),
            1 / (1 - a),
            Domain({a: UNIT, t: Integers()}),
            id="limit at infinity",
        ),
        pytest.param(
            Limit((x + 1 / t) ** 2, t, oo),
            x**2,
            Domain({x: REALS, t: Integers()}),
            id="limit that is reached slowly",
        ),
        pytest.param(Limit(sin(a * x) / x, x, 0), a, Domain({x: REALS, a: UNIT}), id="limit at 0"),
        pytest.param(
            Integral(x * exp(-x * y), (x, 0, oo)),
            1 / y**2,
            Domain({x: REALS, y: POSITIVE}),
            id="integral",
        ),
        pytest.param(
            Piecewise((x, x > 0), (0, True)), Max(0, x), ON_THE_LINE, id="pieces and maximum"
        ),
        pytest.param(
            Sum(g[k] ** 2, (k, 1, t)),
            g[1] ** 2 + Sum(g[k] ** 2, (k, 2, t)),
            Domain({t: Integers(), g: Sequence()}),
            id="sequence",
        ),
        pytest.param(
            Sum(Derivative(g[k] ** 2, g[k]), (k, 1, t)),
            2 * Sum(g[k], (k, 1, t)),
            Domain({t: Integers(), g: Sequence()}),
            id="derivative of a member",
        ),
    ],
)
def test_what_is_equal_is_found_equal(left: Any, right: Any, domain: Domain) -> None:
    assert found(left, right, domain).holds
    assert found(right, left, domain).holds


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        pytest.param(tanh(x), 2 * s(x) - 1, ON_THE_LINE, id="tanh without the 2 inside"),
        pytest.param(sqrt(b**2), b, Domain({b: REALS}), id="root of a square, any b"),
        pytest.param(
            Pow(factorial(2004), -1, evaluate=False),
            Pow(factorial(2006), -1, evaluate=False),
            Domain({}),
            id="two tiny numbers",
        ),
        pytest.param(2**-99 * x, 2**-98 * x, ON_THE_LINE, id="two tiny slopes"),
        pytest.param(x, x + Rational(1, 10**15), ON_THE_LINE, id="a tiny offset"),
        pytest.param(
            Sum(a**k, (k, 0, t)),
            (1 - a**t) / (1 - a),
            Domain({a: UNIT, t: Integers()}),
            id="one term too many",
        ),
        pytest.param(
            2 * Limit((1 - a**t) / (1 - a), t, oo),
            1 / (1 - a),
            Domain({a: UNIT, t: Integers()}),
            id="twice the limit",
        ),
        pytest.param(t**2, 2**t, Domain({t: Integers()}), id="equal at two integers"),
    ],
)
def test_what_differs_is_found_unequal_at_a_point(left: Any, right: Any, domain: Domain) -> None:
    for equality in (found(left, right, domain), found(right, left, domain)):
        assert equality.kind is Proof.UNEQUAL
        assert equality.counterexample is not None
        assert equality.counterexample.left != equality.counterexample.right


def test_a_counterexample_names_the_point_and_both_values() -> None:
    counterexample = found(x**2, Integer(-1)).counterexample
    assert counterexample is not None
    name, _, value = counterexample.at.partition(",")[0].partition(" = ")
    assert name == "x"
    assert float(counterexample.left) == pytest.approx(float(value) ** 2, rel=1e-5)
    assert counterexample.right == "-1.0"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(log(-1 - x**2), log(-1 - x**2), id="undefined everywhere, the same"),
        pytest.param(log(-1 - x**2), log(-2 - x**2), id="undefined everywhere, another"),
        pytest.param(f(x), f(x), id="no definition"),
        pytest.param(Symbol("q"), Symbol("q"), id="no domain"),
        pytest.param(g[1], g[1], id="no such sequence"),
        pytest.param(Pow(x - x, -1, evaluate=False), x, id="division by zero"),
        pytest.param(log(b**2), 2 * log(b), id="defined on one side only"),
        pytest.param(exp(exp(exp(exp(exp(x**2 + 3))))), x, id="beyond every bound"),
        pytest.param(Sum(k, (k, 1, 10**9)) + f(x), x, id="without end"),
        pytest.param(Limit(sin(t), t, oo), x, id="no limit"),
    ],
)
def test_what_has_no_values_is_undecided(left: Any, right: Any) -> None:
    domain = Domain({x: REALS, b: REALS, t: Integers()})
    assert found(left, right, domain).kind is Proof.UNDECIDED
    assert found(right, left, domain).kind is Proof.UNDECIDED


def test_a_point_where_only_one_side_is_defined_is_shown() -> None:
    counterexample = found(log(b**2), 2 * log(b), Domain({b: REALS})).counterexample
    assert counterexample is not None
    assert counterexample.at.startswith("b = -")
    assert counterexample.left != ""
    assert counterexample.right == ""


def test_a_few_points_outside_the_common_domain_do_not_hide_a_difference() -> None:
    assert found(sqrt(b), b, Domain({b: REALS})).kind is Proof.UNEQUAL


def test_a_symbolic_proof_is_told_from_agreeing_numbers() -> None:
    assert found(tanh(x), 2 * s(2 * x) - 1).kind is Proof.SYMBOLIC
    assert found(log(exp(x) + exp(y)), x + log(1 + exp(y - x))).kind is Proof.NUMERIC


def test_a_symbolic_proof_uses_what_the_domain_grants() -> None:
    assert found(sqrt(b**2), b, Domain({b: POSITIVE})).kind is Proof.SYMBOLIC
    geometric = Domain({a: UNIT, t: Integers()})
    assert found(Sum(a**k, (k, 0, t)), (1 - a ** (t + 1)) / (1 - a), geometric).kind is (
        Proof.SYMBOLIC
    )


NINE = Integer(9)
TOWER = Pow(NINE, Pow(NINE, NINE, evaluate=False), evaluate=False)


@pytest.mark.parametrize(
    "huge",
    [
        pytest.param(TOWER, id="a tower of powers"),
        pytest.param(factorial(10**9, evaluate=False), id="a factorial"),
        pytest.param(Mul(*((x + i + y) ** 16 for i in range(9)), evaluate=False), id="a product"),
        pytest.param(Pow(2 * x + y, 10**6, evaluate=False), id="a power"),
    ],
)
def test_what_sympy_could_not_evaluate_in_time_is_sampled_only(huge: Any) -> None:
    once = Mul(huge, x + 1, evaluate=False)
    apart = Add(Mul(huge, x, evaluate=False), huge, evaluate=False)
    assert found(once, apart).kind is Proof.NUMERIC


@pytest.mark.parametrize(
    ("left", "relation", "right", "holds"),
    [
        (x * (1 - x), Relation.AT_MOST, Rational(1, 4), True),
        (x * (1 - x), Relation.AT_MOST, Rational(1, 5), False),
        (x**2 + 1, Relation.AT_LEAST, 2 * x, True),
        (x**2, Relation.AT_LEAST, 2 * x, False),
        (x, Relation.AT_MOST, x, True),
        (x, Relation.AT_MOST, -x, False),
    ],
)
def test_a_bound_is_decided(left: Any, relation: Relation, right: Any, holds: bool) -> None:
    equality = found(left, right, relation=relation)
    assert equality.holds is holds
    assert (equality.counterexample is None) is holds


def test_a_name_stands_for_its_definition_and_those_before_it() -> None:
    definitions = {sigma(x): s(x), f(y): sigma(2 * y)}
    assert found(2 * f(x) - 1, tanh(x), definitions=definitions).holds
    assert found(Derivative(f(x), x), 2 * sigma(2 * x), definitions=definitions).kind is (
        Proof.UNEQUAL
    )


def test_a_defined_symbol_is_differentiated_through() -> None:
    definitions = {b: x**2}
    assert found(Derivative(b * y, x), 2 * x * y, definitions=definitions).holds


def test_a_recursion_is_run_from_its_beginning() -> None:
    domain = Domain({a: UNIT, t: Integers(), g: Sequence()})
    definitions = {m(Integer(0)): Integer(0), m(t): a * m(t - 1) + g[t]}
    unrolled = Sum(a ** (t - k) * g[k], (k, 1, t))
    assert found(m(t), unrolled, domain, definitions=definitions).holds
    late = Sum(a ** (t - k + 1) * g[k], (k, 1, t))
    assert found(m(t), late, domain, definitions=definitions).kind is Proof.UNEQUAL


def test_an_expectation_is_linear() -> None:
    domain = Domain({a: UNIT, t: Integers(), g: RandomSequence()})
    outside = Sum(a**k * EXPECTATION(g[k]), (k, 1, t))
    assert found(EXPECTATION(Sum(a**k * g[k], (k, 1, t))), outside, domain).holds


def test_every_member_of_a_random_sequence_has_the_same_moments() -> None:
    domain = Domain({t: Integers(), g: RandomSequence()})
    for power in (1, 2, 3):
        assert found(EXPECTATION(g[t] ** power), EXPECTATION(g[1] ** power), domain).holds


def test_members_of_a_random_sequence_are_not_taken_for_independent() -> None:
    domain = Domain({g: RandomSequence()})
    together, apart = EXPECTATION(g[1] * g[2]), EXPECTATION(g[1]) * EXPECTATION(g[2])
    assert found(together, apart, domain).kind is Proof.UNEQUAL
    assert found(EXPECTATION(g[1] ** 2), EXPECTATION(g[1]) ** 2, domain).kind is Proof.UNEQUAL


def test_a_random_number_has_no_value_outside_an_expectation() -> None:
    assert found(g[1], g[1], Domain({g: RandomSequence()})).kind is Proof.UNDECIDED


def test_the_same_seed_gives_the_same_points() -> None:
    first, second = (found(x, 2 * x).counterexample for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("symbol", "values"),
    [
        (Symbol("p", positive=True), REALS),
        (Symbol("n", integer=True), REALS),
        (Symbol("n", integer=True, positive=True), Integers(low=0)),
        (Symbol("p", real=False), REALS),
        (Symbol("p", real=True), Sequence()),
        (IndexedBase("p"), REALS),
    ],
)
def test_a_symbol_of_which_more_is_assumed_than_granted_is_refused(
    symbol: Any, values: Any
) -> None:
    with pytest.raises(ValueError, match=r"^[np]: "):
        Domain({symbol: values})


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="low < high"):
        Interval(1, 1)


@given(
    st.floats(-1e6, 1e6),
    st.floats(1e-3, 1e6),
    st.sampled_from(["both", "low", "high", "none"]),
    st.integers(0, 2**32),
)
def test_a_number_is_drawn_from_inside_its_interval(
    low: float, width: float, ends: str, seed: int
) -> None:
    high = low + width
    interval = {
        "both": Interval(low, high),
        "low": Interval(low=low),
        "high": Interval(high=high),
        "none": REALS,
    }[ends]
    drawn = interval.draw(np.random.default_rng(seed))
    assert interval.low < drawn < interval.high


_COEFFICIENTS = st.lists(st.integers(-9, 9), min_size=2, max_size=5)


def polynomial(coefficients: list[int]) -> Any:
    return sum((c * x**i for i, c in enumerate(coefficients)), Integer(0))


@settings(max_examples=25, deadline=None)
@given(_COEFFICIENTS, _COEFFICIENTS, st.integers(0, 2**32))
def test_products_of_polynomials_equal_their_expansion_and_nothing_else(
    first: list[int], second: list[int], seed: int
) -> None:
    product = polynomial(first) * polynomial(second)
    rng = np.random.default_rng(seed)
    assert decide(product, expand(product), ON_THE_LINE, rng).holds
    offset = expand(product) + Rational(1, 10**12)
    assert decide(product, offset, ON_THE_LINE, rng).kind is Proof.UNEQUAL


@settings(max_examples=25, deadline=None)
@given(st.integers(-3000, 3000), st.integers(0, 2**32))
def test_the_scale_of_both_sides_changes_no_verdict(power: int, seed: int) -> None:
    scale = Integer(10) ** power
    rng = np.random.default_rng(seed)
    identity = scale * tanh(x), scale * (2 * s(2 * x) - 1)
    assert decide(*identity, ON_THE_LINE, rng).holds
    near_miss = scale * tanh(x), scale * (2 * s(2 * x) - 1 + Rational(1, 10**12))
    assert decide(*near_miss, ON_THE_LINE, rng).kind is Proof.UNEQUAL

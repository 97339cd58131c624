"""What may be concluded from independence, and what is refuted without it."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Function, IndexedBase, KroneckerDelta, Max, Sum, Symbol, evaluate

from studydl.verification.definitions import COVARIANCE, EXPECTATION, VARIANCE
from studydl.verification.derivation_report import Proof
from studydl.verification.domain import (
    POSITIVE,
    REALS,
    UNIT,
    Domain,
    Integers,
    RandomSequence,
    Sequence,
)
from studydl.verification.equality import Equality, decide
from studydl.verification.formula import domain_formulas
from studydl.verification.latex import latex
from studydl.verification.randomness import (
    Bernoulli,
    Centred,
    Choices,
    Independent,
    Standardized,
    Symmetric,
)

a, z, u, p = (Symbol(name, real=True) for name in ("a", "z", "u", "p"))
i, j = Symbol("i", integer=True), Symbol("j", integer=True)
n = Symbol("n", integer=True, positive=True)
w, v, g, x, m = (IndexedBase(name) for name in ("w", "v", "g", "x", "m"))
f, h = Function("f", real=True), Function("h", real=True)
E, Var, Cov = EXPECTATION, VARIANCE, COVARIANCE

SOME = Domain(
    {
        p: UNIT,
        a: REALS,
        n: Integers(1, 3),
        x: Sequence(),
        g: RandomSequence(),
        w: Independent(REALS),
        v: Centred(REALS),
        z: Symmetric(POSITIVE),
        u: Standardized(POSITIVE),
        m: Bernoulli(1 - p),
    }
)


def found(left: Any, right: Any, **options: Any) -> Equality:
    return decide(left, right, SOME, np.random.default_rng(5), **options)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(E(w[1] * v[2]), E(w[1]) * E(v[2]), id="different sequences"),
        pytest.param(E(w[1] * w[2]), E(w[1]) * E(w[2]), id="two members"),
        pytest.param(E(w[1] ** 2 * w[3]), E(w[1] ** 2) * E(w[3]), id="a function of one"),
        pytest.param(E(w[2] * g[2]), E(w[2]) * E(g[2]), id="one of them dependent on others"),
        pytest.param(E(w[1] * z * u), E(w[1]) * E(z) * E(u), id="single numbers"),
        pytest.param(E(w[1] ** 3), E(w[9] ** 3), id="members are of one law"),
        pytest.param(E(Sum(a * w[i], (i, 1, n))), n * a * E(w[1]), id="linear"),
        pytest.param(
            Var(Sum(w[i], (i, 1, n))), n * Var(w[1]), id="variances of independent numbers add up"
        ),
        pytest.param(Var(a * w[1] + p), a**2 * Var(w[1]), id="a factor and a shift"),
        pytest.param(Var(g[1]), E(g[1] ** 2) - E(g[1]) ** 2, id="moments of a variance"),
        pytest.param(Var(g[1]), E((g[1] - E(g[1])) ** 2), id="a mean inside a mean"),
        pytest.param(E(w[1] * E(w[1])), E(w[1]) ** 2, id="a mean inside is a number"),
        pytest.param(
            Cov(g[1], g[2]), E(g[1] * g[2]) - E(g[1]) * E(g[2]), id="moments of a covariance"
        ),
        pytest.param(
            Var(g[1] + g[2]), 2 * Var(g[1]) + 2 * Cov(g[1], g[2]), id="dependent ones add more"
        ),
        pytest.param(Cov(w[n], w[2]), KroneckerDelta(n, 2) * Var(w[1]), id="covariances"),
        pytest.param(E(v[1]), 0 * a, id="centred"),
        pytest.param(E(z**3), 0 * a, id="symmetric"),
        pytest.param(E(Max(0, z) ** 2), E(z**2) / 2, id="half of a symmetric law"),
        pytest.param(E(u) + Var(u), a / a, id="standardized"),
        pytest.param(E(m[1] * x[1]), (1 - p) * x[1], id="the probability of 1"),
        pytest.param(Var(m[1]), p * (1 - p), id="the variance of 0 and 1"),
        pytest.param(E(a), a, id="nothing random"),
    ],
)
def test_what_independence_allows_is_found_equal(left: Any, right: Any) -> None:
    assert found(left, right).holds
    assert found(right, left).holds


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(E(w[1] ** 2), E(w[1]) ** 2, id="a number with itself"),
        pytest.param(E(w[1] * w[n]), E(w[1]) * E(w[n]), id="two members that may be one"),
        pytest.param(E(v[1] * v[n]), 0 * a, id="centred members that may be one"),
        pytest.param(E(g[1] * g[2]), E(g[1]) * E(g[2]), id="a dependent sequence"),
        pytest.param(
            E(w[1] * g[1] * g[2]), E(w[1]) * E(g[1]) * E(g[2]), id="dependent beside independent"
        ),
        pytest.param(
            Var(Sum(g[i], (i, 1, n + 1))), (n + 1) * Var(g[1]), id="a sum of dependent ones"
        ),
        pytest.param(Var(w[1] * v[1]), Var(w[1]) * Var(v[1]), id="a product off centre"),
        pytest.param(Var(w[1] + w[1]), 2 * Var(w[1]), id="twice the same number"),
        pytest.param(Var(w[1]), E(w[1] ** 2), id="mean square for variance"),
        pytest.param(Var(a * w[1]), a * Var(w[1]), id="a forgotten square"),
        pytest.param(E(v[1] ** 3), 0 * a, id="centred is not symmetric"),
        pytest.param(E(u**3), 0 * a, id="standardized is not symmetric"),
        pytest.param(E(z**4), E(z**2) ** 2, id="symmetric is not a coin"),
        pytest.param(E(1 / w[1]), 1 / E(w[1]), id="the mean of a reciprocal"),
        pytest.param(E(m[1]), p, id="kept for dropped"),
        pytest.param(E(w[1]), E(v[1]), id="laws of two sequences"),
        pytest.param(E(w[1] * E(w[1])), E(w[1] ** 2), id="a mean inside is not what it is of"),
    ],
)
def test_what_independence_does_not_allow_is_refuted(left: Any, right: Any) -> None:
    for equality in (found(left, right), found(right, left)):
        assert equality.kind is Proof.UNEQUAL
        assert equality.counterexample is not None


@pytest.mark.parametrize("outside", [w[1], z, m[1], E(g[1]) * g[1], w[1] - E(w[1]), E(w[1, 2])])
def test_a_random_number_has_no_value_outside_an_expectation(outside: Any) -> None:
    assert found(outside, outside).kind is Proof.UNDECIDED


def test_a_name_inside_an_expectation_is_computed_in_each_outcome() -> None:
    b = Symbol("b", real=True)
    definitions = {b: z + u, f(i): w[i] + z, h(i): f(i) * b}
    assert found(E(b**2), E(z**2) + 1, definitions=definitions).holds
    assert found(Cov(f(1), f(2)), Var(z), definitions=definitions).holds
    assert found(E(h(1)), E(z**2), definitions=definitions).holds
    assert found(Cov(f(1), f(2)), 0 * a, definitions=definitions).kind is Proof.UNEQUAL


def test_more_outcomes_than_can_be_enumerated_are_undecided() -> None:
    many = E(Sum(w[i], (i, 1, 12)) ** 2)
    assert found(many, many).kind is Proof.UNDECIDED


def test_a_probability_needs_its_symbol_before_it() -> None:
    with pytest.raises(ValueError, match="m: expected p to be named before it"):
        Domain({m: Bernoulli(1 - p), p: UNIT})


def test_more_than_real_cannot_be_assumed_of_a_random_number() -> None:
    with pytest.raises(ValueError, match="positive"):
        Domain({Symbol("q", positive=True): Independent(POSITIVE)})


LAWS = [Independent(REALS), Centred(REALS), Symmetric(POSITIVE), Standardized(REALS), Bernoulli(p)]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(LAWS), st.integers(0, 2**32))
def test_a_law_is_exact_and_keeps_what_it_promises(law: Any, seed: int) -> None:
    chance = Fraction(seed % 97 + 1, 100)
    values, probabilities = law.draw(np.random.default_rng(seed), {"p": chance})
    moment = [sum(q * v**k for v, q in zip(values, probabilities, strict=True)) for k in range(4)]
    assert moment[0] == 1
    assert min(probabilities) > 0
    if isinstance(law, Centred | Symmetric | Standardized):
        assert moment[1] == 0
    if isinstance(law, Standardized):
        assert moment[2] == 1
    if isinstance(law, Symmetric):
        assert moment[3] == 0
    if isinstance(law, Bernoulli):
        assert moment[1] == moment[2] == chance


@given(st.integers(1, 4))
def test_joint_outcomes_are_those_of_independent_numbers(count: int) -> None:
    law = SOME.draw(np.random.default_rng(2)).as_floats()["w"]
    joint = law.joint(count)
    assert joint.values.shape == (3**count, count)
    assert joint.probabilities.sum() == pytest.approx(1)
    total = joint.variance(joint.values.sum(axis=1))
    assert total == pytest.approx(count * law.variance(law.values))


def test_choices_go_through_every_outcome_once_and_ask_only_for_what_is_needed() -> None:
    half = (Fraction(1, 2), Fraction(1, 2))
    choices, seen = Choices(), []
    while True:
        first = choices.choose(("a", 0), half)
        # What is needed next depends on what came before.
        second = choices.choose(("b", 1), (Fraction(1, 3), Fraction(2, 3))) if first else None
        seen.append((first, second, choices.probability()))
        if not choices.advance():
            break
    assert seen == [
        (0, None, Fraction(1, 2)),
        (1, 0, Fraction(1, 6)),
        (1, 1, Fraction(1, 3)),
    ]


def test_what_is_known_of_random_numbers_is_said() -> None:
    told = [each.plain for each in domain_formulas(SOME)]
    assert told[-6:] == [
        "g[1] ~ g[2] ~ ... real",
        "w[1], w[2], ... i.i.d., w[i] real",
        "v[1], v[2], ... i.i.d., E[v[i]] = 0",
        "z ~ -z",
        "E[u] = 0, Var[u] = 1",
        "m[1], m[2], ... i.i.d., P(m[i] = 1) = 1 - p",
    ]


def test_a_point_is_written_with_values_and_probabilities() -> None:
    point = SOME.draw(np.random.default_rng(1))
    assert f"m = {{0: {float(point.values['p']):.6g}, 1: " in str(point)  # type: ignore[arg-type]


def test_moments_are_drawn_with_brackets() -> None:
    with evaluate(False):
        assert latex(Var(a * w[1])) == r"\operatorname{Var}\left[a w_{1}\right]"
        assert latex(Cov(g[i], g[j])) == r"\operatorname{Cov}\left[g_{i}, g_{j}\right]"

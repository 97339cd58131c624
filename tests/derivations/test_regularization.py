"""What dropout and noise assume is needed."""

import dataclasses

from sympy import Function, IndexedBase, Sum, Symbol

from studydl.derivations import regularization as derivations
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.derivation import check
from studydl.verification.domain import REALS, UNIT, Domain, Integers, RandomSequence, Sequence
from studydl.verification.randomness import Centred

i = Symbol("i", integer=True)
n = Symbol("n", integer=True, positive=True)
t = Symbol("t", integer=True, positive=True)
M = Symbol("M", integer=True, positive=True)
p, h, lamda, eta, sigma, rho = (
    Symbol(name, positive=True) for name in ("p", "h", "lamda", "eta", "sigma", "rho")
)
x, m, v, y = (Symbol(name, real=True) for name in ("x", "m", "v", "y"))
r = Symbol("r", positive=True)
ws, xs, ms = (IndexedBase(name) for name in ("w", "x", "m"))
f = Function("f", real=True)


def test_masks_that_depend_on_each_other_add_more_than_their_variances() -> None:
    of_each = derivations.dropout_ridge.domain
    sets = {symbol: of_each.set_of(symbol) for symbol in of_each.symbols}
    domain = Domain({**sets, ms: RandomSequence(UNIT), n: Integers(2, 4)})
    added_up = (
        derivations.dropout_ridge.steps[1].expression,
        (
            EXPECTATION(y - Sum(ws[i] * ms[i] * xs[i] / (1 - p), (i, 1, n))) ** 2
            + Sum(ws[i] ** 2 * VARIANCE(ms[i] * xs[i] / (1 - p)), (i, 1, n))
        ),
    )
    steps = tuple(
        dataclasses.replace(derivations.dropout_ridge.steps[1], expression=each)
        for each in added_up
    )

    report = check(dataclasses.replace(derivations.dropout_ridge, domain=domain, steps=steps))

    assert report.first_false_step == 1


def test_noise_whose_variance_is_not_one_adds_another_penalty() -> None:
    domain = Domain(
        {
            n: Integers(1, 4),
            sigma: derivations.input_noise.domain.set_of(sigma),
            ws: Sequence(),
            xs: Sequence(),
            y: REALS,
            IndexedBase("z"): Centred(REALS),
        }
    )

    report = check(dataclasses.replace(derivations.input_noise, domain=domain))

    assert report.first_false_step == 3

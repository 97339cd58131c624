"""The mistakes that variance conditions invite, put in place of the code or of a line."""

import math

import numpy as np
from sympy import IndexedBase, Max, Min, Rational, Symbol, sqrt

from studydl.derivations import initialization as derivations
from studydl.nn import activations, initialization
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.randomness import Outcomes

n_in = Symbol("n_in", integer=True, positive=True)
n_out = Symbol("n_out", integer=True, positive=True)
z, b = Symbol("z", real=True), Symbol("b", positive=True)
w, x, delta = (IndexedBase(name) for name in ("w", "x", "delta"))


def variance_of_inputs_instead(n_in: int, w: Outcomes, x: np.ndarray) -> float:
    return n_in * w.variance(w.values) * float(np.var(x[:, :n_in], axis=0).mean())


def forward_fan_instead(n_out: int, w: Outcomes, delta: np.ndarray, **_: float) -> float:
    return w.variance(w.values) * float(np.mean(delta[:, :n_out] ** 2))


def variance_of_relu(z: Outcomes) -> float:
    return z.variance(activations.relu(z.values))


MISTAKEN_CODE = {
    "the inputs' variance for their mean square": (
        derivations.forward_variance,
        variance_of_inputs_instead,
    ),
    "one unit for all of them": (derivations.backward_variance, forward_fan_instead),
    "the bound's square for the variance": (derivations.standard_variance, lambda n_in: 1 / n_in),
    "states of variance 1": (
        derivations.standard_first_layer,
        lambda n_in, x: float(np.mean(x[:, :n_in] ** 2)),
    ),
    "one fan alone": (derivations.xavier_variance, lambda n_in, n_out: 1 / n_in + 0 * n_out),
    "the deviation for the bound": (
        derivations.xavier_bound,
        lambda n_in, n_out: math.sqrt(2 / (n_in + n_out)),
    ),
    "the variance of ReLU for its mean square": (
        derivations.relu_mean_square,
        variance_of_relu,
    ),
    "a gain that is not squared": (
        derivations.leaky_relu_mean_square,
        lambda z, alpha: z.mean(z.values**2) / initialization.he_gain(alpha),
    ),
    "a linear unit's variance": (derivations.he_variance, lambda n_in, **_: 1 / n_in),
}

forward, backward = derivations.forward_variance, derivations.backward_variance
alpha = Symbol("alpha", positive=True)

MISTAKEN_LINES = {
    "the inputs taken for independent of each other and centred": (
        forward,
        6,
        n_in * VARIANCE(w[1]) * VARIANCE(x[1]),
    ),
    "the product of variances": (
        forward,
        1,
        n_in * VARIANCE(w[1]) * VARIANCE(x[1]),
    ),
    "the fan squared": (forward, 5, n_in**2 * EXPECTATION(w[1] ** 2) * EXPECTATION(x[1] ** 2)),
    "the fan forgotten": (backward, 4, VARIANCE(w[1]) * EXPECTATION(delta[1] ** 2)),
    "b² without the third": (derivations.standard_variance, 2, b**2),
    "a forgotten square": (derivations.standard_variance, 3, 1 / sqrt(n_in) / 3),
    "a fan that stays": (
        derivations.standard_first_layer,
        2,
        Rational(1, 3) * EXPECTATION(x[1] ** 2) / n_in,
    ),
    "the mean of the reciprocals": (
        derivations.xavier_variance,
        3,
        (1 / n_in + 1 / n_out) / 2,
    ),
    "12 for 6": (derivations.xavier_bound, 2, sqrt(12 / (n_in + n_out))),
    "half of the root": (derivations.relu_mean_square, 3, EXPECTATION(z**2) / 4),
    "the slope without its square": (
        derivations.leaky_relu_mean_square,
        4,
        (1 + alpha) / 2 * EXPECTATION(z**2),
    ),
    "a mixed term": (
        derivations.leaky_relu_mean_square,
        1,
        EXPECTATION(Max(0, z) ** 2 + (1 + alpha**2) * Min(0, z) ** 2),
    ),
    "ReLU taken for linear": (derivations.he_variance, 1, n_in),
}

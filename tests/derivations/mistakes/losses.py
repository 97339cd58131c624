"""The mistakes that the losses invite, put in place of the code or of a line."""

import numpy as np
from sympy import Abs, KroneckerDelta, Symbol, exp

from studydl.derivations import losses as derivations
from studydl.nn import activations, losses

Row = np.ndarray


def probabilities(z: Row, n: int) -> Row:
    return losses.softmax(z[:n])


def gradient_for_the_probability(z: Row, w: Row, n: int, k: int) -> float:
    target = w[:n] / np.sum(w[:n])
    return -target[k - 1] / probabilities(z, n)[k - 1]


def separate_sigmoids(z: Row, w: Row, n: int, k: int) -> float:
    return activations.sigmoid(z[k - 1]) - w[k - 1] / np.sum(w[:n])


def only_the_diagonal(z: Row, n: int, k: int, l: int) -> float:  # noqa: E741 - the formula's l
    p = probabilities(z, n)[k - 1]
    return p * (1 - p) if k == l else 0.0


def shifted_after_the_exponential(z: Row, n: int, k: int, m: float) -> float:
    shifted = np.exp(z[:n]) - m
    return shifted[k - 1] / np.sum(shifted)


def with_the_slope(x: Row, w: Row, y: Row, n: int, d: int, j: int, b: float) -> float:
    z = x[:n, :d] @ w[:d] + b
    return np.mean(x[:n, j - 1] * losses.sigmoid_squared_error_gradient(z, y[:n])) * n


def for_the_bias(x: Row, w: Row, y: Row, n: int, d: int, j: int, b: float) -> float:
    z = x[:n, :d] @ w[:d] + b
    return losses.logistic_gradient(np.ones((n, 1)), z, y[:n])[0]


MISTAKEN_CODE = {
    "the gradient for the probability": (
        derivations.softmax_gradient,
        gradient_for_the_probability,
    ),
    "a sigmoid of each logit": (derivations.softmax_gradient, separate_sigmoids),
    "no gradient for the other logits": (derivations.softmax_jacobian, only_the_diagonal),
    "the sigmoids of both logits": (
        derivations.softmax_of_two,
        lambda z_1, z_2: activations.sigmoid(z_1) / (1 + activations.sigmoid(z_2)),
    ),
    "the shift after the exponential": (derivations.softmax_shift, shifted_after_the_exponential),
    "the largest logit forgotten": (
        derivations.log_softmax,
        lambda z, n, k, m: z[k - 1] - np.log(np.sum(np.exp(z[:n] - m))),
    ),
    "the logarithm to the base of two": (
        derivations.equal_logits,
        lambda w, n, c: np.log2(n),
    ),
    "the mean probability": (
        derivations.cross_entropy_likelihood,
        lambda p, y, n: -np.log(np.mean(y[:n] * p[:n] + (1 - y[:n]) * (1 - p[:n]))),
    ),
    "the slope kept": (
        derivations.logit_gradient,
        lambda y, z: losses.sigmoid_squared_error_gradient(z, y),
    ),
    "the slope kept for the weights": (derivations.weight_gradient, with_the_slope),
    "the gradient for the bias": (derivations.weight_gradient, for_the_bias),
    "the slope cancelled": (
        derivations.squared_error_slope,
        lambda y, z: losses.binary_cross_entropy_gradient(z, y),
    ),
    "no slowdown": (derivations.squared_error_saturation, lambda y, z: 0.25),
}

z = Symbol("z", real=True)
k, l = (Symbol(name, integer=True, positive=True) for name in "kl")  # noqa: E741 - the formula's l
p = derivations.softmax_jacobian.steps[0].expression.expr.func

MISTAKEN_LINES = {
    "the sign of the off-diagonal": (
        derivations.softmax_jacobian,
        5,
        p(k) * (KroneckerDelta(k, l) + p(l)),
    ),
    "the p of the other index": (
        derivations.softmax_jacobian,
        5,
        p(l) * (KroneckerDelta(k, l) - p(l)),
    ),
    "the target forgotten": (derivations.softmax_gradient, 5, p(k)),
    "the targets counted": (
        derivations.equal_logits,
        3,
        Symbol("n", integer=True, positive=True) * derivations.equal_logits.steps[3].expression,
    ),
    "the half left standing": (
        derivations.squared_error_slope,
        2,
        derivations.squared_error_slope.steps[2].expression / 2,
    ),
    "a forgotten square": (
        derivations.squared_error_saturation,
        3,
        exp(-Abs(z)) / (1 + exp(-Abs(z))),
    ),
}

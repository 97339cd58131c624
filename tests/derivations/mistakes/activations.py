"""The mistakes that the activations invite, put in place of the code or of a line."""

import numpy as np
from sympy import Abs, Integer, Max, Symbol, exp

from studydl.derivations import activations as derivations
from studydl.nn import activations

x = Symbol("x", real=True)
alpha = Symbol("alpha", positive=True)

MISTAKEN_CODE = {
    "ReLU itself for its slope": (derivations.relu_gradient, activations.relu),
    "a rounded corner": (derivations.relu_gradient, activations.sigmoid),
    "a slope of one on both sides": (derivations.relu_gradient, lambda x: x / x),
    "a shift for a factor": (
        derivations.relu_homogeneity,
        lambda c, x: activations.relu(x + c),
    ),
    "the notes' divisor for the slope": (
        derivations.leaky_relu_gradient,
        lambda alpha, x: 1 / activations.leaky_relu_gradient(x, slope=alpha),
    ),
    "an odd sigmoid": (derivations.sigmoid_symmetry, lambda x: -activations.sigmoid(x)),
    "tails as of the sigmoid itself": (
        derivations.sigmoid_saturation,
        lambda x: activations.sigmoid(-np.abs(x)),
    ),
    "a softplus of the wrong sign": (
        derivations.log_sigmoid,
        lambda x: activations.log_sigmoid(-x),
    ),
    "odds without their logarithm": (
        derivations.sigmoid_log_odds,
        lambda x: activations.sigmoid(x) / activations.sigmoid(-x),
    ),
    "the notes' maximum of one half": (
        derivations.tanh_gradient_maximum,
        lambda x: 0.5 * np.max(activations.tanh_gradient(np.array([x, -x, 0.0]))),
    ),
    "the sigmoid's slope at the same input": (
        derivations.tanh_saturation,
        lambda x: 4 * activations.sigmoid_gradient(x),
    ),
}

MISTAKEN_LINES = {
    "the kink on the wrong side": (derivations.relu_gradient, 4, Max(0, -x / Abs(x))),
    "a step of two": (derivations.relu_gradient, 3, 1 + x / Abs(x)),
    "the slope added on both sides": (
        derivations.leaky_relu_gradient,
        4,
        alpha + Max(0, x / Abs(x)),
    ),
    "x instead of |x|": (
        derivations.sigmoid_saturation,
        5,
        exp(-x) / (1 + exp(-Abs(x))) ** 2,
    ),
    "a forgotten square": (derivations.sigmoid_saturation, 5, exp(-Abs(x)) / (1 + exp(-Abs(x)))),
    "tanh instead of its square": (derivations.tanh_gradient_maximum, 2, Integer(1) / 2),
}

"""The mistakes that the optimisers invite, put in place of the code or of a line."""

from typing import Any

import numpy as np
from sympy import IndexedBase, Symbol

from studydl.derivations import optimizers as derivations
from studydl.nn import optimizers


def step_of(optimizer: Any, state: Any, g: np.ndarray, **hyperparameters: float) -> float:
    """The last update, one gradient after another."""
    update = 0.0
    for gradient in g:
        update, state = optimizer(state, gradient, **hyperparameters)
    return float(update)


def rmsprop_instead(eta: float, g: float, t: int) -> float:
    state = optimizers.RMSPropState.zeros_like(0.0)
    return abs(step_of(optimizers.rmsprop, state, np.full(t, g), learning_rate=eta, delta=0.0))


def adagrad_instead(alpha: float, eta: float, g: float, t: int) -> float:
    state = optimizers.AdaGradState.zeros_like(0.0)
    return abs(step_of(optimizers.adagrad, state, np.full(t, g), learning_rate=eta, delta=0.0))


def mean_square_of_swapped_weights(alpha: float, g: np.ndarray, t: int) -> float:
    mean = 0.0
    for gradient in g[:t]:
        mean = (1 - alpha) * mean + alpha * gradient**2
    return mean


def momentum_instead(alpha: float, eta: float, g: np.ndarray, t: int, **_: float) -> float:
    state = optimizers.MomentumState.zeros_like(0.0)
    return step_of(optimizers.momentum, state, g[:t], learning_rate=eta, decay=alpha)


def differences_from_two_steps_before(alpha: float, eta: float, g: np.ndarray, t: int) -> float:
    """The notes' last formula, read as the change of two steps before the present one."""
    before = np.concatenate([np.zeros(2), g])
    velocity = 0.0
    for now in range(t):
        change = before[now + 1] - before[now]
        velocity = alpha * velocity + eta * (g[now] + alpha * change)
    return velocity


def diagonal_newton(a: float, b: float, c: float, p: float, q: float, x: float, y: float) -> float:
    return x - (a * (x - p) + b * (y - q)) / a


def gradient_descent_in_new_units(lambda_1: float, g_1: float, **_: float) -> float:
    return lambda_1**2 * g_1


def dfp_instead(H: np.ndarray, i: int, n: int, s: np.ndarray, y: np.ndarray) -> float:  # noqa: N803
    new = optimizers.bfgs_inverse(H[:n, :n], y[:n], s[:n])
    return float((new @ y[:n])[i - 1])


MISTAKEN_CODE = {
    "an average for AdaGrad's sum": (derivations.adagrad_rate_decay, rmsprop_instead),
    "a sum for RMSProp's average": (derivations.rmsprop_constant_gradient, adagrad_instead),
    "swapped weights": (derivations.rmsprop_mean_square, mean_square_of_swapped_weights),
    "weights that sum to 1 from the start": (derivations.rmsprop_weight_sum, lambda **_: 1.0),
    "momentum for Nesterov": (derivations.nesterov_shifted_variable, momentum_instead),
    "the change of two steps before": (
        derivations.nesterov_by_differences,
        differences_from_two_steps_before,
    ),
    "a diagonal Hessian": (derivations.newton_quadratic, diagonal_newton),
    "gradient descent": (derivations.newton_invariance, gradient_descent_in_new_units),
    "DFP": (derivations.bfgs_secant, dfp_instead),
}

t = Symbol("t", integer=True, positive=True)
alpha, eta, size = (Symbol(name, positive=True) for name in ("alpha", "eta", "lambda_1"))
g = IndexedBase("g")
s = IndexedBase("s")

MISTAKEN_LINES = {
    "AdaGrad without the root": (derivations.adagrad_rate_decay, 4, eta / t),
    "the weights of a sum": (derivations.rmsprop_weight_sum, 2, (1 - alpha**t) / (1 - alpha)),
    "a forgotten square root": (derivations.rmsprop_constant_gradient, 4, eta / (1 - alpha**t)),
    "momentum's step": (
        derivations.nesterov_shifted_variable,
        5,
        derivations.nesterov_shifted_variable.steps[5].expression + eta * g[t],
    ),
    "the sum of the gradients for their difference": (
        derivations.nesterov_by_differences,
        4,
        derivations.nesterov_by_differences.steps[4].expression + 2 * alpha * eta * g[t - 1],
    ),
    "a factor of the unit left over": (
        derivations.newton_invariance,
        3,
        size * derivations.newton_invariance.steps[3].expression,
    ),
    "twice the step": (derivations.bfgs_secant, 3, 2 * s[Symbol("i", integer=True, positive=True)]),
}

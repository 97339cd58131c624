"""The mistakes that regularisation invites, put in place of the code or of a line."""

import numpy as np
from sympy import Abs, Function, IndexedBase, Max, Sum, Symbol, sign

from studydl.derivations import regularization as derivations
from studydl.nn import regularization
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.randomness import Outcomes

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


def notes_scale(m: Outcomes, p: float, x: float) -> float:
    """The notes multiply by p at test, taking the probability of dropping for that of keeping."""
    return m.mean(m.values * x) / p


def penalty_alike(m: Outcomes, n: int, p: float, w: np.ndarray, x: np.ndarray, y: float) -> float:
    return float((y - w[:n] @ x[:n]) ** 2 + p / (1 - p) * np.sum(w[:n] ** 2))


def one_noise_for_all(
    n: int, w: np.ndarray, x: np.ndarray, y: float, sigma: float, z: Outcomes
) -> float:
    return z.mean((y - (x[:n] + sigma * z.values[:, None]) @ w[:n]) ** 2)


def hard_threshold(v: float, lamda: float, r: float) -> float:
    return v if abs(v) > lamda else 0.0


def one_step_less(h: float, v: float, eta: float, t: int) -> float:
    path = regularization.descend([[h**0.5]], [h**0.5 * v], learning_rate=eta, steps=t)
    return float(path[-2, 0])


MISTAKEN_CODE = {
    "the notes' scale": (derivations.dropout_expectation, notes_scale),
    "no scale": (derivations.dropout_expectation, lambda m, p, x: m.mean(m.values * x)),
    "the variance of the mask": (
        derivations.dropout_variance,
        lambda m, p, x: m.variance(m.values) * x**2,
    ),
    "one penalty for all weights": (derivations.dropout_ridge, penalty_alike),
    "one noise for all inputs": (derivations.input_noise, one_noise_for_all),
    "a subtraction for L2": (
        derivations.ridge_minimizer,
        lambda h, v, lamda, **_: float(regularization.soft_threshold(v, threshold=lamda / h)),
    ),
    "the same share in all directions": (
        derivations.ridge_minimizer,
        lambda h, v, lamda, **_: float(regularization.shrink(v, penalty=lamda)),
    ),
    "a hard threshold": (derivations.soft_threshold, hard_threshold),
    "a share for L1": (
        derivations.soft_threshold,
        lambda v, lamda, r: float(regularization.shrink(v, penalty=lamda)),
    ),
    "one step too few": (derivations.early_stopping_path, one_step_less),
    "the product instead of one over it": (
        derivations.early_stopping_penalty,
        lambda eta, t, **_: eta * t,
    ),
    "members taken for uncorrelated": (
        derivations.ensemble_variance,
        lambda M, sigma, **_: sigma**2 / M,  # noqa: N803 - the symbol's name
    ),
    "the members' mean error": (
        derivations.ambiguity,
        lambda M, f, y: float(np.mean((f[:M] - y) ** 2)),  # noqa: N803 - the symbol's name
    ),
}

MISTAKEN_LINES = {
    "kept for dropped": (derivations.dropout_expectation, 2, x / (1 - p) * p),
    "a factor that leaves unsquared": (
        derivations.dropout_variance,
        1,
        x / (1 - p) * VARIANCE(m),
    ),
    "the square of the mean forgotten": (
        derivations.dropout_variance,
        2,
        (x / (1 - p)) ** 2 * EXPECTATION(m**2),
    ),
    "the variance forgotten": (
        derivations.dropout_ridge,
        1,
        EXPECTATION(y - Sum(ws[i] * ms[i] * xs[i] / (1 - p), (i, 1, n))) ** 2,
    ),
    "p for p/(1 - p)": (
        derivations.dropout_ridge,
        4,
        (y - Sum(ws[i] * xs[i], (i, 1, n))) ** 2 + p * Sum(ws[i] ** 2 * xs[i] ** 2, (i, 1, n)),
    ),
    "σ without its square": (
        derivations.input_noise,
        3,
        (y - Sum(ws[i] * xs[i], (i, 1, n))) ** 2 + sigma * Sum(ws[i] ** 2, (i, 1, n)),
    ),
    "the square of the sum of weights": (
        derivations.input_noise,
        3,
        (y - Sum(ws[i] * xs[i], (i, 1, n))) ** 2 + sigma**2 * Sum(ws[i], (i, 1, n)) ** 2,
    ),
    "the penalty for the curvature": (derivations.ridge_minimizer, 3, lamda / (h + lamda) * v),
    "a penalty that adds": (
        derivations.soft_threshold,
        1,
        sign(v) * Max(0, r - (r - Abs(v) - lamda)),
    ),
    "a threshold of half": (
        derivations.soft_threshold,
        2,
        sign(v) * Max(0, Abs(v) - lamda / 2),
    ),
    "one step too few": (derivations.early_stopping_path, 2, v - (1 - eta * h) ** (t - 1) * v),
    "the distance for the way": (derivations.early_stopping_path, 3, (1 - eta * h) ** t * v),
    "the steps forgotten": (derivations.early_stopping_penalty, 4, 1 / eta),
    "the share of the path for that of ridge": (
        derivations.early_stopping_penalty,
        1,
        h * (1 - (1 - eta * h) ** t),
    ),
    "members taken for independent": (
        derivations.ensemble_variance,
        2,
        Sum(VARIANCE(f(i)), (i, 1, M)) / M**2,
    ),
    "M² covariances": (
        derivations.ensemble_variance,
        3,
        (M * sigma**2 + M**2 * rho * sigma**2) / M**2,
    ),
}

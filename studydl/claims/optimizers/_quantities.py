"""What cards with drawn parameters ask of the optimisers that are handed in."""

from __future__ import annotations

import math
from itertools import permutations
from typing import Any

import numpy as np

from studydl.claims.optimizers._descents import updates_from
from studydl.claims.optimizers._runs import Array, array, corrected_moments, momentum_updates
from studydl.nn.optimizers import AdaGradState, AdamState, MomentumState, RMSPropState
from studydl.verification.claim import quantity

__all__ = [
    "alternating_length",
    "batch_variance",
    "coasting",
    "corrected_mean",
    "cosine_share",
    "damped_error",
    "first_rmsprop_step",
    "gradient_place",
    "leap",
    "library_length",
    "lone_gradient",
    "mean_square_of_two",
    "momentum_length",
    "rare_rate",
    "rate_after_cuts",
    "uncorrected_share",
]

_SETTLED = 1000
"""Steps after which no power of a decay that cards use is left beside rounding."""


@quantity("length-after-steps")
def momentum_length(step: Any, *, alpha: float, t: int) -> float:
    """Return how many plain steps long step t is under a constant gradient, from rest."""
    gradient, rate = array(3.0), 0.25
    updates, _ = momentum_updates(step, [gradient] * t, learning_rate=rate, decay=alpha)
    return float(-updates[-1, 0] / (rate * 3.0))


@quantity("settled-length")
def alternating_length(step: Any, *, alpha: float) -> float:
    """Return how many plain steps long a step ends up under a gradient that turns each time."""
    gradients = [array(3.0 * (-1) ** k) for k in range(_SETTLED + 1)]
    updates, _ = momentum_updates(step, gradients, learning_rate=0.25, decay=alpha)
    return float(-updates[-1, 0] / (0.25 * 3.0))


@quantity("way-without-gradient")
def coasting(step: Any, *, alpha: float) -> float:
    """Return how many times the last step all steps are that follow once the gradient is gone."""
    pushes, rest = [array(2.0)] * 3, [array(0.0)] * _SETTLED
    updates, _ = momentum_updates(step, pushes + rest, learning_rate=0.25, decay=alpha)
    return math.fsum(updates[3:, 0]) / float(updates[2, 0])


@quantity("rate-ratio")
def rare_rate(step: Any, *, n: int) -> float:
    """Return the learning rate of a gradient that comes every n steps, over that of each step."""
    gradients = [array(3, 3 if t % n == 0 else 0) for t in range(1, 4 * n + 1)]
    # At δ = 0 a parameter without a gradient would ask what 0/0 is.
    state = AdaGradState.zeros_like(array(0, 0))
    updates, _ = updates_from(step, state, gradients, learning_rate=0.5, delta=1e-30)
    return float(updates[-1, 1] / updates[-1, 0])


@quantity("mean-square-of-two")
def mean_square_of_two(step: Any, *, alpha: float, g1: float, g2: float) -> float:
    """Return the mean square after two gradients."""
    state = RMSPropState.zeros_like(array(0))
    gradients = [array(g1), array(g2)]
    _, state = updates_from(step, state, gradients, learning_rate=0.5, decay=alpha)
    return float(state.mean_square[0])


@quantity("first-step")
def first_rmsprop_step(step: Any, *, alpha: float) -> float:
    """Return how many learning rates long the first step is, without delta."""
    state = RMSPropState.zeros_like(array(0))
    update, _ = step(state, array(-3.0), learning_rate=0.5, decay=alpha, delta=0.0)
    return float(update[0] / 0.5)


@quantity("lone-step")
def lone_gradient(step: Any, *, beta1: float, beta2: float) -> float:
    """Return how many learning rates long the step of a gradient after a long silence is."""
    state = AdamState(1_000_000, array(0), array(0))
    update, _ = step(state, array(-1.0), learning_rate=0.5, beta1=beta1, beta2=beta2, epsilon=0.0)
    return float(update[0] / 0.5)


@quantity("corrected-mean-of-two")
def corrected_mean(step: Any, *, beta: float, g1: float, g2: float) -> float:
    """Return Adam's corrected first moment after two gradients."""
    _, state = step(AdamState.zeros_like(array(0)), array(g1), beta1=beta)
    mean, _ = corrected_moments(step, state, array(g2), beta1=beta)
    return float(mean[0])


@quantity("share-after-steps")
def uncorrected_share(step: Any, *, beta: float, t: int) -> float:
    """Return the first moment after t equal gradients, over the gradient."""
    state = AdamState.zeros_like(array(0))
    for _ in range(t):
        _, state = step(state, array(2.0), beta1=beta, beta2=0.999)
    return float(state.first_moment[0] / 2.0)


@quantity("gradient-place")
def gradient_place(step: Any, *, theta: float, v: float, alpha: float) -> float:
    """Return where the gradient is asked for."""
    asked: list[Array] = []

    def noted(at: Array) -> Array:
        asked.append(at)
        return 0 * at

    step(MomentumState(array(v)), array(theta), noted, learning_rate=0.5, decay=alpha)
    return float(asked[-1][0])


@quantity("library-length")
def library_length(forms: Any, *, alpha: float, t: int) -> float:
    """Return how many plain steps long step t of the library form is under one gradient."""
    state = MomentumState.zeros_like(array(0))
    updates, _ = updates_from(
        forms.library, state, [array(3.0)] * t, learning_rate=0.25, decay=alpha
    )
    return float(-updates[-1, 0] / (0.25 * 3.0))


@quantity("variance-share")
def batch_variance(estimate: Any, *, n: int, b: int) -> float:
    """Return the variance over all batches of b of n examples, over that of one example."""
    gradients = np.arange(1.0, n + 1).reshape(-1, 1) ** 2
    # In every order, so that no example comes first more often than another.
    batches = permutations(range(n), b)
    estimates = np.array([estimate(gradients, np.array(batch)) for batch in batches])
    # Equal estimates have a variance of exactly 0 if one of them is taken off before the mean.
    return float(np.var(estimates - estimates[0]) / np.var(gradients))


@quantity("rate-after-cuts")
def rate_after_cuts(schedules: Any, *, t: int, factor: float) -> float:
    """Return the learning rate of step t that began at 0.4 and is cut every 30 steps."""
    return float(schedules.step(t, initial=0.4, factor=factor, every=30))


@quantity("cosine-share")
def cosine_share(schedules: Any, *, t: int) -> float:
    """Return the share of the learning rate that half a cosine of 60 steps leaves at step t."""
    return float(schedules.cosine(t, initial=1.0, steps=60))


@quantity("error-left")
def damped_error(step: Any, *, damping: float, t: int) -> float:
    """Return the share of the error of one parameter that t damped steps leave on a quadratic."""
    hessian, start = np.array([[4.0, 1.0], [1.0, 2.0]]), array(1.0, 1.0)
    error = start
    for _ in range(t):
        error = error + step(hessian @ error, hessian, learning_rate=damping)
    return float(error[0] / start[0])


@quantity("leap")
def leap(step: Any, *, damping: float, x: float) -> float:
    """Return where a damped step on √(1 + x²) goes from x."""
    slope, curvature = x / math.sqrt(1 + x * x), (1 + x * x) ** -1.5
    hessian = array(curvature).reshape(1, 1)
    return float(x + step(array(slope), hessian, learning_rate=damping)[0])

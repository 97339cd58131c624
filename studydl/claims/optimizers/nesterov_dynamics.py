"""What the look-ahead does on quadratics: it brakes by the curvature (notes 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._runs import Array, array
from studydl.claims.optimizers._wrong_nesterov import (
    ahead_undecayed,
    always_faster,
    averages,
    curvature_speeds_up,
    gradient_before_the_velocity,
)
from studydl.claims.optimizers.momentum_dynamics import spectral_radius
from studydl.nn.optimizers import MomentumState, nesterov_lookahead
from studydl.verification.claim import claim
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["brakes_by_curvature", "damps_swings", "stable_range"]

_RATE = 0.25


def one_step(
    step: Callable[..., Any], theta: float, velocity: float, sharpness: float, decay: float
) -> Array:
    """Return (θ, v) after one step on ½ λ θ², where sharpness = η λ."""
    update, state = step(
        MomentumState(array(velocity)),
        array(theta),
        lambda at: sharpness / _RATE * at,
        learning_rate=_RATE,
        decay=decay,
    )
    return np.array([theta + update[0], state.velocity[0]])


def linear_map(step: Callable[..., Any], sharpness: float, decay: float) -> Array:
    """Return the matrix of one step from (θ, v) to (θ, v)."""
    columns = [one_step(step, *unit, sharpness, decay) for unit in ((1.0, 0.0), (0.0, 1.0))]
    return np.array(columns).T


def positions(
    step: Callable[..., Any], sharpness: float, decay: float, steps: int
) -> tuple[Array, Array]:
    """Return θ and v from rest at 1 on, one entry a step."""
    matrix = linear_map(step, sharpness, decay)
    pair = array(1, 0)
    pairs = [pair]
    for _ in range(steps):
        pair = matrix @ pair
        pairs.append(pair)
    theta, velocity = np.array(pairs).T
    return theta, velocity


@claim(
    "optimizers.nesterov-brakes-by-curvature",
    en="On a quadratic the change of the gradient that Nesterov's momentum uses is the curvature"
    " times the last step, and it is a brake: at a decay of 0.9 and a learning rate times curvature"
    " of 0.6, only 0.36 of the velocity is kept, not 0.9. Only where the curvature is negative does"
    " it speed up: at -0.6 to 1.44.",
    zh="在二次函数上，Nesterov 动量用到的梯度之差就是曲率乘以上一步，它起的是刹车作用："
    "衰减系数为 0.9、学习率乘以曲率为 0.6 时，速度只保留 0.36，而不是 0.9；"
    "只有曲率为负时才加速，在 -0.6 时速度变为 1.44 倍。",
    notes="5.5",
    on=nesterov_lookahead,
    misconceptions=[curvature_speeds_up, gradient_before_the_velocity, ahead_undecayed],
    sources=["Sutskever et al. 2013, theorem 2.1", "Shi et al. 2022, section 1"],
)
def brakes_by_curvature(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Let go at the minimum, where the gradient underfoot is 0; then compare with momentum."""
    for sharpness, kept in ((0.6, 0.36), (0.0, 0.9), (-0.6, 1.44)):
        after = one_step(step, 0.0, 1.0, sharpness, 0.9)
        yield equals(f"v(t+1)/v(t) at θ=0, α=0.9, ηλ={sharpness:g}", after[1], kept, ROUNDING)
    theta, velocity = 1.0, 0.0
    expected = [theta]
    for _ in range(25):
        velocity = 0.9 * (1 - 0.6) * velocity + 0.6 * theta
        theta -= velocity
        expected.append(theta)
    path, _ = positions(step, 0.6, 0.9, 25)
    scaled = path / 0.6 ** np.arange(26)
    label = "θ(t)/0.6ᵗ = momentum's at α(1-ηλ)"
    yield equals(label, scaled, np.array(expected) / 0.6 ** np.arange(26), ROUNDING)


@claim(
    "optimizers.nesterov-damps-swings",
    en="Nesterov's brake damps the swings of momentum: on a quadratic at a decay of 0.9 and a"
    " learning rate times curvature of 0.6, its error shrinks by 0.6 a step, momentum's only by"
    " 0.949; at 1 it lands on the minimum in one step and stays there.",
    zh="Nesterov 的刹车能抑制动量的摆动：在二次函数上，衰减系数为 0.9、学习率乘以曲率为 0.6 时，"
    "误差每步缩小到 0.6 倍，普通动量只缩小到 0.949 倍；乘积为 1 时，它一步到达最小值并停在那里。",
    notes="5.5",
    on=nesterov_lookahead,
    misconceptions=[gradient_before_the_velocity, curvature_speeds_up, averages, always_faster],
    sources=["Sutskever et al. 2013, section 2", "Goh 2017, The Dynamics of Momentum"],
)
def damps_swings(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the largest eigenvalue beside that of momentum's own matrix."""
    x, decay = 0.6, 0.9
    radius = spectral_radius(linear_map(step, x, decay))
    yield equals("max |eigenvalue| at ηλ=0.6, α=0.9", radius, 0.6, ROUNDING)
    of_momentum = spectral_radius(np.array([[1 - x, -decay], [x, decay]]))
    yield equals("Nesterov's / momentum's", radius / of_momentum, 0.6 / decay**0.5, ROUNDING)
    yield equals("momentum's, √α", of_momentum, 0.9**0.5, ROUNDING)
    path, _ = positions(step, 1.0, decay, 5)
    yield equals("θ(1) ... θ(5) at ηλ=1", path[1:], 0.0, EXACT)


@claim(
    "optimizers.nesterov-stable-range",
    en="Nesterov's momentum stands smaller learning rates than momentum, not larger ones: at a"
    " decay of 0.9 it converges on a quadratic for learning rate times curvature below 1.357, where"
    " momentum does up to 3.8 and plain gradient descent up to 2.",
    zh="Nesterov 动量能承受的学习率比普通动量小，而不是更大：衰减系数为 0.9 时，"
    "它在二次函数上收敛的条件是学习率乘以曲率小于 1.357，"
    "普通动量是小于 3.8，普通梯度下降是小于 2。",
    notes="5.5",
    on=nesterov_lookahead,
    misconceptions=[gradient_before_the_velocity, averages, ahead_undecayed],
    sources=["Goodfellow et al. 2016, section 8.3.3", "Sutskever et al. 2013, section 2"],
)
def stable_range(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the spectral radius at the limit (2+2α)/(1+2α), then run on either side of it."""
    for decay in (0.9, 0.5, 0.0):
        limit = (2 + 2 * decay) / (1 + 2 * decay)
        radius = spectral_radius(linear_map(step, limit, decay))
        yield equals(f"max |eigenvalue| at ηλ={limit:.4g}, α={decay}", radius, 1.0, ROUNDING)
    limit = 38 / 28
    yield equals("momentum's limit / Nesterov's, 3.8 / 1.357", 3.8 / limit, 2.8, ROUNDING)
    for sharpness in (1.2, 1.5):
        path, _ = positions(step, sharpness, 0.9, 200)
        size, name = float(np.abs(path[-1])), f"|θ(200)/θ(0)| at ηλ={sharpness}, α=0.9"
        yield stays_below(name, size, 1e-3) if sharpness < limit else exceeds(name, size, 1e3)

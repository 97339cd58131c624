"""What momentum does on quadratics and to noise, where stability is conditional (notes 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._experiments import noise_of_steps, steps_in_a_valley
from studydl.claims.optimizers._runs import Array, array, momentum_updates
from studydl.claims.optimizers._wrong_momentum import (
    damped,
    full_speed_at_once,
    last_two_gradients,
    nesterov,
    no_memory,
    undecayed,
    uphill,
    weights_swapped,
)
from studydl.language import Text
from studydl.nn.optimizers import MomentumState, momentum
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["averages_noise", "oscillates", "stable_range", "valley", "wanders_at_the_minimum"]

only_calms = Misconception(
    "only-calms",
    damped.implementation,
    Text(
        "The velocity sounds like an average of the gradients, and an average can only be steadier"
        " than what it averages.",
        "速度听起来像梯度的平均，而平均只会比被平均的东西更平稳。",
    ),
    notes="5.1",
)


def trajectory(
    step: Callable[..., Any],
    start: Array,
    curvatures: Array,
    steps: int,
    *,
    learning_rate: float,
    decay: float,
) -> Array:
    """Return the positions, one row a step, on ½ Σ λ θ² from rest at ``start``."""
    theta, state = start, MomentumState(np.zeros_like(start))
    positions = [theta]
    for _ in range(steps):
        update, state = step(state, curvatures * theta, learning_rate=learning_rate, decay=decay)
        theta = theta + update
        positions.append(theta)
    return np.array(positions)


def linear_map(step: Callable[..., Any], sharpness: float, decay: float) -> Array:
    """Return the matrix of one step from (θ, v) to (θ, v), where sharpness = η λ."""
    rate = 0.25
    columns = []
    for theta, velocity in ((1.0, 0.0), (0.0, 1.0)):
        gradient = array(sharpness / rate * theta)
        state = MomentumState(array(velocity))
        update, after = step(state, gradient, learning_rate=rate, decay=decay)
        columns.append([theta + update[0], after.velocity[0]])
    return np.array(columns).T


def trace_and_determinant(matrix: Array) -> tuple[float, float]:
    """Return both invariants, which tell a 2x2 matrix's eigenvalues; NaN goes through."""
    (a, b), (c, d) = matrix
    return a + d, a * d - b * c


def spectral_radius(matrix: Array) -> float:
    """Return the largest size of an eigenvalue."""
    trace, determinant = trace_and_determinant(matrix)
    root = np.sqrt(np.complex128(trace**2 - 4 * determinant))
    return float(np.max(np.abs(np.array([trace + root, trace - root]) / 2)))


@claim(
    "optimizers.momentum-stable-range",
    en="On a quadratic, momentum converges while the learning rate times the curvature stays below"
    " twice one plus the decay: below 3.8 at a decay of 0.9, where plain SGD diverges beyond 2.",
    zh="在二次函数上，只要学习率乘以曲率小于“一加衰减系数”的两倍，动量法就收敛："
    "衰减系数为 0.9 时上限是 3.8，而普通 SGD 超过 2 就发散。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, nesterov, no_memory, uphill],
    sources=["Goh 2017, The Dynamics of Momentum", "Polyak 1964"],
)
def stable_range(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the spectral radius at both limits, then run on either side of one."""
    for decay, limit in ((0.9, 3.8), (0.0, 2.0)):
        matrix = linear_map(step, limit, decay)
        yield equals(
            f"max |eigenvalue| at ηλ={limit:g}, α={decay}", spectral_radius(matrix), 1.0, ROUNDING
        )
    for sharpness in (3.6, 4.0):
        path = trajectory(step, array(1), array(sharpness / 0.5), 200, learning_rate=0.5, decay=0.9)
        distance = float(np.abs(path[-1, 0]))
        check = stays_below if sharpness < 3.8 else exceeds
        name = f"|θ(200)/θ(0)| at ηλ={sharpness}, α=0.9"
        yield check(name, distance, 1e-3 if sharpness < 3.8 else 1e3)


@claim(
    "optimizers.momentum-oscillates",
    en="Momentum brings oscillation of its own: on a quadratic at a decay of 0.81, for any learning"
    " rate times curvature between 0.01 and 3.61, the error swings and shrinks by only 0.9 a step,"
    " even at 1, where plain SGD lands on the minimum in a single step.",
    zh="动量自己会带来振荡：在二次函数上，衰减系数为 0.81 时，"
    "学习率乘以曲率只要在 0.01 与 3.61 之间，误差就来回摆动，每步只缩小到 0.9 倍；"
    "即使取 1 也一样，而此时普通 SGD 一步就到最小值。",
    notes="5.1",
    on=momentum,
    misconceptions=[only_calms, no_memory, nesterov, undecayed],
    sources=["Goh 2017, The Dynamics of Momentum and The Critical Damping Coefficient"],
)
def oscillates(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure where the eigenvalues turn complex, their size there, and one swinging path."""
    for sharpness, expected in ((0.01, 1.8), (3.61, -1.8)):
        trace, determinant = trace_and_determinant(linear_map(step, sharpness, 0.81))
        yield equals(f"trace at ηλ={sharpness}, ±2√α", trace, expected, ROUNDING)
        yield equals(f"determinant at ηλ={sharpness}", determinant, 0.81, ROUNDING)
    for sharpness in (0.02, 0.3, 1.0, 3.5):
        radius = spectral_radius(linear_map(step, sharpness, 0.81))
        yield equals(f"max |eigenvalue| at ηλ={sharpness}", radius, 0.9, ROUNDING)
    path = trajectory(step, array(2), array(4), 60, learning_rate=0.25, decay=0.81)[:, 0]
    swings = float(np.sum(path[1:] * path[:-1] < 0))
    yield exceeds("changes of sign of θ in 60 steps, ηλ=1", swings, 6)
    plain = trajectory(step, array(2), array(4), 1, learning_rate=0.25, decay=0.0)
    yield equals("θ(1), plain SGD (α=0), ηλ=1", plain[1, 0], 0.0, EXACT)


@claim(
    "optimizers.momentum-valley",
    en="In a valley a hundred times steeper across than along, a hundred steps of tuned momentum"
    " end more than a thousand times nearer to the minimum than a hundred of tuned plain SGD.",
    zh="在横向比纵向陡一百倍的峡谷里，调好参数的动量法走一百步后，"
    "离最小值的距离不到同样调好的普通 SGD 的千分之一。",
    notes="5.1",
    on=momentum,
    misconceptions=[no_memory, damped, uphill, weights_swapped],
    sources=["Polyak 1964", "Goh 2017, Optimal parameters"],
    experiments=[steps_in_a_valley],
)
def valley(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Run with the best learning rate and decay of each, plain SGD by its closed form."""
    curvatures, start, steps = array(1, 100), array(1, 1), 100
    low, high = np.sqrt(curvatures)
    path = trajectory(
        step,
        start,
        curvatures,
        steps,
        learning_rate=float((2 / (low + high)) ** 2),
        decay=float(((high - low) / (high + low)) ** 2),
    )
    plain = (1 - 2 / curvatures.sum() * curvatures) ** steps * start
    distance, plain_distance = np.sqrt(np.sum(path[-1] ** 2)), np.sqrt(np.sum(plain**2))
    yield stays_below("|θ(100)| momentum / |θ(100)| SGD", distance / plain_distance, 1e-3)


@claim(
    "optimizers.momentum-averages-noise",
    en="At a decay of 0.6, momentum multiplies the constant part of the gradient by 2.5 but noise"
    " that is independent from step to step only by 1.25 (standard deviation), so that the signal"
    " stands out of the noise of its steps 2 times as clearly.",
    zh="衰减系数为 0.6 时，动量法把梯度的恒定部分放大 2.5 倍，"
    "而各步独立的噪声（标准差）只放大 1.25 倍，因此每一步的信噪比提高到 2 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, no_memory, last_two_gradients, full_speed_at_once],
    sources=["Goodfellow et al. 2016, section 8.3.2"],
    experiments=[noise_of_steps],
)
def averages_noise(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the response to one impulse: its sum carries a constant, its norm the noise."""
    rate = 0.2
    impulses = [array(1.0), *[array(0.0)] * 120]
    updates, _ = momentum_updates(step, impulses, learning_rate=rate, decay=0.6)
    response = -updates[:, 0] / rate
    signal, noise = response.sum(), np.sqrt(np.sum(response**2))
    yield equals("Σh, gain of a constant, α=0.6", signal, 2.5, ROUNDING)
    yield equals("√Σh², gain of noise, α=0.6", noise, 1.25, ROUNDING)
    yield equals("Σh / √Σh²", signal / noise, 2.0, ROUNDING)


@claim(
    "optimizers.momentum-wanders-at-the-minimum",
    en="Around a minimum with noisy gradients, undamped momentum wanders more than plain SGD at the"
    " same learning rate, not less: on a quadratic with learning rate times curvature 0.1 and a"
    " decay of 0.9, the variance of the parameter is 9.76 times as large.",
    zh="梯度带噪声时，在最小值附近，不带阻尼的动量法比同样学习率的普通 SGD 徘徊得更厉害："
    "二次函数上学习率乘以曲率为 0.1、衰减系数为 0.9 时，参数的方差是后者的 9.76 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[only_calms, no_memory, nesterov, last_two_gradients],
    sources=["Goh 2017, Momentum with Stochastic Gradients"],
)
def wanders_at_the_minimum(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the variance as the sum of squares of how θ answers one impulse of noise.

    Independent impulses of equal variance add up to that many times their variance; plain SGD's
    sum is geometric. The expected ratio is (1+α)(2-x) / ((1-α)(2+2α-x)), with x = ηλ.
    """
    for sharpness, decay, expected in ((0.1, 0.9, 361 / 37), (0.8, 0.6, 2.0)):
        rate = 0.05
        kick, state = step(MomentumState(array(0)), array(1), learning_rate=rate, decay=decay)
        theta, squares = kick, kick**2
        for _ in range(800):
            gradient = sharpness / rate * theta
            update, state = step(state, gradient, learning_rate=rate, decay=decay)
            theta = theta + update
            squares = squares + theta**2
        plain = rate**2 / (1 - (1 - sharpness) ** 2)
        name = f"Var θ / Var θ_SGD at ηλ={sharpness}, α={decay}"
        yield equals(name, squares / plain, expected, ROUNDING)

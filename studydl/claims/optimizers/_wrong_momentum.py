"""Wrong momentums that several claims have to reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.optimizers import MomentumState
from studydl.verification.claim import misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.optimizers._runs import Array

__all__ = [
    "damped",
    "direction_only",
    "full_speed_at_once",
    "last_two_gradients",
    "learning_rate_outside",
    "nesterov",
    "no_memory",
    "resets_at_a_turn",
    "sizes_summed",
    "undecayed",
    "uphill",
    "weights_swapped",
]

_Step = tuple[Any, MomentumState]


def velocity_rule(rule: Callable[..., Array]) -> Callable[..., _Step]:
    """Make a step function of a rule for the velocity, whose negative is the update."""

    def step(
        state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
    ) -> _Step:
        v = rule(state.velocity, gradient, learning_rate, decay)
        return -v, MomentumState(v)

    return step


@misconception(
    "damped",
    en="The velocity is taken for an average of the gradients, whose weights sum to one; many"
    " libraries and courses define it so.",
    zh="把速度当成梯度的加权平均（权重之和为一）；不少框架和课程确实这样定义。",
)
@velocity_rule
def damped(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Average instead of summing."""
    return decay * v + (1 - decay) * learning_rate * g


@misconception(
    "weights-swapped",
    en="The decay is taken for the share that is forgotten, not for the share that is kept.",
    zh="把衰减系数当成被遗忘的比例，而不是被保留的比例。",
)
@velocity_rule
def weights_swapped(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Keep the share that ought to be lost."""
    return (1 - decay) * v + learning_rate * g


@misconception(
    "undecayed",
    en="To accumulate is read as to add up, so that nothing is ever forgotten.",
    zh="把“累积”理解成单纯相加，什么都不遗忘。",
)
@velocity_rule
def undecayed(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Sum without forgetting."""
    del decay
    return v + learning_rate * g


@misconception(
    "no-memory",
    en="The update is read as that of plain SGD, which knows only the batch at hand.",
    zh="把更新当成普通 SGD：只看当前这个 batch。",
)
@velocity_rule
def no_memory(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Step as plain SGD."""
    del decay
    return 0 * v + learning_rate * g


@misconception(
    "full-speed-at-once",
    en="The terminal factor is taken for a factor that multiplies every step from the first on.",
    zh="以为终极倍数从第一步起就作用于每一步。",
)
@velocity_rule
def full_speed_at_once(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Step as plain SGD with the terminal learning rate."""
    return 0 * v + learning_rate * g / (1 - decay)


@misconception(
    "sizes-summed",
    en="The sizes of the gradients are accumulated, as if momentum knew no direction.",
    zh="累积的是梯度的大小，好像动量没有方向。",
)
@velocity_rule
def sizes_summed(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Accumulate absolute values."""
    return np.sign(g) * (decay * np.abs(v) + learning_rate * np.abs(g))


@misconception(
    "direction-only",
    en="The step is said to grow for as long as the direction of the gradient stays, as if its"
    " size did not count.",
    zh="以为只要梯度方向不变，步长就会一直增大，好像梯度的大小无关紧要。",
    notes="5.1",
)
@velocity_rule
def direction_only(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Accumulate signs."""
    return decay * v + learning_rate * np.sign(g)


@misconception(
    "resets-at-a-turn",
    en="A gradient against the velocity is believed to stop it, so that the old speed is dropped.",
    zh="以为梯度一旦与速度反向，就会让速度归零、从头开始。",
)
@velocity_rule
def resets_at_a_turn(v: Array, g: Array, learning_rate: float, decay: float) -> Array:
    """Drop the velocity where the gradient opposes it."""
    return np.where(v * g > 0, decay * v, 0.0) + learning_rate * g


@misconception(
    "uphill",
    en="The velocity is added to the parameters although it was built from gradients.",
    zh="速度是由梯度累积来的，却被直接加到参数上。",
)
def uphill(
    state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> _Step:
    """Climb."""
    v = decay * state.velocity + learning_rate * gradient
    return v, MomentumState(v)


@misconception(
    "nesterov",
    en="Nesterov's look-ahead is taken for momentum itself, though it applies the decayed"
    " velocity once more.",
    zh="把 Nesterov 的前瞻当成动量法本身，而它会多加一次衰减后的速度。",
)
def nesterov(
    state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> _Step:
    """Look ahead."""
    v = decay * state.velocity + learning_rate * gradient
    return -(decay * v + learning_rate * gradient), MomentumState(v)


@misconception(
    "last-two-gradients",
    en="The memory is believed to reach back one step only: the last gradient and this one.",
    zh="以为只记住上一步：上一个梯度加上当前梯度。",
)
def last_two_gradients(
    state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> _Step:
    """Remember one gradient."""
    this = learning_rate * gradient
    return -(decay * state.velocity + this), MomentumState(this)


@misconception(
    "learning-rate-outside",
    en="The velocity sums bare gradients and the learning rate multiplies the result, as in"
    " PyTorch; at a constant learning rate nobody sees a difference.",
    zh="速度只累积梯度，最后才乘学习率（PyTorch 的写法）；学习率不变时看不出差别。",
)
def learning_rate_outside(
    state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> _Step:
    """Multiply by the learning rate of today what was accumulated before."""
    v = decay * state.velocity + gradient
    return -learning_rate * v, MomentumState(v)

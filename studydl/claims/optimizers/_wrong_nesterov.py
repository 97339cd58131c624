"""Wrong Nesterov momenta that several claims have to reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.optimizers import MomentumState
from studydl.verification.claim import misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.optimizers._runs import Array

__all__ = [
    "ahead_undecayed",
    "always_faster",
    "averages",
    "curvature_speeds_up",
    "gradient_before_the_velocity",
    "same_variable",
]

_Step = tuple[Any, MomentumState]


def lookahead_rule(point: Callable[..., Any]) -> Callable[..., _Step]:
    """Make a step function of a rule for the point at which the gradient is taken."""

    def step(
        state: MomentumState,
        parameters: Array,
        gradient_at: Callable[[Any], Any],
        *,
        learning_rate: float,
        decay: float = 0.9,
    ) -> _Step:
        gradient = gradient_at(point(parameters, state.velocity, decay))
        v = decay * state.velocity + learning_rate * gradient
        return -v, MomentumState(v)

    return step


@misconception(
    "gradient-before-the-velocity",
    en="The gradient is taken at the parameters as they are, which is plain momentum.",
    zh="在当前参数处求梯度，这只是普通动量。",
)
@lookahead_rule
def gradient_before_the_velocity(theta: Array, v: Array, decay: float) -> Array:
    """Look at the ground underfoot."""
    del v, decay
    return theta


@misconception(
    "ahead-undecayed",
    en="The whole velocity is applied before the gradient is taken, although it decays first.",
    zh="求梯度之前走了整个速度，忘了它要先衰减。",
)
@lookahead_rule
def ahead_undecayed(theta: Array, v: Array, decay: float) -> Array:
    """Look too far ahead."""
    del decay
    return theta - v


@misconception(
    "curvature-speeds-up",
    en="The look-ahead is said to bring in second derivatives that make the update larger; that"
    " would be so if it looked back.",
    zh="据说前瞻引入了二阶导数信息，使更新幅度变大；只有往回看才会这样。",
    notes="5.5",
)
@lookahead_rule
def curvature_speeds_up(theta: Array, v: Array, decay: float) -> Array:
    """Look back, so that the difference of the gradients is added with the other sign."""
    return theta + decay * v


@misconception(
    "averages",
    en="The velocity is taken for an average, whose weights sum to one.",
    zh="把速度当成权重之和为一的平均。",
)
def averages(
    state: MomentumState,
    parameters: Array,
    gradient_at: Callable[[Any], Any],
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> _Step:
    """Damp the gradient by one minus the decay."""
    gradient = gradient_at(parameters - decay * state.velocity)
    v = decay * state.velocity + (1 - decay) * learning_rate * gradient
    return -v, MomentumState(v)


@misconception(
    "always-faster",
    en="Looking ahead is said to speed up training; the library form, whose first step is longer,"
    " seems to show it.",
    zh="据说前瞻会加速训练；框架写法的第一步更长，看起来正是如此。",
    notes="5.5",
)
def always_faster(
    state: MomentumState,
    parameters: Array,
    gradient_at: Callable[[Any], Any],
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> _Step:
    """Apply the decayed velocity once more."""
    gradient = gradient_at(parameters - decay * state.velocity)
    v = decay * state.velocity + learning_rate * gradient
    return -(decay * v + learning_rate * gradient), MomentumState(v)


def same_variable(state: MomentumState, parameters: Array, *, decay: float = 0.9) -> Any:
    """Return the parameters themselves, as if they were the look-ahead point."""
    del state, decay
    return np.asarray(parameters)

"""Momentum: how long its step grows along a constant gradient."""

from __future__ import annotations

import math

import numpy as np
from sympy import Function, Integer, Limit, Symbol, oo, sqrt

from studydl.derivations.optimizers._terms import alpha, constant_gradient, i, k, t
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Integers

__all__ = ["momentum_signal_to_noise", "momentum_terminal_factor"]


_epsilon = Symbol("epsilon", positive=True)

_v = Function("v", real=True)


def _growth(alpha: float, epsilon: float, g: float, **_others: float) -> float:
    """Return how many times its first step momentum's step has grown to, once it has settled."""
    state = optimizers.MomentumState.zeros_like(0.0)
    first, state = optimizers.momentum(state, g, learning_rate=epsilon, decay=alpha)
    update = first
    for _ in range(math.ceil(math.log(1e-17, alpha))):
        update, state = optimizers.momentum(state, g, learning_rate=epsilon, decay=alpha)
    return float(update / first)


def _clearer(alpha: float) -> float:
    """Return the gain of a constant over that of independent noise, by what one impulse does."""
    state = optimizers.MomentumState.zeros_like(0.0)
    update, state = optimizers.momentum(state, 1.0, learning_rate=1.0, decay=alpha)
    answers = [update]
    for _ in range(math.ceil(math.log(1e-17, alpha))):
        update, state = optimizers.momentum(state, 0.0, learning_rate=1.0, decay=alpha)
        answers.append(update)
    response = -np.array(answers)
    return float(np.sum(response) / np.sqrt(np.sum(response**2)))


with as_written():
    _per_step = _epsilon * constant_gradient
    _unrolled = total(alpha ** (t - i) * _per_step, i, 1, t)
    _velocity = _per_step * ((1 - alpha**t) / (1 - alpha))
    _factor = (1 - alpha**t) / (1 - alpha)

    momentum_terminal_factor = Derivation(
        "optimizers.momentum-terminal-factor",
        title=Text(
            "Along a constant gradient momentum's step grows to 1/(1 - α) times the first",
            "梯度方向不变时，动量法的步长最终增大到第一步的 1/(1 - α) 倍",
        ),
        notes="5.1",
        domain=Domain({alpha: UNIT, _epsilon: POSITIVE, constant_gradient: REALS, t: Integers()}),
        definitions={
            _v(Integer(0)): Integer(0),
            _v(t): alpha * _v(t - 1) + _per_step,
        },
        steps=(
            Step(
                _v(t),
                Text(
                    "The velocity after t steps, all with the same gradient g ≠ 0.",
                    "梯度恒为 g ≠ 0 时，t 步之后的速度。",
                ),
            ),
            Step(
                _unrolled,
                Text(
                    "Unroll the recursion from 0: what step i added was decayed t - i times.",
                    "从 0 开始展开递推：第 i 步加入的量此后又衰减了 t - i 次。",
                ),
            ),
            Step(
                _per_step * total(alpha**k, k, 0, t - 1),
                Text(
                    "ε g is the same in every term, so take it out; count k = t - i backwards.",
                    "ε g 在每一项中都相同，提到求和号外；再令 k = t - i，倒着数。",
                ),
            ),
            Step(
                _velocity,
                Text(
                    "Sum of a geometric series; α is not 1.",
                    "等比数列求和；α ≠ 1，所以可用。",
                ),
            ),
            Step(
                _velocity / _per_step,
                Text(
                    "Compare with the first step ε g, which is not 0.",
                    "与第一步 ε g 相比；ε g 不为 0。",
                ),
                Relation.APPLIED,
            ),
            Step(
                _factor,
                Text("ε g cancels.", "约去 ε g。"),
            ),
            Step(
                Limit(_factor, t, oo),
                Text("Let the number of steps grow.", "令步数趋于无穷。"),
                Relation.APPLIED,
            ),
            Step(
                1 / (1 - alpha),
                Text(
                    "αᵗ tends to 0, because 0 < α < 1.",
                    "因为 0 < α < 1，αᵗ 趋于 0。",
                ),
            ),
        ),
        comparisons=(Comparison("growth of the update of nn.optimizers.momentum", _growth),),
        sources=(
            "Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.3.2",
            "Polyak 1964, Some methods of speeding up the convergence of iteration methods",
        ),
    )

    momentum_signal_to_noise = Derivation(
        "optimizers.momentum-signal-to-noise",
        title=Text(
            "Momentum's steps show signal over noise √((1 + α)/(1 - α)) times as clearly",
            "动量法每一步的信噪比提高到 √((1 + α)/(1 - α)) 倍",
        ),
        notes="5.1",
        domain=Domain({alpha: UNIT}),
        steps=(
            Step(
                (1 / (1 - alpha)) / sqrt(1 / (1 - alpha**2)),
                Text(
                    "Weights αᵏ add up for a constant; for independent noise their squares do.",
                    "对恒定部分是权重 αᵏ 相加；对独立噪声是权重的平方相加。",
                ),
            ),
            Step(
                sqrt((1 - alpha**2) / (1 - alpha) ** 2),
                Text(
                    "Take 1 - α, which is above 0, under the root.",
                    "1 - α 大于 0，移到根号里。",
                ),
            ),
            Step(
                sqrt(((1 - alpha) * (1 + alpha)) / (1 - alpha) ** 2),
                Text("A difference of squares.", "平方差公式。"),
            ),
            Step(
                sqrt((1 + alpha) / (1 - alpha)),
                Text(
                    "1 - α cancels. At α = 0, plain SGD, it is 1; at α = 0.6 it is 2.",
                    "约去 1 - α。α = 0 即普通 SGD 时为 1，α = 0.6 时为 2。",
                ),
            ),
        ),
        comparisons=(
            Comparison("gain of a constant over that of noise, nn.optimizers.momentum", _clearer),
        ),
        sources=("Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.3.2",),
    )

"""RMSProp: what its average remembers of each gradient, and how long its steps are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import Abs, Function, Integer, sqrt

from studydl.derivations.optimizers._terms import alpha, constant_gradient, eta, g, i, k, t
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Integers, Sequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["rmsprop_constant_gradient", "rmsprop_mean_square", "rmsprop_weight_sum"]

_r = Function("r", real=True)
_hinton = "Tieleman & Hinton 2012, Neural Networks for Machine Learning, lecture 6.5"


def _mean_square(alpha: float, g: NDArray[np.float64], t: int) -> float:
    """Return RMSProp's mean square after the first t of the gradients."""
    state = optimizers.RMSPropState.zeros_like(0.0)
    for gradient in g[:t]:
        _, state = optimizers.rmsprop(state, gradient, learning_rate=1.0, decay=alpha)
    return float(state.mean_square)


def _step_length(alpha: float, eta: float, g: float, t: int) -> float:
    """Return the length of RMSProp's update number t, all gradients being g."""
    state = optimizers.RMSPropState.zeros_like(0.0)
    update = state.mean_square
    for _ in range(t):
        update, state = optimizers.rmsprop(state, g, learning_rate=eta, decay=alpha, delta=0.0)
    return abs(float(update))


with as_written():
    rmsprop_mean_square = Derivation(
        "optimizers.rmsprop-mean-square",
        title=Text(
            "RMSProp's average weighs a squared gradient of k steps ago by (1 - α) αᵏ",
            "RMSProp 的滑动平均给 k 步之前的梯度平方以权重 (1 - α) αᵏ",
        ),
        notes="5.3",
        domain=Domain({alpha: UNIT, t: Integers(low=2), g: Sequence()}),
        definitions={
            _r(Integer(0)): Integer(0),
            _r(t): alpha * _r(t - 1) + (1 - alpha) * g[t] ** 2,
        },
        steps=(
            Step(
                _r(t),
                Text(
                    "What RMSProp has averaged after t steps, two or more.",
                    "t 步（至少两步）之后 RMSProp 的滑动平均。",
                ),
            ),
            Step(
                alpha * _r(t - 1) + (1 - alpha) * g[t] ** 2,
                Text("The recursion that defines it.", "它的递推定义。"),
            ),
            Step(
                alpha * (alpha * _r(t - 2) + (1 - alpha) * g[t - 1] ** 2) + (1 - alpha) * g[t] ** 2,
                Text("The same recursion for the step before.", "对前一步再用一次递推。"),
            ),
            Step(
                alpha**2 * _r(t - 2) + (1 - alpha) * (g[t] ** 2 + alpha * g[t - 1] ** 2),
                Text(
                    "Sort: each step further back has cost one more factor α.",
                    "整理：每往前一步，就多乘一个 α。",
                ),
            ),
            Step(
                (1 - alpha) * total(alpha ** (t - i) * g[i] ** 2, i, 1, t),
                Text(
                    "Go on like this down to r = 0 at the start: step i was decayed t - i times.",
                    "如此继续，直到起点 r = 0：第 i 步的平方衰减了 t - i 次。",
                ),
            ),
        ),
        comparisons=(
            Comparison("mean square of nn.optimizers.rmsprop after t steps", _mean_square),
        ),
        sources=(_hinton,),
    )

    rmsprop_weight_sum = Derivation(
        "optimizers.rmsprop-weight-sum",
        title=Text(
            "The weights of RMSProp's average sum to 1 - αᵗ, so it starts too small",
            "RMSProp 滑动平均的权重之和是 1 - αᵗ，所以一开始偏小",
        ),
        notes="5.3",
        domain=Domain({alpha: UNIT, t: Integers()}),
        steps=(
            Step(
                total((1 - alpha) * alpha ** (t - i), i, 1, t),
                Text(
                    "The sum of the weights that rmsprop-mean-square gives to steps 1 to t.",
                    "rmsprop-mean-square 给第 1 到第 t 步的权重之和。",
                ),
            ),
            Step(
                (1 - alpha) * total(alpha**k, k, 0, t - 1),
                Text(
                    "1 - α is the same in every term, so take it out; count k = t - i backwards.",
                    "1 - α 在每一项中都相同，提到求和号外；再令 k = t - i，倒着数。",
                ),
            ),
            Step(
                (1 - alpha) * ((1 - alpha**t) / (1 - alpha)),
                Text(
                    "Sum of a geometric series; α is not 1.",
                    "等比数列求和；α ≠ 1，所以可用。",
                ),
            ),
            Step(
                1 - alpha**t,
                Text(
                    "1 - α cancels. The rest to 1 is the weight αᵗ of the start, which is 0.",
                    "约去 1 - α。离 1 所差的 αᵗ 是起点的权重，而起点为 0。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "mean square of nn.optimizers.rmsprop after t gradients of 1",
                lambda alpha, t: _mean_square(alpha, np.ones(t), t),
            ),
        ),
        sources=(_hinton, "Kingma & Ba 2015, Adam, section 3"),
    )

    _size = eta * Abs(constant_gradient)

    rmsprop_constant_gradient = Derivation(
        "optimizers.rmsprop-constant-gradient",
        title=Text(
            "Along a constant gradient RMSProp's step number t is η/√(1 - αᵗ) long",
            "梯度恒定时，RMSProp 第 t 步的步长是 η/√(1 - αᵗ)",
        ),
        notes="5.3",
        domain=Domain({alpha: UNIT, eta: POSITIVE, constant_gradient: REALS, t: Integers()}),
        definitions={
            _r(Integer(0)): Integer(0),
            _r(t): alpha * _r(t - 1) + (1 - alpha) * constant_gradient**2,
        },
        steps=(
            Step(
                _size / sqrt(_r(t)),
                Text(
                    "The length of step t. All gradients are g ≠ 0, and δ, which is tiny, is 0.",
                    "第 t 步的步长。梯度恒为 g ≠ 0；δ 很小，取为 0。",
                ),
            ),
            Step(
                _size / sqrt(total((1 - alpha) * alpha ** (t - i) * constant_gradient**2, i, 1, t)),
                Text(
                    "Insert the average, derived in rmsprop-mean-square.",
                    "代入滑动平均，推导见 rmsprop-mean-square。",
                ),
            ),
            Step(
                _size / sqrt((1 - alpha**t) * constant_gradient**2),
                Text(
                    "g² is the same in every term; the weights sum to 1 - αᵗ (rmsprop-weight-sum).",
                    "g² 在每一项中都相同；权重之和为 1 - αᵗ（见 rmsprop-weight-sum）。",
                ),
            ),
            Step(
                _size / (sqrt(1 - alpha**t) * Abs(constant_gradient)),
                Text(
                    "The root of a product of numbers that are not negative; √(g²) = |g|.",
                    "非负数之积的平方根可以拆开；√(g²) = |g|。",
                ),
            ),
            Step(
                eta / sqrt(1 - alpha**t),
                Text(
                    "|g| cancels. The first step is η/√(1 - α); then they shrink to η, not to 0.",
                    "约去 |g|。第一步为 η/√(1 - α)，以后缩短到 η，而不是 0。",
                ),
            ),
        ),
        comparisons=(Comparison("length of step t of nn.optimizers.rmsprop", _step_length),),
        sources=(_hinton,),
    )

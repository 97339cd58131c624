"""What momentum and Adam accumulate: the terminal velocity, and the bias of the moments."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, IndexedBase, Integer, Limit, Symbol, oo

from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Integers, RandomSequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["adam_first_moment", "adam_second_moment", "momentum_terminal_factor"]

_k = Symbol("k", integer=True)
_i = Symbol("i", integer=True)
_t = Symbol("t", integer=True, positive=True)
_alpha = Symbol("alpha", positive=True)
_epsilon = Symbol("epsilon", positive=True)
_gradient = Symbol("g", real=True)
_g = IndexedBase("g")
_v = Function("v", real=True)

_kingma = "Kingma & Ba 2015, Adam, section 3"


_HUGE = 2.0**100
"""A learning rate and an epsilon of this size make Adam's update its corrected first moment:
they are equal and cancel exactly, and no root of a second moment adds to them."""


def _growth(alpha: float, epsilon: float, g: float, **_others: float) -> float:
    """Return how many times its first step momentum's step has grown to, once it has settled."""
    state = optimizers.MomentumState.zeros_like(0.0)
    first, state = optimizers.momentum(state, g, learning_rate=epsilon, decay=alpha)
    update = first
    for _ in range(math.ceil(math.log(1e-17, alpha))):
        update, state = optimizers.momentum(state, g, learning_rate=epsilon, decay=alpha)
    return float(update / first)


def _last_update(g: NDArray[np.float64], t: int, **hyperparameters: float) -> Any:
    """Return Adam's update after t gradients, in every outcome."""
    state = optimizers.AdamState.zeros_like(g[:, 0])
    update = state.first_moment
    for gradient in g.T[:t]:
        update, state = optimizers.adam(state, gradient, **hyperparameters)
    return update


def _corrected_first_moment(g: NDArray[np.float64], t: int, beta_1: float) -> float:
    update = _last_update(g, t, learning_rate=_HUGE, epsilon=_HUGE, beta1=beta_1)
    return float(np.mean(-update))


def _corrected_second_moment(g: NDArray[np.float64], t: int, beta_2: float) -> float:
    # Without a first moment and without epsilon the update is -g divided by the root sought.
    update = _last_update(g, t, learning_rate=1.0, epsilon=0.0, beta1=0.0, beta2=beta_2)
    return float(np.mean((g[:, t - 1] / update) ** 2))


with as_written():
    _per_step = _epsilon * _gradient
    _unrolled = total(_alpha ** (_t - _i) * _per_step, _i, 1, _t)
    _velocity = _per_step * ((1 - _alpha**_t) / (1 - _alpha))
    _factor = (1 - _alpha**_t) / (1 - _alpha)

    momentum_terminal_factor = Derivation(
        "optimizers.momentum-terminal-factor",
        title=Text(
            "Along a constant gradient momentum's step grows to 1/(1 - α) times the first",
            "梯度方向不变时，动量法的步长最终增大到第一步的 1/(1 - α) 倍",
        ),
        notes="5.1",
        domain=Domain({_alpha: UNIT, _epsilon: POSITIVE, _gradient: REALS, _t: Integers()}),
        definitions={
            _v(Integer(0)): Integer(0),
            _v(_t): _alpha * _v(_t - 1) + _per_step,
        },
        steps=(
            Step(
                _v(_t),
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
                _per_step * total(_alpha**_k, _k, 0, _t - 1),
                Text(
                    "εg is the same in every term, so take it out; count k = t - i backwards.",
                    "εg 在每一项中都相同，提到求和号外；再令 k = t - i，倒着数。",
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
                    "Compare with the first step εg, which is not 0.",
                    "与第一步 εg 相比；εg 不为 0。",
                ),
                Relation.APPLIED,
            ),
            Step(
                _factor,
                Text("εg cancels.", "约去 εg。"),
            ),
            Step(
                Limit(_factor, _t, oo),
                Text("Let the number of steps grow.", "令步数趋于无穷。"),
                Relation.APPLIED,
            ),
            Step(
                1 / (1 - _alpha),
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


def _bias_correction(
    slug: str,
    title: Text,
    moment: str,
    beta: Symbol,
    averaged: Any,
    stationary: Text,
    comparison: Comparison,
) -> Derivation:
    """Return the derivation for a decaying mean of ``averaged``, a term in ``g[i]``."""
    mean = Function(moment, real=True)
    at_i = averaged(_g[_i])
    expected = EXPECTATION(averaged(_g[_t]))
    with as_written():
        powers = total(beta**_k, _k, 0, _t - 1)
        biased = (1 - beta**_t) * expected
        return Derivation(
            f"optimizers.{slug}",
            title=title,
            notes="5.4",
            domain=Domain({beta: UNIT, _t: Integers(), _g: RandomSequence()}),
            definitions={
                mean(Integer(0)): Integer(0),
                mean(_t): beta * mean(_t - 1) + (1 - beta) * averaged(_g[_t]),
            },
            steps=(
                Step(EXPECTATION(mean(_t)), _WHAT_IS_SOUGHT),
                Step(
                    EXPECTATION((1 - beta) * total(beta ** (_t - _i) * at_i, _i, 1, _t)),
                    _UNROLLED,
                ),
                Step(
                    (1 - beta) * total(beta ** (_t - _i) * EXPECTATION(at_i), _i, 1, _t),
                    _LINEAR,
                ),
                Step((1 - beta) * (expected * powers), stationary),
                Step((1 - beta) * (expected * ((1 - beta**_t) / (1 - beta))), _GEOMETRIC),
                Step(biased, _CANCELLED),
                Step(biased / (1 - beta**_t), _CORRECTED, Relation.APPLIED),
                Step(expected, _UNBIASED),
            ),
            comparisons=(comparison,),
            sources=(_kingma,),
        )


_WHAT_IS_SOUGHT = Text(
    "What the decaying mean is worth on average after t steps.",
    "要求的是 t 步之后滑动平均的期望。",
)
_UNROLLED = Text(
    "Unroll the recursion from 0: the share of step i was decayed t - i times.",
    "从 0 开始展开递推：第 i 步的份额此后又衰减了 t - i 次。",
)
_LINEAR = Text(
    "The expectation is linear, and neither β nor t is random.",
    "期望是线性的，而 β 和 t 都不是随机的。",
)
_GEOMETRIC = Text(
    "Sum of a geometric series; β is not 1.",
    "等比数列求和；β ≠ 1，所以可用。",
)
_CANCELLED = Text(
    "1 - β cancels: the mean is too small by the factor 1 - βᵗ, because it began at 0.",
    "约去 1 - β：滑动平均从 0 开始，因此偏小，偏小的倍数是 1 - βᵗ。",
)
_CORRECTED = Text(
    "Divide by this factor, as Adam does; t ≥ 1, so it is not 0.",
    "像 Adam 那样除以这个倍数；t ≥ 1，所以它不为 0。",
)
_UNBIASED = Text(
    "1 - βᵗ cancels: the corrected mean has no bias, at any t.",
    "约去 1 - βᵗ：修正后的平均在任何 t 都没有偏差。",
)

adam_first_moment = _bias_correction(
    "adam-bias-correction",
    Text(
        "Dividing Adam's first moment by 1 - β₁ᵗ removes its bias",
        "Adam 的一阶矩除以 1 - β₁ᵗ 后没有偏差",
    ),
    "m",
    Symbol("beta_1", positive=True),
    lambda gradient: gradient,
    Text(
        "Suppose that every gradient has the expectation of the last one; count k = t - i.",
        "假设每一步梯度的期望都与最后一步相同；再令 k = t - i。",
    ),
    Comparison("mean corrected first moment of nn.optimizers.adam", _corrected_first_moment),
)

adam_second_moment = _bias_correction(
    "adam-second-moment-correction",
    Text(
        "Dividing Adam's second moment by 1 - β₂ᵗ removes its bias",
        "Adam 的二阶矩除以 1 - β₂ᵗ 后没有偏差",
    ),
    "v",
    Symbol("beta_2", positive=True),
    lambda gradient: gradient**2,
    Text(
        "Suppose that every squared gradient has the expectation of the last; count k = t - i.",
        "假设每一步梯度平方的期望都与最后一步相同；再令 k = t - i。",
    ),
    Comparison("mean corrected second moment of nn.optimizers.adam", _corrected_second_moment),
)

"""AdaGrad: how fast its steps become shorter while the gradient stays the same."""

from __future__ import annotations

from sympy import Abs, Function, Integer, sqrt

from studydl.derivations.optimizers._terms import constant_gradient, eta, i, t
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, Domain, Integers

__all__ = ["adagrad_rate_decay"]

_r = Function("r", real=True)


def _step_length(eta: float, g: float, t: int) -> float:
    """Return the length of AdaGrad's update number t, all gradients being g."""
    state = optimizers.AdaGradState.zeros_like(0.0)
    update = state.sum_of_squares
    for _ in range(t):
        update, state = optimizers.adagrad(state, g, learning_rate=eta, delta=0.0)
    return abs(float(update))


with as_written():
    _size = eta * Abs(constant_gradient)

    adagrad_rate_decay = Derivation(
        "optimizers.adagrad-rate-decay",
        title=Text(
            "Along a constant gradient AdaGrad's step number t is η/√t long",
            "梯度恒定时，AdaGrad 第 t 步的步长是 η/√t",
        ),
        notes="5.2",
        domain=Domain({eta: POSITIVE, constant_gradient: REALS, t: Integers()}),
        definitions={_r(Integer(0)): Integer(0), _r(t): _r(t - 1) + constant_gradient**2},
        steps=(
            Step(
                _size / sqrt(_r(t)),
                Text(
                    "The length of step t. All gradients are g ≠ 0, and δ, which is tiny, is 0.",
                    "第 t 步的步长。梯度恒为 g ≠ 0；δ 很小，取为 0。",
                ),
            ),
            Step(
                _size / sqrt(total(constant_gradient**2, i, 1, t)),
                Text(
                    "Unroll the recursion from 0: r is the sum of all squares so far.",
                    "从 0 开始展开递推：r 是迄今所有梯度的平方和。",
                ),
            ),
            Step(
                _size / sqrt(t * constant_gradient**2),
                Text("t equal terms add up to t times one.", "t 个相同的项之和是一项的 t 倍。"),
            ),
            Step(
                _size / (sqrt(t) * Abs(constant_gradient)),
                Text(
                    "The root of a product of numbers that are not negative; √(g²) = |g|.",
                    "非负数之积的平方根可以拆开；√(g²) = |g|。",
                ),
            ),
            Step(
                eta / sqrt(t),
                Text(
                    "|g| cancels: not the size of the gradient counts, only how often it came.",
                    "约去 |g|：梯度有多大无关紧要，只看它来过多少次。",
                ),
            ),
        ),
        comparisons=(Comparison("length of step t of nn.optimizers.adagrad", _step_length),),
        sources=(
            "Duchi, Hazan & Singer 2011, Adaptive Subgradient Methods, section 1.1",
            "Goodfellow, Bengio & Courville 2016, Deep Learning, section 8.5.1",
        ),
    )

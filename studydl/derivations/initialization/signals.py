"""How a layer with random weights changes the variance, on the way forward and on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import Derivative, IndexedBase, Symbol

from studydl.derivations.initialization._terms import any_weight, glorot, i, j, n_in, n_out, w
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import initialization
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, Domain, Integers, RandomSequence
from studydl.verification.randomness import Centred

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.verification.randomness import Outcomes

__all__ = ["backward_variance", "forward_variance"]

_x = IndexedBase("x")
_delta = IndexedBase("delta")
_h = Symbol("h", real=True)


def _forward(n_in: int, w: Outcomes, x: NDArray[np.float64]) -> float:
    """Return the variance of states: one example an outcome of x, one unit an outcome of w."""
    weights = w.joint(n_in).values.T
    signals = initialization.forward(x[:, :n_in], [weights], lambda s: s)
    return float(initialization.moments(signals.states).variance[0])


def _backward(n_out: int, w: Outcomes, delta: NDArray[np.float64], **_others: float) -> float:
    """Return the variance of the gradients for the activations below a layer of n_out units."""
    weights = w.joint(n_out).values
    identity = np.eye(len(weights))
    inputs = np.zeros((len(delta), len(weights)))
    signals = initialization.forward(inputs, [identity, weights], lambda s: s)
    gradients = initialization.backward(
        delta[:, :n_out], [identity, weights], signals, np.ones_like
    )
    return float(initialization.moments(gradients.states).variance[0])


with as_written():
    _state = total(w[i] * _x[i], i, 1, n_in)
    _products = EXPECTATION(((w[i] * w[j]) * _x[i]) * _x[j])

    forward_variance = Derivation(
        "initialization.forward-variance",
        title=Text(
            "A unit's state has n_in times the variance of a weight times the inputs' mean square",
            "单元状态的方差等于 n_in 乘权重方差，再乘输入的均方",
        ),
        notes="4.3",
        domain=Domain({n_in: Integers(1, 4), w: Centred(REALS), _x: RandomSequence()}),
        steps=(
            Step(
                VARIANCE(_state),
                Text(
                    "The state sums n_in inputs, each times a weight; the bias starts at 0.",
                    "状态是 n_in 个输入各乘一个权重之和；偏置初始为 0。",
                ),
            ),
            Step(
                EXPECTATION(_state**2),
                Text(
                    "The weights have mean 0, whatever the inputs are; so has the state.",
                    "无论输入如何，权重的均值都是 0，所以状态的均值也是 0。",
                ),
            ),
            Step(
                total(total(_products, j, 1, n_in), i, 1, n_in),
                Text(
                    "Multiply the square out; the expectation of a sum is the sum of expectations.",
                    "把平方展开；和的期望等于期望之和。",
                ),
            ),
            Step(
                total(
                    total(EXPECTATION(w[i] * w[j]) * EXPECTATION(_x[i] * _x[j]), j, 1, n_in),
                    i,
                    1,
                    n_in,
                ),
                Text(
                    "Weights are independent of inputs; the inputs may depend on each other.",
                    "权重与输入独立；输入之间则可以彼此相关。",
                ),
            ),
            Step(
                total(EXPECTATION(w[i] ** 2) * EXPECTATION(_x[i] ** 2), i, 1, n_in),
                Text(
                    "For i ≠ j independence gives E[wᵢ] E[wⱼ] = 0; only the squares are left.",
                    "i ≠ j 时由独立性得 E[wᵢ] E[wⱼ] = 0，只剩下平方项。",
                ),
            ),
            Step(
                n_in * EXPECTATION(w[1] ** 2) * EXPECTATION(_x[1] ** 2),
                Text(
                    "All weights have one law, all inputs one mean square: n_in equal terms.",
                    "权重同分布，各输入的均方也相同，所以 n_in 项全部相等。",
                ),
            ),
            Step(
                n_in * any_weight * EXPECTATION(_x[1] ** 2),
                Text(
                    "With mean 0, the mean square of a weight is its variance. The inputs' stays.",
                    "权重均值为 0，其均方就是方差；输入的均值未必为 0，仍写均方。",
                ),
            ),
        ),
        comparisons=(Comparison("variance of states of nn.initialization.forward", _forward),),
        sources=(f"{glorot}, section 4.2.1, equation 5", "He et al. 2015, section 2.2, equation 7"),
    )

    _gradient = total(_delta[j] * w[j], j, 1, n_out)

    backward_variance = Derivation(
        "initialization.backward-variance",
        title=Text(
            "Backward, n_out takes the place of n_in",
            "反向传播时，n_out 取代 n_in",
        ),
        notes="4.3",
        domain=Domain(
            {n_out: Integers(1, 3), w: Centred(REALS), _delta: RandomSequence(), _h: REALS}
        ),
        steps=(
            Step(
                VARIANCE(Derivative(total(_delta[j] * (w[j] * _h), j, 1, n_out), _h)),
                Text(
                    "An activation h enters all n_out states; δ is the gradient for each of these.",
                    "激活值 h 进入全部 n_out 个状态；δ 是损失对各状态的梯度。",
                ),
            ),
            Step(
                VARIANCE(_gradient),
                Text(
                    "The derivative of each term for h is δ times its weight.",
                    "每一项对 h 的导数是 δ 乘相应的权重。",
                ),
            ),
            Step(
                EXPECTATION(_gradient**2),
                Text(
                    "The weights have mean 0 and are taken to be independent of δ: the mean is 0.",
                    "权重均值为 0，并假设与 δ 独立，所以这个和的均值为 0。",
                ),
            ),
            Step(
                total(EXPECTATION(_delta[j] ** 2) * EXPECTATION(w[j] ** 2), j, 1, n_out),
                Text(
                    "Multiply out: mixed terms have mean 0, as two different weights have.",
                    "展开平方：不同权重之积的均值为 0，交叉项全部消失。",
                ),
            ),
            Step(
                n_out * any_weight * EXPECTATION(_delta[1] ** 2),
                Text(
                    "n_out equal terms; a weight's mean square is its variance.",
                    "n_out 项全部相等；权重的均方就是方差。",
                ),
            ),
        ),
        comparisons=(Comparison("variance of gradients of nn.initialization.backward", _backward),),
        sources=(
            f"{glorot}, section 4.2.1, equation 6",
            "He et al. 2015, section 2.2, equation 13",
        ),
    )

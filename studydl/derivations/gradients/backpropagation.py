"""Backpropagation through one layer: the error of a unit, and the gradients of weight and bias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, IndexedBase, Symbol

from studydl.derivations.gradients._terms import f, fprime, i, j, k, n, slope_of_f
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import gradients
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import Domain, FreeFunction, Index, Integers, Matrix, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.nn.gradients import Gradients
    from studydl.verification.free_functions import SmoothFunction

__all__ = ["bias_gradient", "delta_recursion", "weight_gradient"]

_m = Symbol("m", integer=True, positive=True)
_examples = Symbol("N", integer=True, positive=True)
_p = Symbol("p", integer=True, positive=True)
_r = Symbol("r", integer=True)
_W = IndexedBase("W")
_a = IndexedBase("a")
_b = IndexedBase("b")
_h = IndexedBase("h")
_delta = IndexedBase("delta")
_z = Function("z", real=True)
_goodfellow = "Goodfellow, Bengio & Courville 2016, Deep Learning, algorithm 6.4"
_rumelhart = "Rumelhart, Hinton & Williams 1986, equations 4 to 7"


def _error(
    a: NDArray[np.float64],
    delta: NDArray[np.float64],
    W: NDArray[np.float64],  # noqa: N803 - as the formula has it
    m: int,
    n: int,
    i: int,
    f: SmoothFunction,
) -> float:
    """Return the gradient for the i-th pre-activation, which an identity layer in front gives."""
    weights = [np.eye(n), W[:m, :n]]
    signals = gradients.forward(a[np.newaxis, :n], weights, f)
    # backward takes the gradient for the activations behind, of which delta is f' times as much.
    behind = delta[np.newaxis, :m] / f.slope(signals.pre_activations[1])
    return float(gradients.backward(behind, weights, signals, f.slope).activations[0][0, i - 1])


def _of_affine_layer(
    h: NDArray[np.float64],
    delta: NDArray[np.float64],
    W: NDArray[np.float64],  # noqa: N803 - as the formula has it
    b: NDArray[np.float64],
    N: int,  # noqa: N803 - as the formula has it
    m: int,
    n: int,
) -> Gradients:
    """Return the gradients of a linear layer, its bias the weight of one more input that is 1."""
    inputs = np.column_stack([h[:N, :n], np.ones(N)])
    weights = [np.column_stack([W[:m, :n], b[:m]])]
    signals = gradients.forward(inputs, weights, lambda z: z)
    return gradients.backward(delta[:N, :m], weights, signals, np.ones_like)


def _for_weight(p: int, i: int, **values: Any) -> float:
    return float(_of_affine_layer(**values).weights[0][p - 1, i - 1])


def _for_bias(p: int, i: int, **values: Any) -> float:  # noqa: ARG001 - a bias has no input
    return float(_of_affine_layer(**values).weights[0][p - 1, -1])


_of_a_layer = Domain(
    {
        _examples: Integers(1, 4),
        _m: Integers(1, 4),
        n: Integers(1, 4),
        _p: Index(_m),
        i: Index(n),
        _W: Matrix(),
        _b: Sequence(),
        _h: Matrix(),
        _delta: Matrix(),
    }
)

with as_written():
    delta_recursion = Derivation(
        "gradients.delta-recursion",
        title=Text(
            "Backpropagation: a unit's error from the errors of the next layer",
            "反向传播：由下一层的误差得到本层单元的误差",
        ),
        notes="O.1",
        domain=Domain(
            {
                _m: Integers(1, 6),
                n: Integers(1, 6),
                i: Index(n),
                _W: Matrix(),
                _a: Sequence(),
                _delta: Sequence(),
                f: FreeFunction(),
            }
        ),
        definitions={
            **slope_of_f,
            _z(k): total(_W[k, j] * f(_a[j]), j, 1, n),
        },
        steps=(
            Step(
                total(_delta[k] * Partial(_z(k), _a[i]), k, 1, _m),
                Text(
                    "Chain rule: a_i reaches the loss by the next layer's z_k; δ_k is ∂L/∂z_k.",
                    "链式法则：aᵢ 只经下一层的 zₖ 影响损失；δₖ 表示 ∂L/∂zₖ。",
                ),
            ),
            Step(
                total(_delta[k] * Partial(total(_W[k, j] * f(_a[j]), j, 1, n), _a[i]), k, 1, _m),
                Text(
                    "Insert what the next layer computes from the activations f(a_j).",
                    "代入下一层由激活值 f(aⱼ) 算出的 zₖ。",
                ),
            ),
            Step(
                total(_delta[k] * (_W[k, i] * fprime(_a[i])), k, 1, _m),
                Text(
                    "Of the sum over j only the term j = i depends on a_i.",
                    "对 j 求和的各项中，只有 j = i 一项依赖 aᵢ。",
                ),
            ),
            Step(
                fprime(_a[i]) * total(_W[k, i] * _delta[k], k, 1, _m),
                Text(
                    "f'(a_i) comes out; the sum runs down column i of W: W transposed times δ.",
                    "提出 f'(aᵢ)；求和沿 W 的第 i 列进行，即 W 的转置乘以 δ。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.backward, one error", _error),),
        sources=(_goodfellow, _rumelhart),
    )

    _layer: dict[Any, Any] = {
        _z(_r, k): total(_W[k, j] * _h[_r, j], j, 1, n) + _b[k],
    }

    weight_gradient = Derivation(
        "gradients.weight-gradient",
        title=Text(
            "The gradient for a weight: error behind it times activation in front of it",
            "权重的梯度：后一端的误差乘以前一端的激活值",
        ),
        notes="O.1",
        domain=_of_a_layer,
        definitions=_layer,
        steps=(
            Step(
                total(
                    total(_delta[_r, k] * Partial(_z(_r, k), _W[_p, i]), k, 1, _m),
                    _r,
                    1,
                    _examples,
                ),
                Text(
                    "Chain rule over all units k and all examples r; δ is ∂L/∂z.",
                    "对所有单元 k 和所有样本 r 用链式法则；δ 表示 ∂L/∂z。",
                ),
            ),
            Step(
                total(_delta[_r, _p] * Partial(_z(_r, _p), _W[_p, i]), _r, 1, _examples),
                Text(
                    "W_pi is a weight of unit p only; it is shared by all examples.",
                    "W 的第 p 行只属于单元 p，而所有样本共用它。",
                ),
            ),
            Step(
                total(_delta[_r, _p] * _h[_r, i], _r, 1, _examples),
                Text(
                    "z is linear in W_pi, and the factor beside it is the input h_i.",
                    "z 对 Wₚᵢ 是线性的，与它相乘的是输入 hᵢ。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.backward, one weight", _for_weight),),
        sources=(_goodfellow, _rumelhart),
    )

    bias_gradient = Derivation(
        "gradients.bias-gradient",
        title=Text(
            "The gradient for a bias: the errors of its unit, summed over the examples",
            "偏置的梯度：该单元的误差在样本上求和",
        ),
        notes="O.1",
        domain=_of_a_layer,
        definitions=_layer,
        steps=(
            Step(
                Partial(
                    total(total(_delta[_r, k] * _z(_r, k), k, 1, _m), _r, 1, _examples), _b[_p]
                ),
                Text(
                    "Chain rule: z moves the loss as Σδz does, with δ = ∂L/∂z held fixed.",
                    "链式法则：z 对损失的影响与 Σδz 相同，其中 δ = ∂L/∂z 视为常数。",
                ),
            ),
            Step(
                Partial(total(_delta[_r, _p] * _z(_r, _p), _r, 1, _examples), _b[_p]),
                Text(
                    "b_p is the bias of unit p only.",
                    "bₚ 只是单元 p 的偏置。",
                ),
            ),
            Step(
                Partial(total(_delta[_r, _p] * _b[_p], _r, 1, _examples), _b[_p]),
                Text(
                    "Of z only the bias itself depends on b_p; weights and inputs do not.",
                    "z 中只有偏置本身依赖 bₚ，权重和输入都不依赖。",
                ),
            ),
            Step(
                total(_delta[_r, _p], _r, 1, _examples),
                Text(
                    "Linear in b_p: its factor is the slope, as if the input were 1.",
                    "对 bₚ 是线性的，系数就是导数，相当于输入恒为 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.backward, the weight of an input of 1", _for_bias),),
        sources=(_goodfellow,),
    )

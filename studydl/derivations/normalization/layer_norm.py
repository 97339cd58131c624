"""The backward pass of layer normalisation, for N examples of d features each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Function, IndexedBase, KroneckerDelta, Symbol, sqrt

from studydl.derivations.normalization._terms import average, epsilon, xhat
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import normalization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, Domain, Index, Integers, Matrix, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studydl.nn.normalization import NormGradients

__all__ = ["layer_norm_gain_gradient", "layer_norm_input_gradient"]

_examples = Symbol("N", integer=True, positive=True)
_d = Symbol("d", integer=True, positive=True)
_r = Symbol("r", integer=True, positive=True)
_i = Symbol("i", integer=True, positive=True)
_p = Symbol("p", integer=True)
_k = Symbol("k", integer=True)
_x = IndexedBase("x")
_g = IndexedBase("g")
_gamma = IndexedBase("gamma")
_beta = IndexedBase("beta")
_mu = Function("mu", real=True)
_s = Function("s", positive=True)
_y = Function("y", real=True)
_u = Function("u", real=True)
_ba = "Ba, Kiros & Hinton 2016, Layer Normalization, section 3"
_ioffe = "Ioffe & Szegedy 2015, Batch Normalization, section 3, for the rule"


def _gradients(
    x: NDArray[np.float64],
    g: NDArray[np.float64],
    N: int,  # noqa: N803 - the symbol of the formula
    d: int,
    gamma: NDArray[np.float64],
    beta: NDArray[np.float64],
    epsilon: float,
) -> NormGradients:
    _, cache = normalization.layer_norm(x[:N, :d], gamma[:d], beta[:d], epsilon=epsilon)
    return normalization.layer_norm_backward(g[:N, :d], cache)


def _for_gain(i: int, r: int, **values: Any) -> float:  # noqa: ARG001 - of no example alone
    return float(_gradients(**values).gain[i - 1])


def _for_input(i: int, r: int, **values: Any) -> float:
    return float(_gradients(**values).x[r - 1, i - 1])


_of_a_batch = Domain(
    {
        _examples: Integers(1, 4),
        _d: Integers(3, 5),
        _r: Index(_examples),
        _i: Index(_d),
        _x: Matrix(),
        _g: Matrix(),
        _gamma: Sequence(),
        _beta: Sequence(),
        epsilon: POSITIVE,
    }
)

with as_written():
    _layer: dict[Any, Any] = {
        _mu(_p): average(_x[_p, _k], _k, _d),
        _s(_p): sqrt(average((_x[_p, _k] - _mu(_p)) ** 2, _k, _d) + epsilon),
        xhat(_p, _k): (_x[_p, _k] - _mu(_p)) / _s(_p),
        _y(_p, _k): _gamma[_k] * xhat(_p, _k) + _beta[_k],
    }

    layer_norm_gain_gradient = Derivation(
        "normalization.layer-norm-gain-gradient",
        title=Text(
            "LayerNorm's gain of a feature collects over the examples",
            "LayerNorm 中每个特征的 γ，其梯度在样本上累加",
        ),
        notes="2.4",
        domain=_of_a_batch,
        definitions=_layer,
        steps=(
            Step(
                total(
                    total(_g[_p, _k] * Partial(_y(_p, _k), _gamma[_i]), _k, 1, _d),
                    _p,
                    1,
                    _examples,
                ),
                Text(
                    "Chain rule over all outputs: feature k of example p; g is ∂L/∂y.",
                    "对所有输出用链式法则：第 p 个样本的第 k 个特征；g 表示 ∂L/∂y。",
                ),
            ),
            Step(
                total(
                    total(_g[_p, _k] * (KroneckerDelta(_i, _k) * xhat(_p, _k)), _k, 1, _d),
                    _p,
                    1,
                    _examples,
                ),
                Text(
                    "γ_i is a factor of feature i only; there its slope is x̂.",
                    "γᵢ 只出现在第 i 个特征中；在那里导数为 x̂。",
                ),
            ),
            Step(
                total(_g[_p, _i] * xhat(_p, _i), _p, 1, _examples),
                Text(
                    "δ leaves one feature of each example; all examples share its gain.",
                    "δ 只留下每个样本的一个特征；所有样本共用它的 γ。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.layer_norm_backward, gain", _for_gain),),
        sources=(_ba,),
    )

    _with_sum = _layer | {_u(_k): _gamma[_k] * _g[_r, _k]}
    _moved = KroneckerDelta(_i, _k) - 1 / _d - (1 / _d) * (xhat(_r, _i) * xhat(_r, _k))

    layer_norm_input_gradient = Derivation(
        "normalization.layer-norm-input-gradient",
        title=Text(
            "LayerNorm's backward pass: BatchNorm's, over the features of one example",
            "LayerNorm 的反向传播：与 BatchNorm 同形，但在单个样本的特征上求平均",
        ),
        notes="2.4",
        domain=_of_a_batch,
        definitions=_with_sum,
        steps=(
            Step(
                total(
                    total(_g[_p, _k] * Partial(_y(_p, _k), _x[_r, _i]), _k, 1, _d),
                    _p,
                    1,
                    _examples,
                ),
                Text(
                    "Chain rule over all outputs: feature k of example p; g is ∂L/∂y.",
                    "对所有输出用链式法则：第 p 个样本的第 k 个特征；g 表示 ∂L/∂y。",
                ),
            ),
            Step(
                total(_g[_r, _k] * Partial(_y(_r, _k), _x[_r, _i]), _k, 1, _d),
                Text(
                    "Mean and deviation are those of one example: only outputs of example r move.",
                    "均值和标准差只属于单个样本：只有样本 r 的输出会变。",
                ),
            ),
            Step(
                total(_u(_k) * Partial(xhat(_r, _k), _x[_r, _i]), _k, 1, _d),
                Text(
                    "y = γx̂ + β; γ differs by feature and stays inside: u_k = γ_k g_rk.",
                    "y = γx̂ + β；各特征的 γ 不同，留在求和号内，记 uₖ = γₖgᵣₖ。",
                ),
            ),
            Step(
                total(_u(_k) * ((1 / _s(_r)) * _moved), _k, 1, _d),
                Text(
                    "The slope of a standardised value, as in standardized-gradient, with d for n.",
                    "代入标准化值的导数，与 standardized-gradient 相同，只是对 d 个特征。",
                ),
            ),
            Step(
                (1 / _s(_r))
                * (
                    _u(_i)
                    - average(_u(_k), _k, _d)
                    - xhat(_r, _i) * average(_u(_k) * xhat(_r, _k), _k, _d)
                ),
                Text(
                    "Sum term by term: δ leaves feature i alone, the other two leave means.",
                    "逐项求和：δ 只留下第 i 个特征，另外两项各留下一个平均值。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.layer_norm_backward, x", _for_input),),
        sources=(_ba, _ioffe),
    )

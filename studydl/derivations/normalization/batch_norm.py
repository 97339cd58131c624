"""The backward pass of batch normalisation, for one feature over a batch of n examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, KroneckerDelta, Symbol

from studydl.derivations.normalization._terms import (
    average,
    g,
    i,
    j,
    n,
    numbers,
    s,
    statistics,
    x,
    xhat,
)
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import normalization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, Domain, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.nn.normalization import NormGradients

__all__ = ["batch_norm_gain_gradient", "batch_norm_input_gradient", "batch_norm_shift_gradient"]

_gamma = Symbol("gamma", real=True)
_beta = Symbol("beta", real=True)
_m = Symbol("m", real=True)
_c = Symbol("c", real=True)
_y = Function("y", real=True)
_ioffe = "Ioffe & Szegedy 2015, Batch Normalization, section 3, after algorithm 1"


def _gradients(
    x: NDArray[np.float64],
    g: NDArray[np.float64],
    n: int,
    gamma: float,
    beta: float,
    epsilon: float,
    **_others: int,
) -> NormGradients:
    """Return the gradients of a layer with one feature."""
    column = x[:n, np.newaxis]
    _, cache = normalization.batch_norm(column, [gamma], [beta], epsilon=epsilon)
    return normalization.batch_norm_backward(g[:n, np.newaxis], cache)


def _for_gain(**values: Any) -> float:
    return float(_gradients(**values).gain[0])


def _for_shift(**values: Any) -> float:
    return float(_gradients(**values).shift[0])


def _for_input(i: int, **values: Any) -> float:
    return float(_gradients(**values).x[i - 1, 0])


_of_a_batch = Domain(numbers | {g: Sequence(), _gamma: REALS, _beta: REALS})

with as_written():
    _layer = statistics | {_y(j): _gamma * xhat(j) + _beta}

    batch_norm_gain_gradient = Derivation(
        "normalization.batch-norm-gain-gradient",
        title=Text(
            "BatchNorm's gain collects the gradients times the standardised values",
            "BatchNorm 中 γ 的梯度：各样本梯度与标准化值之积的和",
        ),
        notes="2.3",
        domain=_of_a_batch,
        definitions=_layer,
        steps=(
            Step(
                total(g[j] * Partial(_y(j), _gamma), j, 1, n),
                Text(
                    "Chain rule: γ reaches the loss through every output; g_j is ∂L/∂y_j.",
                    "链式法则：γ 经每一个输出影响损失；gⱼ 表示 ∂L/∂yⱼ。",
                ),
            ),
            Step(
                total(g[j] * Partial(_gamma * xhat(j) + _beta, _gamma), j, 1, n),
                Text("Insert what the layer computes.", "代入该层的计算式。"),
            ),
            Step(
                total(g[j] * xhat(j), j, 1, n),
                Text(
                    "The standardised values do not depend on γ, and neither does β.",
                    "标准化值与 γ 无关，β 也与 γ 无关。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.batch_norm_backward, gain", _for_gain),),
        sources=(_ioffe,),
    )

    batch_norm_shift_gradient = Derivation(
        "normalization.batch-norm-shift-gradient",
        title=Text(
            "BatchNorm's shift collects the gradients themselves",
            "BatchNorm 中 β 的梯度：各样本梯度之和",
        ),
        notes="2.3",
        domain=_of_a_batch,
        definitions=_layer,
        steps=(
            Step(
                Partial(total(g[j] * _y(j), j, 1, n), _beta),
                Text(
                    "Chain rule: outputs move the loss as Σgy does, with g_j = ∂L/∂y_j held fixed.",
                    "链式法则：输出对损失的影响与 Σgy 相同，其中 gⱼ = ∂L/∂yⱼ 视为常数。",
                ),
            ),
            Step(
                Partial(total(g[j] * (_gamma * xhat(j) + _beta), j, 1, n), _beta),
                Text("Insert what the layer computes.", "代入该层的计算式。"),
            ),
            Step(
                total(g[j], j, 1, n),
                Text(
                    "Of each term only g_jβ depends on β, and its slope is g_j.",
                    "每一项中只有 gⱼβ 依赖 β，它的导数是 gⱼ。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.batch_norm_backward, shift", _for_shift),),
        sources=(_ioffe,),
    )

    _moved = KroneckerDelta(i, j) - 1 / n - (1 / n) * (xhat(i) * xhat(j))
    _mean_gradient = average(g[j], j, n)
    _mean_product = average(g[j] * xhat(j), j, n)
    _with_means = _layer | {_m: _mean_gradient, _c: _mean_product}

    batch_norm_input_gradient = Derivation(
        "normalization.batch-norm-input-gradient",
        title=Text(
            "BatchNorm's backward pass takes out the gradient's mean and its part along x̂",
            "BatchNorm 的反向传播：减去梯度的均值，再减去沿 x̂ 的分量",
        ),
        notes="2.3",
        domain=_of_a_batch,
        definitions=_with_means,
        steps=(
            Step(
                total(g[j] * Partial(_y(j), x[i]), j, 1, n),
                Text(
                    "Chain rule: by mean and deviation x_i reaches every output; g_j is ∂L/∂y_j.",
                    "链式法则：xᵢ 经均值和标准差影响每一个输出；gⱼ 表示 ∂L/∂yⱼ。",
                ),
            ),
            Step(
                total(g[j] * (_gamma * Partial(xhat(j), x[i])), j, 1, n),
                Text(
                    "y = γx̂ + β, and neither γ nor β depends on x.",
                    "y = γx̂ + β，而 γ 和 β 都与 x 无关。",
                ),
            ),
            Step(
                total(g[j] * (_gamma * ((1 / s) * _moved)), j, 1, n),
                Text(
                    "Insert the slope of a standardised value, derived in standardized-gradient.",
                    "代入标准化值的导数，推导见 standardized-gradient。",
                ),
            ),
            Step(
                (_gamma / s) * total(g[j] * _moved, j, 1, n),
                Text(
                    "γ and s are the same for the whole batch: take them out of the sum.",
                    "γ 和 s 对整个 batch 都相同，提到求和号外。",
                ),
            ),
            Step(
                (_gamma / s) * (g[i] - _mean_gradient - xhat(i) * _mean_product),
                Text(
                    "Sum term by term: δ leaves g_i alone, the other two leave means.",
                    "逐项求和：δ 只留下 gᵢ，另外两项各留下一个平均值。",
                ),
            ),
            Step(
                (_gamma / s) * (g[i] - _m - _c * xhat(i)),
                Text(
                    "Name the two means: m is that of g over the batch, c that of g x̂.",
                    "给两个平均值起名：m 是 g 在 batch 上的均值，c 是 g x̂ 的均值。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.batch_norm_backward, x", _for_input),),
        sources=(_ioffe,),
    )

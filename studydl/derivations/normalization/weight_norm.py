"""The gradients of weight normalisation, for one unit with n weights ``w = g v / |v|``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, IndexedBase, KroneckerDelta, Symbol, sqrt

from studydl.derivations.normalization._terms import i, j, k, n
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import normalization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import POSITIVE, REALS, Domain, Index, Integers, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.nn.normalization import WeightNormGradients

__all__ = [
    "weight_norm_direction_gradient",
    "weight_norm_growth",
    "weight_norm_length_gradient",
    "weight_norm_never_shrinks",
    "weight_norm_orthogonality",
]

_g = Symbol("g", real=True)
_eta = Symbol("eta", positive=True)
_r = Symbol("r", positive=True)
_G = Symbol("G", real=True)
_v = IndexedBase("v")
_c = IndexedBase("c")
_w = Function("w", real=True)
_D = Function("D", real=True)
_salimans = "Salimans & Kingma 2016, Weight Normalization, section 2.1"


def _gradients(
    v: NDArray[np.float64], c: NDArray[np.float64], n: int, g: float, **_others: float
) -> WeightNormGradients:
    """Return the gradients of a layer with one unit."""
    return normalization.weight_norm_backward(c[:n, np.newaxis], v[:n, np.newaxis], [g])


def _for_length(**values: Any) -> float:
    return float(_gradients(**values).length[0])


def _for_direction(i: int, **values: Any) -> float:
    return float(_gradients(**values).direction[i - 1, 0])


def _taken_out(v: NDArray[np.float64], c: NDArray[np.float64], n: int, g: float) -> float:
    """Return how much of the gradient along v the backward pass leaves out."""
    kept = _gradients(v, c, n, g).direction[:, 0]
    all_of_it = g / np.linalg.norm(v[:n]) * c[:n]
    return float(v[:n] @ (all_of_it - kept))


def _squared_length(
    v: NDArray[np.float64], c: NDArray[np.float64], n: int, g: float, eta: float
) -> float:
    moved = v[:n] - eta * _gradients(v, c, n, g).direction[:, 0]
    return float(moved @ moved)


def _squared_length_at_rest(v: NDArray[np.float64], c: NDArray[np.float64], **values: Any) -> float:
    """Return the squared length after the step that moves the least, without a gradient."""
    return _squared_length(v, np.zeros_like(c), **values)


_unit: dict[Any, Any] = {n: Integers(3, 6), _v: Sequence(), _c: Sequence(), _g: REALS}
_of_a_unit = Domain(_unit)
_of_a_weight = Domain({n: Integers(3, 6), i: Index(n), **_unit})

with as_written():
    _length = total(_v[k] ** 2, k, 1, n)
    _weights: dict[Any, Any] = {_r: sqrt(_length), _w(k): _g * (_v[k] / _r)}
    _along = total(_c[k] * _v[k], k, 1, n) / _r
    _names = _weights | {_G: _along}
    _moved = total((_v[k] - _eta * _D(k)) ** 2, k, 1, n)
    _learnt = _names | {_D(j): (_g / _r) * (_c[j] - _G * (_v[j] / _r))}

    weight_norm_length_gradient = Derivation(
        "normalization.weight-norm-length-gradient",
        title=Text(
            "Weight norm: the gradient for g is the weights' gradient along v",
            "Weight Norm：g 的梯度是权重梯度在 v 方向上的分量",
        ),
        notes="2.5",
        domain=_of_a_unit,
        definitions=_weights,
        steps=(
            Step(
                total(_c[k] * Partial(_w(k), _g), k, 1, n),
                Text(
                    "Chain rule: g reaches the loss through every weight; c_k is ∂L/∂w_k.",
                    "链式法则：g 经每个权重影响损失；cₖ 表示 ∂L/∂wₖ。",
                ),
            ),
            Step(
                total(_c[k] * (_v[k] / _r), k, 1, n),
                Text(
                    "w = gv/r is linear in g, and r = |v| does not depend on g.",
                    "w = gv/r 对 g 是线性的，而 r = |v| 与 g 无关。",
                ),
            ),
            Step(
                _along,
                Text(
                    "r is common to all terms; this is c's projection onto v.",
                    "r 对各项相同，提到外面；这正是 c 在 v 上的投影。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.weight_norm_backward, length", _for_length),),
        sources=(f"{_salimans}, equation 3",),
    )

    weight_norm_direction_gradient = Derivation(
        "normalization.weight-norm-direction-gradient",
        title=Text(
            "Weight norm: the gradient for v loses its part along v",
            "Weight Norm：v 的梯度不含沿 v 的分量",
        ),
        notes="2.5",
        domain=_of_a_weight,
        definitions=_names,
        steps=(
            Step(
                total(_c[k] * Partial(_w(k), _v[i]), k, 1, n),
                Text(
                    "Chain rule: through |v| every weight depends on v_i; c_k is ∂L/∂w_k.",
                    "链式法则：每个权重都经 |v| 依赖 vᵢ；cₖ 表示 ∂L/∂wₖ。",
                ),
            ),
            Step(
                total(
                    _c[k]
                    * (_g * (KroneckerDelta(i, k) / _r - (_v[k] / _r**2) * Partial(_r, _v[i]))),
                    k,
                    1,
                    n,
                ),
                Text(
                    "Quotient rule for v_k/r: v_k moves only if k = i, but r always does.",
                    "对 vₖ/r 用商的求导法则：只有 k = i 时 vₖ 才变，而 r 总是在变。",
                ),
            ),
            Step(
                total(
                    _c[k] * (_g * (KroneckerDelta(i, k) / _r - (_v[k] / _r**2) * (_v[i] / _r))),
                    k,
                    1,
                    n,
                ),
                Text(
                    "The slope of the length r = √(Σv²) is v_i/r.",
                    "长度 r = √(Σv²) 的导数是 vᵢ/r。",
                ),
            ),
            Step(
                (_g / _r) * (_c[i] - (total(_c[k] * _v[k], k, 1, n) / _r) * (_v[i] / _r)),
                Text(
                    "Take g/r out of the sum; δ leaves c_i alone.",
                    "把 g/r 提到求和号外；δ 只留下 cᵢ。",
                ),
            ),
            Step(
                (_g / _r) * (_c[i] - _G * (_v[i] / _r)),
                Text(
                    "The sum over r is G = ∂L/∂g, derived in weight-norm-length-gradient.",
                    "这个和除以 r 正是 G = ∂L/∂g，推导见 weight-norm-length-gradient。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.normalization.weight_norm_backward, direction", _for_direction),
        ),
        sources=(f"{_salimans}, equation 3",),
    )

    weight_norm_orthogonality = Derivation(
        "normalization.weight-norm-orthogonality",
        title=Text(
            "Weight norm: what is taken off is all that the gradient has along v",
            "Weight Norm：减去的正是梯度沿 v 的全部，所以剩下的与 v 正交",
        ),
        notes="2.5",
        domain=_of_a_unit,
        definitions=_names,
        steps=(
            Step(
                total(_v[k] * ((_g / _r) * _c[k]), k, 1, n),
                Text(
                    "The first term of ∂L/∂v, (g/r)c, multiplied with v.",
                    "∂L/∂v 的第一项 (g/r)c 与 v 的内积。",
                ),
            ),
            Step(
                (_g / _r) * total(_c[k] * _v[k], k, 1, n),
                Text("g/r is common to all terms.", "g/r 对各项相同，提到求和号外。"),
            ),
            Step(
                (_g / _r) * (_G * _r),
                Text("By definition G is this sum over r.", "按定义，G 等于这个和除以 r。"),
            ),
            Step(
                (_g / _r) * (_G * (_length / _r)),
                Text("The sum of squares is r², so r = r²/r.", "平方和等于 r²，而 r = r²/r。"),
            ),
            Step(
                total(_v[k] * ((_g / _r) * (_G * (_v[k] / _r))), k, 1, n),
                Text(
                    "That is the second term times v: the difference is orthogonal to v.",
                    "这正是第二项与 v 的内积：两项之差与 v 正交。",
                ),
            ),
        ),
        comparisons=(
            Comparison("v · what nn.normalization.weight_norm_backward takes off", _taken_out),
        ),
        sources=(_salimans,),
    )

    weight_norm_growth = Derivation(
        "normalization.weight-norm-growth",
        title=Text(
            "Weight norm: a step along the gradient lengthens v, by Pythagoras",
            "Weight Norm：沿梯度走一步，v 按勾股定理变长",
        ),
        notes="2.5",
        domain=Domain(_unit | {_eta: POSITIVE}),
        definitions=_learnt,
        steps=(
            Step(
                _moved,
                Text(
                    "The squared length of v after a step of size η along D = ∂L/∂v.",
                    "沿 D = ∂L/∂v 走步长为 η 的一步之后，v 的长度的平方。",
                ),
            ),
            Step(
                total(_v[k] ** 2 + (_eta * _D(k)) ** 2, k, 1, n),
                Text(
                    "D is orthogonal to v, see weight-norm-orthogonality, so mixed terms sum to 0.",
                    "交叉项之和为 0：D 与 v 正交，见 weight-norm-orthogonality。",
                ),
            ),
            Step(
                _length + _eta**2 * total(_D(k) ** 2, k, 1, n),
                Text(
                    "Sum term by term: Pythagoras, with v and ηD for legs.",
                    "逐项求和：这就是勾股定理，两条直角边是 v 和 ηD。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "|v|² after a step along nn.normalization.weight_norm_backward", _squared_length
            ),
        ),
        sources=(_salimans,),
    )

    weight_norm_never_shrinks = Derivation(
        "normalization.weight-norm-never-shrinks",
        title=Text(
            "Weight norm: gradient descent never shortens v",
            "Weight Norm：梯度下降绝不会使 v 变短",
        ),
        notes="2.5",
        domain=Domain(_unit | {_eta: POSITIVE}),
        definitions=_learnt,
        steps=(
            Step(
                total(_v[k] ** 2 + (_eta * _D(k)) ** 2, k, 1, n),
                Text(
                    "|v|² after a step along D = ∂L/∂v, by Pythagoras: see weight-norm-growth.",
                    "沿 D = ∂L/∂v 走一步之后的 |v|²，由勾股定理得到，见 weight-norm-growth。",
                ),
            ),
            Step(
                _length + _eta**2 * total(_D(k) ** 2, k, 1, n),
                Text("Sum term by term.", "逐项求和。"),
            ),
            Step(
                _length,
                Text(
                    "The squares left out are never negative; they are 0 if the gradient is.",
                    "去掉的平方和不会是负数；梯度为 0 时取等号。",
                ),
                Relation.AT_LEAST,
            ),
            Step(
                _r**2,
                Text(
                    "That is |v|² before the step: v can only grow.",
                    "这正是走这一步之前的 |v|²：v 只会变长。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "|v|² after a step along nn.normalization.weight_norm_backward, no gradient",
                _squared_length_at_rest,
            ),
        ),
        sources=(_salimans,),
    )

"""What clipping by the norm keeps of a gradient with n components: its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, IndexedBase, Min, Symbol, sqrt

from studydl.derivations.gradients._terms import i, k, n
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import gradients
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, Domain, Index, Integers, Sequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["clipped_direction", "clipped_norm"]

_g = IndexedBase("g")
_c = Symbol("c", positive=True)
_r = Symbol("r", positive=True)
_q = Symbol("q", positive=True)
_clipped = Function("ghat", real=True)
_pascanu = "Pascanu, Mikolov & Bengio 2013, On the difficulty of training RNNs, algorithm 1"


def _after(g: NDArray[np.float64], n: int, c: float) -> NDArray[np.float64]:
    (clipped,) = gradients.clip_by_norm([g[:n]], max_norm=c)
    return np.asarray(clipped, dtype=np.float64)


def _norm(**values: Any) -> float:
    return float(gradients.global_norm([_after(**values)]))


def _component(i: int, **values: Any) -> float:
    clipped = _after(**values)
    return float(clipped[i - 1] / gradients.global_norm([clipped]))


_gradient: dict[Any, Any] = {_g: Sequence(), _c: POSITIVE}

with as_written():
    _clipping: dict[Any, Any] = {
        _r: sqrt(total(_g[k] ** 2, k, 1, n)),
        _q: Min(1, _c / _r),
        _clipped(k): _q * _g[k],
    }
    _length = sqrt(total(_clipped(k) ** 2, k, 1, n))

    clipped_norm = Derivation(
        "gradients.clipped-norm",
        title=Text(
            "Clipping by the norm: afterwards the gradient is as long as it was, or c",
            "按范数裁剪：裁剪后的长度是原长度与 c 中较小者",
        ),
        notes="O.2",
        domain=Domain({n: Integers(1, 8), **_gradient}),
        definitions=_clipping,
        steps=(
            Step(
                _length,
                Text(
                    "The length after clipping: all components have the factor q = min(1, c/r).",
                    "裁剪后的长度：各分量都乘以 q = min(1, c/r)。",
                ),
            ),
            Step(
                sqrt(_q**2 * total(_g[k] ** 2, k, 1, n)),
                Text(
                    "The factor is the same for all components: take its square out of the sum.",
                    "各分量的系数相同，把它的平方提到求和号外。",
                ),
            ),
            Step(
                _q * _r,
                Text("The root of a product; q is positive.", "乘积的平方根；q 为正。"),
            ),
            Step(
                Min(_r, _c),
                Text(
                    "Multiply both entries of the minimum by r, which is positive.",
                    "把最小值中的两项同乘正数 r。",
                ),
            ),
        ),
        comparisons=(Comparison("norm after nn.gradients.clip_by_norm", _norm),),
        sources=(_pascanu,),
    )

    clipped_direction = Derivation(
        "gradients.clipped-direction",
        title=Text(
            "Clipping by the norm keeps the gradient's direction",
            "按范数裁剪不改变梯度的方向",
        ),
        notes="O.2",
        domain=Domain({n: Integers(2, 8), i: Index(n), **_gradient}),
        definitions=_clipping,
        steps=(
            Step(
                _clipped(i) / _length,
                Text(
                    "A component of the direction after clipping: the gradient over its length.",
                    "裁剪后方向的一个分量：梯度除以它的长度。",
                ),
            ),
            Step(
                _clipped(i) / (_q * _r),
                Text(
                    "The length after clipping, as in clipped-norm.",
                    "裁剪后的长度，见 clipped-norm。",
                ),
            ),
            Step(
                (_q * _g[i]) / (_q * _r),
                Text("Insert what clipping does to a component.", "代入裁剪对分量的作用。"),
            ),
            Step(
                _g[i] / _r,
                Text(
                    "q cancels, since it is not 0: the direction from before.",
                    "q 不为 0，可以约去：正是裁剪之前的方向。",
                ),
            ),
        ),
        comparisons=(Comparison("direction after nn.gradients.clip_by_norm", _component),),
        sources=(_pascanu,),
    )

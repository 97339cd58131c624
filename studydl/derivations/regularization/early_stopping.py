"""How far gradient descent has come after t steps, and the L2 penalty that stops as early."""

from __future__ import annotations

import numpy as np
from sympy import Function, Integer, Limit, Symbol

from studydl.derivations.regularization._terms import TwoDirections, goodfellow, h, v
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import regularization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import REALS, UNIT, Domain, Integers

__all__ = ["early_stopping_path", "early_stopping_penalty"]

_t = Symbol("t", integer=True, positive=True)
_eta = Symbol("eta", positive=True)
_s = Symbol("s", positive=True)
_w = Function("w", real=True)

_FLAT = 1e-8
"""A curvature so small that its square is lost beside 1."""


def _descended(h: float, v: float, eta: float, t: int) -> float:
    problem = TwoDirections(h, v)
    path = regularization.descend(problem.x, problem.y, learning_rate=eta, steps=t)
    return problem.part(path[-1])


def _penalty_as_early(h: float, eta: float, t: int) -> float:
    """Return the strength of the L2 penalty that leaves what t steps reach."""
    x = np.array([[np.sqrt(h)]])
    share = regularization.descend(x, x[:, 0], learning_rate=eta, steps=t)[-1, 0]
    return float(h * (1 / share - 1))


def _flat_limit(eta: float, t: int, **_curvature: float) -> float:
    """Return the penalty at no curvature: on a line through the penalties at two small ones."""
    return 2 * _penalty_as_early(_FLAT, eta, t) - _penalty_as_early(2 * _FLAT, eta, t)


with as_written():
    _left = 1 - _eta * h
    _share = 1 - _left**_t

    early_stopping_path = Derivation(
        "regularization.early-stopping-path",
        title=Text(
            "t steps of gradient descent reach the share 1 - (1 - ηh)ᵗ of the minimum",
            "t 步梯度下降到达最小点的 1 - (1 - ηh)ᵗ",
        ),
        notes="3.3",
        domain=Domain({h: UNIT, _eta: UNIT, v: REALS, _t: Integers()}),
        definitions={
            _w(Integer(0)): Integer(0),
            _w(_t): _w(_t - 1) - _eta * (h * (_w(_t - 1) - v)),
        },
        steps=(
            Step(
                _w(_t),
                Text(
                    "The weight after t steps on h/2 (w - v)², whose slope is h(w - v).",
                    "在 h/2 (w - v)² 上走 t 步之后的权重；导数为 h(w - v)。",
                ),
            ),
            Step(
                v + _left * (_w(_t - 1) - v),
                Text(
                    "Look at the distance to v: a step leaves 1 - ηh of it.",
                    "看它到 v 的距离：每一步都乘以 1 - ηh。",
                ),
            ),
            Step(
                v - _left**_t * v,
                Text(
                    "So do all t steps, from w = 0, where the distance is -v.",
                    "t 步都是如此；起点 w = 0，距离为 -v。",
                ),
            ),
            Step(
                _share * v,
                Text(
                    "Take v out. Where the loss is steep, h large, most is reached soon.",
                    "提出 v。曲率 h 越大的方向，越早接近最小点。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.regularization.descend along one direction of two", _descended),
        ),
        sources=(f"{goodfellow} 7.8, equation 7.40",),
    )

    _equal = h * _left**_t / _share

    early_stopping_penalty = Derivation(
        "regularization.early-stopping-penalty",
        title=Text(
            "Where the loss is flat, t steps of size η act like an L2 penalty of strength 1/(ηt)",
            "在平坦方向上，步长 η 的 t 步相当于强度 1/(ηt) 的 L2 惩罚",
        ),
        notes="3.3",
        domain=Domain({h: UNIT, _eta: UNIT, _t: Integers()}),
        definitions={_s: _share},
        steps=(
            Step(
                h * (1 / _s - 1),
                Text(
                    "The λ for which ridge's share h/(h + λ) equals the share s of t steps.",
                    "令岭回归的比例 h/(h + λ) 等于 t 步所达到的比例 s，解出 λ。",
                ),
            ),
            Step(
                h * (1 / _share - 1),
                Text(
                    "The share of t steps, derived in early-stopping-path.",
                    "代入 t 步的比例，推导见 early-stopping-path。",
                ),
            ),
            Step(
                _equal,
                Text(
                    "Common denominator: in the numerator (1 - ηh)ᵗ is left.",
                    "通分，分子剩下 (1 - ηh)ᵗ。",
                ),
            ),
            Step(
                Limit(_equal, h, 0),
                Text(
                    "Look where the loss is flat: ηht small.",
                    "看平坦的方向，即 ηht 很小时。",
                ),
                Relation.APPLIED,
            ),
            Step(
                1 / (_eta * _t),
                Text(
                    "To first order 1 - (1 - ηh)ᵗ is ηht, and (1 - ηh)ᵗ is 1; h cancels.",
                    "一阶近似下 1 - (1 - ηh)ᵗ 为 ηht，(1 - ηh)ᵗ 为 1；约去 h。",
                ),
            ),
        ),
        comparisons=(
            Comparison("penalty as early as nn.regularization.descend, h → 0", _flat_limit),
        ),
        sources=(f"{goodfellow} 7.8, equations 7.41 to 7.45",),
    )

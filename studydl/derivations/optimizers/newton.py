"""Newton's method on two parameters: where its step lands, and that no unit changes it."""

from __future__ import annotations

import numpy as np
from sympy import Derivative, Function, Rational, Symbol

from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Interval

__all__ = ["newton_invariance", "newton_quadratic"]

_x, _y, _p, _q, _b = (Symbol(name, real=True) for name in "xypqb")
_a, _c = (Symbol(name, positive=True) for name in "ac")
_f = Function("f", real=True)
_loss = _f(_x, _y)

_l1, _l2 = (Symbol(f"lambda_{i}", positive=True) for i in (1, 2))
_g1, _g2, _G1, _G2 = (Symbol(name, real=True) for name in ("g_1", "g_2", "G_1", "G_2"))
_A, _B, _C = (Symbol(name, real=True) for name in "ABC")

_CURVATURE = Interval(low=1)
"""With b between 0 and 1 the Hessian is positive definite, and far from singular."""

_nocedal = "Nocedal & Wright 2006, Numerical Optimization, section 3.3"
_boyd = "Boyd & Vandenberghe 2004, Convex Optimization, section 9.5"


def _landing(a: float, b: float, c: float, p: float, q: float, x: float, y: float) -> float:
    """Return the first coordinate after one step from (x, y) on the quadratic."""
    hessian = np.array([[a, b], [b, c]])
    gradient = hessian @ np.array([x - p, y - q])
    return float(x + optimizers.newton(gradient, hessian)[0])


def _step(a: float, b: float, c: float, g_1: float, g_2: float, **_scales: float) -> float:
    """Return the first coordinate of minus the step in the old units."""
    return float(-optimizers.newton(np.array([g_1, g_2]), np.array([[a, b], [b, c]]))[0])


def _step_in_new_units(**values: float) -> float:
    """Return the first coordinate of minus the step taken in the new units, in the old ones."""
    a, b, c = (values[name] for name in "abc")
    scale = np.diag([values["lambda_1"], values["lambda_2"]])
    gradient = scale @ np.array([values["g_1"], values["g_2"]])
    step = optimizers.newton(gradient, scale @ np.array([[a, b], [b, c]]) @ scale)
    return float(-(scale @ step)[0])


with as_written():
    _determinant = _a * _c - _b**2
    _by_x = _a * (_x - _p) + _b * (_y - _q)
    _by_y = _b * (_x - _p) + _c * (_y - _q)
    _along, _across = Derivative(_loss, _x), Derivative(_loss, _y)

    newton_quadratic = Derivation(
        "optimizers.newton-quadratic",
        title=Text(
            "On a quadratic of two parameters one Newton step lands on the minimum",
            "在二元二次函数上，牛顿法一步就到达最小点",
        ),
        notes="5.6",
        domain=Domain(
            {
                _a: _CURVATURE,
                _b: UNIT,
                _c: _CURVATURE,
                _p: REALS,
                _q: REALS,
                _x: REALS,
                _y: REALS,
            }
        ),
        definitions={
            _loss: Rational(1, 2) * (_a * (_x - _p) ** 2 + _c * (_y - _q) ** 2)
            + _b * (_x - _p) * (_y - _q)
        },
        steps=(
            Step(
                _x - (_c * _along - _b * _across) / _determinant,
                Text(
                    "Where x goes: less the first row of H⁻¹ times the gradient; H = (a b; b c).",
                    "x 的去处：减去 H⁻¹ 的第一行乘梯度；H = (a b; b c)。",
                ),
            ),
            Step(
                _x - (_c * _by_x - _b * _by_y) / _determinant,
                Text(
                    "The gradient of the quadratic is linear in the distance from (p, q).",
                    "二次函数的梯度是到 (p, q) 的偏移的线性函数。",
                ),
            ),
            Step(
                _x - ((_a * _c) * (_x - _p) - _b**2 * (_x - _p)) / _determinant,
                Text(
                    "Multiply out: the two terms with y - q cancel.",
                    "展开括号：含 y - q 的两项相消。",
                ),
            ),
            Step(
                _x - (_x - _p),
                Text(
                    "ac - b² is a factor of the numerator and cancels; it is above 0.",
                    "分子含因子 ac - b²，它大于 0，可以约去。",
                ),
            ),
            Step(
                _p,
                Text(
                    "From anywhere to p at once, and likewise y to q, where the gradient is 0.",
                    "从任何地方一步到 p；同样，y 一步到 q，那里梯度为 0。",
                ),
            ),
        ),
        comparisons=(Comparison("x after one step of nn.optimizers.newton", _landing),),
        sources=(_nocedal,),
    )

    _scaled = (_l1 * _l2) ** 2

    newton_invariance = Derivation(
        "optimizers.newton-invariance",
        title=Text(
            "Newton's step is the same in any units of its two parameters",
            "两个参数换用任何单位，牛顿法的步子都不变",
        ),
        notes="5.6",
        domain=Domain(
            {
                _l1: POSITIVE,
                _l2: POSITIVE,
                _a: _CURVATURE,
                _b: UNIT,
                _c: _CURVATURE,
                _g1: REALS,
                _g2: REALS,
            }
        ),
        definitions={
            _G1: _l1 * _g1,
            _G2: _l2 * _g2,
            _A: _l1**2 * _a,
            _B: _l1 * _l2 * _b,
            _C: _l2**2 * _c,
        },
        steps=(
            Step(
                _l1 * ((_C * _G1 - _B * _G2) / (_A * _C - _B**2)),
                Text(
                    "New units x/λ₁, y/λ₂, in capitals: Newton's step, brought back by λ₁.",
                    "换用新单位 x/λ₁、y/λ₂（大写字母）：写出牛顿步，再乘 λ₁ 换回 x。",
                ),
            ),
            Step(
                _l1
                * (
                    ((_l2**2 * _c) * (_l1 * _g1) - (_l1 * _l2 * _b) * (_l2 * _g2))
                    / ((_l1**2 * _a) * (_l2**2 * _c) - (_l1 * _l2 * _b) ** 2)
                ),
                Text(
                    "Chain rule: each derivative in a new unit brings one factor λ₁ or λ₂.",
                    "链式法则：在新单位下每求一次导，就多一个因子 λ₁ 或 λ₂。",
                ),
            ),
            Step(
                _l1 * ((_l1 * _l2**2 * (_c * _g1 - _b * _g2)) / (_scaled * _determinant)),
                Text(
                    "Take the common factors out of numerator and denominator.",
                    "分子、分母各提出公因子。",
                ),
            ),
            Step(
                (_c * _g1 - _b * _g2) / _determinant,
                Text(
                    "All factors cancel: the step for x itself. Gradient descent would keep λ₁².",
                    "所有因子都约去，正是 x 自己的牛顿步。梯度下降则会留下 λ₁²。",
                ),
            ),
        ),
        comparisons=(
            Comparison("minus the step of nn.optimizers.newton for x", _step),
            Comparison(
                "the same from nn.optimizers.newton in the new units",
                _step_in_new_units,
            ),
        ),
        sources=(_nocedal, _boyd),
    )

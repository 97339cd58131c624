"""What an L2 and an L1 penalty leave of a weight."""

from __future__ import annotations

from sympy import Abs, Derivative, Max, Symbol, sign

from studydl.derivations.regularization._terms import TwoDirections, goodfellow, h, lamda, v
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import regularization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, Domain

__all__ = ["ridge_minimizer", "soft_threshold"]

_weight = Symbol("w", real=True)
_r = Symbol("r", positive=True)


def _ridge(h: float, v: float, lamda: float, **_start: float) -> float:
    problem = TwoDirections(h, v)
    return problem.part(regularization.ridge(problem.x, problem.y, penalty=lamda))


def _shrink(h: float, v: float, lamda: float, **_start: float) -> float:
    return float(regularization.shrink(v, penalty=lamda / h))


def _threshold(v: float, lamda: float, **_start: float) -> float:
    return float(regularization.soft_threshold(v, threshold=lamda))


with as_written():
    _ridge_loss = h / 2 * (_weight - v) ** 2 + lamda / 2 * _weight**2
    _slope = h * (_weight - v) + lamda * _weight
    _curvature = h + lamda

_slope_of_loss = Derivative(_ridge_loss, _weight)
_curvature_of_loss = Derivative(_ridge_loss, (_weight, 2))

with as_written():
    ridge_minimizer = Derivation(
        "regularization.ridge-minimizer",
        title=Text(
            "Where the error curves by h, L2 keeps the share h/(h + λ) of the weight",
            "误差曲率为 h 的方向上，L2 保留权重的 h/(h + λ)",
        ),
        notes="3.2.1",
        domain=Domain({h: POSITIVE, lamda: POSITIVE, v: REALS, _weight: REALS}),
        steps=(
            Step(
                _weight - _slope_of_loss / _curvature_of_loss,
                Text(
                    "The slope is a line in w: from any w, slope over curvature leads to its zero.",
                    "导数是 w 的直线：从任意 w 出发，减去斜率除以曲率，就到它的零点。",
                ),
            ),
            Step(
                _weight - _slope / _curvature,
                Text(
                    "Differentiate once, and once more; h + λ > 0, so the zero is a minimum.",
                    "求一次导，再求一次；h + λ > 0，所以零点是最小点。",
                ),
            ),
            Step(
                (_curvature * _weight - _slope) / _curvature,
                Text("Common denominator.", "通分。"),
            ),
            Step(
                h / _curvature * v,
                Text(
                    "All terms in w cancel. Without the penalty, λ = 0, the weight is v.",
                    "含 w 的项全部抵消。没有惩罚（λ = 0）时，权重就是 v。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.regularization.ridge along one direction of two", _ridge),
            Comparison("nn.regularization.shrink(v, penalty=λ/h)", _shrink),
        ),
        sources=(f"{goodfellow} 7.1.1, equation 7.13",),
    )

    _distance = _r - Abs(v)
    _lasso_loss = _distance**2 / 2 + lamda * _r

    soft_threshold = Derivation(
        "regularization.soft-threshold",
        title=Text(
            "L1 moves a weight by λ towards 0, and sets it to 0 if it is smaller",
            "L1 把权重向 0 移动 λ，不足 λ 的直接变为 0",
        ),
        notes="3.2.1",
        domain=Domain({v: REALS, lamda: POSITIVE, _r: POSITIVE}),
        steps=(
            Step(
                sign(v) * Max(0, _r - Derivative(_lasso_loss, _r)),
                Text(
                    "w = sign(v) r with r ≥ 0. The slope in r is a line of slope 1: find its zero.",
                    "令 w = sign(v) r，r ≥ 0。对 r 的导数是斜率为 1 的直线：求它的零点。",
                ),
            ),
            Step(
                sign(v) * Max(0, _r - (_distance + lamda)),
                Text(
                    "The square has the slope r - |v|, the penalty the slope λ at any r.",
                    "平方项的导数是 r - |v|；惩罚项的导数处处是 λ。",
                ),
            ),
            Step(
                sign(v) * Max(0, Abs(v) - lamda),
                Text(
                    "r cancels. If |v| < λ the loss rises from r = 0 on, so that 0 is best.",
                    "r 抵消。若 |v| < λ，损失从 r = 0 起就上升，所以取 0 最好。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.regularization.soft_threshold", _threshold),),
        sources=(
            "Tibshirani 1996, Regression Shrinkage and Selection via the Lasso, section 2.2",
            f"{goodfellow} 7.1.2, equation 7.23",
        ),
    )

"""Gradient descent in a valley: what its best step leaves of the loss from the worst start."""

from __future__ import annotations

import numpy as np
from sympy import Symbol

from studydl.derivations.optimizers._terms import eta
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import Domain, Interval

__all__ = ["descent_zigzag"]

_kappa = Symbol("kappa", positive=True)


def _share_left(kappa: float) -> float:
    """Return what the best of all steps against the gradient leaves of the loss."""
    curvatures, start = np.array([1.0, kappa]), np.array([kappa, 1.0])
    gradient = curvatures * start
    rate = float(gradient @ gradient / (gradient @ (curvatures * gradient)))
    reached = start + optimizers.sgd(gradient, learning_rate=rate)
    return float(reached @ (curvatures * reached) / (start @ (curvatures * start)))


with as_written():
    _along, _across = _kappa**2 + _kappa**2, _kappa**2 + _kappa**3

    descent_zigzag = Derivation(
        "optimizers.descent-zigzag",
        title=Text(
            "With curvatures 1 and κ the best step can leave ((κ - 1)/(κ + 1))² of the loss",
            "曲率为 1 和 κ 时，最佳的一步仍可能剩下 ((κ - 1)/(κ + 1))² 的损失",
        ),
        notes="5.0",
        domain=Domain({_kappa: Interval(low=1)}),
        definitions={eta: _along / _across},
        steps=(
            Step(
                (1 - eta) ** 2,
                Text(
                    "What a step leaves of x², as g = (x, κ y). From (κ, 1) y² keeps as much.",
                    "一步之后 x² 剩下的比例，g = (x, κ y)。从 (κ, 1) 出发，y² 也剩下同样的比例。",
                ),
            ),
            Step(
                (1 - _along / _across) ** 2,
                Text(
                    "The best rate is |g|²/gᵀHg; there g = (κ, κ) and H = diag(1, κ).",
                    "最佳学习率是 |g|²/gᵀHg；此处 g = (κ, κ)，H = diag(1, κ)。",
                ),
            ),
            Step(
                (1 - 2 / (1 + _kappa)) ** 2,
                Text("κ² cancels.", "约去 κ²。"),
            ),
            Step(
                ((_kappa - 1) / (_kappa + 1)) ** 2,
                Text(
                    "One fraction. The point reached is as bad a start: so it goes on.",
                    "通分。到达的点同样是最坏的起点，于是一直如此。",
                ),
            ),
        ),
        comparisons=(Comparison("loss left by the best step of nn.optimizers.sgd", _share_left),),
        sources=("Nocedal & Wright 2006, Numerical Optimization, theorem 3.3",),
    )

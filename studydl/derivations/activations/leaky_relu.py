"""Leaky ReLU: its derivative on each side of the kink."""

from __future__ import annotations

from sympy import Abs, Derivative, Max, Symbol

from studydl.derivations.activations._terms import x
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, UNIT, Domain

__all__ = ["leaky_relu_gradient"]

_alpha = Symbol("alpha", positive=True)
_of_slope_and_x = Domain({_alpha: UNIT, x: REALS})
_maas = "Maas, Hannun & Ng 2013, Rectifier Nonlinearities, section 2"

with as_written():
    leaky_relu_gradient = Derivation(
        "activations.leaky-relu-gradient",
        title=Text(
            "The derivative of Leaky ReLU is 1 right of the kink and the slope α left of it",
            "Leaky ReLU 的导数在折点右侧为 1，左侧为斜率 α",
        ),
        notes="1.2",
        domain=_of_slope_and_x,
        steps=(
            Step(
                Derivative(Max(x, _alpha * x), x),
                Text(
                    "What is sought: the slope of Leaky ReLU, everywhere but at x = 0.",
                    "要求的是 Leaky ReLU 的导数，x = 0 除外。",
                ),
            ),
            Step(
                Derivative(_alpha * x + Max(0, x - _alpha * x), x),
                Text(
                    "Take α x out of both arguments of the maximum.",
                    "从 max 的两个参数中都提出 α x。",
                ),
            ),
            Step(
                Derivative(_alpha * x + (1 - _alpha) * Max(0, x), x),
                Text(
                    "1 - α is positive, so it passes through the maximum, as in relu-homogeneity.",
                    "1 - α 为正，可以提到 max 之外，见 relu-homogeneity。",
                ),
            ),
            Step(
                _alpha + (1 - _alpha) * Derivative(Max(0, x), x),
                Text(
                    "The derivative is linear; what is left to differentiate is ReLU.",
                    "求导是线性运算；剩下要求导的只有 ReLU。",
                ),
            ),
            Step(
                _alpha + (1 - _alpha) * Max(0, x / Abs(x)),
                Text(
                    "The derivative of ReLU, derived in relu-gradient.",
                    "ReLU 的导数，推导见 relu-gradient。",
                ),
            ),
            Step(
                Max(_alpha, x / Abs(x)),
                Text(
                    "Right of 0 this is α + (1 - α) = 1. Left of 0 it is α = max(α, -1).",
                    "0 右侧为 α + (1 - α) = 1；0 左侧为 α = max(α, -1)。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "nn.activations.leaky_relu_gradient(x, slope=alpha)",
                lambda alpha, x: activations.leaky_relu_gradient(x, slope=alpha),
            ),
        ),
        sources=(_maas,),
    )

"""Nesterov's momentum on a quadratic: the look-ahead makes it keep less of its velocity."""

from __future__ import annotations

import numpy as np
from sympy import Derivative, Symbol

from studydl.derivations.optimizers._terms import alpha, eta
from studydl.derivations.writing import as_written, minus
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain

__all__ = ["nesterov_brake"]

_curvature = Symbol("h", positive=True)
_theta, _v = Symbol("theta", real=True), Symbol("v", real=True)


def _kept(alpha: float, eta: float, h: float, theta: float, v: float) -> float:
    """Return what one more unit of velocity adds to the next velocity."""

    def after(velocity: float) -> float:
        _, state = optimizers.nesterov_lookahead(
            optimizers.MomentumState(np.asarray(velocity)),
            theta,
            lambda place: h * place,
            learning_rate=eta,
            decay=alpha,
        )
        return float(state.velocity)

    return (after(v) - after(-v)) / (2 * v)


with as_written():
    _at = _theta - alpha * _v

    nesterov_brake = Derivation(
        "optimizers.nesterov-brake",
        title=Text(
            "At the curvature h Nesterov's momentum keeps α(1 - ηh) of its velocity, not α",
            "曲率为 h 时，Nesterov 动量保留的速度是 α(1 - ηh) 倍，而不是 α 倍",
        ),
        notes="5.5",
        domain=Domain({alpha: UNIT, eta: POSITIVE, _curvature: POSITIVE, _theta: REALS, _v: REALS}),
        steps=(
            Step(
                Derivative(alpha * _v + eta * (_curvature * _at), _v),
                Text(
                    "How the next velocity moves with v; the gradient at θ - α v is h(θ - α v).",
                    "下一个速度怎样随 v 变化；在 θ - α v 处的梯度是 h(θ - α v)。",
                ),
            ),
            Step(
                alpha + eta * (_curvature * minus(alpha)),
                Text(
                    "The derivative of a sum; θ does not depend on v.",
                    "逐项求导；θ 与 v 无关。",
                ),
            ),
            Step(
                alpha - eta * _curvature * alpha,
                Text("Resolve the bracket.", "去括号。"),
            ),
            Step(
                alpha * (1 - eta * _curvature),
                Text(
                    "Factor out α. Where h > 0 this is less than α: a brake, not a push.",
                    "提出 α。h > 0 时它小于 α：这是刹车，而不是加速。",
                ),
            ),
        ),
        comparisons=(Comparison("velocity kept by nn.optimizers.nesterov_lookahead", _kept),),
        sources=(
            "Sutskever et al. 2013, On the importance of initialization and momentum, theorem 2.1",
        ),
    )

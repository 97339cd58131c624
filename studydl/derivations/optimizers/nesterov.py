"""Nesterov's momentum: from the look-ahead form to that of libraries and that of papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sympy import Function, Integer, Symbol

from studydl.derivations.optimizers._terms import alpha, eta, g, t
from studydl.derivations.writing import as_written, minus
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, UNIT, Domain, Integers, Sequence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["nesterov_by_differences", "nesterov_shifted_variable"]

_v = Function("v", real=True)
_u = Function("u", real=True)
_theta = Function("theta", real=True)
_phi = Function("phi", real=True)
_start = Symbol("c", real=True)

_sutskever = "Sutskever et al. 2013, On the importance of initialization and momentum, section 2"
_bengio = "Bengio et al. 2013, Advances in Optimizing Recurrent Networks, section 3.5"
_shi = "Shi, Du, Jordan & Su 2022, Understanding the Acceleration Phenomenon, section 1"


def _lookahead_shift(alpha: float, c: float, eta: float, g: NDArray[np.float64], t: int) -> float:
    """Return how far the look-ahead point moves in step t of the look-ahead form."""
    state, theta = optimizers.MomentumState.zeros_like(c), c
    points = [float(optimizers.lookahead_point(state, theta, decay=alpha))]
    for gradient in g[:t]:
        update, state = optimizers.nesterov_lookahead(
            state, theta, partial(_everywhere, gradient), learning_rate=eta, decay=alpha
        )
        theta += float(update)
        points.append(float(optimizers.lookahead_point(state, theta, decay=alpha)))
    return points[-1] - points[-2]


def _library_update(alpha: float, eta: float, g: NDArray[np.float64], t: int, **_: float) -> float:
    """Return update number t of the form that libraries have."""
    state = optimizers.MomentumState.zeros_like(0.0)
    update = state.velocity
    for gradient in g[:t]:
        update, state = optimizers.nesterov(state, gradient, learning_rate=eta, decay=alpha)
    return float(update)


def _difference_step(alpha: float, eta: float, g: NDArray[np.float64], t: int) -> float:
    """Return step number t of the form with differences, which is subtracted."""
    state = optimizers.NesterovDifferenceState.zeros_like(0.0)
    for gradient in g[:t]:
        _, state = optimizers.nesterov_by_differences(
            state, gradient, learning_rate=eta, decay=alpha
        )
    return float(state.velocity)


def _everywhere(gradient: float, _point: object) -> float:
    """Return the gradient, whatever the point."""
    return gradient


with as_written():
    _velocity = {
        _v(Integer(0)): Integer(0),
        _v(t): alpha * _v(t - 1) + eta * g[t],
    }

    nesterov_shifted_variable = Derivation(
        "optimizers.nesterov-shifted-variable",
        title=Text(
            "Nesterov's look-ahead point φ = θ - α v moves by -(α v + η g), as in libraries",
            "Nesterov 的前瞻点 φ = θ - α v 每步移动 -(α v + η g)，与程序库一致",
        ),
        notes="5.5",
        domain=Domain(
            {alpha: UNIT, eta: POSITIVE, t: Integers(high=5), g: Sequence(), _start: REALS}
        ),
        definitions={
            **_velocity,
            _theta(Integer(0)): _start,
            _theta(t): _theta(t - 1) - _v(t),
            _phi(t): _theta(t) - alpha * _v(t),
        },
        steps=(
            Step(
                _phi(t) - _phi(t - 1),
                Text(
                    "How the look-ahead point moves; g of step t is the gradient at φ of t - 1.",
                    "前瞻点的移动；第 t 步的 g 是在第 t - 1 步的 φ 处取的梯度。",
                ),
            ),
            Step(
                (_theta(t) - alpha * _v(t)) - (_theta(t - 1) - alpha * _v(t - 1)),
                Text(
                    "Insert the definition φ = θ - α v, twice.",
                    "两次代入定义 φ = θ - α v。",
                ),
            ),
            Step(
                (_theta(t) - _theta(t - 1)) - alpha * _v(t) + alpha * _v(t - 1),
                Text("Sort: θ to θ, v to v.", "整理：θ 归 θ，v 归 v。"),
            ),
            Step(
                minus(_v(t)) - alpha * _v(t) + alpha * _v(t - 1),
                Text(
                    "The look-ahead form moves θ by minus the new velocity.",
                    "前瞻形式中，θ 每步减去新的速度。",
                ),
            ),
            Step(
                minus(alpha * _v(t - 1) + eta * g[t]) - alpha * _v(t) + alpha * _v(t - 1),
                Text(
                    "Insert the recursion of the velocity in the first place only.",
                    "只在第一处代入速度的递推式。",
                ),
            ),
            Step(
                minus(alpha * _v(t) + eta * g[t]),
                Text(
                    "The old velocity cancels. Neither θ nor the point ahead is needed any more.",
                    "旧速度相消。此后既不需要 θ，也不需要另算前瞻点。",
                ),
            ),
        ),
        comparisons=(
            Comparison("update number t of nn.optimizers.nesterov", _library_update),
            Comparison(
                "shift of lookahead_point in step t of nn.optimizers.nesterov_lookahead",
                _lookahead_shift,
            ),
        ),
        sources=(_sutskever, _bengio),
    )

    nesterov_by_differences = Derivation(
        "optimizers.nesterov-by-differences",
        title=Text(
            "Nesterov's step adds α times the change of the gradient to momentum",
            "Nesterov 的步子是在动量法上再加 α 倍的梯度变化",
        ),
        notes="5.5",
        domain=Domain({alpha: UNIT, eta: POSITIVE, t: Integers(low=2), g: Sequence()}),
        definitions={**_velocity, _u(t): alpha * _v(t) + eta * g[t]},
        steps=(
            Step(
                _u(t),
                Text(
                    "The step of the look-ahead point φ (nesterov-shifted-variable), t ≥ 2.",
                    "前瞻点 φ 的一步（见 nesterov-shifted-variable），t ≥ 2。",
                ),
            ),
            Step(
                alpha * _v(t) + eta * g[t],
                Text("Insert the definition of the step u.", "代入步子 u 的定义。"),
            ),
            Step(
                alpha * (alpha * _v(t - 1) + eta * g[t]) + eta * g[t],
                Text("Insert the recursion of the velocity.", "代入速度的递推式。"),
            ),
            Step(
                alpha * ((_u(t - 1) - eta * g[t - 1]) + eta * g[t]) + eta * g[t],
                Text(
                    "The step before tells what α v was then: u - η g.",
                    "由前一步的定义可知，当时的 α v 等于 u - η g。",
                ),
            ),
            Step(
                alpha * _u(t - 1) + eta * (g[t] + alpha * (g[t] - g[t - 1])),
                Text(
                    "Sort. It is momentum in u and φ, not in v and θ, with a corrected gradient.",
                    "整理。这是以 u 和 φ（不是 v 和 θ）书写、修正了梯度的动量法。",
                ),
            ),
        ),
        comparisons=(
            Comparison("step t of nn.optimizers.nesterov_by_differences", _difference_step),
            Comparison(
                "minus update number t of nn.optimizers.nesterov",
                lambda **values: -_library_update(**values),
            ),
        ),
        sources=(_bengio, _shi),
    )

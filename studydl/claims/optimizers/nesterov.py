"""Nesterov's momentum: where it takes the gradient, and which variable its forms move (5.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.optimizers._quantities import gradient_place, library_length
from studydl.claims.optimizers._runs import Array, array
from studydl.claims.optimizers._wrong_nesterov import (
    ahead_undecayed,
    always_faster,
    averages,
    curvature_speeds_up,
    gradient_before_the_velocity,
    same_variable,
)
from studydl.language import Text
from studydl.nn.optimizers import (
    MomentumState,
    NesterovDifferenceState,
    lookahead_point,
    nesterov,
    nesterov_by_differences,
    nesterov_lookahead,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["constant_gradient", "looks_ahead", "three_forms"]


@claim(
    "optimizers.nesterov-looks-ahead",
    en="Nesterov's momentum applies the part of the update that is known beforehand, the decayed"
    " velocity, and takes the gradient there: at a parameter of 3, a velocity of 2 and a decay of"
    " 0.5 it takes the gradient at 2, not at 3.",
    zh="Nesterov 动量先走更新中已经确定的那一部分，即衰减后的速度，再在那里求梯度："
    "参数为 3、速度为 2、衰减系数为 0.5 时，梯度在 2 处求，而不是在 3 处。",
    notes="5.5",
    on=nesterov_lookahead,
    misconceptions=[gradient_before_the_velocity, ahead_undecayed, curvature_speeds_up, averages],
    sources=["Sutskever et al. 2013, section 2", "Nesterov 1983"],
    quantities=[gradient_place],
)
def looks_ahead(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Note where the gradient is asked for, then compare three steps with exact fractions."""
    asked: list[Array] = []

    def noted(theta: Array) -> Array:
        asked.append(theta)
        return 8 * theta

    _, state = step(MomentumState(array(2)), array(3), noted, learning_rate=0.25, decay=0.5)
    yield equals("where g is taken, θ=3, v=2, α=0.5", asked[-1], array(2), EXACT)
    yield equals("v after it, g=8θ, η=0.25", state.velocity, array(5), EXACT)

    rate, decay = Fraction(1, 8), Fraction(3, 4)
    theta, state = array(2), MomentumState.zeros_like(array(0))
    exact, velocity = Fraction(2), Fraction(0)
    for count in range(1, 4):
        update, state = step(state, theta, np.square, learning_rate=0.125, decay=0.75)
        theta = theta + update
        velocity = decay * velocity + rate * (exact - decay * velocity) ** 2
        exact -= velocity
        yield equals(f"v{count}, g=θ²", state.velocity, array(velocity), ROUNDING)
        yield equals(f"θ{count}, g=θ²", theta, array(exact), ROUNDING)


class Forms(NamedTuple):
    """The three forms, and the variable that the last two of them move."""

    lookahead: Callable[..., Any]
    shifted: Callable[..., Any]
    library: Callable[..., Any]
    differences: Callable[..., Any]


_FORMS = Forms(nesterov_lookahead, lookahead_point, nesterov, nesterov_by_differences)


def _first_difference_zero(
    state: NesterovDifferenceState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> tuple[Any, NesterovDifferenceState]:
    unseen = np.all(state.gradient == 0)
    change = 0 * gradient if unseen else gradient - state.gradient
    u = decay * state.velocity + learning_rate * (gradient + decay * change)
    return -u, NesterovDifferenceState(u, gradient)


def _undecayed_difference(
    state: NesterovDifferenceState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> tuple[Any, NesterovDifferenceState]:
    u = decay * state.velocity + learning_rate * (2 * gradient - state.gradient)
    return -u, NesterovDifferenceState(u, gradient)


def _momentum(
    state: MomentumState, gradient: Array, *, learning_rate: float, decay: float = 0.9
) -> tuple[Any, MomentumState]:
    v = decay * state.velocity + learning_rate * gradient
    return -v, MomentumState(v)


@claim(
    "optimizers.nesterov-three-forms",
    en="Nesterov's three forms agree, step by step, in the look-ahead point φ = θ - αv, not in θ:"
    " the library form and the form with differences of gradients move φ. From rest at a decay of"
    " 0.9, the first step of θ is 1 plain step, that of φ is 1.9, and before the first step the"
    " earlier gradient counts as 0.",
    zh="Nesterov 的三种写法逐步一致的变量是前瞻点 φ = θ - αv，而不是 θ："
    "框架的写法和“梯度之差”的写法移动的都是 φ。从静止出发、衰减系数为 0.9 时，"
    "θ 的第一步是普通一步的 1 倍，φ 的第一步是 1.9 倍；第一步之前的梯度要当作 0。",
    notes="5.5",
    on=_FORMS,
    misconceptions=[
        Misconception(
            "same-variable",
            _FORMS._replace(shifted=same_variable),
            Text(
                "The rewritten form is printed with the same letters, so that its parameter and"
                " velocity are taken for those of the look-ahead form.",
                "化简后的公式用了同样的字母，于是以为其中的参数和速度就是前瞻写法里的参数和速度。",
            ),
            notes="5.5",
        ),
        Misconception(
            "first-difference-zero",
            _FORMS._replace(differences=_first_difference_zero),
            Text(
                "Before the first step the earlier gradient is taken to be the same, as if nothing"
                " had changed yet.",
                "以为第一步之前的梯度与当前梯度相同，所以还没有变化。",
            ),
        ),
        Misconception(
            "difference-undecayed",
            _FORMS._replace(differences=_undecayed_difference),
            Text(
                "The change of the gradient is added in full, without the decay before it.",
                "把梯度之差整个加上去，忘了前面的衰减系数。",
            ),
        ),
        Misconception(
            "library-is-momentum",
            _FORMS._replace(library=_momentum),
            Text(
                "The gradient is taken at the parameters in both, so that the library form is"
                " thought to be plain momentum.",
                "两者都在参数处求梯度，于是以为框架的写法就是普通动量。",
            ),
        ),
    ],
    sources=[
        "Bengio et al. 2013, section 3.5",
        "Shi et al. 2022, section 1",
        "Sutskever et al. 2013",
    ],
    quantities=[library_length],
)
def three_forms(forms: Forms, _rng: Generator) -> Iterator[Measurement]:
    """Follow φ by every form on the gradient θ² - 2, beside exact fractions."""
    eta, alpha = Fraction(1, 16), Fraction(9, 10)
    how = {"learning_rate": 1 / 16}  # the decay by default
    theta, by_library, by_differences = array(3), array(3), array(3)
    ahead, library = MomentumState.zeros_like(theta), MomentumState.zeros_like(theta)
    differences = NesterovDifferenceState.zeros_like(theta)
    exact, velocity = Fraction(3), Fraction(0)
    for count in range(1, 6):
        update, ahead = forms.lookahead(ahead, theta, slope, **how)
        theta = theta + update
        moved, library = forms.library(library, slope(by_library), **how)
        by_library = by_library + moved
        changed, differences = forms.differences(differences, slope(by_differences), **how)
        by_differences = by_differences + changed
        if count == 1:
            plain = -slope(array(3)) / 16
            yield equals("Δθ1 / plain step, α=0.9", update / plain, 1.0, ROUNDING)
            yield equals("Δφ1 / plain step, library", moved / plain, 1.9, ROUNDING)
            yield equals("Δφ1 / plain step, differences", changed / plain, 1.9, ROUNDING)
        velocity = alpha * velocity + eta * ((exact - alpha * velocity) ** 2 - 2)
        exact -= velocity
        phi = array(exact - alpha * velocity)
        yield equals(f"θ{count}, look-ahead form", theta, array(exact), ROUNDING)
        shifted = forms.shifted(ahead, theta)
        yield equals(f"φ{count} = θ - αv, look-ahead form", shifted, phi, ROUNDING)
        yield equals(f"φ{count}, library form", by_library, phi, ROUNDING)
        yield equals(f"φ{count}, differences", by_differences, phi, ROUNDING)
    unseen = NesterovDifferenceState.zeros_like(theta).gradient
    yield equals("gradient before the first step", unseen, 0.0, EXACT)


def slope(theta: Array) -> Array:
    """Return a gradient that is not linear."""
    return theta**2 - 2


@claim(
    "optimizers.nesterov-constant-gradient",
    en="Where the gradient does not change there is nothing to look ahead to: Nesterov's momentum"
    " then takes exactly the steps of momentum, 1 times as long, up to 10 plain steps at a decay of"
    " 0.9.",
    zh="梯度不变时，前瞻什么也看不到：Nesterov 动量的每一步都与普通动量完全相同，长度之比为 1；"
    "衰减系数为 0.9 时，同样趋于普通步长的 10 倍。",
    notes="5.5",
    on=nesterov_lookahead,
    misconceptions=[always_faster, averages],
    sources=["Sutskever et al. 2013, section 2"],
)
def constant_gradient(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Compare with the geometric sums that momentum's steps are."""
    gradient, rate = array(0.25, -3), 0.02
    theta, state, lengths = array(5, 7), MomentumState.zeros_like(gradient), []
    for _ in range(400):
        update, state = step(state, theta, lambda _: gradient, learning_rate=rate, decay=0.9)
        theta = theta + update
        lengths.append(-update / (rate * gradient))
    exact = Fraction(9, 10)
    of_momentum = [float((1 - exact**t) / (1 - exact)) for t in range(1, 31)]
    ratios = np.array(lengths[:30]) / np.outer(of_momentum, [1.0, 1.0])
    yield equals("Δθ(t) / Δθ(t) of momentum, t ≤ 30", ratios, 1.0, ROUNDING)
    yield equals("Δθ(400) / plain step, α=0.9", lengths[-1], 10.0, ROUNDING)

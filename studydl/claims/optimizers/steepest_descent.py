"""What the direction of gradient descent is, and what one learning rate means (notes 5.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.optimizers._descents import path
from studydl.claims.optimizers._runs import Array, array
from studydl.language import Text
from studydl.nn.optimizers import AdaGradState, adagrad, sgd
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_least, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["greedy", "local_minimum", "one_rate_for_all", "steepest_direction"]


@misconception(
    "own-fastest-direction",
    en="The gradient is said to show every parameter its own fastest way down; then each would"
    " simply move against its own sign.",
    zh="据说梯度为每个参数指明各自下降最快的方向；那样的话，每个参数只需逆着自己的符号走。",
    notes="5.0",
)
def own_fastest_direction(gradient: Array, *, learning_rate: float) -> Array:
    """Move every parameter equally far against its own slope."""
    return -learning_rate * np.sign(gradient)


@misconception(
    "length-is-the-learning-rate",
    en="The learning rate is taken for the length of the step, the gradient for its direction.",
    zh="把学习率当成步长本身，以为梯度只给出方向。",
)
def normalised(gradient: Array, *, learning_rate: float) -> Array:
    """Divide by the length of the gradient."""
    return np.asarray(-learning_rate * gradient / np.sqrt(np.sum(gradient**2)))


@misconception(
    "uphill",
    en="The gradient is added, though it points to where the loss rises.",
    zh="直接加上梯度，而梯度指向损失上升的方向。",
)
def uphill(gradient: Array, *, learning_rate: float) -> Array:
    """Climb."""
    return learning_rate * gradient


@claim(
    "optimizers.gradient-descent-direction",
    en="The step of gradient descent is minus the learning rate times the gradient, and of all"
    " steps of its length none lowers a linear loss more. The direction is a joint one: where the"
    " gradient is (1, 7), moving both parameters equally far down their own slopes gives only 0.8"
    " of that descent.",
    zh="梯度下降的一步等于负的学习率乘以梯度；在同样长度的所有步子里，没有一步能使线性损失下降得更多。"
    "这个方向由所有参数共同决定：梯度为 (1, 7) 时，若两个参数各自沿自己的下坡方向走同样远，"
    "下降量只有它的 0.8。",
    notes="5.0",
    on=sgd,
    misconceptions=[own_fastest_direction, normalised, uphill],
    sources=[
        "Boyd & Vandenberghe 2004, sections 9.3 and 9.4",
        "Goodfellow et al. 2016, section 4.3",
    ],
)
def steepest_direction(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare the descent a unit of length with that of random directions and of the signs."""
    gradient = array(1, 7)
    update = step(gradient, learning_rate=0.25)
    yield equals("Δθ/η, g=(1, 7)", update / 0.25, array(-1, -7), EXACT)
    yield equals("Δθ/η, g=(-3, 0)", step(array(-3, 0), learning_rate=0.5) / 0.5, array(3, 0), EXACT)
    along = gradient @ update / np.sqrt(update @ update)
    others = rng.normal(size=(200, 2))
    others /= np.sqrt(np.sum(others**2, axis=1, keepdims=True))
    yield at_least("g·u/|u|, 200 random u, least g·Δθ/|Δθ|", others @ gradient, along, ROUNDING)
    signs = -np.sign(gradient) / np.sqrt(2)
    yield equals("descent by signs / by g, g=(1, 7)", gradient @ signs / along, 0.8, ROUNDING)


def best_steps(curvatures: Array, start: Array, steps: int) -> Array:
    """Return the losses on ½ Σ λ θ², when each step goes as far as its direction is worth it."""
    theta, losses = start, [0.5 * np.sum(curvatures * start**2)]
    for _ in range(steps):
        gradient = curvatures * theta
        rate = float(gradient @ gradient / (gradient @ (curvatures * gradient)))
        theta = theta + sgd(gradient, learning_rate=rate)
        losses.append(0.5 * np.sum(curvatures * theta**2))
    return np.array(losses)


@misconception(
    "greedy-is-optimal",
    en="Steps that each go down as fast as possible are expected to be the fastest way together.",
    zh="以为每一步都下降最快，合起来也就是最快的路。",
)
def greedy_is_optimal(curvatures: Array, start: Array, steps: int) -> Array:
    """Arrive after as many steps as there are parameters, as conjugate gradients do."""
    loss = 0.5 * np.sum(curvatures * start**2)
    return loss * (np.arange(steps + 1) < len(start))


@misconception(
    "steepest-curvature-alone",
    en="The progress is expected to be that of the steepest direction, whose slope dominates.",
    zh="以为进度由最陡的方向决定，因为它的斜率最大。",
)
def steepest_alone(curvatures: Array, start: Array, steps: int) -> Array:
    """Forget the flat direction."""
    share = 1 / np.max(curvatures / np.min(curvatures))
    return 0.5 * np.sum(curvatures * start**2) * share ** np.arange(steps + 1.0)


@claim(
    "optimizers.gradient-descent-greedy",
    en="Going down fastest at every step is not the fastest way down: in a valley of curvatures 1"
    " and 9, even with the best step length each time, gradient descent from its worst start keeps"
    " 0.64 of the loss at every step, while one straight step would end at 0.",
    zh="每一步都下降最快，合起来并不是最快：在曲率为 1 和 9 的峡谷里，"
    "即使每一步都取最佳步长，从最坏的起点出发，梯度下降每一步仍剩下 0.64 的损失，"
    "而直奔最小值只需一步，损失就降为 0。",
    notes="5.0",
    on=best_steps,
    misconceptions=[greedy_is_optimal, steepest_alone],
    sources=["Nocedal & Wright 2006, theorem 3.3", "Boyd & Vandenberghe 2004, section 9.3.2"],
)
def greedy(descend: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the share that each of ten steps keeps, at two ratios of the curvatures."""
    for steep in (9.0, 4.0):
        losses = descend(array(1, steep), array(steep, 1), 10)
        kept = ((steep - 1) / (steep + 1)) ** 2
        yield equals(
            f"L(t+1)/L(t), curvatures 1 and {steep:g}", losses[1:] / losses[:-1], kept, ROUNDING
        )
        yield equals(f"L(0), curvatures 1 and {steep:g}", losses[0], steep * (steep + 1) / 2, EXACT)
    start = array(9, 1)
    straight = start - start
    yield equals("L after θ = -θ₀ straight", 0.5 * straight @ (array(1, 9) * straight), 0.0, EXACT)


@claim(
    "optimizers.one-learning-rate",
    en="One learning rate has to serve all curvatures: at curvatures 1 and 99 it must stay below 2"
    " over the steepest, and the best one, 0.02, leaves a share of 0.98 of the error at every step,"
    " where a learning rate for each parameter would leave 0.",
    zh="同一个学习率要兼顾所有曲率：曲率为 1 和 99 时，它必须小于“2 除以最大曲率”，"
    "而最好的取值 0.02 每步仍剩下误差的 0.98；若每个参数各有自己的学习率，一步就剩 0。",
    notes="5.0",
    on=sgd,
    misconceptions=[own_fastest_direction, normalised, uphill],
    sources=["Boyd & Vandenberghe 2004, section 9.3", "Goodfellow et al. 2016, section 4.3.1"],
)
def one_rate_for_all(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure by what factor one step multiplies each error, at the limit and at the best rate."""
    curvatures, theta = array(1, 99), array(3, -2)

    def factors(rate: float) -> Array:
        return np.asarray(1 + step(curvatures * theta, learning_rate=rate) / theta, np.float64)

    yield equals("|θ(t+1)/θ(t)| at η=0.02", np.abs(factors(0.02)), 0.98, ROUNDING)
    yield equals("θ(t+1)/θ(t) at η=2/99, steepest", factors(2 / 99)[1], -1.0, ROUNDING)
    rates = np.linspace(0.001, 0.06, 60)
    worst = [np.max(np.abs(factors(float(rate)))) for rate in rates]
    yield at_least("max |θ(t+1)/θ(t)|, 60 other η", worst, 0.98, ROUNDING, at=rates)
    own = [
        theta[i] + step(curvatures * theta, learning_rate=float(1 / curvatures[i]))[i]
        for i in range(2)
    ]
    yield equals("θ after one step, η=1/λ each", own, 0.0, ROUNDING)


class Descents(NamedTuple):
    """Where a descent ends: by one learning rate for all, and by one for each parameter."""

    one_rate: Callable[[Array], Array]
    own_rates: Callable[[Array], Array]


STEEPNESS = np.array([1.0, 4.0])
_STEPS = 400


def two_wells(theta: Array) -> Array:
    """Return the gradient of a loss with a local minimum at 1 and a deeper one at -2."""
    return np.asarray(STEEPNESS * (theta - 1) * theta * (theta + 2))


def end_by_one_rate(start: Array) -> Array:
    """Descend with plain gradient descent."""
    theta = start
    for _ in range(_STEPS):
        theta = theta + sgd(two_wells(theta), learning_rate=0.04)
    return theta


def end_by_own_rates(start: Array) -> Array:
    """Descend with AdaGrad."""
    state = AdaGradState.zeros_like(start)
    positions = path(adagrad, state, start, two_wells, _STEPS, learning_rate=0.5, delta=0.0)
    return np.asarray(positions[-1])


def global_minimum(start: Array) -> Array:
    """Believe that the descent arrives at the deeper minimum."""
    return np.full_like(start, -2.0)


def wherever_it_starts(start: Array) -> Array:
    """Believe that the descent does not move at all."""
    return start


_REFERENCE = Descents(end_by_one_rate, end_by_own_rates)


@claim(
    "optimizers.local-minimum-any-rate",
    en="It is the starting point, not the shared learning rate, that leads gradient descent into a"
    " local minimum: from the same start beside the minimum at 1, one learning rate for all and"
    " AdaGrad's own rate for each parameter both end at 1, not at the deeper minimum at -2, and"
    " from beyond the hill at 0 both end at -2.",
    zh="使梯度下降落入局部极小值的是起点，而不是共用的学习率：从极小值 1 旁边的同一个起点出发，"
    "无论是共用一个学习率，还是像 AdaGrad 那样每个参数各有学习率，都停在 1，"
    "而不是更深的 -2；从坡顶 0 的另一侧出发，二者都停在 -2。",
    notes="5.0",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "one-rate-traps",
            _REFERENCE._replace(own_rates=global_minimum),
            Text(
                "The shared learning rate is blamed for ending in a local minimum, so that rates of"
                " their own are expected to lead out of it.",
                "把落入局部极小值归咎于共用学习率，于是以为各自的学习率就能走出来。",
            ),
            notes="5.0",
        ),
        Misconception(
            "always-the-deepest",
            _REFERENCE._replace(one_rate=global_minimum),
            Text(
                "Descent is expected to find the deepest minimum if it only runs long enough.",
                "以为只要走得够久，梯度下降总会找到最深的极小值。",
            ),
        ),
        Misconception(
            "own-rates-stand-still",
            _REFERENCE._replace(own_rates=wherever_it_starts),
            Text(
                "The learning rates of AdaGrad are believed to die before anything is reached.",
                "以为 AdaGrad 的学习率还没走到任何地方就已衰减殆尽。",
            ),
        ),
    ],
    sources=["Goodfellow et al. 2016, sections 8.2.2 and 8.2.7"],
)
def local_minimum(descents: Descents, _rng: Generator) -> Iterator[Measurement]:
    """Start on either side of the hill."""
    for start, end in ((array(1.5, 0.5), 1.0), (array(-0.25, -1.25), -2.0)):
        for name, descend in zip(descents._fields, descents, strict=True):
            label = f"θ(end), {name.replace('_', ' ')}, from {start[0]:g}"
            yield equals(label, descend(start), end, ROUNDING)
    slopes = two_wells(np.outer([1.0, 0.0, -2.0], [1.0, 1.0]))
    yield equals("f' at 1, 0 and -2", slopes, 0.0, EXACT)

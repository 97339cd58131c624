"""Newton's method: exact on quadratics, free of units, blind to what is a minimum (notes 5.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._quantities import damped_error, leap
from studydl.claims.optimizers._runs import Array, array
from studydl.nn.optimizers import newton
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["invariance", "overshoots", "quadratic", "saddle"]

HESSIAN = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 2.0]])


@misconception(
    "diagonal-only",
    en="Each parameter is divided by its own curvature, as if the others did not matter.",
    zh="每个参数只除以自己的曲率，好像与其他参数无关。",
)
def diagonal_only(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Invert the diagonal."""
    return -learning_rate * gradient / np.diag(hessian)


@misconception(
    "multiplies-by-the-hessian",
    en="The gradient is multiplied by the Hessian: steep directions get longer steps still.",
    zh="把梯度乘以海森矩阵而不是它的逆，陡峭的方向反而走得更远。",
)
def multiplies(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Forget to invert."""
    return -learning_rate * (hessian @ gradient)


@misconception(
    "gradient-descent",
    en="Newton's method is taken for gradient descent with a clever learning rate.",
    zh="把牛顿法当成学习率选得巧妙的梯度下降。",
)
def gradient_descent(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Divide by the mean curvature."""
    return -learning_rate * gradient * (len(gradient) / np.abs(np.trace(hessian) + 1e-3))


@misconception(
    "always-descends",
    en="Newton's method is believed always to go down, since it looks for a minimum.",
    zh="以为牛顿法找的是极小值，所以总是往下走。",
    notes="5.6",
)
def always_descends(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Use the absolute values of the curvatures."""
    values, vectors = np.linalg.eigh(hessian)
    return -learning_rate * (vectors @ ((vectors.T @ gradient) / np.abs(values)))


@misconception(
    "looks-before-it-steps",
    en="Newton's method is said to consider whether the gradient will be larger after the update,"
    " and so is believed to hold back where it would be.",
    zh="据说牛顿法会考虑更新之后梯度会不会变大，于是以为会变大时它就少走一些。",
    notes="5.6",
)
def looks_before_it_steps(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Hold back by as much as makes the gradient of √(1+x²) no larger."""
    pure = np.linalg.solve(hessian, gradient)
    return -learning_rate * pure / np.maximum(1.0, np.abs(pure))


@misconception(
    "ignores-lambda",
    en="The pure method has no learning rate, so that λ is believed to do nothing.",
    zh="纯牛顿法没有学习率，于是以为 λ 不起作用。",
)
def ignores_lambda(gradient: Array, hessian: Array, *, learning_rate: float = 1.0) -> Any:
    """Always take the whole step."""
    del learning_rate
    return -np.linalg.solve(hessian, gradient)


@claim(
    "optimizers.newton-quadratic",
    en="On a quadratic with positive curvature Newton's method with λ = 1 lands on the minimum in"
    " one step from anywhere; with λ = 0.5 each step leaves 0.5 of the error. The step solves"
    " H Δθ = -g: it makes the gradient of the quadratic model vanish.",
    zh="在曲率为正的二次函数上，λ = 1 的牛顿法从任何地方出发都一步到达最小值；"
    "λ = 0.5 时每一步剩下 0.5 的误差。这一步是方程 H Δθ = -g 的解：它使二次近似的梯度变为零。",
    notes="5.6",
    on=newton,
    misconceptions=[diagonal_only, multiplies, gradient_descent, ignores_lambda],
    sources=["Nocedal & Wright 2006, section 3.3", "Boyd & Vandenberghe 2004, section 9.5.1"],
    quantities=[damped_error],
)
def quadratic(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Start at random places around a known minimum."""
    minimum = array(1, -2, 3)
    for place in range(3):
        error = rng.uniform(1, 5, size=3) * array(1, -1, 1)
        gradient = HESSIAN @ error
        reached = minimum + error + step(gradient, HESSIAN, learning_rate=1.0)
        yield equals(f"θ after a step with λ=1, start {place}", reached, minimum, ROUNDING)
        kept = 1 + step(gradient, HESSIAN, learning_rate=0.5) / error
        yield equals(f"error left by λ=0.5, start {place}", kept, 0.5, ROUNDING)
        solved = HESSIAN @ step(gradient, HESSIAN) / gradient
        yield equals(f"H Δθ / g, start {place}", solved, -1.0, ROUNDING)


@claim(
    "optimizers.newton-invariance",
    en="Newton's step does not depend on the units or axes of the parameters: measured in other"
    " ones it is the same step, the ratio being 1, while the step of gradient descent along a"
    " parameter whose unit is made 10 times larger becomes 100 times as long.",
    zh="牛顿法的步子与参数的单位和坐标轴无关：换一套坐标，走的仍是同一步，比值为 1；"
    "而梯度下降在某个参数的单位放大到 10 倍后，沿它的步长会变成 100 倍。",
    notes="5.6",
    on=newton,
    misconceptions=[diagonal_only, multiplies, gradient_descent],
    sources=["Boyd & Vandenberghe 2004, section 9.5.1", "Nocedal & Wright 2006, section 2.2"],
)
def invariance(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Write θ = A φ; then g becomes Aᵀ g, H becomes Aᵀ H A, and the step has to be A Δφ."""
    gradient = rng.uniform(1, 3, size=3) * array(1, -1, -1)
    update = step(gradient, HESSIAN)
    mixed = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, -3.0], [1.0, 0.0, 1.0]])
    for name, axes in (("units", np.diag([10.0, 1.0, 0.25])), ("axes", mixed)):
        other = axes @ step(axes.T @ gradient, axes.T @ HESSIAN @ axes)
        yield equals(f"A Δφ / Δθ, other {name}", other / update, 1.0, ROUNDING)
    unit = np.diag([10.0, 1.0, 1.0])
    plain = unit @ (unit.T @ gradient) / gradient
    yield equals("A Δφ / Δθ, gradient descent, unit × 10", plain, array(100, 1, 1), ROUNDING)
    yield equals("H Δθ / g", HESSIAN @ update / gradient, -1.0, ROUNDING)


@claim(
    "optimizers.newton-saddle",
    en="Newton's method goes to the stationary point of its model, whatever that is: from (3, 2) it"
    " jumps straight onto the saddle point of ½(x² - y²), which gradient descent would leave along"
    " y, and from 2 it climbs the hill -½x² by 2. Only a positive definite Hessian makes sure that"
    " the step goes down.",
    zh="牛顿法走向二次近似的驻点，不管那是什么：从 (3, 2) 出发，它一步就跳到 ½(x² - y²) 的鞍点上，"
    "而梯度下降会沿 y 离开；从 2 出发，它会爬上山丘 -½x²，损失升高 2。"
    "只有海森矩阵正定时，这一步才一定下降。",
    notes="5.6",
    on=newton,
    misconceptions=[always_descends, gradient_descent, multiplies],
    sources=["Dauphin et al. 2014, section 3", "Nocedal & Wright 2006, section 3.3"],
)
def saddle(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Step from (3, 2), from a hillside, and on random positive definite Hessians."""
    start, curvatures = array(3, 2), array(1, -1)
    update = step(curvatures * start, np.diag(curvatures))
    yield equals("Δθ from (3, 2) to the saddle at 0", update, -start, ROUNDING)
    climbed = array(2) + step(array(-2), array(-1).reshape(1, 1))
    yield equals("L(θ + Δθ) - L(θ), L = -½x², x=2", -0.5 * climbed**2 + 2, 2.0, ROUNDING)
    for place in range(3):
        root = rng.normal(size=(2, 2))
        hessian, gradient = root @ root.T + np.eye(2), rng.normal(size=2)
        descent = gradient @ step(gradient, hessian)
        a, b, d = hessian[0, 0], hessian[0, 1], hessian[1, 1]
        x, y = gradient
        expected = -(d * x * x - 2 * b * x * y + a * y * y) / (a * d - b * b)
        yield equals(f"g·Δθ = -gᵀH⁻¹g < 0, H {place} positive", descent, expected, ROUNDING)


@claim(
    "optimizers.newton-overshoots",
    en="Newton's method does not check whether the gradient grows: on √(1+x²) the pure step sends x"
    " to -x³, so that it converges from 0.5 to -0.125 but leaps from 1.1 to -1.331, where the slope"
    " is larger, 0.799 after 0.740. Damped with λ = 0.5 it goes from 1.1 to -0.1155.",
    zh="牛顿法并不检查梯度会不会变大：对 √(1+x²)，纯牛顿步把 x 变成 -x³，"
    "所以从 0.5 收敛到 -0.125，从 1.1 却跳到 -1.331，那里的斜率反而更大，从 0.740 变成 0.799。"
    "用 λ = 0.5 阻尼后，从 1.1 走到 -0.1155。",
    notes="5.6",
    on=newton,
    misconceptions=[looks_before_it_steps, ignores_lambda, multiplies],
    sources=["Boyd & Vandenberghe 2004, section 9.5.2", "Nocedal & Wright 2006, section 3.3"],
    quantities=[leap],
)
def overshoots(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Step from four places, then look at the slope before and after the leap."""

    def slope(x: float) -> float:
        return x / math.sqrt(1 + x * x)

    def after(x: float, damping: float) -> float:
        hessian = array((1 + x * x) ** -1.5).reshape(1, 1)
        moved = step(array(slope(x)), hessian, learning_rate=damping)
        return float(x + moved[0])

    for x in (0.5, -0.8, 1.1, 3.0):
        yield equals(f"x after a step with λ=1 from {x}", after(x, 1.0), -(x**3), ROUNDING)
    yield equals("x after a step with λ=0.5 from 1.1", after(1.1, 0.5), -0.1155, ROUNDING)
    before, then = slope(1.1), abs(slope(after(1.1, 1.0)))
    yield equals("|f'| before, at 1.1", before, 1.1 / 2.21**0.5, ROUNDING)
    yield equals("|f'| after, at -1.331", then, 1.331 / (1 + 1.331**2) ** 0.5, ROUNDING)

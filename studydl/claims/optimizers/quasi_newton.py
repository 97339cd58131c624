"""Quasi-Newton methods: an inverse Hessian from gradients alone (notes 5.6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.optimizers import bfgs_inverse
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.optimizers._runs import Array
    from studydl.verification.evidence import Measurement

__all__ = ["bfgs_by_hand", "curvature_condition", "pairs_of", "quadratic", "secant"]


@misconception(
    "dfp",
    en="The older formula of Davidon, Fletcher and Powell is taken for BFGS, of which it is the"
    " mirror image.",
    zh="把更早的 DFP 公式当成 BFGS，二者只是互为对偶。",
)
def dfp(inverse: Array, step: Array, change: Array) -> Any:
    """Update as DFP does."""
    turned = inverse @ change
    return (
        inverse
        - np.outer(turned, turned) / (change @ turned)
        + np.outer(step, step) / (step @ change)
    )


@misconception(
    "secant-the-other-way",
    en="The condition is written for the Hessian and applied to its inverse.",
    zh="把针对海森矩阵的割线条件套在它的逆上。",
)
def other_way(inverse: Array, step: Array, change: Array) -> Any:
    """Exchange the step and the change."""
    return bfgs_by_hand(inverse, change, step)


@misconception(
    "one-sided",
    en="The old estimate is corrected from one side only, so that the result is not symmetric.",
    zh="只从一侧修正旧的估计，结果不对称。",
)
def one_sided(inverse: Array, step: Array, change: Array) -> Any:
    """Leave out the second factor."""
    curvature = step @ change
    correction = np.eye(len(step)) - np.outer(change, step) / curvature
    return inverse @ correction + np.outer(step, step) / curvature


@misconception(
    "diagonal-only",
    en="One learning rate a parameter is believed to be all that a quasi-Newton method learns.",
    zh="以为拟牛顿法学到的只是每个参数各自的学习率。",
)
def diagonal_only(inverse: Array, step: Array, change: Array) -> Any:
    """Keep the diagonal."""
    return np.diag(np.diag(bfgs_by_hand(inverse, step, change)))


@misconception(
    "last-pair-only",
    en="Only the last step is believed to count; what was learnt before is dropped.",
    zh="以为只有最近一步有用，之前学到的都被丢掉。",
)
def last_pair_only(inverse: Array, step: Array, change: Array) -> Any:
    """Start from the identity each time."""
    return bfgs_by_hand(np.eye(len(inverse)), step, change)


def bfgs_by_hand(inverse: Array, step: Array, change: Array) -> Array:
    """Return the update written out as a sum, in which nothing is refused."""
    rho = 1 / (step @ change)
    turned = inverse @ change
    weight = rho * (1 + rho * (change @ turned))
    crossed = np.outer(step, turned) + np.outer(turned, step)
    return np.asarray(inverse - rho * crossed + weight * np.outer(step, step))


def pairs_of(rng: Generator, count: int, size: int) -> tuple[Array, Array, Array]:
    """Return random steps, the changes that a random positive Hessian makes of them, and it."""
    root = rng.normal(size=(size, size))
    hessian = root @ root.T / size + np.eye(size)
    steps = rng.normal(size=(count, size))
    return steps, steps @ hessian, hessian


@claim(
    "optimizers.bfgs-secant",
    en="BFGS changes its estimate H of the inverse Hessian so that the last change y of the"
    " gradient is explained by the last step s, H y = s, the ratio being 1; H stays symmetric, and"
    " along every direction at right angles to s its quadratic form keeps 1 times its old value.",
    zh="BFGS 修改海森矩阵之逆的估计 H，使最近一次梯度变化 y 恰好由最近一步 s 解释："
    "H y = s，比值为 1；"
    "H 保持对称，并且在与 s 垂直的每个方向上，二次型的值不变，仍是原来的 1 倍。",
    notes="5.6",
    on=bfgs_inverse,
    misconceptions=[dfp, other_way, one_sided, diagonal_only, last_pair_only],
    sources=["Nocedal & Wright 2006, section 6.1"],
)
def secant(update: Any, rng: Generator) -> Iterator[Measurement]:
    """Update a random estimate three times by pairs of different Hessians."""
    root = rng.normal(size=(3, 3))
    estimate = root @ root.T + np.eye(3)
    for place in range(3):
        steps, changes, _ = pairs_of(rng, 1, 3)
        s, y = steps[0], changes[0]
        after = np.asarray(update(estimate, s, y))
        yield equals(f"H y / s, pair {place}", after @ y / s, 1.0, ROUNDING)
        size = np.abs(after).max()
        yield equals(f"(H - Hᵀ)/max |H|, pair {place}", (after - after.T) / size, 0.0, ROUNDING)
        across = np.cross(s, rng.normal(size=3))
        kept = (across @ after @ across) / (across @ estimate @ across)
        yield equals(f"zᵀHz after / before, z ⊥ s, pair {place}", kept, 1.0, ROUNDING)
        estimate = bfgs_by_hand(estimate, s, y)


@misconception(
    "takes-any-pair",
    en="The update is applied to every pair; the formula itself never complains.",
    zh="对任何一对 s、y 都照样更新，反正公式本身从不报错。",
)
def takes_any_pair(inverse: Array, step: Array, change: Array) -> Any:
    """Refuse nothing."""
    return bfgs_by_hand(inverse, step, change)


@misconception(
    "absolute-curvature",
    en="A negative curvature is repaired by its absolute value.",
    zh="曲率为负时取绝对值来补救。",
)
def absolute_curvature(inverse: Array, step: Array, change: Array) -> Any:
    """Turn the change round where it opposes the step."""
    return bfgs_by_hand(inverse, step, change * np.sign(step @ change))


@claim(
    "optimizers.bfgs-curvature-condition",
    en="BFGS keeps its estimate positive definite, so that every step goes down, as long as step"
    " times change of the gradient is positive: then 100 of 100 random updates are; where it is"
    " negative no positive definite estimate exists, since yᵀHy = sᵀy, and 100 of 100 are refused.",
    zh="只要步长与梯度变化的内积为正，BFGS 的估计就保持正定，于是每一步都是下降方向："
    "100 次随机更新中 100 次如此；内积为负时，由于 yᵀHy = sᵀy，不存在满足条件的正定估计，"
    "100 次中 100 次被拒绝。",
    notes="5.6",
    on=bfgs_inverse,
    misconceptions=[takes_any_pair, absolute_curvature],
    sources=["Nocedal & Wright 2006, section 6.1, equation 6.7"],
)
def curvature_condition(update: Any, rng: Generator) -> Iterator[Measurement]:
    """Update random positive definite estimates by random pairs of both kinds."""
    positive, refused, gaps = 0, 0, []
    for _ in range(100):
        root, s, y = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
        estimate = root @ root.T + np.eye(3)
        # Nearly a right angle between s and y would leave the minors to rounding.
        y += np.sign(s @ y) * s / np.sqrt(s @ s)
        y *= np.sign(s @ y)
        after = np.asarray(update(estimate, s, y))
        # Sylvester: a symmetric matrix is positive definite if its leading minors are positive.
        minors = (after[0, 0], np.linalg.det(after[:2, :2]), np.linalg.det(after))
        positive += all(minor > 0 for minor in minors)
        gaps.append((y @ after @ y) / (s @ y))
        try:
            update(estimate, s, -y)
        except ValueError:
            refused += 1
    yield equals("positive definite of 100, sᵀy > 0", float(positive), 100.0, EXACT)
    yield equals("median yᵀHy / sᵀy", np.median(gaps), 1.0, ROUNDING)
    yield equals("refused of 100, sᵀy < 0", float(refused), 100.0, EXACT)


QUADRATIC = np.array([[5, 2, 1, 0], [2, 6, 0, 1], [1, 0, 3, 1], [0, 1, 1, 2]])


def exact_inverse(matrix: Array) -> Array:
    """Return the inverse of a matrix of whole numbers by elimination in fractions."""
    size = len(matrix)
    rows = [
        [Fraction(int(value)) for value in row] + [Fraction(int(i == j)) for j in range(size)]
        for i, row in enumerate(matrix)
    ]
    for i in range(size):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(size):
            if j != i:
                factor = rows[j][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return np.array([[float(value) for value in row[size:]] for row in rows])


def descend(
    update: Callable[..., Any], hessian: Array, start: Array, steps: int
) -> tuple[Array, Array]:
    """Return the gradients' norms from the start on, and the last estimate of the inverse.

    Every step goes to the lowest point along its direction.
    """
    theta, inverse = start, np.eye(len(start))
    norms = [np.sqrt(np.sum((hessian @ theta) ** 2))]
    for _ in range(steps):
        gradient = hessian @ theta
        direction = -inverse @ gradient
        curvature = direction @ hessian @ direction
        if not curvature > 0:  # No direction at all: the descent stays where it is.
            norms.append(norms[-1])
            continue
        step = -(gradient @ direction) / curvature * direction
        theta = theta + step
        inverse = np.asarray(update(inverse, step, hessian @ step))
        norms.append(np.sqrt(np.sum((hessian @ theta) ** 2)))
    return np.array(norms), inverse


@misconception(
    "as-few-steps-as-newton",
    en="Quasi-Newton methods are said to be faster than Newton's, so that they are expected to know"
    " the inverse Hessian at once.",
    zh="据说拟牛顿法比牛顿法更快，于是以为它立刻就知道海森矩阵的逆。",
    notes="5.6",
)
def as_few_steps(inverse: Array, step: Array, change: Array) -> Any:
    """Know the inverse after one step."""
    del inverse, step, change
    return exact_inverse(QUADRATIC)


@claim(
    "optimizers.bfgs-quadratic",
    en="On a quadratic of 4 parameters, with exact line searches, BFGS is at the minimum after 4"
    " steps, not before, and by then its estimate is the inverse of the Hessian, in the ratio 1,"
    " though it has only seen gradients; gradient descent is left with more than 0.01 of its own.",
    zh="在 4 个参数的二次函数上，配合精确线搜索，BFGS 走 4 步到达最小值，不会更早；"
    "此时它的估计就是海森矩阵的逆，比值为 1，尽管它只见过梯度；"
    "而梯度下降的梯度还剩 0.01 以上。",
    notes="5.6",
    on=bfgs_inverse,
    misconceptions=[diagonal_only, last_pair_only, other_way, as_few_steps],
    sources=["Nocedal & Wright 2006, theorem 6.4"],
)
def quadratic(update: Any, _rng: Generator) -> Iterator[Measurement]:
    """Count the steps until the gradient has vanished, then compare the estimate."""
    hessian, start = QUADRATIC.astype(float), np.array([3.0, -1.0, 2.0, 5.0])
    norms, inverse = descend(update, hessian, start, 4)
    left = norms / norms[0]
    yield stays_below("|g| after 4 steps / before", left[4], 1e-9)
    yield exceeds("|g| after 3 steps / before", left[3], 1e-4)
    expected = exact_inverse(QUADRATIC)
    yield equals("H after 4 steps / inverse Hessian", inverse / expected, 1.0, ROUNDING)
    plain, _ = descend(lambda inverse, _step, _change: inverse, hessian, start, 4)
    yield exceeds("the same, gradient descent after 4", plain[4] / plain[0], 0.01)

"""What AdaGrad divides by, and what that does to steep, flat and rare directions (notes 5.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._descents import path, updates_from
from studydl.claims.optimizers._experiments import adagrad_way
from studydl.claims.optimizers._quantities import rare_rate
from studydl.claims.optimizers._runs import Array, array
from studydl.claims.optimizers._wrong_adaptive import (
    adagrad_rule,
    averages_squares,
    counts_steps,
    delta_under_the_root,
    flat_goes_further,
    one_sum_for_all,
    sums_sizes,
)
from studydl.nn.optimizers import AdaGradState, adagrad
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_most, curve, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = [
    "constant_gradient",
    "equal_steps",
    "never_forgets",
    "rare_gradients",
    "rotated_valley",
    "sum_of_squares",
]


@claim(
    "optimizers.adagrad-sum-of-squares",
    en="AdaGrad divides every coordinate's gradient by the root of the sum of all its squares so"
    " far, with delta added outside the root: after gradients of 3, 4 and 12 the sum is 169, and at"
    " a delta of 1 the third step is 12 over 14 learning rates.",
    zh="AdaGrad 把每个坐标的梯度除以它迄今所有平方之和的根，δ 加在根号外面："
    "梯度依次为 3、4、12 时，平方和是 169；δ 取 1 时，第三步是学习率的 14 分之 12。",
    notes="5.2",
    on=adagrad,
    misconceptions=[
        averages_squares,
        flat_goes_further,
        sums_sizes,
        one_sum_for_all,
        delta_under_the_root,
    ],
    sources=["Duchi et al. 2011, section 1.1", "Goodfellow et al. 2016, algorithm 8.4"],
)
def sum_of_squares(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Choose gradients whose sums of squares are squares themselves, in two coordinates."""
    gradients = [array(3, -8), array(4, 6), array(-12, 24)]
    sums, roots = [(9, 64), (25, 100), (169, 676)], [(3, 8), (5, 10), (13, 26)]
    state = AdaGradState.zeros_like(gradients[0])
    for t, gradient in enumerate(gradients):
        update, state = step(state, gradient, learning_rate=0.5, delta=1.0)
        expected = [-0.5 * g / (root + 1) for g, root in zip(gradient, roots[t], strict=True)]
        yield equals(f"r{t + 1}, g=3, 4, 12", state.sum_of_squares, array(*sums[t]), EXACT)
        yield equals(f"Δθ{t + 1}, δ=1", update, expected, ROUNDING)
    yield equals("r3 of the first", state.sum_of_squares[0], 169.0, EXACT)
    yield equals("Δθ3/η of the first, 12/14", update[0] / 0.5, 12 / 14, ROUNDING)
    tiny = array(1e-7, -3e-7)
    update, _ = step(AdaGradState.zeros_like(tiny), tiny, learning_rate=0.5)
    yield equals("Δθ1/η at |g|=δ and 3δ, δ by default", update / 0.5, array(-0.5, 0.75), ROUNDING)


@misconception(
    "always-too-fast",
    en="The denominator only ever grows, and is therefore expected to bring the steps to an early"
    " end whatever the gradients are.",
    zh="分母只增不减，于是以为无论梯度如何，步长都会过早趋于零、训练早早停下。",
    notes="5.2",
)
@adagrad_rule
def always_too_fast(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Let the sum grow by a factor, so that the steps add up to a limit."""
    r = 2 * r + g**2
    return r, delta + np.sqrt(r)


@claim(
    "optimizers.adagrad-constant-gradient",
    en="Under a constant gradient of any size AdaGrad's step t is the learning rate over the root"
    " of t: 1 learning rate at first, 0.1 at step 100. That is a slow fall: 400 steps add up to"
    " 38.6 learning rates, and the sum has no limit.",
    zh="梯度恒定时，不论大小，AdaGrad 的第 t 步都是学习率除以 t 的平方根：第一步是 1 倍学习率，"
    "第 100 步是 0.1 倍。这种下降并不快：400 步加起来是 38.6 倍学习率，总和没有上限。",
    notes="5.2",
    on=adagrad,
    misconceptions=[averages_squares, flat_goes_further, sums_sizes, always_too_fast],
    sources=["Duchi et al. 2011, section 1.1", "Goodfellow et al. 2016, section 8.5.1"],
    experiments=[adagrad_way],
)
def constant_gradient(step: Any, _rng: Generator) -> Iterator[Measurement | Series]:
    """Measure 400 steps at two sizes of the gradient with delta at zero."""
    gradient = array(0.02, -30)
    state = AdaGradState.zeros_like(gradient)
    updates, _ = updates_from(step, state, [gradient] * 400, learning_rate=0.5, delta=0.0)
    lengths = -updates / (0.5 * np.sign(gradient))
    times = np.arange(1, 401)
    expected = [[1 / math.sqrt(t)] * 2 for t in times]
    yield equals("|Δθ(t)|/η, t ≤ 400", lengths, expected, ROUNDING)
    yield equals("|Δθ(1)|/η", lengths[0], 1.0, ROUNDING)
    yield equals("|Δθ(100)|/η", lengths[99], 0.1, ROUNDING)
    total = math.fsum(1 / math.sqrt(t) for t in times)
    yield equals("Σ |Δθ|/η, t ≤ 400", lengths.sum(axis=0), total, ROUNDING)
    yield curve("|Δθ(t)|/η", times, lengths[:, 0], x_label="step", y_label="learning rates")


@claim(
    "optimizers.adagrad-equal-steps",
    en="AdaGrad gives a direction whose gradients are 100 times smaller a learning rate 100 times"
    " larger, hence exactly the same step (delta at zero), not a longer one: in a valley along the"
    " axes the steep and the flat direction advance alike, their steps in the ratio 1.",
    zh="梯度小 100 倍的方向，AdaGrad 给的学习率恰好大 100 倍，"
    "因此步长完全相同（δ 为零），而不是更大："
    "在与坐标轴平行的峡谷里，陡的方向与平的方向前进得一样快，步长之比为 1。",
    notes="5.2",
    on=adagrad,
    misconceptions=[flat_goes_further, one_sum_for_all, sums_sizes],
    sources=["Duchi et al. 2011, section 1.1", "Goodfellow et al. 2016, section 8.5.1"],
)
def equal_steps(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Give both coordinates the same gradients but for a factor, then descend a valley."""
    factors = array(1, 1 / 100)
    gradients = rng.uniform(0.5, 2, size=(8, 1)) * factors
    state = AdaGradState.zeros_like(factors)
    updates, after = updates_from(step, state, gradients, learning_rate=0.3, delta=0.0)
    yield equals("Δθ flat / Δθ steep", updates[:, 1] / updates[:, 0], 1.0, ROUNDING)
    rates = updates[-1] / gradients[-1]
    yield equals("learning rate flat / steep", rates[1] / rates[0], 100.0, ROUNDING)
    ratio = after.sum_of_squares[0] / after.sum_of_squares[1]
    yield equals("√r steep / √r flat", np.sqrt(ratio), 100.0, ROUNDING)

    start = array(2, 2)
    state = AdaGradState.zeros_like(start)
    positions = path(
        step, state, start, lambda theta: theta * array(100, 1), 20, learning_rate=0.25, delta=0.0
    )
    yield equals("θ flat / θ steep, 20 steps", positions[:, 1] / positions[:, 0], 1.0, ROUNDING)


TURN = np.sqrt(0.5) * np.array([[1.0, -1.0], [1.0, 1.0]])
"""Turns the plane by 45 degrees."""


@misconception(
    "flattens-any-direction",
    en="AdaGrad is said to flatten steep directions, and a direction is taken to be any one.",
    zh="据说 AdaGrad 能把陡峭的方向变平缓，于是以为任何方向都行。",
    notes="5.2",
)
def flattens_any_direction(
    state: AdaGradState, gradient: Array, *, learning_rate: float, delta: float = 1e-7
) -> tuple[Any, AdaGradState]:
    """Sum the squares along the diagonals as well as along the axes, whichever is steeper."""
    turned = TURN.T @ gradient
    axes, diagonals = gradient**2, turned**2
    along_the_diagonals = np.ptp(diagonals) > np.ptp(axes)
    r = state.sum_of_squares + (diagonals if along_the_diagonals else axes)
    own = turned if along_the_diagonals else gradient
    update = -learning_rate * own / (delta + np.sqrt(r))
    return (TURN @ update if along_the_diagonals else update), AdaGradState(r)


@claim(
    "optimizers.adagrad-rotated-valley",
    en="AdaGrad evens out steep and flat only along the axes of the parameters: in a valley of"
    " curvatures 1 and 100 along the axes 100 steps leave less than 1e-6 of the distance, in the"
    " same valley turned by 45 degrees more than 0.1.",
    zh="AdaGrad 只能沿参数坐标轴拉平陡峭与平缓：曲率为 1 和 100 的峡谷若与坐标轴平行，"
    "走 100 步后剩下的距离不到 1e-6；同一个峡谷转 45 度，剩下的距离超过 0.1。",
    notes="5.2",
    on=adagrad,
    misconceptions=[flattens_any_direction, one_sum_for_all, averages_squares],
    sources=["Duchi et al. 2011, section 1.1, on the full and the diagonal matrix"],
)
def rotated_valley(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Descend both valleys from corresponding points with one learning rate."""
    for name, turn in (("0°", np.eye(2)), ("45°", TURN)):
        hessian, start = turn @ np.diag([1.0, 100.0]) @ turn.T, turn @ array(1, 1)
        state = AdaGradState.zeros_like(start)
        positions = path(step, state, start, hessian.dot, 100, learning_rate=0.5, delta=0.0)
        left = float(np.sqrt(np.sum(positions[-1] ** 2) / 2))
        label = f"|θ(100)|/|θ(0)|, curvatures 1 and 100, turned by {name}"
        yield stays_below(label, left, 1e-6) if name == "0°" else exceeds(label, left, 0.1)


@claim(
    "optimizers.adagrad-rare-gradients",
    en="A parameter that gets a gradient in 1 step of 16 has 4 times the learning rate of one that"
    " gets the same gradient in every step; this is relative, since both learning rates can only"
    " fall.",
    zh="若某个参数每 16 步才有 1 步得到梯度，它的学习率是每步都得到同样梯度的参数的 4 倍；"
    "这只是相对而言，两个学习率都只降不升。",
    notes="5.2",
    on=adagrad,
    misconceptions=[counts_steps, flat_goes_further, averages_squares, one_sum_for_all],
    sources=["Duchi et al. 2011, sections 1 and 1.3"],
    quantities=[rare_rate],
)
def rare_gradients(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Tell the learning rates by the step that one more gradient would make."""
    probe, state = array(3, 3), AdaGradState.zeros_like(array(0, 0))
    rates = []
    for t in range(1, 161):
        gradient = array(3, 3 if t % 16 == 0 else 0)
        # At δ = 0 a parameter without a gradient would ask what 0/0 is.
        _, state = step(state, gradient, learning_rate=0.5, delta=1e-30)
        probed, _ = step(state, probe, learning_rate=0.5, delta=0.0)
        rates.append(-probed / (0.5 * probe))
    sums = state.sum_of_squares
    yield equals("√(r often / r rare), 1 step of 16", np.sqrt(sums[0] / sums[1]), 4.0, ROUNDING)
    expected = [1 / (3 * math.sqrt(161)), 1 / (3 * math.sqrt(11))]
    yield equals("learning rates of the next step, often and rare", rates[-1], expected, ROUNDING)
    yield at_most("their change from step to step", np.diff(rates, axis=0), 0.0, EXACT)


@misconception(
    "keeps-the-largest",
    en="The largest gradient so far is believed to set the scale, not the sum of all.",
    zh="以为分母由迄今最大的梯度决定，而不是所有平方之和。",
)
@adagrad_rule
def keeps_the_largest(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Keep the maximum."""
    r = np.maximum(r, g**2)
    return r, delta + np.sqrt(r)


@claim(
    "optimizers.adagrad-never-forgets",
    en="AdaGrad never forgets: after a first gradient of 100, the step of the 100th gradient of 1"
    " is 0.00995 learning rates, where without that burst it would be 0.1; it is early large"
    " gradients that make the learning rate fall too soon.",
    zh="AdaGrad 从不遗忘：第一个梯度是 100、之后都是 1，"
    "那么第 100 个大小为 1 的梯度只走 0.00995 倍学习率，"
    "若没有那次突发则是 0.1 倍；使学习率过早下降的是训练初期的大梯度。",
    notes="5.2",
    on=adagrad,
    misconceptions=[averages_squares, keeps_the_largest, counts_steps],
    sources=["Goodfellow et al. 2016, section 8.5.1", "Zeiler 2012, section 3"],
)
def never_forgets(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Run a burst and ordinary gradients side by side with ordinary ones alone."""
    with_burst = [array(100), *[array(1)] * 100]
    state = AdaGradState.zeros_like(array(0))
    for name, gradients, share in (
        ("after 100", with_burst, 1 / math.sqrt(100**2 + 100)),
        ("alone", with_burst[1:], 0.1),
    ):
        updates, after = updates_from(step, state, gradients, learning_rate=0.25, delta=0.0)
        yield equals(f"|Δθ|/η of the 100th g=1, {name}", -updates[-1] / 0.25, share, ROUNDING)
        _, later = step(after, array(0), learning_rate=0.25, delta=0.0)
        kept = later.sum_of_squares / after.sum_of_squares
        yield equals(f"r(t+1)/r(t) at g=0, {name}", kept, 1.0, EXACT)

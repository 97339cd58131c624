"""Where gradient noise leads out: local minima, narrow minima, saddle points (notes 5.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._descents import Chains, noisy_chains
from studydl.claims.optimizers._runs import Array, array
from studydl.language import Text
from studydl.nn.optimizers import sgd
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["leaves_local_minima", "leaves_saddles", "prefers_wide_minima", "saddle_point"]

_CHAINS = 64


def _still(chains: Chains) -> Chains:
    """Take away the noise."""
    return Chains(chains.full, chains.full)


def _swapped(chains: Chains) -> Chains:
    """Give the full gradients the noise of the single ones."""
    return Chains(chains.single, chains.full)


def _always_noisy(chains: Chains) -> Chains:
    """Let every descent be noisy."""
    return Chains(chains.single, chains.single)


noise_never_helps = Text(
    "Noise of mean zero is expected to cancel out, so that it cannot lead anywhere.",
    "以为均值为零的噪声会相互抵消，带不到任何地方去。",
)


def two_wells(theta: Array) -> Array:
    """Return the slope of a loss with a local minimum at 1, a hill at 0, a deeper one at -2."""
    return (theta - 1) * theta * (theta + 2)


_WELLS = noisy_chains(two_wells, np.ones(_CHAINS), spread=1.0, learning_rate=0.05, steps=300)


@claim(
    "optimizers.noise-leaves-local-minima",
    en="It is the noise of small batches that can leave a local minimum: by full gradients 0 of 64"
    " descents ever leave it, by single examples more than 0.25 of them end in the deeper one.",
    zh="能跳出局部极小值的是小批量梯度的噪声：用全量梯度，64 次下降中跳出的有 0 次；"
    "用单个样本，超过 0.25 的下降最终落在更深的极小值里。",
    notes="5.0",
    on=_WELLS,
    misconceptions=[
        Misconception(
            "full-gradients-jump",
            _swapped(_WELLS),
            Text(
                "Full gradient descent is said to have a chance to jump out of a local minimum,"
                " though nothing in it is left to chance.",
                "据说全梯度下降有机会跳出局部极小值，但它没有任何随机成分。",
            ),
            notes="5.0",
        ),
        Misconception("noise-cancels", _still(_WELLS), noise_never_helps),
        Misconception(
            "every-descent-jumps",
            _always_noisy(_WELLS),
            Text(
                "Local minima are believed to hold no descent for long.",
                "以为局部极小值困不住任何下降过程。",
            ),
        ),
    ],
    sources=["Kleinberg, Li & Yuan 2018, section 1", "Goodfellow et al. 2016, section 8.2.2"],
)
def leaves_local_minima(chains: Chains, rng: Generator) -> Iterator[Measurement]:
    """Start all descents in the local minimum at 1; beyond 0 they belong to the deeper one."""
    full, single = chains.full(rng), chains.single(rng)
    yield exceeds("share beyond the hill, single", float(np.mean(single < 0)), 0.25)
    yield equals("descents beyond the hill, full, of 64", np.sum(full < 0), 0.0, EXACT)
    yield equals("θ(300), full", full, 1.0, ROUNDING)


def narrow_and_wide(theta: Array) -> Array:
    """Return the slope of a loss of depth 0 at -1 and at 1, 25 times more curved at -1."""
    in_the_narrow = 25 * (theta + 1) ** 2 < (theta - 1) ** 2
    return np.where(in_the_narrow, 25 * (theta + 1), theta - 1)


_NARROW = noisy_chains(
    narrow_and_wide, np.full(_CHAINS, -1.0), spread=1.0, learning_rate=0.05, steps=200
)


@claim(
    "optimizers.noise-prefers-wide-minima",
    en="Noise drives descents out of a narrow minimum into a wide one of equal depth, where the"
    " loss bears a shift better: of 64 descents from the narrow one 0 leave by full gradients, more"
    " than 0.2 end in the wide one by single examples; a shift of the loss by 0.1 costs 0.125 in"
    " the narrow one and 0.005 in the wide one.",
    zh="噪声会把下降过程从窄的极小值赶到同样深的宽极小值，而宽极小值更经得起损失函数的平移："
    "从窄极小值出发的 64 次下降，用全量梯度离开的有 0 次，"
    "用单个样本则有超过 0.2 停在宽极小值里；损失函数平移 0.1，"
    "在窄处代价是 0.125，在宽处只有 0.005。",
    notes="5.0",
    on=_NARROW,
    misconceptions=[
        Misconception("noise-cancels", _still(_NARROW), noise_never_helps),
        Misconception(
            "full-gradients-flatten",
            _swapped(_NARROW),
            Text(
                "The exact gradient is expected to see that the other minimum is wider.",
                "以为精确的梯度能看出另一个极小值更宽。",
            ),
        ),
    ],
    sources=["Keskar et al. 2017, section 2", "Dinh et al. 2017, on the limits of the argument"],
)
def prefers_wide_minima(chains: Chains, rng: Generator) -> Iterator[Measurement]:
    """Start in the narrow minimum; the basins part at -2/3. Then integrate the loss of a shift."""
    full, single = chains.full(rng), chains.single(rng)
    yield exceeds("share beyond -2/3, single", float(np.mean(single > -2 / 3)), 0.2)
    yield equals("descents beyond -2/3, full, of 64", np.sum(full > -2 / 3), 0.0, EXACT)
    yield equals("θ(200), full", full, -1.0, ROUNDING)
    for name, minimum, cost in (("narrow", -1.0, 0.125), ("wide", 1.0, 0.005)):
        # The slope is linear here, so that its middle value gives the rise exactly.
        rise = narrow_and_wide(array(minimum + 0.05)) * 0.1
        yield equals(f"L(θ*+0.1) - L(θ*), {name}", rise, cost, ROUNDING)


@misconception(
    "slopes-cancel",
    en="A saddle is pictured as a place where some slopes rise, some fall and their effects cancel"
    " to a zero gradient.",
    zh="以为鞍点处一部分方向上升、一部分下降，效果相互抵消，所以梯度为零。",
    notes="5.0",
)
def slopes_cancel(gradient: Array, *, learning_rate: float) -> Array:
    """Move by what is left when the slopes have cancelled."""
    return -learning_rate * np.full_like(gradient, np.mean(gradient))


@misconception(
    "saddles-attract",
    en="A zero gradient is expected to hold whatever comes near, so that descents easily end in a"
    " saddle point.",
    zh="以为梯度为零的地方会吸住靠近的一切，因此下降很容易停在鞍点。",
    notes="5.0",
)
def saddles_attract(gradient: Array, *, learning_rate: float) -> Array:
    """Treat the falling direction like the rising one."""
    return -learning_rate * gradient * array(1, -1)


@misconception(
    "falls-at-once",
    en="The falling direction is expected to be taken at full speed wherever one stands.",
    zh="以为无论站在哪里，都会立刻全速沿下降方向离开。",
)
def falls_at_once(gradient: Array, *, learning_rate: float) -> Array:
    """Move by the sign of the slope."""
    return -learning_rate * np.sign(gradient)


@claim(
    "optimizers.saddle-point",
    en="At a saddle point the slope is zero along every direction; it is the curvatures that differ"
    " in sign. With curvatures 1 and -1 and a learning rate of 0.1, a step multiplies the distance"
    " along the rising direction by 0.9 and along the falling one by 1.1, so that a start 1e-9"
    " beside the ridge is 1 away after 218 steps; only a start exactly on the ridge stays.",
    zh="在鞍点，沿每个方向的斜率都是零，正负不同的是曲率。曲率为 1 和 -1、学习率为 0.1 时，"
    "每一步把上升方向上的距离乘以 0.9，把下降方向上的距离乘以 1.1；"
    "偏离脊线 1e-9 的起点，218 步之后就已离开 1 以外，"
    "只有恰好在脊线上的起点才会停在鞍点。",
    notes="5.0",
    on=sgd,
    misconceptions=[slopes_cancel, saddles_attract, falls_at_once],
    sources=["Dauphin et al. 2014, section 2", "Lee et al. 2016, section 1"],
)
def saddle_point(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Descend ½(x² - y²), whose slopes at (1, 1) cancel in their sum without being zero."""

    def after(theta: Array) -> Array:
        return np.asarray(theta + step(theta * array(1, -1), learning_rate=0.1), np.float64)

    yield equals("Δθ at (0, 0)", after(array(0, 0)), 0.0, EXACT)
    factors = after(array(1, 1))
    yield equals("x(t+1)/x(t), η=0.1", factors[0], 0.9, ROUNDING)
    yield equals("y(t+1)/y(t)", factors[1], 1.1, ROUNDING)
    theta, steps = array(1, 1e-9), 0
    while np.abs(theta[1]) < 1 and steps < 1000:
        theta, steps = after(theta), steps + 1
    yield equals("steps from y=1e-9 to |y| ≥ 1", float(steps), 218.0, EXACT)
    ridge = array(1, 0)
    for _ in range(400):
        ridge = after(ridge)
    yield equals("y(400) from y=0", ridge[1], 0.0, EXACT)
    yield stays_below("x(400) from (1, 0)", float(ridge[0]), 1e-15)


def saddle_slopes(theta: Array) -> Array:
    """Return the slopes of ½(x² - y²), x in the first row, y in the second."""
    return np.asarray(theta * np.array([[1.0], [-1.0]]))


_RIDGE = noisy_chains(
    saddle_slopes,
    np.outer([1.0, 0.0], np.ones(_CHAINS)),
    spread=1 / 64,
    learning_rate=0.1,
    steps=70,
)


@claim(
    "optimizers.noise-leaves-saddles",
    en="Noise leads off the ridge to a saddle point: started exactly on it, 0 of 64 descents by"
    " full gradients leave it, while by single examples more than 0.2 are farther than 1 from it"
    " after 70 steps.",
    zh="噪声会使下降离开通向鞍点的脊线：从脊线上出发的 64 次下降，用全量梯度离开的有 0 次；"
    "用单个样本，70 步之后超过 0.2 已在 1 以外。",
    notes="5.0",
    on=_RIDGE,
    misconceptions=[
        Misconception("noise-cancels", _still(_RIDGE), noise_never_helps),
        Misconception(
            "full-gradients-fall-off",
            _swapped(_RIDGE),
            Text(
                "Nothing is believed to stay on a ridge, as no ball would.",
                "以为像小球一样，没有什么能停在脊线上。",
            ),
        ),
    ],
    sources=["Ge et al. 2015, section 1", "Jin et al. 2017, section 1"],
)
def leaves_saddles(chains: Chains, rng: Generator) -> Iterator[Measurement]:
    """Start every descent at (1, 0)."""
    full, single = chains.full(rng), chains.single(rng)
    yield exceeds("share with |y(70)| > 1, single", float(np.mean(np.abs(single[1]) > 1)), 0.2)
    yield equals("descents with y ≠ 0, full, of 64", np.sum(full[1] != 0), 0.0, EXACT)
    yield equals("x(70), full", full[0], 0.9**70, ROUNDING)

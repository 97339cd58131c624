"""What RMSProp's average changes about AdaGrad, and what it loses (notes 5.3)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._descents import path, updates_from
from studydl.claims.optimizers._experiments import rmsprop_step
from studydl.claims.optimizers._quantities import first_rmsprop_step, mean_square_of_two
from studydl.claims.optimizers._runs import Array, array
from studydl.claims.optimizers._wrong_adaptive import (
    no_correction_needed,
    rms_corrected,
    rms_delta_under_the_root,
    rms_no_root,
    rms_sums,
    rms_weights_swapped,
    rmsprop_rule,
)
from studydl.language import Text
from studydl.nn.optimizers import RMSPropState, rmsprop
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["constant_gradient", "delta_place", "does_not_settle", "mean_square", "recovers"]


@misconception(
    "square-of-the-mean",
    en="The gradients are averaged before they are squared, so that the two look alike.",
    zh="先平均再平方，以为与平方的平均一样。",
)
@rmsprop_rule
def square_of_the_mean(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Keep the square of a mean of the sizes."""
    r = (decay * np.sqrt(r) + (1 - decay) * np.abs(g)) ** 2
    return r, delta + np.sqrt(r)


@claim(
    "optimizers.rmsprop-mean-square",
    en="RMSProp keeps an exponentially weighted average of the squared gradients, the new square"
    " weighted by one minus the decay, and divides the bare gradient by its root plus delta: at a"
    " decay of 0.75, gradients of 2 and 4 make an average of 1 and then of 4.75.",
    zh="RMSProp 维护梯度平方的指数加权平均，新平方值的权重是一减衰减系数，"
    "再用当前梯度除以“它的根加 δ”："
    "衰减系数为 0.75、梯度依次为 2 和 4 时，平均值先是 1，然后是 4.75。",
    notes="5.3",
    on=rmsprop,
    misconceptions=[rms_sums, rms_weights_swapped, square_of_the_mean, rms_no_root],
    sources=["Tieleman & Hinton 2012, lecture 6.5", "Goodfellow et al. 2016, section 8.5.2"],
    quantities=[mean_square_of_two],
)
def mean_square(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Compare four unequal steps with exact fractions; the numbers have few binary digits."""
    decay, state = Fraction(3, 4), RMSPropState.zeros_like(array(0, 0))
    exact = [Fraction(0)] * 2
    for t, gradient in enumerate([(2, -6), (4, 1), (0, 3), (-5, 8)], start=1):
        update, state = step(state, array(*gradient), learning_rate=0.5, decay=0.75, delta=0.25)
        exact = [decay * r + (1 - decay) * g * g for r, g in zip(exact, gradient, strict=True)]
        yield equals(f"r{t}", state.mean_square, array(*exact), EXACT)
        expected = [-0.5 * g / (math.sqrt(r) + 0.25) for g, r in zip(gradient, exact, strict=True)]
        yield equals(f"Δθ{t}", update, expected, ROUNDING)
        if t <= 2:
            value = (1.0, 4.75)[t - 1]
            yield equals(f"r{t} of the first, α=0.75", state.mean_square[0], value, EXACT)


@claim(
    "optimizers.rmsprop-constant-gradient",
    en="Under a constant gradient RMSProp's step does not die but settles at 1 learning rate; since"
    " its average starts at zero and nothing corrects it, the first step is longer, 3.16 learning"
    " rates at a decay of 0.9, and the tenth still 1.24.",
    zh="梯度恒定时，RMSProp 的步长不会衰减到零，而是稳定在 1 倍学习率；"
    "由于平均从零开始又没有修正，第一步偏长："
    "衰减系数为 0.9 时是 3.16 倍学习率，第十步仍是 1.24 倍。",
    notes="5.3",
    on=rmsprop,
    misconceptions=[rms_sums, rms_corrected, no_correction_needed, rms_weights_swapped],
    sources=["Tieleman & Hinton 2012, lecture 6.5", "Kingma & Ba 2015, section 5"],
    quantities=[first_rmsprop_step],
    experiments=[rmsprop_step],
)
def constant_gradient(step: Any, _rng: Generator) -> Iterator[Measurement | Series]:
    """Measure steps of two sizes of the gradient with delta at zero, and their end."""
    gradient = array(0.02, -30)
    state = RMSPropState.zeros_like(gradient)
    updates, _ = updates_from(step, state, [gradient] * 400, learning_rate=0.5, delta=0.0)
    lengths = -updates / (0.5 * np.sign(gradient))
    exact = Fraction(9, 10)
    expected = [[1 / math.sqrt(1 - exact**t)] * 2 for t in range(1, 61)]
    yield equals("|Δθ(t)|/η, α=0.9, t ≤ 60", lengths[:60], expected, ROUNDING)
    for t, share in ((1, 10**0.5), (10, expected[9][0]), (400, 1.0)):
        yield equals(f"|Δθ({t})|/η, α=0.9", lengths[t - 1], share, ROUNDING)
    yield curve(
        "|Δθ(t)|/η, α=0.9", range(1, 61), lengths[:60, 0], x_label="step", y_label="learning rates"
    )


@claim(
    "optimizers.rmsprop-recovers",
    en="RMSProp forgets a burst: after a first gradient of 100 and 100 gradients of 1 its step is"
    " back at 0.987 learning rates (decay 0.9), of which AdaGrad's is 0.0101.",
    zh="RMSProp 会忘记突发的大梯度：第一个梯度是 100，再来 100 个大小为 1 的梯度之后，"
    "它的步长已恢复到 0.987 倍学习率（衰减系数 0.9），AdaGrad 的步长只有它的 0.0101。",
    notes="5.3",
    on=rmsprop,
    misconceptions=[rms_sums, no_correction_needed, rms_weights_swapped],
    sources=["Goodfellow et al. 2016, section 8.5.2", "Tieleman & Hinton 2012, lecture 6.5"],
)
def recovers(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Compare with the closed form of the average, and with AdaGrad's sum."""
    state = RMSPropState.zeros_like(array(0))
    gradients = [array(100), *[array(1)] * 100]
    updates, after = updates_from(step, state, gradients, learning_rate=0.25, delta=0.0)
    faded = Fraction(9, 10) ** 100
    average = float(faded * 1000 + 1 - faded)
    length = -updates[-1] / 0.25
    yield equals("|Δθ|/η of the 100th g=1, α=0.9", length, 1 / math.sqrt(average), ROUNDING)
    yield equals("r after the burst and 100 g=1", after.mean_square, average, ROUNDING)
    adagrad = 1 / math.sqrt(100**2 + 100)
    ratio = adagrad * math.sqrt(average)
    yield equals("|Δθ|_AdaGrad / |Δθ|", adagrad / length, ratio, ROUNDING)
    _, later = step(after, array(0), learning_rate=0.25, delta=0.0)
    yield equals("r(t+1)/r(t) at g=0", later.mean_square / after.mean_square, 0.9, ROUNDING)


@claim(
    "optimizers.rmsprop-delta-place",
    en="With delta outside the root, as here, a delta of 1e-6 cuts the steps of gradients of 1e-6"
    " to 0.5 learning rates and leaves gradients of 1e-3 at 0.999. Under the root, as in the book"
    " by Goodfellow et al., the same delta would make the larger ones' steps 0.708 and the smaller"
    " ones' 0.002 times as long as that.",
    zh="δ 在根号外面时（这里的写法），δ = 1e-6 使大小为 1e-6 的梯度只走 0.5 倍学习率，"
    "大小为 1e-3 的梯度仍走 0.999 倍；若像 Goodfellow 等人的书那样放进根号，"
    "同样的 δ 会使后者的步长再变为 0.708 倍，前者的再变为 0.002 倍。",
    notes="5.3",
    on=rmsprop,
    misconceptions=[
        rms_delta_under_the_root,
        rms_no_root,
        Misconception(
            "delta-negligible",
            rmsprop_rule(
                lambda r, g, decay, delta: (
                    decay * r + (1 - decay) * g**2,
                    0 * delta + np.sqrt(decay * r + (1 - decay) * g**2),
                )
            ),
            Text(
                "Delta is said to prevent a division by zero only: its place cannot matter then.",
                "据说 δ 只是防止除以零，于是以为放在哪里都一样。",
            ),
        ),
    ],
    sources=["Goodfellow et al. 2016, algorithm 8.5", "PyTorch documentation, torch.optim.RMSprop"],
)
def delta_place(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Take a step where the average is the gradient's own square, with delta by default."""
    gradient = array(1e-6, -1e-3, 1e-2)
    update, _ = step(RMSPropState(gradient**2), gradient, learning_rate=0.25)
    shares = -update / (0.25 * np.sign(gradient))
    outside = [size / (size + 1e-6) for size in np.abs(gradient).tolist()]
    yield equals("|Δθ|/η at |g|=1e-6, 1e-3, 1e-2", shares, outside, ROUNDING, at=gradient)
    yield equals("|Δθ|/η at |g|=δ=1e-6", shares[0], 0.5, ROUNDING)
    yield equals("|Δθ|/η at |g|=1e-3", shares[1], 1000 / 1001, ROUNDING)
    for i, under in ((0, 1e-6 / math.sqrt(1e-12 + 1e-6)), (1, math.sqrt(0.5))):
        label = f"Δθ, δ under the root / Δθ, |g|={np.abs(gradient[i]):g}"
        yield equals(label, under / shares[i], under / outside[i], ROUNDING)


@misconception(
    "only-improves",
    en="RMSProp is called an improvement on AdaGrad and is therefore expected to do all that"
    " AdaGrad does, settling at the minimum included.",
    zh="都说 RMSProp 是对 AdaGrad 的改进，于是以为 AdaGrad 能做到的它都能做到，包括停在最小值。",
    notes="5.3",
)
@rmsprop_rule
def only_improves(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Forget nothing, so that the steps shrink."""
    del decay
    r = r + g**2
    return r, delta + np.sqrt(r)


@claim(
    "optimizers.rmsprop-does-not-settle",
    en="At a constant learning rate RMSProp does not settle in a minimum even without noise: it"
    " ends hopping from 0.5 learning rates on one side to 0.5 on the other, whatever the curvature,"
    " while its sum lets AdaGrad come to rest there.",
    zh="学习率恒定时，即使没有噪声，RMSProp 也停不到最小值：不论曲率多大，"
    "最终都在最小值两侧 0.5 倍学习率处来回跳；AdaGrad 的平方和则能让它停下来。",
    notes="5.3",
    on=rmsprop,
    misconceptions=[only_improves, rms_no_root],
    sources=["Balles & Hennig 2018", "Goodfellow et al. 2016, section 8.3.1"],
)
def does_not_settle(step: Any, _rng: Generator) -> Iterator[Measurement | Series]:
    """Follow the last steps on two curvatures, then AdaGrad in a loop of its own."""
    curvatures, start, rate = array(1, 40), array(1.3, -0.7), 0.1
    state = RMSPropState.zeros_like(start)
    positions = path(
        step, state, start, lambda theta: curvatures * theta, 1200, learning_rate=rate, delta=0.0
    )
    last = positions[-40:] / rate
    yield equals("|θ|/η, last 40 steps", np.abs(last), 0.5, ROUNDING)
    yield equals("θ(t+1)/θ(t), last 40 steps", last[1:] / last[:-1], -1.0, ROUNDING)
    theta, total = 1.3, 0.0
    for _ in range(1200):
        total += theta**2
        theta -= rate * theta / math.sqrt(total)
    yield stays_below("θ(1200)/η, AdaGrad", theta / rate, 1e-6)
    yield curve("θ(t), RMSProp, η=0.1", range(121), positions[:121, 0], x_label="step", y_label="θ")

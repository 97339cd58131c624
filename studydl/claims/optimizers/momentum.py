"""What momentum's velocity is, step by step (notes 5.1)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._quantities import alternating_length, coasting, momentum_length
from studydl.claims.optimizers._runs import array, momentum_updates
from studydl.claims.optimizers._wrong_momentum import (
    damped,
    direction_only,
    full_speed_at_once,
    last_two_gradients,
    learning_rate_outside,
    nesterov,
    no_memory,
    resets_at_a_turn,
    sizes_summed,
    undecayed,
    uphill,
    weights_swapped,
)
from studydl.nn.optimizers import MomentumState, momentum
from studydl.verification.claim import claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "alternating",
    "damped_convention",
    "fading_gradient",
    "first_step",
    "learning_rate_inside",
    "memory",
    "terminal_step",
    "velocity_sum",
]


@claim(
    "optimizers.momentum-velocity-sum",
    en="Momentum's velocity is the sum of all gradients so far, each times the learning rate of"
    " its own step and times the decay to the power of its age; the update is its negative.",
    zh="动量法的速度是迄今所有梯度之和：每个梯度乘以它那一步的学习率，再乘以衰减系数的“年龄”次幂；"
    "更新量是速度的相反数。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, undecayed, uphill, last_two_gradients, weights_swapped],
    sources=["Polyak 1964", "Goodfellow et al. 2016, section 8.3.2"],
)
def velocity_sum(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Compare three unequal steps with exact fractions; the numbers have few binary digits."""
    gradients = [(3, -5), (-2, 7), (11, 4)]
    rates = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]
    decay = Fraction(3, 4)
    state, start = MomentumState(array(2, -1)), (2, -1)
    for count, (gradient, rate) in enumerate(zip(gradients, rates, strict=True), start=1):
        update, state = step(state, array(*gradient), learning_rate=float(rate), decay=float(decay))
        expected = [
            decay**count * start[i]
            + sum(decay ** (count - 1 - k) * rates[k] * gradients[k][i] for k in range(count))
            for i in range(2)
        ]
        yield equals(f"v{count}", state.velocity, array(*expected), EXACT)
        yield equals(f"Δθ{count}", update, -array(*expected), EXACT)


@claim(
    "optimizers.momentum-terminal-step",
    en="Under a constant gradient momentum's step (undamped) grows, ever more slowly, towards the"
    " plain step divided by one minus the decay: to 10 plain steps at the usual decay of 0.9, of"
    " which the second step has reached 1.9.",
    zh="梯度恒定时，动量法（不带阻尼的写法）的步长越长越慢，趋于普通步长除以“一减衰减系数”："
    "衰减系数取常用的 0.9 时趋于普通步长的 10 倍，第二步才到 1.9 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, nesterov, undecayed, weights_swapped, full_speed_at_once],
    sources=["Goodfellow et al. 2016, section 8.3.2", "Polyak 1964"],
    quantities=[momentum_length],
)
def terminal_step(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the growth at each step against the geometric sum, then its end."""
    gradient, rate = array(0.25, -3), 0.02
    for decay, steps in ((0.9, 400), (0.6, 100)):
        updates, _ = momentum_updates(step, [gradient] * steps, learning_rate=rate, decay=decay)
        in_plain_steps = -updates / (rate * gradient)
        exact = Fraction(str(decay))
        partial = [float((1 - exact**t) / (1 - exact)) for t in range(1, 31)]
        yield equals(
            f"Δθ(t)/Δθ_SGD, α={decay}, t≤30",
            in_plain_steps[:30],
            np.outer(partial, [1.0, 1.0]),
            ROUNDING,
        )
        yield equals(f"Δθ(2)/Δθ_SGD, α={decay}", in_plain_steps[1], 1 + decay, ROUNDING)
        yield equals(
            f"Δθ({steps})/Δθ_SGD, α={decay}", in_plain_steps[-1], float(1 / (1 - exact)), ROUNDING
        )
    state = MomentumState(array(1.0, -2.0))
    _, after = step(state, array(0.0, 0.0), learning_rate=rate)
    yield equals("v(t+1)/v(t), g=0, α by default", after.velocity / state.velocity, 0.9, ROUNDING)


@claim(
    "optimizers.momentum-fading-gradient",
    en="A gradient that keeps its direction but halves at every step does not let momentum's step"
    " (undamped, decay 0.9) grow for long: it is longest at step 3, 1.51 times the first.",
    zh="梯度方向不变、但每步减半时，动量法（不带阻尼，衰减系数 0.9）的步长不会一直增大："
    "第 3 步最长，是第一步的 1.51 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[direction_only, damped, undecayed, no_memory],
    sources=["Goodfellow et al. 2016, section 8.3.2"],
)
def fading_gradient(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure each step against the geometric sum; the first gradient has size 1."""
    fading = [0.5**t * array(1.0, -1.0) for t in range(20)]
    updates, _ = momentum_updates(step, fading, learning_rate=0.02, decay=0.9)
    in_first_steps = -updates / (0.02 * fading[0])
    exact = [(0.9**t - 0.5**t) / 0.4 for t in range(1, 21)]
    yield equals("Δθ(3)/Δθ(1)", in_first_steps[2], 1.51, ROUNDING)
    yield equals("Δθ(t)/Δθ(1), t≤20", in_first_steps, np.outer(exact, [1.0, 1.0]), ROUNDING)
    yield equals("argmax Δθ(t)", np.argmax(in_first_steps, axis=0) + 1.0, 3.0, EXACT)
    state = MomentumState(array(1.0, -2.0))
    _, after = step(state, array(0.0, 0.0), learning_rate=0.02)
    yield equals("v(t+1)/v(t), g=0, α by default", after.velocity / state.velocity, 0.9, ROUNDING)


@claim(
    "optimizers.momentum-first-step",
    en="From rest, momentum's first step is exactly the plain SGD step, 1 plain step; the memory"
    " shows from the second step on.",
    zh="从静止出发时，动量法的第一步恰好等于普通 SGD 的一步（1 倍）；记忆从第二步才起作用。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, nesterov, full_speed_at_once, no_memory, uphill],
    sources=["Goodfellow et al. 2016, algorithm 8.2"],
)
def first_step(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Measure the first two steps at several decays."""
    for decay in (0.3, 0.9, 0.99):
        one, two = rng.uniform(0.5, 2, size=(2, 5)) * array(1, -1, 1, -1, 1)
        updates, _ = momentum_updates(step, [one, two], learning_rate=0.1, decay=decay)
        yield equals(f"Δθ1/(-η g1), α={decay}", -updates[0] / (0.1 * one), 1.0, ROUNDING)
        beyond = (-updates[1] - 0.1 * two) / (0.1 * one)
        yield equals(f"(-Δθ2 - η g2)/(η g1), α={decay}", beyond, decay, ROUNDING)


@claim(
    "optimizers.momentum-alternating",
    en="A gradient that changes its sign at every step is damped: the steps settle at the plain"
    " step divided by one plus the decay, 0.625 plain steps at a decay of 0.6, where a constant"
    " gradient reaches 2.5.",
    zh="梯度每步变号时，步长被压小，稳定在普通步长除以“一加衰减系数”："
    "衰减系数为 0.6 时是 0.625 倍，而梯度恒定时是 2.5 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, resets_at_a_turn, sizes_summed, no_memory],
    sources=["Goodfellow et al. 2016, section 8.3.2", "Goh 2017, The Dynamics of Momentum"],
    quantities=[alternating_length],
)
def alternating(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Run both gradients until the powers of 0.6 have died away, far below rounding."""
    gradient, rate, decay = array(0.5, -40), 0.05, 0.6
    for name, sign, expected in (("g, -g, g, ...", -1, 0.625), ("g, g, g, ...", 1, 2.5)):
        gradients = [sign**k * gradient for k in range(81)]
        updates, _ = momentum_updates(step, gradients, learning_rate=rate, decay=decay)
        yield equals(
            f"Δθ/Δθ_SGD, {name}", -updates[-1] / (rate * gradients[-1]), expected, ROUNDING
        )
    _, after = step(MomentumState(gradient), 0 * gradient, learning_rate=rate, decay=decay)
    yield equals("v(t+1)/v(t), g=0", after.velocity / gradient, 0.6, ROUNDING)


@claim(
    "optimizers.momentum-memory",
    en="When the gradient vanishes, momentum coasts on: each step is the decay times the one"
    " before, and at a decay of 0.9 all that follow together make 9 times the last one.",
    zh="梯度变为零后，动量法仍会滑行：每一步是前一步乘以衰减系数；衰减系数为 0.9 时，"
    "之后所有步加起来是最后一步的 9 倍。",
    notes="5.1",
    on=momentum,
    misconceptions=[no_memory, last_two_gradients, undecayed, weights_swapped],
    sources=["Polyak 1964", "Goodfellow et al. 2016, section 8.3.2"],
    quantities=[coasting],
)
def memory(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Push for three unequal steps, then let go."""
    pushes = list(rng.uniform(0.5, 2, size=(3, 4)) * array(1, -1, -1, 1))
    rest = [np.zeros(4)] * 400
    updates, _ = momentum_updates(step, pushes + rest, learning_rate=0.1, decay=0.9)
    yield equals("Δθ(t+1)/Δθ(t), then g=0", updates[3] / updates[2], 0.9, ROUNDING)
    yield equals("Δθ(t+2)/Δθ(t), then g=0", updates[4] / updates[2], 0.81, ROUNDING)
    yield equals("Σ Δθ after the last g / Δθ", updates[3:].sum(axis=0) / updates[2], 9.0, ROUNDING)


@claim(
    "optimizers.momentum-damped-convention",
    en="Damped momentum, whose velocity averages with weights that sum to one, is undamped"
    " momentum at the learning rate times one minus the decay: its step under a constant gradient"
    " ends at 1 plain step, not at 10 (decay 0.9).",
    zh="带阻尼的动量（速度是权重之和为一的平均）等于不带阻尼的动量把学习率乘以“一减衰减系数”："
    "梯度恒定时它的步长趋于普通步长的 1 倍，而不是 10 倍（衰减系数 0.9）。",
    notes="5.1",
    on=momentum,
    misconceptions=[damped, weights_swapped, nesterov, full_speed_at_once],
    sources=["Goodfellow et al. 2016, section 8.3.2", "PyTorch documentation, torch.optim.SGD"],
)
def damped_convention(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare with the damped recursion in a loop of its own, then with its end."""
    rate, decay, gradients = 0.2, 0.9, rng.normal(size=(12, 3))
    updates, _ = momentum_updates(step, gradients, learning_rate=rate * (1 - decay), decay=decay)
    velocity, expected = [0.0] * 3, []
    for gradient in gradients.tolist():
        velocity = [
            decay * v + (1 - decay) * rate * g for v, g in zip(velocity, gradient, strict=True)
        ]
        expected.append([-v for v in velocity])
    yield equals("Δθ at η(1-α) = damped Δθ at η", updates, expected, ROUNDING)
    for name, share, factor in (("η(1-α)", 1 - decay, 1.0), ("η", 1.0, 10.0)):
        constant, _ = momentum_updates(
            step, [array(-3.0)] * 400, learning_rate=rate * share, decay=decay
        )
        yield equals(f"Δθ(400)/Δθ_SGD at {name}", constant[-1] / (rate * 3.0), factor, ROUNDING)
    _, after = step(MomentumState(array(2.0)), array(0.0), learning_rate=rate, decay=decay)
    yield equals("v(t+1)/v(t), g=0", after.velocity / 2.0, 0.9, ROUNDING)


@claim(
    "optimizers.momentum-learning-rate-inside",
    en="With the learning rate inside the velocity, a cut acts slowly: at full speed and a decay"
    " of 0.9, the step after a tenfold cut is still 0.91 of the step before, 9.1 times that of the"
    " form with the learning rate outside; while it is constant, both forms take the same steps.",
    zh="学习率写在速度里面时，降低学习率见效很慢：已达全速、衰减系数为 0.9 时，学习率降为十分之一，"
    "下一步仍是前一步的 0.91，是学习率写在外面时的 9.1 倍；学习率不变时，两种写法每一步都相同。",
    notes="5.1",
    on=momentum,
    misconceptions=[learning_rate_outside, undecayed, nesterov, no_memory],
    sources=[
        "Sutskever et al. 2013, section 2",
        "PyTorch documentation, torch.optim.SGD",
    ],
)
def learning_rate_inside(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare with the outside form in a loop of its own, before and after the cut."""
    rate, decay = 0.05, 0.9
    gradients = [*rng.normal(size=(12, 2)), *[array(4.0, -0.3)] * 400]
    updates, state = momentum_updates(step, gradients, learning_rate=rate, decay=decay)
    outside, buffer = [], np.zeros(2)
    for gradient in gradients:
        buffer = decay * buffer + gradient
        outside.append(-rate * buffer)
    yield equals("Δθ inside = Δθ outside, η constant", updates, outside, ROUNDING)

    cut = rate / 10
    after, _ = step(state, gradients[-1], learning_rate=cut, decay=decay)
    outside_after = -cut * (decay * buffer + gradients[-1])
    yield equals("Δθ after the cut / before, inside", after / updates[-1], 0.91, ROUNDING)
    yield equals("Δθ inside / Δθ outside after the cut", after / outside_after, 9.1, ROUNDING)
    _, resting = step(state, array(0, 0), learning_rate=rate, decay=decay)
    yield equals("v(t+1)/v(t), g=0", resting.velocity / state.velocity, 0.9, ROUNDING)

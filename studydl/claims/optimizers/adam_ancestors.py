"""What Adam takes from RMSProp and what it does not take from AdaGrad (notes 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._experiments import short_steps_after_a_burst
from studydl.claims.optimizers._runs import Array, adam_updates, array
from studydl.claims.optimizers._wrong_adam import (
    moments_rule,
    no_correction,
    no_exponent,
    no_root,
    squares_summed,
    swapped_betas,
)
from studydl.nn.optimizers import AdamState, adam
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["adagrad_limit", "forgets_a_burst", "rmsprop"]


@misconception(
    "momentum-fixed",
    en="The momentum inside Adam is believed to be fixed, whatever beta1 says.",
    zh="以为 Adam 内部的动量是固定的，与 beta1 的取值无关。",
)
@moments_rule
def fixed_momentum(m: Array, v: Array, g: Array, b1: float, b2: float) -> tuple[Array, Array]:
    """Average the gradients at 0.9 in any case."""
    del b1
    return 0.9 * m + (1 - 0.9) * g, b2 * v + (1 - b2) * g**2


@misconception(
    "keeps-the-maximum",
    en="The scale is believed never to fall again, as in the variant AMSGrad.",
    zh="以为缩放的分母只升不降，就像变体 AMSGrad 那样。",
)
@moments_rule
def keeps_the_maximum(m: Array, v: Array, g: Array, b1: float, b2: float) -> tuple[Array, Array]:
    """Never let the second moment fall."""
    return b1 * m + (1 - b1) * g, np.maximum(v, b2 * v + (1 - b2) * g**2)


@claim(
    "optimizers.adam-rmsprop",
    en="With beta1 at zero Adam is RMSProp with a bias-corrected average: the bare gradient over"
    " the root of an exponential, not a growing, mean of its squares.",
    zh="beta1 取零时，Adam 就是带偏差修正的 RMSProp：当前梯度除以其平方的指数加权平均的根，"
    "而不是除以不断增长的平方和的根。",
    notes="5.4",
    on=adam,
    misconceptions=[squares_summed, fixed_momentum, no_correction, no_root],
    sources=["Kingma & Ba 2015, sections 1 and 5", "Tieleman & Hinton 2012, lecture 6.5"],
)
def rmsprop(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare ten random steps with RMSProp in a loop over plain numbers."""
    rate, decay, epsilon = 0.01, 0.9, 1e-3
    gradients = rng.normal(size=(10, 2))
    updates, _ = adam_updates(
        step, gradients, learning_rate=rate, beta1=0.0, beta2=decay, epsilon=epsilon
    )
    mean_squares, expected = [0.0, 0.0], []
    for t, gradient in enumerate(gradients.tolist(), start=1):
        mean_squares = [
            decay * r + (1 - decay) * g * g for r, g in zip(mean_squares, gradient, strict=True)
        ]
        expected.append(
            [
                -rate * g / ((r / (1 - decay**t)) ** 0.5 + epsilon)
                for r, g in zip(mean_squares, gradient, strict=True)
            ]
        )
    yield equals("Δθ at β₁=0 = corrected RMSProp", updates, expected, ROUNDING)


@claim(
    "optimizers.adam-adagrad-limit",
    en="Adam is not AdaGrad with momentum: it becomes AdaGrad only with beta1 at zero, beta2"
    " towards one and the learning rate divided by the root of t; as it is, 100 steps of a constant"
    " gradient leave its step at 1 learning rate, where AdaGrad's has fallen to 0.1.",
    zh="Adam 并不是 AdaGrad 加动量：只有 beta1 取零、beta2 趋于一、学习率再除以 t 的平方根时，"
    "它才变成 AdaGrad；照原样，梯度恒定时走 100 步后步长仍是 1 倍学习率，"
    "而 AdaGrad 已降到 0.1 倍。",
    notes="5.4",
    on=adam,
    misconceptions=[squares_summed, no_correction, no_exponent, no_root],
    sources=["Kingma & Ba 2015, section 5", "Duchi et al. 2011"],
)
def adagrad_limit(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Measure how near the limit comes at two small 1 - β₂, then the steps as they are."""
    gradients = rng.uniform(0.5, 2, size=(8, 3)) * np.sign(rng.normal(size=(8, 3)))
    adagrad = -gradients / np.sqrt(np.cumsum(gradients**2, axis=0))
    for distance, threshold in ((1e-4, 1e-2), (1e-7, 1e-5)):
        state, updates = AdamState.zeros_like(gradients[0]), []
        for t, gradient in enumerate(gradients, start=1):
            update, state = step(
                state,
                gradient,
                learning_rate=1 / t**0.5,
                beta1=0.0,
                beta2=1 - distance,
                epsilon=0.0,
            )
            updates.append(update)
        worst = float(np.max(np.abs(np.array(updates) / adagrad - 1)))
        yield stays_below(f"max |Δθ/Δθ_AdaGrad - 1|, 1-β₂={distance:g}", worst, threshold)
    constant, _ = adam_updates(step, [array(-3)] * 100, learning_rate=0.5, epsilon=0.0)
    yield equals("|Δθ(100)|/η, constant g", constant[-1] / 0.5, 1.0, ROUNDING)
    yield equals("Δθ_AdaGrad/Δθ(100)", 0.5 / 100**0.5 / constant[-1], 0.1, ROUNDING)


@claim(
    "optimizers.adam-forgets-a-burst",
    en="Adam forgets a burst of large gradients, which AdaGrad never does: without new gradients"
    " its second moment shrinks by 0.999 a step and is halved after 693 steps, its first moment"
    " shrinks by 0.9 a step and is halved after 7.",
    zh="Adam 会忘记一阵突然的大梯度，AdaGrad 则永远不会：此后若梯度为零，"
    "二阶矩每步缩小到 0.999 倍，693 步后减半；一阶矩每步缩小到 0.9 倍，7 步后减半。",
    notes="5.4",
    on=adam,
    misconceptions=[squares_summed, keeps_the_maximum, swapped_betas],
    sources=["Kingma & Ba 2015, sections 1 and 5", "Duchi et al. 2011"],
    experiments=[short_steps_after_a_burst],
)
def forgets_a_burst(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Count zero gradients until each moment is below half of what the burst left."""
    _, state = step(AdamState.zeros_like(array(0)), array(-100))
    after_burst = np.array([state.first_moment[0], state.second_moment[0]])
    shares = [np.ones(2)]
    for _ in range(1000):
        _, state = step(state, array(0))
        shares.append(np.array([state.first_moment[0], state.second_moment[0]]) / after_burst)
    halved = np.sum(np.array(shares) > 0.5, axis=0)
    yield equals("m(t+1)/m(t), g=0", shares[1][0], 0.9, ROUNDING)
    yield equals("v(t+1)/v(t), g=0", shares[1][1], 0.999, ROUNDING)
    yield equals("steps until m is halved", halved[0], 7.0, EXACT)
    yield equals("steps until v is halved", halved[1], 693.0, EXACT)

"""What an L2 penalty does to a gradient: it adds, and acts on the weights (notes O.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.gradients._experiments import decayed_weight
from studydl.claims.gradients._quantities import added_by_penalty
from studydl.nn import gradients as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["penalty_does_not_clip", "penalty_shrinks_factors"]

_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 3.1"
_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 7.1.1"


@misconception(
    "clips-the-gradient",
    en="Regularisation is said to cut off gradients that are too large.",
    zh="说正则化也是对过大的梯度进行修剪。",
    notes="O.2",
)
def clips_the_gradient(gradients: Any, weights: Any, *, strength: float) -> Any:
    """Clip by norm to the reciprocal of the strength."""
    del weights
    return nn.clip_by_norm(gradients, max_norm=1 / strength)


@misconception(
    "adds-the-sign",
    en="The penalty's gradient is taken to be the same for every weight, as an L1 penalty's is.",
    zh="以为惩罚项对每个权重的梯度大小都相同，那是 L1 的性质。",
)
def adds_the_sign(gradients: Any, weights: Any, *, strength: float) -> Any:
    return tuple(g + strength * np.sign(w) for g, w in zip(gradients, weights, strict=True))


@misconception(
    "shrinks-the-gradient",
    en="Decay is thought to multiply the gradient instead of the weight.",
    zh="以为衰减的是梯度，而不是权重。",
)
def shrinks_the_gradient(gradients: Any, weights: Any, *, strength: float) -> Any:
    del weights
    return tuple(g * (1 - strength) for g in gradients)


@misconception(
    "drives-the-weights-up",
    en="The penalty is subtracted from the gradient, because it is to make weights smaller.",
    zh="因为要让权重变小，就从梯度里减去惩罚项。",
)
def drives_up(gradients: Any, weights: Any, *, strength: float) -> Any:
    return tuple(g - strength * w for g, w in zip(gradients, weights, strict=True))


@claim(
    "gradients.penalty-does-not-clip",
    en="An L2 penalty does not clip: it adds λ w to the gradient, whatever that gradient is. With"
    " λ = 0.125 and w = 4 it adds 0.5 to a gradient of 0.25 as to one of 1048576, and no gradient"
    " is too large for it.",
    zh="L2 惩罚不是修剪：无论梯度多大，它都只在梯度上加 λ w。"
    "λ = 0.125、w = 4 时，梯度是 0.25 也好，是 1048576 也好，加上去的都是 0.5，没有上限。",
    notes="O.2",
    on=nn.add_weight_decay,
    misconceptions=[clips_the_gradient, adds_the_sign, shrinks_the_gradient, drives_up],
    sources=[_GOODFELLOW, _PASCANU],
    quantities=[added_by_penalty],
    experiments=[decayed_weight],
)
def penalty_does_not_clip(add: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Look at what is added to gradients of very different sizes."""
    for size in (0.25, 1048576.0):
        (got,) = add([np.array([size])], [np.array([4.0])], strength=0.125)
        yield equals(f"g + λ w - g, g = {size:.10g}, λ = 0.125, w = 4", got - size, 0.5, EXACT)
    gradients, weights = rng.normal(size=(2, 3, 4, 2)) * 100
    for got, g, w in zip(add(gradients, weights, strength=0.3), gradients, weights, strict=True):
        expected = [
            [x + 0.3 * y for x, y in zip(a, b, strict=True)] for a, b in zip(g, w, strict=True)
        ]
        yield equals("g + λ w, λ = 0.3", got, expected, ROUNDING)


@claim(
    "gradients.penalty-shrinks-factors",
    en="A penalty reaches an exploding gradient only by shrinking the weights, step by step, and"
    " does not stop at 1: where the loss says nothing, ten steps with ηλ = 0.05 leave 0.599 of"
    " every weight, and of the gradient through ten linear layers 0.00592.",
    zh="惩罚项只能通过逐步缩小权重来间接影响爆炸的梯度，而且缩到 1 也不会停："
    "在损失没有梯度的方向上，取 ηλ = 0.05，十步之后每个权重剩 0.599，"
    "穿过十层线性网络的梯度只剩 0.00592。",
    notes="O.2",
    on=nn.add_weight_decay,
    misconceptions=[clips_the_gradient, adds_the_sign, drives_up],
    sources=[_PASCANU, _GOODFELLOW],
)
def penalty_shrinks_factors(
    add: Callable[..., Any], rng: Generator
) -> Iterator[Measurement | Series]:
    """Let ten weights decay, and multiply them to what a linear chain passes on."""
    weights = np.exp(rng.uniform(0.1, 1.0, size=10)) * rng.choice([-1.0, 1.0], size=10)
    start, rate, passed = weights, 0.5, [1.0]
    for _ in range(10):
        (step,) = add([np.zeros(10)], [weights], strength=0.1)
        weights = weights - rate * step
        passed.append(float(np.prod(weights / start)))
    yield equals("wᵢ after / before, ηλ = 0.05", weights / start, 0.95**10, ROUNDING)
    yield equals("∏ wᵢ after / before", passed[-1], 0.95**100, ROUNDING)
    (kept,) = add([np.array([1.0])], [np.array([1.0])], strength=0.1)
    yield equals("g + λ w, g = 1, w = 1", kept, 1.1, ROUNDING)
    yield curve("∏ wᵢ / before", np.arange(11), passed, x_label="step", y_label="∂h₁₀/∂h₀")

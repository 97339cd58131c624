"""What clipping does to a gradient, and what it cannot do (notes O.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.gradients._experiments import clipped_entry
from studydl.claims.gradients._quantities import clipped_component
from studydl.claims.gradients._wrong_clipping import (
    clips_each_component,
    drops_the_long,
    each_apart,
    keeps_the_direction,
    lengthens_the_short,
    norm_of,
    only_from_above,
    zeroes_the_large,
)
from studydl.language import Text
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["clip_by_norm", "clip_by_value", "clip_cannot_lengthen", "clip_on_a_cliff"]

_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 3.2, algorithm 1"
_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 10.11.1"


class _Clipping(NamedTuple):
    """Clipping, and the norm that it looks at."""

    clip: Callable[..., Any]
    norm: Callable[..., Any]


@claim(
    "gradients.clip-by-norm",
    en="Clipping by norm multiplies all gradients by the one factor min(1, c/|g|), the norm being"
    " taken over all parameters: the direction stays, and the norm becomes min(c, |g|). The"
    " gradient (3, 4, 12) of norm 13 becomes (1.5, 2, 6) for c = 6.5.",
    zh="按范数修剪把所有梯度乘以同一个因子 min(1, c/|g|)，范数取遍全部参数："
    "方向不变，范数变为 min(c, |g|)。"
    "梯度 (3, 4, 12) 的范数是 13，取 c = 6.5 时变为 (1.5, 2, 6)。",
    notes="O.2",
    on=_Clipping(nn.clip_by_norm, nn.global_norm),
    misconceptions=[
        *(
            Misconception(wrong.name, _Clipping(wrong.implementation, nn.global_norm), wrong.why)
            for wrong in (each_apart, lengthens_the_short, drops_the_long, clips_each_component)
        ),
        Misconception(
            "norms-add-up",
            _Clipping(nn.clip_by_norm, lambda gradients: sum(norm_of([g]) for g in gradients)),
            Text(
                "The norms of the single parameters are summed to that of the whole gradient.",
                "把各个参数的梯度范数直接相加，当成整个梯度的范数。",
            ),
        ),
    ],
    sources=[_PASCANU, _GOODFELLOW],
    quantities=[clipped_component],
    experiments=[clipped_entry],
)
def clip_by_norm(clipping: _Clipping, rng: Generator) -> Iterator[Measurement]:
    """Work one case out by hand, then measure norm and direction of unlike parameters."""
    clip, pair = clipping.clip, [np.array([3.0]), np.array([4.0, 12.0])]
    yield equals("|(3, 4, 12)|", clipping.norm(pair), 13.0, EXACT)
    by_hand = np.concatenate([np.ravel(g) for g in clip(pair, max_norm=6.5)])
    for got, wanted, before in zip(by_hand, (1.5, 2.0, 6.0), (3, 4, 12), strict=True):
        yield equals(f"clip({before}), |g| = 13, c = 6.5", got, wanted, EXACT)
    (huge,) = clip([np.array([-4e200, 0.0, -3e200])], max_norm=5.0)
    yield equals("clip(-4e200, 0, -3e200), c = 5", huge, [-4.0, 0.0, -3.0], ROUNDING)
    (corner,) = clip([np.ones(4)], max_norm=1.0)
    yield equals("clip(1, 1, 1, 1), c = 1", corner, 0.5, EXACT)
    gradients = [3 * rng.normal(size=(3, 2)), 0.1 * rng.normal(size=4)]
    length = math.sqrt(sum(x * x for g in gradients for x in g.ravel().tolist()))
    for share in (0.3, 0.9):
        clipped = clip(gradients, max_norm=share * length)
        yield equals(f"|clip(g)|/|g|, c = {share} |g|", norm_of(clipped) / length, share, ROUNDING)
        for got, g in zip(clipped, gradients, strict=True):
            yield equals(f"clip(g)/g, c = {share} |g|", got / g, share, ROUNDING)
    for got, g in zip(clip(gradients, max_norm=1.01 * length), gradients, strict=True):
        yield equals("clip(g)/g, |g| < c, factor 1", got / g, 1.0, EXACT)


@claim(
    "gradients.clip-by-value",
    en="Clipping by value brings each component between -c and c on its own, which turns the"
    " gradient: for c = 1, (30, -0.1) becomes (1, -0.1), and sixteen large components keep a norm"
    " of 4, not 1.",
    zh="按值修剪把每个分量各自限制在 -c 与 c 之间，因而会改变方向："
    "c = 1 时 (30, -0.1) 变为 (1, -0.1)；十六个很大的分量修剪之后范数是 4，而不是 1。",
    notes="O.2",
    on=nn.clip_by_value,
    misconceptions=[keeps_the_direction, only_from_above, zeroes_the_large],
    sources=[_GOODFELLOW],
)
def clip_by_value(clip: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Work one case out by hand, compare components, and measure norm and angle."""
    (got,) = clip([np.array([30.0, -0.1])], limit=1.0)
    yield equals("clip(30), c = 1", got[0], 1.0, EXACT)
    yield equals("clip(-0.1), c = 1", got[1], -0.1, EXACT)
    yield equals(
        "|clip(g)|, 16 components ≫ c = 1",
        norm_of(clip([np.full(16, 70.0)], limit=1.0)),
        4.0,
        EXACT,
    )
    g = rng.normal(scale=3, size=(4, 5))
    first, second = clip([g, -g], limit=2.0)
    expected = [[max(-2.0, min(2.0, x)) for x in row] for row in g.tolist()]
    yield equals("clip(g), c = 2", first, expected, EXACT, at=g)
    yield equals("clip(-g) = -clip(g)", second, -np.asarray(expected), EXACT, at=g)


@claim(
    "gradients.clip-cannot-lengthen",
    en="Clipping by norm does nothing against vanishing: what ten sigmoid layers leave, 9.54e-7 of"
    " a gradient, passes it unchanged, and of an exploded gradient that is 1048576 times as large"
    " at the first layer as at the last, the layers keep this ratio.",
    zh="按范数修剪对梯度消失不起作用：十层 Sigmoid 之后只剩 9.54e-7 的梯度会原样通过；"
    "而已经爆炸的梯度，若第一层是最后一层的 1048576 倍，修剪之后各层之间仍是这个比例。",
    notes="O.2",
    on=nn.clip_by_norm,
    misconceptions=[lengthens_the_short, each_apart, drops_the_long, clips_each_component],
    sources=[_PASCANU],
)
def clip_cannot_lengthen(clip: Callable[..., Any], _: Generator) -> Iterator[Measurement | Series]:
    """Clip the gradients of the layers of two chains together, then a matrix and a vector."""
    layers = np.arange(11)
    vanished = [np.array([0.5 * 0.25**k]) for k in layers]
    after = np.ravel(clip(vanished, max_norm=1.0))
    yield equals("∂L/∂w₀ / ∂L/∂w₁₀, |g| < c", after[-1] / after[0], 0.25**10, EXACT)
    yield equals("clip(g)/g, |g| < c", after / np.ravel(vanished), 1.0, EXACT)
    exploded = [np.array([4.0**k]) for k in layers]
    after = np.ravel(clip(exploded, max_norm=1.0))
    yield equals("∂L/∂w₀ / ∂L/∂w₁₀, |g| > c", after[-1] / after[0], 4.0**10, ROUNDING)
    yield equals("|clip(g)|, |g| > c = 1", norm_of([after]), 1.0, ROUNDING)
    unlike = clip([np.full((2, 3), 2.0), np.full(12, 1.0)], max_norm=3.0)
    for got, g in zip(unlike, (2.0, 1.0), strict=True):
        yield equals(f"clip({g:g})/{g:g}, |g| = 6, c = 3", got / g, 0.5, ROUNDING)
    for name, before in (("vanished", vanished), ("exploded", exploded)):
        y = np.abs(np.ravel(clip(before, max_norm=1.0)))
        yield curve(f"clip(g), {name}", layers, y, x_label="layers passed", y_label="|∂L/∂w|")


def _clipped_step(weight: Any, gradient: Any, *, learning_rate: float, max_norm: float) -> Any:
    return weight - learning_rate * nn.clip_by_norm([gradient], max_norm=max_norm)[0]


@misconception(
    "no-clipping",
    en="A gradient is thought to do no harm as long as its direction is right.",
    zh="以为只要方向对，梯度多大都没关系。",
)
def plain_step(weight: Any, gradient: Any, *, learning_rate: float, max_norm: float) -> Any:
    del max_norm
    return weight - learning_rate * gradient


@misconception(
    "decays-instead",
    en="Regularisation is said to cut large gradients off as well, so that an L2 penalty is"
    " expected to do for clipping.",
    zh="说正则化“也是对过大的梯度进行修剪”，于是以为 L2 惩罚可以代替梯度修剪。",
    notes="O.2",
)
def decayed_step(weight: Any, gradient: Any, *, learning_rate: float, max_norm: float) -> Any:
    del max_norm
    (penalised,) = nn.add_weight_decay([gradient], [weight], strength=0.1)
    return weight - learning_rate * penalised


@misconception(
    "skips-long-steps",
    en="To cut a gradient off is read as to skip the step whenever it is too long.",
    zh="把“剪除”理解成梯度一旦过长就跳过这一步。",
)
def skipped_step(weight: Any, gradient: Any, *, learning_rate: float, max_norm: float) -> Any:
    return weight - learning_rate * np.where(np.abs(gradient) <= max_norm, gradient, 0.0)


@claim(
    "gradients.clip-on-a-cliff",
    en="On the cliff L(w) = (w³⁰ - 0.5)²/2, clipping to a norm of 1 makes descent possible: from"
    " w = 1.2 at learning rate 0.005 no step is longer than 0.005, and 200 of them end at the"
    " minimum, w = 0.9772. Unclipped, the very first step is 7.03e3 long.",
    zh="在悬崖 L(w) = (w³⁰ - 0.5)²/2 上，把梯度范数修剪到 1 就能顺利下降："
    "从 w = 1.2 出发，学习率为 0.005，每一步都不超过 0.005，200 步后到达最小值 w = 0.9772；"
    "不修剪的话，第一步就长达 7.03e3。",
    notes="O.2",
    on=_clipped_step,
    misconceptions=[plain_step, decayed_step, skipped_step],
    sources=[_PASCANU, "Goodfellow, Bengio & Courville 2016, section 8.2.4"],
)
def clip_on_a_cliff(step: Callable[..., Any], _: Generator) -> Iterator[Measurement | Series]:
    """Descend from the top of the cliff, and take its first step once without a bound."""
    rate, path = 0.005, [np.array([1.2])]
    for _step in range(200):
        path.append(step(path[-1], _cliff_gradient(path[-1]), learning_rate=rate, max_norm=1.0))
    w = np.ravel(path)
    minimum = math.exp(math.log(0.5) / 30)
    yield at_most("max |Δw|, c = 1, from w = 1.2", np.max(np.abs(np.diff(w))), rate, ROUNDING)
    yield equals("w(200), L = (w³⁰ - 0.5)²/2", w[-1], minimum, ROUNDING)
    unclipped = step(path[0], _cliff_gradient(path[0]), learning_rate=rate, max_norm=1e9)
    length = rate * (1.2**30 - 0.5) * 30 * 1.2**29
    yield equals("|Δw₁|, c = 1e9", np.abs(unclipped - path[0]), length, ROUNDING)
    yield curve("w", np.arange(201), w, x_label="step", y_label="w")


def _cliff_gradient(w: Any) -> Any:
    return (w**30 - 0.5) * 30 * w**29

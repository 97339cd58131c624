"""The sigmoid and tanh side by side: one curve, two scales."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations import oracle
from studydl.claims.activations.sigmoid import forgot_one_minus
from studydl.claims.activations.tanh import peaks_at_one_half
from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["tanh_gradient_crossing", "tanh_gradient_relation", "tanh_sigmoid_relation"]

_BISHOP = "Bishop 2006, section 3.1 and exercise 3.1"
_LECUN = "LeCun, Bottou, Orr & Müller 1998, section 4.4"


class _Pair(NamedTuple):
    tanh: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]


def _as_tanh(name: str, tanh: Any, en: str, zh: str, notes: str = "") -> Misconception:
    """Return the belief that tanh is ``tanh``, the sigmoid being what it is."""
    return Misconception(name, _Pair(tanh, nn.sigmoid), Text(en, zh), notes)


def _as_slope(name: str, slope: Any, en: str, zh: str, notes: str = "") -> Misconception:
    """Return the belief that tanh's derivative is ``slope``, the sigmoid's being what it is."""
    return Misconception(name, _Pair(slope, nn.sigmoid_gradient), Text(en, zh), notes)


@claim(
    "activations.tanh-sigmoid-relation",
    en="tanh is the sigmoid rescaled on both axes: tanh(x) = 2 σ(2x) - 1.",
    zh="tanh 是在两个坐标轴上都做了缩放的 Sigmoid：tanh(x) = 2 σ(2x) - 1。",
    notes="1.4",
    on=_Pair(nn.tanh, nn.sigmoid),
    misconceptions=[
        _as_tanh(
            "forgot-the-inner-two",
            lambda x: 2 * nn.sigmoid(x) - 1,
            "Only the output is stretched to (-1, 1): 2 σ(x) - 1, which is tanh(x/2).",
            "只把输出拉伸到 (-1, 1)：2 σ(x) - 1 其实是 tanh(x/2)。",
        ),
        _as_tanh(
            "forgot-the-shift",
            lambda x: 2 * nn.sigmoid(2 * x),
            "Both stretches are there, but the curve is not moved down by 1.",
            "两个方向都拉伸了，但没有向下平移 1。",
        ),
        _as_tanh(
            "only-shifted",
            lambda x: nn.sigmoid(2 * x) - 0.5,
            "The sigmoid is moved to be centred on 0, but not stretched.",
            "只把 Sigmoid 平移到以 0 为中心，没有拉伸。",
        ),
    ],
    sources=[_BISHOP],
)
def tanh_sigmoid_relation(pair: _Pair, rng: Generator) -> Iterator[Measurement]:
    """Measure the relation, and one point of each curve to anchor the pair."""
    x = rng.uniform(-5, 5, size=40)
    yield equals("tanh(x) = 2 σ(2x) - 1", pair.tanh(x), 2 * pair.sigmoid(2 * x) - 1, ROUNDING)
    yield equals("tanh(x) / exact", pair.tanh(x) / oracle.tanh(x), 1.0, ROUNDING, at=x)
    yield equals("σ(x) / exact", pair.sigmoid(x) / oracle.sigmoid(x), 1.0, ROUNDING, at=x)


@claim(
    "activations.tanh-gradient-relation",
    en="tanh's derivative is 4 times the sigmoid's at twice the input: tanh'(x) = 4 σ'(2x).",
    zh="tanh 的导数等于 Sigmoid 在两倍输入处导数的 4 倍：tanh'(x) = 4 σ'(2x)。",
    notes="1.4",
    on=_Pair(nn.tanh_gradient, nn.sigmoid_gradient),
    misconceptions=[
        _as_slope(
            "forgot-the-inner-two",
            lambda x: 4 * nn.sigmoid_gradient(x),
            "The factor 4 is right at 0 and is then taken for the whole relation.",
            "因数 4 在 0 处是对的，于是以为处处都是 4 倍。",
            notes="1.4",
        ),
        _as_slope(
            "forgot-the-chain-rule",
            lambda x: 2 * nn.sigmoid_gradient(2 * x),
            "2 σ(2x) - 1 is differentiated without the inner factor 2.",
            "对 2 σ(2x) - 1 求导时漏掉了内层的因数 2。",
        ),
        _as_slope(
            "peaks-at-one-half",
            peaks_at_one_half.implementation,
            "The notes give 0.5 for the largest slope of tanh.",
            "笔记把 tanh 的最大导数写成 0.5。",
            notes="O.1",
        ),
    ],
    sources=[_BISHOP],
)
def tanh_gradient_relation(pair: _Pair, rng: Generator) -> Iterator[Measurement]:
    """Measure the quotient, in the tails too, and anchor the pair to fifty digits."""
    x = np.concatenate([rng.uniform(-5, 5, size=30), [0.0, -100.0, 100.0]])
    yield equals("tanh'(x)/σ'(2x)", pair.tanh(x) / pair.sigmoid(2 * x), 4.0, ROUNDING, at=x)
    exact = oracle.sigmoid_slope(x)
    yield equals("σ'(x) / exact", pair.sigmoid(x) / exact, 1.0, ROUNDING, at=x)


@claim(
    "activations.tanh-gradient-crossing",
    en="tanh's derivative is larger than the sigmoid's only for |x| < 1.6629: at 0 it is 4 times as"
    " large, at 2 only 0.673 times and at 5 only 0.0273 times.",
    zh="只有当 |x| < 1.6629 时，tanh 的导数才大于 Sigmoid 的导数："
    "在 0 处是它的 4 倍，在 2 处只有 0.673 倍，在 5 处只有 0.0273 倍。",
    notes="1.4",
    on=_Pair(nn.tanh_gradient, nn.sigmoid_gradient),
    misconceptions=[
        _as_slope(
            "always-four-times",
            lambda x: 4 * nn.sigmoid_gradient(x),
            "“tanh's gradient is larger than the sigmoid's” is taken to hold for every input.",
            "以为“tanh 的梯度比 Sigmoid 大”对任何输入都成立。",
            notes="1.4",
        ),
        _as_slope(
            "peaks-at-one-half",
            peaks_at_one_half.implementation,
            "The notes give 0.5 for the largest slope of tanh.",
            "笔记把 tanh 的最大导数写成 0.5。",
            notes="O.1",
        ),
        Misconception(
            "compares-with-the-output",
            _Pair(nn.tanh_gradient, forgot_one_minus.implementation),
            Text(
                "The sigmoid's slope is taken to be its value s.",
                "把 Sigmoid 的函数值 s 当成它的斜率。",
            ),
        ),
    ],
    sources=[_LECUN, "Glorot & Bengio 2010, section 3"],
)
def tanh_gradient_crossing(pair: _Pair, _: Generator) -> Iterator[Measurement]:
    """Find the crossing by bisection; exactly, cosh(x) = 2 cosh(x/2) is quadratic in cosh(x/2)."""
    exact = 2 * math.acosh((1 + math.sqrt(3)) / 2)
    yield equals("tanh'(x) = σ'(x) at x", _crossing(pair), exact, ROUNDING)
    for x in (0.0, 2.0, -2.0, 5.0):
        at = np.array([x])
        ratio = (2 * math.cosh(x / 2) / math.cosh(x)) ** 2
        yield equals(f"tanh'({x:g})/σ'({x:g})", pair.tanh(at) / pair.sigmoid(at), ratio, ROUNDING)


def _crossing(pair: _Pair) -> float:
    low, high = 0.5, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        at = np.array([middle])
        if np.all(pair.tanh(at) > pair.sigmoid(at)):
            low = middle
        else:
            high = middle
    return low

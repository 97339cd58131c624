"""Cosine norm: its values and their bound, its gradient, and what the bound costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization.oracle import array, slopes
from studydl.language import Text
from studydl.nn.normalization import (
    CosineNormGradients,
    cosine_norm,
    cosine_norm_backward,
    weight_norm,
)
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, equals, exceeds
from studydl.verification.tolerance import COMPLEX_STEP, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["bounded", "gradient", "value"]

_LUO = "Luo et al. 2017, section 2"


@misconception(
    "plain-product",
    en="The dot product is taken for the cosine.",
    zh="把点积当成了余弦。",
)
def plain_product(x: Any, w: Any) -> Any:
    return x @ w


@misconception(
    "divides-by-the-weights-only",
    en="Weight norm, which divides by |w| alone, is taken for cosine norm.",
    zh="把只除以 ‖w‖ 的 Weight Norm 当成 Cosine Norm。",
)
def divides_by_the_weights_only(x: Any, w: Any) -> Any:
    return x @ weight_norm(w, np.ones(w.shape[1]))


@misconception(
    "centres-first",
    en="Means are taken away first, as in Pearson's correlation.",
    zh="像皮尔逊相关系数那样先减去均值。",
)
def centres_first(x: Any, w: Any) -> Any:
    return cosine_norm(x - x.mean(axis=1, keepdims=True), w - w.mean(axis=0))


@misconception(
    "squares-the-lengths",
    en="The roots of the two lengths are forgotten.",
    zh="忘了对两个长度开根号。",
)
def squares_the_lengths(x: Any, w: Any) -> Any:
    return x @ w / (np.sum(x**2, axis=1, keepdims=True) * np.sum(w**2, axis=0))


@claim(
    "normalization.cosine-norm-value",
    en="Cosine norm computes x·w/(|x| |w|), the cosine of their angle: between -1 and 1, attained"
    " by parallel vectors, and untouched by either length. For x = (3, 4), w = (4, 3) it is 0.96.",
    zh="Cosine Norm 计算 x·w/(‖x‖ ‖w‖)，即两者夹角的余弦：介于 -1 与 1 之间，平行时取到边界，"
    "与两者的长度无关。x = (3, 4)、w = (4, 3) 时等于 0.96。",
    notes="2.6",
    on=cosine_norm,
    misconceptions=[
        plain_product,
        divides_by_the_weights_only,
        centres_first,
        squares_the_lengths,
    ],
    sources=[_LUO],
)
def value(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure known angles, then the bound and both lengths on random vectors."""
    known = norm(array(3, 4)[None], np.array([[4.0, 6, -3], [3.0, 8, -4]]))
    yield equals("cos of (3, 4) with (4, 3), (6, 8), (-3, -4)", known[0], [0.96, 1, -1], ROUNDING)
    on_an_axis = norm(array(0, 5)[None], np.array([[4.0, 0], [3.0, -2]]))
    yield equals("cos of (0, 5) with (4, 3), (0, -2)", on_an_axis[0], [0.6, -1], ROUNDING)
    x, w = rng.normal(size=(6, 3)) + 1, rng.normal(size=(3, 4))
    z = norm(x, w)
    expected = [[_cosine(row, column) for column in w.T] for row in x]
    yield equals("x·w/(|x| |w|)", 2 + z, 2 + np.array(expected), ROUNDING)
    yield at_most("|cos|", np.abs(z), 1.0, ROUNDING)
    yield equals("2 + cos of (100 x, w/7)", 2 + norm(100 * x, w / 7), 2 + z, ROUNDING)


def _cosine(a: Any, b: Any) -> float:
    product = math.fsum(p * q for p, q in zip(a, b, strict=True))
    return product / math.hypot(*a) / math.hypot(*b)


class _Cosine(NamedTuple):
    """The cosines and their gradients."""

    value: Callable[..., Any]
    backward: Callable[..., Any]


def _lengths(x: Any, w: Any) -> tuple[Any, Any]:
    return np.sqrt(np.sum(x**2, axis=1, keepdims=True)), np.sqrt(np.sum(w**2, axis=0))


def _constant_lengths(g: Any, x: Any, w: Any) -> CosineNormGradients:
    of_x, of_w = _lengths(x, w)
    return CosineNormGradients((g / of_w) @ w.T / of_x, (x / of_x).T @ g / of_w)


def _forgets_to_divide(g: Any, x: Any, w: Any) -> CosineNormGradients:
    right, (of_x, of_w) = cosine_norm_backward(g, x, w), _lengths(x, w)
    return CosineNormGradients(right.x * of_x, right.weights * of_w)


def _weights_only(g: Any, x: Any, w: Any) -> CosineNormGradients:
    right = cosine_norm_backward(g, x, w)
    return right._replace(x=_constant_lengths(g, x, w).x)


@claim(
    "normalization.cosine-norm-gradient",
    en="Both gradients of cosine norm are orthogonal to what they are for, and shrink with its"
    " length: for x = (3, 4) and w = (4, 3) the gradient for x is (0.0448, -0.0336), and a tenth of"
    " that for x times 10.",
    zh="Cosine Norm 的两个梯度都与各自的自变量正交，并随其长度变大而变小："
    "x = (3, 4)、w = (4, 3) 时，x 的梯度是 (0.0448, -0.0336)；x 乘以 10 时只有它的十分之一。",
    notes="2.6",
    on=_Cosine(cosine_norm, cosine_norm_backward),
    misconceptions=[
        Misconception(
            "constant-lengths",
            _Cosine(cosine_norm, _constant_lengths),
            Text("The lengths are taken for constants.", "把两个长度当成常数。"),
        ),
        Misconception(
            "forgets-to-divide",
            _Cosine(cosine_norm, _forgets_to_divide),
            Text(
                "The outer factors 1/|x| and 1/|w| are left out.",
                "漏掉了外层因数 1/‖x‖ 与 1/‖w‖。",
            ),
        ),
        Misconception(
            "input-length-is-constant",
            _Cosine(cosine_norm, _weights_only),
            Text(
                "Only the weights' length is differentiated, the input seems to be given.",
                "只对权重的长度求导，把输入的长度当成给定的。",
            ),
        ),
    ],
    sources=[_LUO],
)
def gradient(cosine: _Cosine, rng: Generator) -> Iterator[Measurement]:
    """Differentiate the formula by complex steps; one gradient by hand, at two lengths."""
    x, w, g = rng.normal(size=(4, 3)) + 1, rng.normal(size=(3, 2)) * 2, rng.normal(size=(4, 2))

    def loss(x: Any, w: Any) -> Any:
        of_x = (x * x).sum(axis=1, keepdims=True) ** -0.5
        return (g * (x @ w) * of_x * (w * w).sum(axis=0) ** -0.5).sum()

    back = cosine.backward(g, x, w)
    by_x, by_w = slopes(lambda v: loss(v, w), x), slopes(lambda v: loss(x, v), w)
    yield equals("1 + ∂L/∂x", 1 + back.x, 1 + by_x, COMPLEX_STEP)
    yield equals("1 + ∂L/∂w", 1 + back.weights, 1 + by_w, COMPLEX_STEP)
    x, w, one = array(3, 4)[None], array(4, 3)[:, None], np.ones((1, 1))
    for_x = cosine.backward(one, x, w).x[0]
    yield equals("∂cos/∂x₁ at x = (3, 4), w = (4, 3)", for_x[0], 0.0448, ROUNDING)
    yield equals("∂cos/∂x₂", for_x[1], -0.0336, ROUNDING)
    longer = cosine.backward(one, 10 * x, w).x[0]
    yield equals("∂cos/∂x at 10 x / at x", longer / for_x, 0.1, ROUNDING)
    yield equals("cos", cosine.value(x, w)[0, 0], 0.96, ROUNDING)


@claim(
    "normalization.cosine-norm-bounded",
    en="A bounded pre-activation costs expressiveness: a sigmoid of a cosine stays between 0.269"
    " and 0.731 however long x and w are, so no example can be classified with more certainty than"
    " that. A gain of 10 behind the cosine widens it to 0.99995.",
    zh="有界的预激活值会损失表达能力：无论 x 与 w 多长，余弦的 Sigmoid 都在 0.269 与 0.731 之间，"
    "任何样本的分类把握都不会更大。在余弦后面乘上增益 10，就能达到 0.99995。",
    notes="2.6",
    on=cosine_norm,
    misconceptions=[
        plain_product,
        divides_by_the_weights_only,
        squares_the_lengths,
    ],
    sources=["Luo et al. 2017, section 2", "Gidaris & Komodakis 2018, section 3.2"],
)
def bounded(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the sigmoid where the cosine is largest and smallest, at three lengths."""
    direction = rng.normal(size=3)
    for length in (0.1, 1.0, 1000.0):
        x, w = length * direction[None], length * np.stack([direction, -direction], axis=1)
        z = norm(x, w)[0]
        expected = [1 / (1 + math.exp(-1)), 1 / (1 + math.exp(1))]
        yield equals(f"σ(z), lengths times {length:g}", 1 / (1 + np.exp(-z)), expected, ROUNDING)
        exact = 1 / (1 + math.exp(-10))
        yield equals("σ(10 z)", 1 / (1 + np.exp(-10 * z[0])), exact, ROUNDING)
    low = 1 / (1 + np.exp(-norm(direction[None], -direction[:, None])[0]))
    yield equals("σ(z), antiparallel", low, [1 / (1 + math.e)], ROUNDING)
    far = norm(rng.normal(size=(50, 3)) * 100, rng.normal(size=(3, 50)) * 100)
    yield at_most("|z|, random", np.abs(far), 1.0, ROUNDING)
    yield exceeds("largest |z|, random", np.max(np.abs(far)), 0.1)

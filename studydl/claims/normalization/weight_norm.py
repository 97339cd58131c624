"""Weight norm by itself: length and direction apart, and the gradients for both."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._quantities import length_gradient, second_weight
from studydl.claims.normalization.oracle import array, slopes
from studydl.language import Text
from studydl.nn.normalization import (
    WeightNormGradients,
    weight_norm,
    weight_norm_backward,
)
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import COMPLEX_STEP, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["NO_PROJECTION", "Weights", "gradient", "lengths", "no_projection", "value", "wrong"]

_SALIMANS = "Salimans & Kingma 2016, section 2"
_SALIMANS_GRADIENT = "Salimans & Kingma 2016, section 2.1"


@misconception(
    "divides-the-input-only",
    en="The notes first write f(x/|w|), in which w serves for nothing but its length.",
    zh="笔记先写成 f(x/‖w‖)，其中 w 只用到了长度。",
    notes="2.5",
)
def divides_the_input_only(v: Any, length: Any) -> Any:
    return np.eye(*np.shape(v)) / np.sqrt(np.sum(np.square(v), axis=0)) + 0 * np.asarray(length)


@misconception(
    "no-length",
    en="The notes' w x/|w| has no g: every weight vector then has length 1.",
    zh="笔记的 wx/‖w‖ 没有 g：每个权重向量的长度都只能是 1。",
    notes="2.5",
)
def no_length(v: Any, length: Any) -> Any:
    return weight_norm(v, np.ones_like(length))


@misconception(
    "norm-of-the-matrix",
    en="The whole matrix is divided by its norm, instead of each unit's vector by its own.",
    zh="用整个矩阵的范数去除，而不是每个单元的向量除以自己的范数。",
)
def norm_of_the_matrix(v: Any, length: Any) -> Any:
    return np.asarray(length) * v / np.sqrt(np.sum(np.square(v)))


@misconception(
    "absolute-sum",
    en="The length is taken to be the sum of absolute values.",
    zh="把向量的长度算成绝对值之和。",
)
def absolute_sum(v: Any, length: Any) -> Any:
    return np.asarray(length) * v / np.sum(np.abs(v), axis=0)


@claim(
    "normalization.weight-norm-value",
    en="Weight norm writes each unit's weights as w = g v/|v|: v gives the direction and the number"
    " g the length. With v = (3, 4) and g = 10 the weights are 6 and 8, also with v twice as long.",
    zh="Weight Norm 把每个单元的权重写成 w = g v/‖v‖：v 决定方向，数 g 决定长度。"
    "v = (3, 4)、g = 10 时权重为 6 和 8，v 放大到两倍也一样。",
    notes="2.5",
    on=weight_norm,
    misconceptions=[divides_the_input_only, no_length, norm_of_the_matrix, absolute_sum],
    sources=[_SALIMANS],
    quantities=[second_weight],
)
def value(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure one unit by heart; of random ones the lengths, and the directions by proportion."""
    for scale in (1.0, 2.0):
        weights = norm(scale * array(3, 4)[:, None], array(10))
        name = f"6, 8: w of v = {scale:g} (3, 4), g = 10"
        yield equals(name, weights[:, 0], array(6, 8), ROUNDING)
    v, g = rng.uniform(0.5, 2, size=(4, 3)), array(0.5, 2, 7)
    weights = norm(v, g)
    lengths = [math.sqrt(math.fsum(each * each for each in column)) for column in weights.T]
    yield equals("|w| = g", lengths, g, ROUNDING)
    yield equals("w_i/w_1 = v_i/v_1", weights[1:] / weights[0], v[1:] / v[0], ROUNDING)


class Weights(NamedTuple):
    """The weights and the gradients for their parts."""

    value: Callable[..., Any]
    backward: Callable[..., Any]


def lengths(v: Any) -> Any:
    """Return the Euclidean length of each column."""
    return np.sqrt(np.sum(np.square(v), axis=0))


def no_projection(gradient: Any, v: Any, length: Any) -> WeightNormGradients:
    """Return gradients that keep their part along v."""
    right = weight_norm_backward(gradient, v, length)
    return right._replace(direction=length / lengths(v) * gradient)


def _forgets_to_divide(gradient: Any, v: Any, length: Any) -> WeightNormGradients:
    right = weight_norm_backward(gradient, v, length)
    return right._replace(direction=right.direction * lengths(v))


def _forgets_the_length(gradient: Any, v: Any, length: Any) -> WeightNormGradients:
    right = weight_norm_backward(gradient, v, length)
    return right._replace(direction=right.direction / length)


def _whole_product(gradient: Any, v: Any, length: Any) -> WeightNormGradients:
    right = weight_norm_backward(gradient, v, length)
    return right._replace(length=np.sum(gradient * v, axis=0))


NO_PROJECTION = Text(
    "|v| is taken for a constant, so that the gradient keeps its part along v.",
    "把 ‖v‖ 当成常数，梯度保留了沿 v 方向的分量。",
)


def wrong(name: str, backward: Callable[..., Any], why: Text) -> Misconception:
    """Return weights whose values are right and whose gradients are not."""
    return Misconception(name, Weights(weight_norm, backward), why)


@claim(
    "normalization.weight-norm-gradient",
    en="Through w = g v/|v|, the gradient for g is the part of the weights' gradient along v, and"
    " that for v is the rest times g/|v|: it is orthogonal to v, their product being 0.",
    zh="经过 w = g v/‖v‖ 求导：g 的梯度是权重梯度沿 v 方向的分量；"
    "v 的梯度是剩下的部分乘以 g/‖v‖，它与 v 正交，内积为 0。",
    notes="2.5",
    on=Weights(weight_norm, weight_norm_backward),
    misconceptions=[
        wrong("no-projection", no_projection, NO_PROJECTION),
        wrong(
            "forgets-to-divide",
            _forgets_to_divide,
            Text("The factor 1/|v| is left out.", "漏掉了因数 1/‖v‖。"),
        ),
        wrong(
            "forgets-the-length",
            _forgets_the_length,
            Text("The factor g is left out.", "漏掉了因数 g。"),
        ),
        wrong(
            "length-by-the-whole-product",
            _whole_product,
            Text(
                "The gradient for g is taken along v, not along v/|v|.",
                "g 的梯度用了 v 而不是 v/‖v‖。",
            ),
        ),
    ],
    sources=[_SALIMANS_GRADIENT],
    quantities=[length_gradient],
)
def gradient(weights: Weights, rng: Generator) -> Iterator[Measurement]:
    """Differentiate the formula by complex steps, and measure the angle to v."""
    v, g = rng.normal(size=(4, 3)) * 2 + 1, array(0.5, 2, 3)
    for_weights = rng.normal(size=(4, 3))

    def loss(v: Any, g: Any) -> Any:
        return (for_weights * g * v * (v * v).sum(axis=0) ** -0.5).sum()

    back = weights.backward(for_weights, v, g)
    by_v, by_g = slopes(lambda u: loss(u, g), v), slopes(lambda u: loss(v, u), g)
    yield equals("1 + ∂L/∂v", 1 + back.direction, 1 + by_v, COMPLEX_STEP)
    yield equals("1 + ∂L/∂g", 1 + back.length, 1 + by_g, COMPLEX_STEP)
    product = np.sum(v * back.direction, axis=0)
    yield equals("1 + v · ∂L/∂v, = 1 + 0", 1 + product, 1.0, ROUNDING)
    value = weights.value(v, g)
    yield equals("w / (g v/|v|)", value / (g * v) * lengths(v), 1.0, ROUNDING)

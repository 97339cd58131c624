"""The hyperbolic tangent by itself: its values, its mean, its derivative."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations import oracle
from studydl.claims.activations._quantities import tanh_slope_at_output
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import complex_step
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["tanh_gradient", "tanh_gradient_peak", "tanh_mean", "tanh_value"]

_LECUN = "LeCun, Bottou, Orr & Müller 1998, section 4.4"
_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 6.3.2"


@misconception(
    "upside-down",
    en="Numerator and denominator are swapped, which gives the hyperbolic cotangent.",
    zh="分子分母写反了，得到的是双曲余切。",
)
def upside_down(x: Any) -> Any:
    return 1 / np.tanh(x)


@misconception(
    "forgot-the-denominator",
    en="Only (e^x - e^-x)/2 is remembered: the hyperbolic sine, which has no bound.",
    zh="只记住 (e^x - e^-x)/2，那是无界的双曲正弦。",
)
def forgot_the_denominator(x: Any) -> Any:
    return np.sinh(x)


@misconception(
    "overflows",
    en="The formula is computed as it is written, and is inf/inf for a large x.",
    zh="照公式直接计算，x 很大时变成 inf/inf。",
)
def overflows(x: Any) -> Any:
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@misconception(
    "stays-positive",
    en="The sigmoid, the other S-shaped curve, is taken for tanh.",
    zh="把另一条 S 形曲线 Sigmoid 当成 tanh。",
)
def stays_positive(x: Any) -> Any:
    return nn.sigmoid(x)


@claim(
    "activations.tanh-value",
    en="tanh(x), the quotient of e^x - e^-x and e^x + e^-x, is an odd function between -1 and 1"
    " that takes 0 to 0.",
    zh="tanh(x) 等于 e^x - e^-x 除以 e^x + e^-x，是取值在 -1 与 1 之间的奇函数，把 0 映射到 0。",
    notes="1.4",
    on=nn.tanh,
    misconceptions=[upside_down, forgot_the_denominator, overflows, stays_positive],
    sources=[_LECUN, _GOODFELLOW],
)
def tanh_value(tanh: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with fifty digits, relative to the value, and measure both limits."""
    x = np.array([-30.0, -1e-6, 1e-6, 30.0, *rng.uniform(-5, 5, size=20)])
    yield equals("tanh(0)", tanh(np.zeros(1)), 0.0, EXACT)
    yield equals("tanh(x) / exact", tanh(x) / oracle.tanh(x), 1.0, ROUNDING, at=x)
    yield equals("tanh(-x) = -tanh(x)", tanh(-x), -tanh(x), EXACT, at=x)
    far = np.array([-1000.0, 1000.0])
    yield equals("tanh(±1000)", tanh(far), [-1.0, 1.0], EXACT, at=far)


@misconception(
    "centres-whatever-comes",
    en="“The mean is 0” is taken for something that tanh brings about for any input.",
    zh="把“均值为 0”当成 tanh 对任何输入都能实现的效果。",
    notes="1.4",
)
def centres_whatever_comes(x: Any) -> Any:
    return np.tanh(x - np.mean(x))


@misconception(
    "passes-the-mean-on",
    en="The mean of the input is expected to come out unchanged.",
    zh="以为输入的均值会原样传到输出。",
)
def passes_the_mean_on(x: Any) -> Any:
    return np.tanh(x - np.mean(x)) + np.mean(x)


@claim(
    "activations.tanh-mean",
    en="tanh's output has mean 0 only for inputs symmetric about 0: for normal inputs of mean 1 and"
    " standard deviation 1 it is 0.5504.",
    zh="只有当输入关于 0 对称时，tanh 输出的均值才为 0：输入服从均值为 1、标准差为 1 的正态分布时，"
    "输出的均值是 0.5504。",
    notes="1.4",
    on=nn.tanh,
    misconceptions=[centres_whatever_comes, passes_the_mean_on, stays_positive],
    sources=["LeCun, Bottou, Orr & Müller 1998, sections 4.3 and 4.4"],
)
def tanh_mean(tanh: Callable[[Any], Any], _: Generator) -> Iterator[Measurement]:
    """Integrate over the normal distribution, centred and shifted; no sampling error."""
    shifted = oracle.standard_normal_mean(lambda z: np.array([math.tanh(v + 1) for v in z]))
    mean = oracle.standard_normal_mean(tanh)
    yield equals("E[tanh(z)]", mean, 0.0, ROUNDING)
    got = oracle.standard_normal_mean(lambda z: tanh(z + 1))
    yield equals("E[tanh(z + 1)]", got, shifted, ROUNDING)


@misconception(
    "forgot-the-square",
    en="1 - tanh(x)^2 is remembered without its square.",
    zh="把 1 - tanh(x)^2 的平方漏掉了。",
)
def forgot_the_square(x: Any) -> Any:
    return 1 - np.tanh(x)


@misconception(
    "takes-the-output",
    en="1 - y^2 is applied to the input x, as though x were already tanh's output.",
    zh="把 1 - y^2 直接用在输入 x 上，好像 x 已经是 tanh 的输出。",
)
def takes_the_output(x: Any) -> Any:
    return 1 - np.asarray(x) ** 2


@misconception(
    "uses-the-sigmoid-rule",
    en="s(1 - s) is the rule for the sigmoid; with a tanh it is 0 at 0.",
    zh="s(1 - s) 是 Sigmoid 的求导规则；用在 tanh 上，0 处的结果是 0。",
)
def uses_the_sigmoid_rule(x: Any) -> Any:
    return np.tanh(x) * (1 - np.tanh(x))


@misconception(
    "cancels-in-the-tail",
    en="1 - tanh(x)^2 is right on paper; in a computer it is 0 for x beyond 19.",
    zh="1 - tanh(x)^2 在纸面上正确，但 x 超过 19 后计算机里得到 0。",
)
def cancels_in_the_tail(x: Any) -> Any:
    return 1 - np.tanh(x) ** 2


@claim(
    "activations.tanh-gradient",
    en="tanh's derivative is 1 - tanh(x)^2; written as the square of 2/(e^x + e^-x) it loses no"
    " digits in the tails.",
    zh="tanh 的导数是 1 - tanh(x)^2；写成 2/(e^x + e^-x) 的平方时，在两端也不损失有效数字。",
    notes="1.4",
    on=nn.tanh_gradient,
    misconceptions=[
        forgot_the_square,
        takes_the_output,
        uses_the_sigmoid_rule,
        cancels_in_the_tail,
    ],
    sources=[_LECUN, "Bishop 2006, section 5.3.2"],
    quantities=[tanh_slope_at_output],
)
def tanh_gradient(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure by the definition, by a complex step, and in the tails by fifty digits."""
    x = rng.uniform(-2, 2, size=40)
    definition = 1 - oracle.tanh(x) ** 2
    yield equals("tanh'(x) = 1 - tanh(x)²", slope(x), definition, ROUNDING, at=x)
    yield equals("tanh'(x) = Im tanh(x + ih)/h", slope(x), complex_step(np.tanh, x), COMPLEX_STEP)
    far = np.array([-300.0, -20.0, -10.0, 10.0, 20.0, 300.0])
    exact = oracle.tanh_slope(far)
    yield equals("tanh'(x) / (2/(eˣ + e⁻ˣ))²", slope(far) / exact, 1.0, ROUNDING, at=far)
    yield equals("tanh'(±1000)", slope(np.array([-1000.0, 1000.0])), 0.0, EXACT)


@misconception(
    "peaks-at-one-half",
    en="The notes list 0.25 and 0.5 as the largest slopes of the sigmoid and of tanh.",
    zh="笔记把 Sigmoid 和 tanh 的最大导数写成 0.25 和 0.5。",
    notes="O.1",
)
def peaks_at_one_half(x: Any) -> Any:
    return nn.tanh_gradient(x) / 2


@misconception(
    "peaks-at-one-quarter",
    en="The sigmoid's derivative is taken for tanh's.",
    zh="把 Sigmoid 的导数当成 tanh 的导数。",
)
def peaks_at_one_quarter(x: Any) -> Any:
    return nn.sigmoid_gradient(x)


@misconception(
    "is-one-on-a-stretch",
    en="tanh is nearly x around 0, so its slope seems to be 1 on a whole stretch.",
    zh="tanh 在 0 附近近似等于 x，于是以为它在一整段上的斜率都是 1。",
)
def one_on_a_stretch(x: Any) -> Any:
    return np.where(np.abs(x) < 1, 1.0, 0.0)


@claim(
    "activations.tanh-gradient-peak",
    en="tanh's derivative is at most 1 and reaches it only at x = 0; at a distance of 0.8814 from 0"
    " it is down to 0.5.",
    zh="tanh 的导数最大为 1，且只在 x = 0 处取到；离 0 的距离为 0.8814 时，导数降到 0.5。",
    notes="1.4",
    on=nn.tanh_gradient,
    misconceptions=[peaks_at_one_half, peaks_at_one_quarter, one_on_a_stretch],
    sources=[_LECUN, "Glorot & Bengio 2010, section 3"],
)
def tanh_gradient_peak(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the bound, the point that attains it, and where half of it is left."""
    x = rng.normal(scale=2, size=200)
    yield equals("tanh'(0)", slope(np.zeros(1)), 1.0, EXACT)
    yield at_most("tanh'(x)", slope(x), 1.0, ROUNDING, at=x)
    # tanh^2 = 1/2 where x = artanh(1/√2) = log(1 + √2)
    half = math.log(1 + math.sqrt(2))
    at = np.array([-half, half])
    yield equals("tanh'(±log(1 + √2)) = tanh'(±0.8814)", slope(at), 0.5, ROUNDING, at=at)
    away = np.concatenate([-half - np.abs(x), half + np.abs(x)])
    yield at_most("tanh'(x), |x| ≥ 0.8814", slope(away), 0.5, ROUNDING, at=away)

"""The sigmoid by itself: its values, its symmetry, its derivative and its logarithm."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations import oracle
from studydl.claims.activations._quantities import sigmoid_slope_at_output
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import complex_step
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "sigmoid_gradient",
    "sigmoid_gradient_peak",
    "sigmoid_symmetry",
    "sigmoid_value",
]

_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 3.10"
_BISHOP = "Bishop 2006, section 4.2"
_LECUN = "LeCun, Bottou, Orr & Müller 1998, section 4.4"


@misconception(
    "flips-the-sign",
    en="The exponent is written e^x instead of e^-x: the curve falls instead of rising.",
    zh="把指数写成 e^x 而不是 e^-x，曲线变成下降的。",
)
def flips_the_sign(x: Any) -> Any:
    return 1 / (1 + np.exp(x))


@misconception(
    "overflows",
    en="e^x/(1 + e^x) is the same function on paper; in a computer it is inf/inf for a large x.",
    zh="e^x/(1 + e^x) 在纸面上是同一个函数，但 x 很大时计算机得到 inf/inf。",
)
def overflows(x: Any) -> Any:
    return np.exp(x) / (1 + np.exp(x))


@misconception(
    "overflows-on-the-way",
    en="1/(1 + e^-x) is computed as it is written: 1/inf does come to 0, but e^1000 overflowed.",
    zh="照公式计算 1/(1 + e^-x)：1/inf 碰巧得 0，但 e^1000 已经溢出。",
)
def overflows_on_the_way(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


@misconception(
    "runs-from-minus-one",
    en="tanh, the other S-shaped curve, is taken for the sigmoid.",
    zh="把另一条 S 形曲线 tanh 当成 Sigmoid。",
)
def runs_from_minus_one(x: Any) -> Any:
    return np.tanh(x)


@misconception(
    "straight-lines",
    en="The hard sigmoid, x/4 + 1/2 cut off at 0 and 1, is taken for the sigmoid.",
    zh="把硬 Sigmoid（x/4 + 1/2 再截断到 0 与 1 之间）当成 Sigmoid。",
)
def straight_lines(x: Any) -> Any:
    return np.clip(x / 4 + 0.5, 0.0, 1.0)


@claim(
    "activations.sigmoid-value",
    en="The sigmoid 1/(1 + e^-x) takes 0 to 0.5 and every number to between 0 and 1; computed from"
    " e^-|x| it stays accurate and finite as far as x = 1000 and x = -1000.",
    zh="Sigmoid 函数 1/(1 + e^-x) 把 0 映射到 0.5，把任何数映射到 0 与 1 之间；用 e^-|x| 来计算，"
    "直到 x = 1000 和 x = -1000 都精确且不溢出。",
    notes="1.3",
    on=nn.sigmoid,
    misconceptions=[
        flips_the_sign,
        overflows,
        overflows_on_the_way,
        runs_from_minus_one,
        straight_lines,
    ],
    sources=[_GOODFELLOW, _BISHOP],
)
def sigmoid_value(sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with fifty digits, relative to the value, which in the left tail is tiny."""
    x = np.array([-700.0, -40.0, -1e-9, 1e-9, 40.0, 700.0, *rng.uniform(-30, 30, size=20)])
    yield equals("σ(0)", sigmoid(np.zeros(1)), 0.5, EXACT)
    yield equals("σ(x) / exact", sigmoid(x) / oracle.sigmoid(x), 1.0, ROUNDING, at=x)
    far = np.array([-1000.0, 1000.0])
    seen: list[str] = []
    with np.errstate(over="call", call=lambda kind, _flag: seen.append(kind)):
        value = sigmoid(far)
    yield equals("σ(±1000)", value, [0.0, 1.0], ROUNDING, at=far)
    yield equals("σ(±1000) overflows", float(bool(seen)), 0.0, EXACT)


@misconception(
    "is-even",
    en="The bell shape of the derivative is remembered as the symmetry of the sigmoid.",
    zh="把导数的钟形对称性记成了 Sigmoid 本身的对称性。",
)
def is_even(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.abs(x)))


@misconception(
    "rises-unevenly",
    en="Any S-shaped curve from 0 to 1 seems to do, such as Gompertz's e^(-e^-x).",
    zh="以为从 0 到 1 的 S 形曲线都一样，例如 Gompertz 曲线 e^(-e^-x)。",
)
def gompertz(x: Any) -> Any:
    return np.exp(-np.exp(-x))


@claim(
    "activations.sigmoid-symmetry",
    en="The sigmoid is symmetric about the point (0, 0.5): σ(-x) = 1 - σ(x), so an input of log 3"
    " gives 0.75 and its negative gives 0.25.",
    zh="Sigmoid 关于点 (0, 0.5) 中心对称：σ(-x) = 1 - σ(x)，"
    "因此输入 log 3 得到 0.75，输入其相反数得到 0.25。",
    notes="1.3",
    on=nn.sigmoid,
    misconceptions=[runs_from_minus_one, is_even, gompertz],
    sources=[_GOODFELLOW, _BISHOP],
)
def sigmoid_symmetry(sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the sum of both sides, and three points, which a constant 1/2 would miss."""
    x = rng.uniform(0, 30, size=40)
    yield equals("σ(x) + σ(-x) = 1", sigmoid(x) + sigmoid(-x), 1.0, ROUNDING, at=x)
    points = np.array([0.0, math.log(3), -math.log(3)])
    for name, value, exact in zip(
        ("σ(0)", "σ(log 3)", "σ(-log 3)"), sigmoid(points), (0.5, 0.75, 0.25), strict=True
    ):
        yield equals(name, value, exact, ROUNDING)


@misconception(
    "forgot-one-minus",
    en="s(1 - s) is remembered as s.",
    zh="把 s(1 - s) 记成了 s。",
)
def forgot_one_minus(x: Any) -> Any:
    return nn.sigmoid(x)


@misconception(
    "takes-the-output",
    en="s(1 - s) is applied to the input x, as though x were already the sigmoid's output.",
    zh="把 s(1 - s) 直接用在输入 x 上，好像 x 已经是 Sigmoid 的输出。",
)
def takes_the_output(x: Any) -> Any:
    return x * (1 - x)


@misconception(
    "squares-like-tanh",
    en="1 - s^2 is the rule for tanh.",
    zh="1 - s^2 是 tanh 的求导规则。",
)
def squares_like_tanh(x: Any) -> Any:
    return 1 - nn.sigmoid(x) ** 2


@misconception(
    "lost-the-inner-sign",
    en="The inner derivative of -x is forgotten, or counted twice: the slope comes out negative.",
    zh="漏掉（或多算）了 -x 的内层导数，斜率变成负的。",
)
def lost_the_inner_sign(x: Any) -> Any:
    return -nn.sigmoid(x) * nn.sigmoid(-x)


@misconception(
    "cancels-in-the-tail",
    en="s(1 - s) is right on paper; in a computer 1 - s is 0 for x beyond 37.",
    zh="s(1 - s) 在纸面上正确，但 x 超过 37 后计算机里 1 - s 等于 0。",
)
def cancels_in_the_tail(x: Any) -> Any:
    s = nn.sigmoid(x)
    return s * (1 - s)


@claim(
    "activations.sigmoid-gradient",
    en="The sigmoid's derivative is s(1 - s), its output times 1 minus its output; written"
    " σ(x)σ(-x) it loses no digits in the tails.",
    zh="Sigmoid 的导数是 s(1 - s)，即输出乘以 1 减输出；写成 σ(x)σ(-x) 时，"
    "在两端也不损失有效数字。",
    notes="1.3",
    on=nn.sigmoid_gradient,
    misconceptions=[
        forgot_one_minus,
        takes_the_output,
        squares_like_tanh,
        lost_the_inner_sign,
        cancels_in_the_tail,
    ],
    sources=[_GOODFELLOW, _BISHOP],
    quantities=[sigmoid_slope_at_output],
)
def sigmoid_gradient(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure by the definition s(1 - s), by a complex step, and in the tails by fifty digits."""
    x = rng.uniform(-4, 4, size=40)
    s = oracle.sigmoid(x)
    yield equals("σ'(x) = s(1 - s)", slope(x), s * (1 - s), ROUNDING, at=x)
    step = complex_step(lambda v: 1 / (1 + np.exp(-v)), x)
    yield equals("σ'(x) = Im σ(x + ih)/h", slope(x), step, COMPLEX_STEP, at=x)
    far = np.array([-300.0, -40.0, -20.0, 20.0, 40.0, 300.0])
    yield equals("σ'(x) / exact", slope(far) / oracle.sigmoid_slope(far), 1.0, ROUNDING, at=far)
    yield equals("σ'(±1000)", slope(np.array([-1000.0, 1000.0])), 0.0, EXACT)


@misconception(
    "peaks-at-one",
    en="tanh's derivative, which peaks at 1, is taken for the sigmoid's.",
    zh="把峰值为 1 的 tanh 导数当成 Sigmoid 的导数。",
)
def peaks_at_one(x: Any) -> Any:
    return nn.tanh_gradient(x)


@misconception(
    "peaks-off-centre",
    en="The steepest point is expected where the output is near 1, not where it is 1/2.",
    zh="以为最陡处在输出接近 1 的地方，而不是输出为 1/2 的地方。",
)
def peaks_off_centre(x: Any) -> Any:
    return nn.sigmoid_gradient(x - 2)


@claim(
    "activations.sigmoid-gradient-peak",
    en="The sigmoid's derivative is at most 0.25, and reaches it only at x = 0; one unit away it is"
    " already down to 0.1966.",
    zh="Sigmoid 的导数最大为 0.25，且只在 x = 0 处取到；离开 0 一个单位，就已降到 0.1966。",
    notes="1.3",
    on=nn.sigmoid_gradient,
    misconceptions=[forgot_one_minus, peaks_at_one, peaks_off_centre],
    sources=["Glorot & Bengio 2010, section 3", _GOODFELLOW],
)
def sigmoid_gradient_peak(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the bound, the point that attains it, and the bound away from that point."""
    x = rng.normal(scale=4, size=200)
    yield equals("σ'(0)", slope(np.zeros(1)), 0.25, EXACT)
    yield at_most("σ'(x)", slope(x), 0.25, ROUNDING, at=x)
    e = math.e
    yield equals("σ'(±1)", slope(np.array([-1.0, 1.0])), e / (1 + e) ** 2, ROUNDING)
    away = np.concatenate([-1 - np.abs(x), 1 + np.abs(x)])
    yield at_most("σ'(x), |x| ≥ 1", slope(away), e / (1 + e) ** 2, ROUNDING, at=away)

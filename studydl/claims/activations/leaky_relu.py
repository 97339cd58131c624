"""Leaky ReLU by itself: its values, its derivative, which slopes it takes, what it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations._quantities import leaked_value
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "leaky_relu_divisor",
    "leaky_relu_gradient",
    "leaky_relu_invertible",
    "leaky_relu_value",
]

_MAAS = "Maas, Hannun & Ng 2013, section 2"
_XU = "Xu, Wang, Chen & Li 2015, section 2.2"


@misconception(
    "multiplies-by-the-divisor",
    en="The notes' x/a is read with the number that programs call the slope, so that a = 0.01.",
    zh="把笔记中 x/a 的 a 当成程序里的斜率参数，于是取 a = 0.01。",
)
def multiplies(x: Any, *, slope: float = 0.01) -> Any:
    return np.where(x > 0, x, x / slope)


@misconception(
    "mirrors-the-leak",
    en="The leak is drawn upwards, so that a negative input comes out positive.",
    zh="把负半轴的“泄漏”画成向上，负的输入变成了正的输出。",
)
def mirrors(x: Any, *, slope: float = 0.01) -> Any:
    return np.where(x > 0, x, -slope * x)


@misconception(
    "cuts-to-zero",
    en="Plain ReLU is used under the name of Leaky ReLU.",
    zh="名为 Leaky ReLU，用的却是普通 ReLU。",
)
def cuts(x: Any, *, slope: float = 0.01) -> Any:  # noqa: ARG001 - the slope is what it forgets
    return np.maximum(x, 0.0)


@misconception(
    "bends-like-elu",
    en="ELU, which saturates at -1, is taken for Leaky ReLU.",
    zh="把在负方向饱和到 -1 的 ELU 当成 Leaky ReLU。",
)
def elu(x: Any, *, slope: float = 0.01) -> Any:  # noqa: ARG001 - ELU has another parameter
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0.0)))


@claim(
    "activations.leaky-relu-value",
    en="Leaky ReLU returns x for x > 0 and slope times x otherwise; with the usual slope 0.01 the"
    " notes' x/a means a = 100.",
    zh="Leaky ReLU 在 x > 0 时返回 x，否则返回斜率乘以 x；"
    "常用斜率 0.01 对应笔记写法 x/a 中的 a = 100。",
    notes="1.2",
    on=nn.leaky_relu,
    misconceptions=[multiplies, mirrors, cuts, elu],
    sources=[_MAAS, _XU],
    quantities=[leaked_value],
)
def leaky_relu_value(leaky: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with both writings, branch by branch, for the usual slope and for others."""
    x = np.array([-1000.0, -1.0, -1e-300, 0.0, 1e-300, 1.0, 1000.0])
    x = np.concatenate([x, rng.normal(scale=3, size=30)])
    yield equals("leaky(-1), slope = 0.01", leaky(np.array([-1.0])), -0.01, EXACT)
    below = x[x < 0]
    yield equals("x/leaky(x) = a, x < 0", below / leaky(below), 100.0, ROUNDING, at=below)
    for slope in (0.01, 0.25):
        expected = [each if each > 0 else slope * each for each in x]
        yield equals(f"leaky(x), slope = {slope}", leaky(x, slope=slope), expected, EXACT, at=x)


@misconception(
    "zero-below",
    en="ReLU's derivative is used with Leaky ReLU's values: the backward pass was not changed.",
    zh="前向换成了 Leaky ReLU，反向仍沿用 ReLU 的导数。",
)
def zero_below(x: Any, *, slope: float = 0.01) -> Any:  # noqa: ARG001 - the slope is what it forgets
    return np.where(x > 0, 1.0, 0.0)


@misconception(
    "returns-the-leak",
    en="The leaked value, slope times x, is taken for the derivative.",
    zh="把泄漏出来的值（斜率乘以 x）当成导数。",
)
def returns_the_leak(x: Any, *, slope: float = 0.01) -> Any:
    return np.where(x > 0, 1.0, slope * x)


@misconception(
    "slope-upside-down",
    en="The derivative of x/a is written as a.",
    zh="把 x/a 的导数写成了 a。",
)
def upside_down(x: Any, *, slope: float = 0.01) -> Any:
    return np.where(x > 0, 1.0, 1 / slope)


@claim(
    "activations.leaky-relu-gradient",
    en="Leaky ReLU's derivative is 1 for x > 0 and the slope, 0.01 by default, for x < 0: it is"
    " small there, but never 0. At the kink it is the slope by convention.",
    zh="Leaky ReLU 的导数在 x > 0 处为 1，在 x < 0 处等于斜率（默认 0.01）：虽小但从不为 0。"
    "折点处按约定取斜率。",
    notes="1.2",
    on=nn.leaky_relu_gradient,
    misconceptions=[zero_below, returns_the_leak, upside_down],
    sources=[_MAAS],
)
def leaky_relu_gradient(slope_at: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure each side exactly, the convention, and a difference of the branches."""
    x = np.array([1e-300, 0.5, 30.0, 1000.0, *rng.uniform(0.01, 9, size=20)])
    both = np.concatenate([-x[1:], x[1:]])
    yield equals("leaky'(x), x > 0", slope_at(x), np.ones_like(x), EXACT, at=x)
    yield equals("leaky'(x), x < 0", slope_at(-x), np.full_like(x, 0.01), EXACT, at=-x)
    yield equals("leaky'(0)", slope_at(np.zeros(1)), 0.01, EXACT)
    yield equals("P(leaky'(x) = 0)", np.mean(slope_at(both) == 0), 0.0, EXACT)
    difference = central_difference(lambda v: np.where(v > 0, v, 0.25 * v), both)
    got = slope_at(both, slope=0.25)
    yield equals("leaky'(x), slope = 0.25", got, difference, CENTRAL_DIFFERENCE, at=both)


@misconception(
    "takes-any-divisor",
    en="The notes' formula x/a names no bound on a, so any a seems to do.",
    zh="笔记的公式 x/a 没有限定 a 的范围，于是以为 a 取什么值都行。",
    notes="1.2",
)
def takes_any(x: Any, *, slope: float = 0.01) -> Any:
    return np.where(x > 0, x, slope * x)


@misconception(
    "clips-the-slope",
    en="A slope out of range is quietly replaced by the nearest one that is allowed.",
    zh="遇到越界的斜率，不报错而是悄悄换成最近的合法值。",
)
def clips_the_slope(x: Any, *, slope: float = 0.01) -> Any:
    return np.maximum(x, np.clip(slope, 0.01, 0.99) * x)


@claim(
    "activations.leaky-relu-divisor",
    en="In the notes' x/a the divisor a must exceed 1, so that the slope 1/a lies between 0 and 1"
    " and Leaky ReLU is the larger of x and x/a; every other slope is refused.",
    zh="笔记写法 x/a 中的 a 必须大于 1，斜率 1/a 才介于 0 与 1 之间，"
    "Leaky ReLU 才等于 x 与 x/a 中较大者；其他斜率一律拒绝。",
    notes="1.2",
    on=nn.leaky_relu,
    misconceptions=[takes_any, clips_the_slope, multiplies],
    sources=[_XU, _MAAS],
)
def leaky_relu_divisor(leaky: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the allowed divisors by the maximum, and that the others are refused."""
    x = np.concatenate([-rng.uniform(0.1, 9, size=20), rng.uniform(0.1, 9, size=20)])
    for a in (1.25, 2.0, 64.0):
        got, wanted = leaky(x, slope=1 / a), [max(each, each / a) for each in x]
        yield equals(f"leaky(x) = max(x, x/{a:g})", got, wanted, ROUNDING, at=x)
        below = x[x < 0]
        steepness = leaky(below, slope=1 / a) / below
        yield at_most(f"leaky(x)/x, x < 0, a = {a:g}", steepness, 1.0, EXACT, at=below)
    for slope in (0.0, 1.0, 2.0, -0.1):
        refused = float(_refuses(leaky, slope))
        yield equals(f"slope = {slope:g} is refused", refused, 1.0, EXACT)


def _refuses(leaky: Callable[..., Any], slope: float) -> bool:
    try:
        leaky(np.array([-1.0]), slope=slope)
    except ValueError:
        return True
    return False


@claim(
    "activations.leaky-relu-invertible",
    en="Leaky ReLU keeps the sign and the order of its inputs and can be inverted, dividing what is"
    " negative by the slope; the price is ReLU's sparsity: the share of exact zeros is 0.",
    zh="Leaky ReLU 保持输入的符号和大小顺序，并且可逆：把负的输出除以斜率即可还原；"
    "代价是失去 ReLU 的稀疏性，恰好为零的输出占比为 0。",
    notes="1.2",
    on=nn.leaky_relu,
    misconceptions=[cuts, mirrors, elu],
    sources=[_MAAS],
)
def leaky_relu_invertible(leaky: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Recover each input from its output, and count zeros."""
    x = np.sort(np.concatenate([rng.normal(scale=3, size=60), [-30.0, -1e-6, 1e-6, 30.0]]))
    y = leaky(x)
    yield equals("share of leaky(x) = 0", np.mean(y == 0), 0.0, EXACT)
    yield equals("sign(leaky(x)) = sign(x)", np.sign(y), np.sign(x), EXACT, at=x)
    yield equals("leaky(x) increases", np.mean(np.diff(y) > 0), 1.0, EXACT)
    yield equals("leaky⁻¹(leaky(x)) = x", np.where(y < 0, y / 0.01, y), x, ROUNDING, at=x)

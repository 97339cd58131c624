"""ReLU by itself: its values, its derivative, its zeros and its mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations._experiments import mean_of_relu, silent_share
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, EXACT, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["relu_gradient", "relu_homogeneity", "relu_mean", "relu_sparsity", "relu_value"]

_NAIR = "Nair & Hinton 2010, section 2"
_GLOROT = "Glorot, Bordes & Bengio 2011, section 3.1"
_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 6.3"


@misconception(
    "takes-the-absolute-value",
    en="Rectifying is read as making every number positive, as a full-wave rectifier does.",
    zh="把“整流”理解成把所有数都变成正数（全波整流）。",
)
def absolute_value(x: Any) -> Any:
    return np.abs(x)


@misconception(
    "lets-negatives-leak",
    en="Leaky ReLU is taken for ReLU: the two graphs look alike.",
    zh="把 Leaky ReLU 当成 ReLU：两条曲线看上去几乎一样。",
)
def leaks(x: Any) -> Any:
    return np.where(x > 0, x, 0.01 * x)


@misconception(
    "rounds-the-corner",
    en="The softplus log(1 + e^x), ReLU's smooth neighbour, is taken for ReLU.",
    zh="把 ReLU 的光滑近似 softplus，即 log(1 + e^x)，当成了 ReLU。",
)
def softplus(x: Any) -> Any:
    return np.logaddexp(0.0, x)


@misconception(
    "clips-at-one",
    en="An activation is expected to stay between 0 and 1, as the sigmoid does.",
    zh="以为激活函数的输出总像 Sigmoid 那样落在 0 与 1 之间。",
)
def clips_at_one(x: Any) -> Any:
    return np.clip(x, 0.0, 1.0)


@claim(
    "activations.relu-value",
    en="ReLU returns the larger of 0 and x: a positive input unchanged, 0 for every other.",
    zh="ReLU 返回 0 与 x 中较大的一个：正的输入原样通过，其余一律输出 0。",
    notes="1.1",
    on=nn.relu,
    misconceptions=[absolute_value, leaks, softplus, clips_at_one],
    sources=[_NAIR, _GLOROT],
)
def relu_value(relu: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with Python's own `max`, from the smallest to the largest inputs."""
    x = np.array([-1000.0, -1.0, -1e-300, 0.0, 1e-300, 1.0, 1000.0])
    x = np.concatenate([x, rng.normal(scale=3, size=50)])
    yield equals("relu(x), x < 0", relu(x[x < 0]), 0.0, EXACT, at=x[x < 0])
    yield equals("relu(x) = max(0, x)", relu(x), [max(0.0, each) for each in x], EXACT, at=x)


@misconception(
    "one-at-zero",
    en="The derivative at 0 is taken from the right side; other programs use that convention.",
    zh="在 0 处取了右导数；有的实现确实采用这种约定。",
)
def one_at_zero(x: Any) -> Any:
    return np.where(x >= 0, 1.0, 0.0)


@misconception(
    "half-at-zero",
    en="A central difference across the kink gives the mean of both slopes, 1/2.",
    zh="跨过折点做中心差分，得到左右斜率的平均值 1/2。",
)
def half_at_zero(x: Any) -> Any:
    return np.heaviside(x, 0.5)


@misconception(
    "grows-with-the-input",
    en="The value is taken for the slope: a larger input seems to give a larger gradient.",
    zh="把函数值当成斜率，以为输入越大梯度越大。",
)
def grows_with_the_input(x: Any) -> Any:
    return np.maximum(x, 0.0)


@misconception(
    "one-everywhere",
    en="“ReLU's gradient is 1” is remembered without the half of the line where it is 0.",
    zh="只记住“ReLU 的梯度为 1”，忘了负半轴上梯度为 0。",
    notes="1.1",
)
def one_everywhere(x: Any) -> Any:
    return np.ones_like(x)


@claim(
    "activations.relu-gradient",
    en="ReLU's derivative is exactly 1 for every x > 0 and exactly 0 for every x < 0;"
    " at the kink itself it is 0 by convention.",
    zh="ReLU 的导数在 x > 0 处恒等于 1，在 x < 0 处恒等于 0；在折点处按约定取 0。",
    notes="1.1",
    on=nn.relu_gradient,
    misconceptions=[one_at_zero, half_at_zero, grows_with_the_input, one_everywhere],
    sources=[_GOODFELLOW, _GLOROT],
)
def relu_gradient(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure each side exactly, the convention at the kink, and a difference of `max`."""
    x = np.array([1e-300, 0.5, 30.0, 1000.0, *rng.uniform(0.01, 9, size=20)])
    both = np.concatenate([-x[1:], x[1:]])
    yield equals("relu'(x), x > 0", slope(x), 1.0, EXACT, at=x)
    yield equals("relu'(x), x < 0", slope(-x), 0.0, EXACT, at=-x)
    yield equals("relu'(0)", slope(np.zeros(1)), 0.0, EXACT)
    difference = central_difference(lambda v: np.maximum(v, 0.0), both)
    yield equals("relu'(x) = Δmax(0, x)/Δx", slope(both), difference, CENTRAL_DIFFERENCE, at=both)


@misconception(
    "saturates-at-six",
    en="ReLU6, common in mobile networks, is taken for ReLU.",
    zh="把移动端网络里常用的 ReLU6 当成 ReLU。",
)
def saturates_at_six(x: Any) -> Any:
    return np.clip(x, 0.0, 6.0)


@misconception(
    "gates-smoothly",
    en="Swish, x times the sigmoid of x, looks like ReLU from afar.",
    zh="Swish，即 x 乘以 x 的 Sigmoid，远看与 ReLU 很像。",
)
def swish(x: Any) -> Any:
    return x * np.exp(-np.logaddexp(0.0, -x))


@claim(
    "activations.relu-homogeneity",
    en="Scaling ReLU's input by a positive factor scales its output by the same factor; a change"
    " of sign does not pass through: relu(x) - relu(-x) is x.",
    zh="输入乘以一个正数，ReLU 的输出也乘以同一个数；但变号不能穿过 ReLU："
    "relu(x) - relu(-x) 等于 x。",
    notes="1.1",
    on=nn.relu,
    misconceptions=[saturates_at_six, swish, softplus, leaks],
    sources=[_GLOROT],
)
def relu_homogeneity(relu: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Scale by powers of two, which no product rounds, and by factors that do round."""
    x = rng.normal(scale=2, size=40)
    for factor in (0.125, 3.0, 1024.0):
        yield equals(
            f"relu({factor:g} x) = {factor:g} relu(x)", relu(factor * x), factor * relu(x), EXACT
        )
    yield equals("relu(x) - relu(-x) = x", relu(x) - relu(-x), x, EXACT, at=x)


@misconception(
    "always-half",
    en="“Half of the units are off” is taken for a property of ReLU instead of its input.",
    zh="把“一半神经元不激活”当成 ReLU 自身的性质，而不是输入分布的性质。",
    notes="1.1",
)
def always_half(x: Any) -> Any:
    return np.where(x > np.median(x), x, 0.0)


@misconception(
    "zeroes-the-small",
    en="Sparsity is imagined as dropping what is small, as a threshold on |x| does.",
    zh="以为稀疏就是丢掉数值小的部分，即对 |x| 设阈值。",
)
def zeroes_the_small(x: Any) -> Any:
    return np.where(np.abs(x) > 0.6745, x, 0.0)


@claim(
    "activations.relu-sparsity",
    en="For pre-activations symmetric about 0, 0.5 of ReLU's outputs are exactly 0; the share"
    " follows the input: 0.159 if the mean lies one standard deviation above, 0.841 if below.",
    zh="当激活前的值关于 0 对称时，ReLU 输出中恰好为 0 的比例是 0.5；这个比例由输入分布决定："
    "均值高一个标准差时为 0.159，低一个标准差时为 0.841。",
    notes="1.1",
    on=nn.relu,
    misconceptions=[always_half, zeroes_the_small, leaks, softplus],
    sources=["Glorot, Bordes & Bengio 2011, sections 2.2 and 3.1"],
    experiments=[silent_share],
)
def relu_sparsity(relu: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Count exact zeros against the normal distribution function."""
    count = 40_000
    z = rng.normal(size=count)
    for mean in (0.0, 1.0, -1.0):
        share = math.erfc(mean / math.sqrt(2)) / 2
        error = math.sqrt(share * (1 - share) / count)
        zeros = np.mean(relu(z + mean) == 0)
        yield equals(f"P(relu(z{mean:+g}) = 0)", zeros, share, five_standard_errors(error))


@misconception(
    "centres-its-output",
    en="A symmetric input is expected to give a symmetric output.",
    zh="以为输入对称，输出也就对称。",
)
def centred(x: Any) -> Any:
    return np.maximum(x, 0.0) - np.mean(np.maximum(x, 0.0))


@misconception(
    "halves-the-magnitude",
    en="Switching half of the inputs off is taken for halving every one of them.",
    zh="把“关掉一半输入”理解成“每个输入都减半”。",
)
def halved(x: Any) -> Any:
    return x / 2


@claim(
    "activations.relu-mean",
    en="ReLU's output is not centred: for a standard normal input its mean is 0.399 (one over the"
    " root of 2π) and its mean square is 0.5.",
    zh="ReLU 的输出不以零为中心：输入服从标准正态分布时，输出的均值为 0.399（即 2π 平方根的倒数），"
    "均方值为 0.5。",
    notes="1.1",
    on=nn.relu,
    misconceptions=[centred, halved, absolute_value],
    sources=[_GLOROT, "He, Zhang, Ren & Sun 2015, section 2.2"],
    experiments=[mean_of_relu],
)
def relu_mean(relu: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure both moments; the variances of z and z^2 on a half line give the errors."""
    count = 40_000
    output = relu(rng.normal(size=count))
    mean, square = 1 / math.sqrt(2 * math.pi), 0.5
    mean_error = math.sqrt((square - mean**2) / count)
    square_error = math.sqrt((1.5 - square**2) / count)
    yield equals("E[relu(z)] = 1/√(2π)", np.mean(output), mean, five_standard_errors(mean_error))
    yield equals("E[relu(z)²]", np.mean(output**2), square, five_standard_errors(square_error))

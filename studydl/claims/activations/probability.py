"""What the sigmoid's output says as a probability, and what it does not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations import oracle
from studydl.claims.activations._quantities import odds_factor
from studydl.claims.activations.sigmoid import flips_the_sign
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["sigmoid_classes", "sigmoid_log", "sigmoid_odds", "sigmoid_positive_output"]

_BISHOP = "Bishop 2006, section 4.2"
_USEFUL = "Goodfellow, Bengio & Courville 2016, section 3.10"


@misconception(
    "normal-distribution",
    en="The S-shape is taken for the normal distribution function, as in probit regression.",
    zh="把 S 形曲线当成正态分布函数，即 probit 回归所用的函数。",
)
def probit(x: Any) -> Any:
    return np.array([math.erfc(-each / math.sqrt(2)) / 2 for each in x])


@misconception(
    "twice-as-steep",
    en="(1 + tanh x)/2 lies between 0 and 1 too; it is the sigmoid of 2x.",
    zh="(1 + tanh x)/2 同样落在 0 与 1 之间，但它是 2x 的 Sigmoid。",
)
def twice_as_steep(x: Any) -> Any:
    return (1 + np.tanh(x)) / 2


@claim(
    "activations.sigmoid-odds",
    en="Read as a probability p, the sigmoid's input is the log odds log(p/(1 - p)): each unit of x"
    " multiplies the odds by e = 2.718.",
    zh="把 Sigmoid 的输出看作概率 p，它的输入就是对数几率 log(p/(1 - p))："
    "x 每增加 1，几率就乘以 e = 2.718。",
    notes="1.3",
    on=nn.sigmoid,
    misconceptions=[probit, twice_as_steep, flips_the_sign],
    sources=[_BISHOP, "Goodfellow, Bengio & Courville 2016, section 6.2.2.2"],
    quantities=[odds_factor],
)
def sigmoid_odds(sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Invert the sigmoid by the odds, where 1 - p keeps enough digits."""
    x = rng.uniform(-4, 4, size=40)

    def odds(v: Any) -> Any:
        return sigmoid(v) / (1 - sigmoid(v))

    yield equals("p/(1 - p) = e^x", odds(x), [math.exp(each) for each in x], ROUNDING, at=x)
    yield equals("odds(x + 1)/odds(x)", odds(x + 1) / odds(x), math.e, ROUNDING, at=x)


@misconception(
    "softmax",
    en="The softmax, which does make the outputs sum to 1, is taken for the sigmoid.",
    zh="把能使输出之和为 1 的 softmax 当成了 Sigmoid。",
)
def softmax(x: Any) -> Any:
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


@misconception(
    "normalises-the-outputs",
    en="“Turns outputs into probabilities” is read as a distribution over the classes.",
    zh="把“将输出概率化”理解成在各类别上构成一个概率分布。",
    notes="1.3",
)
def normalises(x: Any) -> Any:
    s = nn.sigmoid(x)
    return s / np.sum(s)


@claim(
    "activations.sigmoid-classes",
    en="Sigmoids of several classes are independent and need not sum to 1: for the scores 2, 1 and"
    " 0 their sum is 2.112. Only for two classes is σ of the difference the softmax.",
    zh="多个类别各自的 Sigmoid 输出互不影响，其和不必为 1：得分为 2、1、0 时，和为 2.112。"
    "只有两个类别时，得分之差的 σ 才等于 softmax。",
    notes="1.3",
    on=nn.sigmoid,
    misconceptions=[softmax, normalises, twice_as_steep],
    sources=["Bridle 1990", "Goodfellow, Bengio & Courville 2016, section 6.2.2.3"],
)
def sigmoid_classes(sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the sum, that one score does not move another's output, and the two-class case."""
    scores = np.array([2.0, 1.0, 0.0])
    total = sum(1 / (1 + math.exp(-each)) for each in scores)
    yield equals("σ(2) + σ(1) + σ(0)", np.sum(sigmoid(scores)), total, ROUNDING)
    raised = sigmoid(scores + np.array([0.0, 0.0, 3.0]))
    yield equals("σ(2), σ(1) if the third rises", raised[:2], sigmoid(scores)[:2], EXACT)
    a, b = rng.normal(scale=2, size=(2, 30))
    first = [math.exp(u) / (math.exp(u) + math.exp(v)) for u, v in zip(a, b, strict=True)]
    yield equals("σ(a - b) = softmax(a, b)₁", sigmoid(a - b), first, ROUNDING)


@misconception(
    "centred-on-zero",
    en="A symmetric curve is expected to be centred on 0, as tanh is.",
    zh="以为对称的曲线都像 tanh 那样以 0 为中心。",
)
def centred_on_zero(x: Any) -> Any:
    return nn.sigmoid(x) - 0.5


@misconception(
    "spreads-to-both-signs",
    en="tanh, whose outputs have both signs, is taken for the sigmoid.",
    zh="把输出有正有负的 tanh 当成 Sigmoid。",
)
def both_signs(x: Any) -> Any:
    return np.tanh(x)


@claim(
    "activations.sigmoid-positive-output",
    en="The sigmoid's output is not centred on 0: over inputs symmetric about 0 its mean is 0.5,"
    " and every output exceeds 0, so all weight gradients of a unit that it feeds share one sign.",
    zh="Sigmoid 的输出不以 0 为中心：输入关于 0 对称时，输出均值为 0.5，且全部大于 0，"
    "因此由它供给输入的神经元，各个权重的梯度符号全都相同。",
    notes="1.3",
    on=nn.sigmoid,
    misconceptions=[centred_on_zero, both_signs, flips_the_sign],
    sources=["LeCun, Bottou, Orr & Müller 1998, sections 4.3 and 4.4"],
)
def sigmoid_positive_output(sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the mean over mirrored inputs, and the signs of δ σ(x) for one error δ."""
    x = rng.normal(scale=2, size=50)
    mirrored = sigmoid(np.concatenate([x, -x]))
    yield equals("E[σ(x)]", np.mean(mirrored), 0.5, ROUNDING)
    yield equals("P(σ(x) > 0)", np.mean(mirrored > 0), 1.0, EXACT)
    yield equals("σ(2)", sigmoid(np.array([2.0])), 1 / (1 + math.exp(-2)), ROUNDING)
    for error in (-0.7, 0.7):
        agreement = np.sign(error * mirrored) == np.sign(error)
        yield equals(f"P(sign δσ(x) = sign δ), δ = {error}", np.mean(agreement), 1.0, EXACT)


@misconception(
    "takes-the-log-of-zero",
    en="log(sigmoid(x)) in two steps: once e^x underflows, it is the logarithm of 0.",
    zh="先算 sigmoid 再取对数：e^x 下溢后就变成了 log 0。",
)
def log_of_zero(x: Any) -> Any:
    return np.log(nn.sigmoid(x))


@misconception(
    "clips-before-the-log",
    en="A small constant inside the logarithm seems to mend it, and caps the loss at 27.6.",
    zh="以为在对数里加个很小的下限就好了，其实把损失封顶在 27.6。",
)
def clips_before_the_log(x: Any) -> Any:
    return np.log(np.maximum(nn.sigmoid(x), 1e-12))


@misconception(
    "forgot-the-linear-part",
    en="-log(1 + e^-|x|) is safe, but the term min(x, 0) is left out.",
    zh="-log(1 + e^-|x|) 不会溢出，但漏掉了 min(x, 0) 这一项。",
)
def forgot_the_linear_part(x: Any) -> Any:
    return -np.log1p(np.exp(-np.abs(x)))


@claim(
    "activations.sigmoid-log",
    en="log σ(x) computed as min(x, 0) - log(1 + e^-|x|) is exact far out: at x = -1000 it is"
    " -1000, where the logarithm of the computed sigmoid is minus infinity.",
    zh="把 log σ(x) 算成 min(x, 0) - log(1 + e^-|x|)，在远端依然精确：x = -1000 时结果是 -1000；"
    "先算 Sigmoid 再取对数则得到负无穷。",
    notes="1.3",
    on=nn.log_sigmoid,
    misconceptions=[log_of_zero, clips_before_the_log, forgot_the_linear_part],
    sources=[_USEFUL, "Mächler 2012"],
)
def sigmoid_log(log_sigmoid: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Compare with fifty digits on both sides, and measure log σ(x) - log σ(-x) = x."""
    far = np.array([-1000.0])
    yield equals("log σ(-1000)", log_sigmoid(far), far, EXACT)
    x = np.array([-300.0, -1.0, 1.0, 30.0, 40.0, *rng.uniform(-20, 20, size=15)])
    ratio = log_sigmoid(x) / oracle.log_sigmoid(x)
    yield equals("log σ(x) / exact", ratio, 1.0, ROUNDING, at=x)
    yield equals("log σ(0) = -log 2", log_sigmoid(np.zeros(1)), -math.log(2), ROUNDING)
    odds = log_sigmoid(x) - log_sigmoid(-x)
    yield equals("log σ(x) - log σ(-x) = x", odds, x, ROUNDING, at=x)

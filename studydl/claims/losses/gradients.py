"""The gradient of cross-entropy: for logits, for weights, for rows of classes, over a batch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.losses import oracle
from studydl.claims.losses._quantities import label_gradient, logit_gradient_of
from studydl.claims.losses._wrong_values import distributions
from studydl.nn import losses as nn
from studydl.nn.activations import sigmoid, sigmoid_gradient
from studydl.nn.losses import softmax
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import complex_step
from studydl.verification.measure import equals
from studydl.verification.tolerance import COMPLEX_STEP, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["logit_gradient", "softmax_gradient", "weight_gradient"]

_NIELSEN = "Nielsen 2015, chapter 3, equations 58 to 61"
_BISHOP = "Bishop 2006, section 4.3.2"


@misconception(
    "keeps-the-slope",
    en="The chain rule's factor σ'(z) is expected in every gradient behind a sigmoid.",
    zh="以为只要经过 Sigmoid，梯度里就一定有链式法则的因子 σ'(z)。",
)
def keeps_the_slope(z: Any, y: Any) -> Any:
    return nn.binary_cross_entropy_gradient(z, y) * sigmoid_gradient(z)


@misconception(
    "label-minus-prediction",
    en="The difference is taken the other way round: ascent for descent.",
    zh="差的方向取反了，下降变成上升。",
)
def label_minus_prediction(z: Any, y: Any) -> Any:
    return -nn.binary_cross_entropy_gradient(z, y)


@misconception(
    "forgot-the-mean",
    en="The factor 1/n of the mean is lost.",
    zh="漏掉了取平均的因子 1/n。",
)
def forgot_the_mean(z: Any, y: Any) -> Any:
    return nn.binary_cross_entropy_gradient(z, y) * np.size(z)


@misconception(
    "logit-minus-label",
    en="The logit itself is compared with the label, as though there were no sigmoid.",
    zh="直接拿 logit 与标签相减，好像没有 Sigmoid 一样。",
)
def logit_minus_label(z: Any, y: Any) -> Any:
    return (np.asarray(z) - np.asarray(y)) / np.size(z)


@claim(
    "losses.logit-gradient",
    en="The gradient of the cross-entropy of a sigmoid output for its logit is prediction minus"
    " label over n: the factor a(1 - a) of the sigmoid's slope cancels the loss's denominator. In a"
    " batch of n = 3, a probability of 0.75 gives 0.25 for the label 0.",
    zh="Sigmoid 输出的交叉熵对 logit 的梯度是“预测减标签，除以 n”："
    "Sigmoid 斜率的因子 a(1 - a) 与损失导数的分母约去了。"
    "批次大小 n = 3 时，概率为 0.75、标签为 0 的样本梯度为 0.25。",
    notes="Z.5",
    on=nn.binary_cross_entropy_gradient,
    misconceptions=[keeps_the_slope, label_minus_prediction, forgot_the_mean, logit_minus_label],
    sources=[_NIELSEN, _BISHOP],
    quantities=[logit_gradient_of],
)
def logit_gradient(gradient: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure one batch by hand, then many by the naive chain rule and by a complex step."""
    batch = np.array([math.log(3), -math.log(3), math.log(4)])
    measured = gradient(batch, [0, 1, 1])
    names = "p = 0.75, y = 0", "p = 0.25, y = 1", "p = 0.8, y = 1"
    exact = 0.25, -0.25, -0.2 / 3
    for name, value, expected in zip(names, measured, exact, strict=True):
        yield equals(f"∂C/∂z, {name}, n = 3", value, expected, ROUNDING)
    z, y = rng.uniform(-4, 4, size=8), np.array([0, 1, 0, 1, 0.3, 0.9, 1, 0])
    step = complex_step(lambda v: oracle.analytic_loss(v, y) / 8, z)
    yield equals("∂C/∂z = Im C(z + ih)/h, n = 8", gradient(z, y), step, COMPLEX_STEP, at=z)
    a = np.array([oracle.logistic(each) for each in z])
    chained = ((1 - y) / (1 - a) - y / a) * (a * (1 - a)) / 8
    yield equals("∂C/∂z = ∂C/∂a a(1 - a), n = 8", gradient(z, y), chained, ROUNDING, at=z)
    far = gradient(np.array([1000.0, -1000.0]), [0, 1])
    yield equals("∂C/∂z, z = ±1000, wrong, n = 2", far, [0.5, -0.5], ROUNDING)


@misconception(
    "keeps-the-slope",
    en="The sigmoid's slope is expected in the gradient of everything before it.",
    zh="以为 Sigmoid 之前的一切参数，其梯度都含有 Sigmoid 的斜率。",
)
def weights_keep_the_slope(x: Any, z: Any, y: Any) -> Any:
    return np.asarray(x).T @ (nn.binary_cross_entropy_gradient(z, y) * sigmoid_gradient(z))


@misconception(
    "forgets-the-inputs",
    en="The bias's gradient is taken for that of every weight.",
    zh="把偏置的梯度当成每个权重的梯度。",
)
def forgets_the_inputs(x: Any, z: Any, y: Any) -> Any:
    return np.full(np.shape(x)[1], np.sum(nn.binary_cross_entropy_gradient(z, y)))


@misconception(
    "sums-the-batch",
    en="The examples' gradients are added up without the factor 1/n.",
    zh="把各样本的梯度相加，却没有乘 1/n。",
)
def weights_sum_the_batch(x: Any, z: Any, y: Any) -> Any:
    return nn.logistic_gradient(x, z, y) * np.size(z)


@misconception(
    "uphill",
    en="Label minus prediction is taken: the gradient of the likelihood, which is to be climbed.",
    zh="写成标签减预测：那是似然的梯度，应当上升而不是下降。",
)
def weights_uphill(x: Any, z: Any, y: Any) -> Any:
    return -nn.logistic_gradient(x, z, y)


@claim(
    "losses.weight-gradient",
    en="For the weights of one sigmoid output, the gradient of the cross-entropy is the mean of"
    " input times prediction minus label, with no derivative of the activation: inputs 2, 1, 4,"
    " predictions 0.5 and labels 1, 0, 0 give 0.5, and repeating the batch changes nothing.",
    zh="对单个 Sigmoid 输出的权重，交叉熵的梯度是“输入乘以（预测减标签）”的平均，"
    "不含激活函数的导数："
    "输入为 2、1、4，预测均为 0.5，标签为 1、0、0 时，梯度为 0.5；把整个批次重复几遍，梯度不变。",
    notes="Z.5",
    on=nn.logistic_gradient,
    misconceptions=[
        weights_keep_the_slope,
        forgets_the_inputs,
        weights_sum_the_batch,
        weights_uphill,
    ],
    sources=[_NIELSEN, _BISHOP],
)
def weight_gradient(gradient: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure three examples by hand, two batches by a complex step, one of them repeated."""
    x = np.array([[2.0], [1.0], [4.0]])
    by_hand = gradient(x, np.zeros(3), [1, 0, 0])
    yield equals("∂C/∂w, x = 2, 1, 4, σ(z) = 0.5, y = 1, 0, 0", by_hand, [0.5], ROUNDING)
    for examples, features in ((3, 2), (7, 4)):
        x, w = rng.normal(size=(examples, features)), rng.normal(size=features)
        y = rng.integers(0, 2, size=examples)
        step = [complex_step(_along_weight(x, w, y, j), np.zeros(1))[0] for j in range(features)]
        name = f"∂C/∂wⱼ = Im C(wⱼ + ih)/h, n = {examples}"
        measured = gradient(x, x @ w, y)
        yield equals(name, measured, step, COMPLEX_STEP)
    tripled = gradient(np.tile(x, (3, 1)), np.tile(x @ w, 3), np.tile(y, 3))
    yield equals("∂C/∂w of the batch three times", tripled, step, COMPLEX_STEP)


def _along_weight(x: Any, w: Any, y: Any, j: int) -> Callable[[Any], Any]:
    """Return the loss as a function of what is added to the jth weight."""

    def loss(v: Any) -> Any:
        return np.mean(oracle.analytic_loss(x @ w + x[:, j] * v, y), keepdims=True)

    return loss


@misconception(
    "forgot-the-mean",
    en="The factor 1/n of the mean is lost.",
    zh="漏掉了取平均的因子 1/n。",
)
def rows_forgot_the_mean(z: Any, y: Any) -> Any:
    return nn.cross_entropy_gradient(z, y) * len(z)


@misconception(
    "only-the-label",
    en="Only the label's probability stands in the loss, so only its logit is expected to move.",
    zh="损失里只出现标签的概率，于是以为只有标签那一类的 logit 有梯度。",
)
def only_the_label(z: Any, y: Any) -> Any:
    return np.where(distributions(z, y) > 0, nn.cross_entropy_gradient(z, y), 0.0)


@misconception(
    "diagonal-slope",
    en="Softmax's slope p(1 - p) is expected to stay, as with the squared error.",
    zh="以为 softmax 的斜率 p(1 - p) 会留下来，像平方误差那样。",
)
def diagonal_slope(z: Any, y: Any) -> Any:
    p = softmax(z)
    return nn.cross_entropy_gradient(z, y) * p * (1 - p)


@misconception(
    "separate-sigmoids",
    en="Each class gets a sigmoid of its own, as though several labels could hold at once.",
    zh="给每一类单独用一个 Sigmoid，好像可以同时有几个标签。",
)
def separate_sigmoids(z: Any, y: Any) -> Any:
    return (sigmoid(z) - distributions(z, y)) / len(z)


@claim(
    "losses.softmax-gradient",
    en="For the logits before a softmax the gradient is (p - y)/n: each example's gradients sum to"
    " 0 over the classes. Equal logits of 4 classes in a batch of n = 3 give -0.25 for the label"
    " and 0.0833 for each other class.",
    zh="对 softmax 之前的 logit，梯度是 (p - y)/n：每个样本的梯度在各类别上之和为 0。"
    "4 类 logit 相等、批次大小 n = 3 时，标签那一类的梯度为 -0.25，其余每类为 0.0833。",
    notes="Z.5",
    on=nn.cross_entropy_gradient,
    misconceptions=[rows_forgot_the_mean, only_the_label, diagonal_slope, separate_sigmoids],
    sources=["Bishop 2006, section 4.3.4", "Goodfellow, Bengio & Courville 2016, section 6.2.2.3"],
    quantities=[label_gradient],
)
def softmax_gradient(gradient: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure equal logits by hand, then class numbers and distributions by a complex step."""
    equal = gradient(np.full((3, 4), rng.normal()), np.array([1, 3, 0]))
    labels = np.eye(4, dtype=bool)[[1, 3, 0]]
    yield equals("∂C/∂z of the label, 4 classes, n = 3", equal[labels], -0.25, ROUNDING)
    yield equals("∂C/∂z of another class", equal[~labels], 1 / 12, ROUNDING)
    z = rng.normal(scale=2, size=(3, 4))
    for kind, targets in (
        ("classes", np.array([2, 0, 3])),
        ("rows of 0 and 1", np.eye(4, dtype=int)[[1, 2, 2]]),
        ("distributions", rng.dirichlet(np.ones(4), size=3)),
    ):
        y = np.eye(4)[targets] if targets.ndim == 1 else targets
        measured = gradient(z, targets)
        step = np.stack([complex_step(_along(z, y, k), z[:, k]) for k in range(4)], axis=1)
        yield equals(f"∂C/∂z = Im C(z + ih)/h, {kind}", measured, step, COMPLEX_STEP, at=z)
        yield equals(f"Σₖ ∂C/∂zₖ, {kind}", np.sum(measured, axis=1), 0.0, ROUNDING)
    far = gradient(np.array([[1000.0, -1000.0], [0.0, 1000.0]]), np.array([1, 1]))
    yield equals("∂C/∂z, z = ±1000, n = 2", far, [[0.5, -0.5], [0.0, 0.0]], ROUNDING)


def _along(z: Any, y: Any, k: int) -> Callable[[Any], Any]:
    """Return each example's share of the loss as a function of its kth logit."""

    def share(v: Any) -> Any:
        logits = [v if j == k else z[:, j] for j in range(z.shape[1])]
        total = sum(np.exp(each) for each in logits)
        terms = (y[:, j] * np.log(np.exp(each) / total) for j, each in enumerate(logits))
        return -sum(terms) / len(z)

    return share

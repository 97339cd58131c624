"""Dropout as an ensemble of subnetworks, and as noise (notes 3.2.2)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization._exact import Array, fitted, masks
from studydl.claims.regularization.dropout_layer import SRIVASTAVA, unscaled
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "dropout_approximates",
    "dropout_geometric_mean",
    "dropout_is_ridge",
    "dropout_shared_weights",
    "dropout_spreads",
]


@misconception(
    "test-by-the-drop-rate",
    en="The weights are multiplied by p, which keeps in the paper but drops in 1/(1 - p).",
    zh="把权重乘以 p：论文里 p 是保留概率，而 1/(1 - p) 里 p 是丢弃概率。",
    notes="3.2.2",
)
def by_the_drop_rate(x: Any, *, drop: float) -> Any:
    """Mistake dropping for keeping."""
    return drop * x


@misconception(
    "trained-weights-as-they-are",
    en="After training without scale the weights are used as they are.",
    zh="训练时没有缩放，测试时也照原样使用权重。",
)
def as_they_are(x: Any, *, drop: float) -> Any:
    """Forget the scale."""
    return x + 0.0 * drop


@misconception(
    "root-of-the-keep-rate",
    en="The scale is taken to preserve the variance, as initialisations do, not the mean.",
    zh="以为缩放要像参数初始化那样保持方差，而不是保持均值。",
)
def root_of_keep_rate(x: Any, *, drop: float) -> Any:
    """Scale by the root."""
    return x * np.sqrt(1 - drop)


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - np.max(scores))
    return np.asarray(powers / np.sum(powers))


@claim(
    "regularization.dropout-geometric-mean",
    en="For a softmax layer whose inputs are dropped, the network with scaled weights is exactly"
    " the ensemble: its probabilities are 1 times the normalised geometric mean of the predictions"
    " of all 8 subnetworks over 3 inputs, weighted by their probabilities at p = 0.2.",
    zh="对输入做 dropout 的 softmax 层，缩放权重后的网络恰好就是集成："
    "它的概率是 3 个输入上全部 8 个子网络预测的归一化几何平均的 1 倍"
    "（按 p = 0.2 时各自的概率加权）。",
    notes="3.2.2",
    on=nn.scale_for_test,
    misconceptions=[by_the_drop_rate, as_they_are, root_of_keep_rate],
    sources=[
        "Goodfellow, Bengio & Courville 2016, section 7.12, equations 7.58 to 7.66",
        "Baldi & Sadowski 2013, section 3",
    ],
)
def dropout_geometric_mean(scale: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Enumerate the subnetworks, and add up their log probabilities."""
    x, weights, biases = rng.normal(size=3), rng.normal(size=(3, 4)) * 2, rng.normal(size=4)
    subnetworks = list(masks(3, 0.2))
    yield equals("subnetworks of 3 inputs", float(len(subnetworks)), 8.0, EXACT)
    logs = [
        chance * np.log(_softmax((mask * x) @ weights + biases)) for mask, chance in subnetworks
    ]
    mean = np.exp(np.sum(logs, axis=0))
    mean = mean / np.sum(mean)
    scaled = _softmax(x @ scale(weights, drop=0.2) + biases)
    yield equals("softmax of scaled weights / mean, p = 0.2", scaled / mean, 1.0, ROUNDING)


@misconception(
    "expectation-is-kept-everywhere",
    en="The expectation is kept at the dropped units, and is thought to be kept behind them too.",
    zh="期望在被丢弃的单元处不变，于是以为在它们之后也不变。",
    notes="3.2.2",
)
def kept_everywhere(x: Any, mask: Any, *, drop: float) -> Any:  # noqa: ARG001 - no noise comes through
    """Return the expectation for every mask."""
    return x


@misconception(
    "drops-together",
    en="Units are thought to be dropped together, layer by layer.",
    zh="以为同一层的单元总是一起被丢弃。",
)
def drops_together(x: Any, mask: Any, *, drop: float) -> Any:
    """Use the first unit's mask for all."""
    return x * mask[0] / (1 - drop)


@claim(
    "regularization.dropout-approximates",
    en="Behind a nonlinearity the network at test only approximates the mean of its subnetworks: a"
    " ReLU that reads two dropped inputs of 1 with the weights 1 and -1 gives 0 at test, but 0.2"
    " on average over the masks at p = 0.2; without the ReLU both are 0.",
    zh="经过非线性之后，测试时的网络只是近似于子网络的平均：一个 ReLU 以权重 1 和 -1 "
    "读入两个做了 dropout、值为 1 的输入，测试时输出 0，而在 p = 0.2 时对掩码平均为 0.2；"
    "没有 ReLU 时两者都是 0。",
    notes="3.2.2",
    on=nn.dropout,
    misconceptions=[kept_everywhere, unscaled, drops_together],
    sources=[f"{SRIVASTAVA}, sections 1 and 7.5", "Baldi & Sadowski 2013, section 4"],
)
def dropout_approximates(layer: Callable[..., Any], _rng: Generator) -> Iterator[Measurement]:
    """Enumerate the four masks, with and without the ReLU, and for weights of one sign."""
    x = np.ones(2)
    for weights in (np.array([1.0, -1.0]), np.array([1.0, 2.0])):
        values = [
            (float(np.sum(weights * layer(x, mask, drop=0.2))), chance)
            for mask, chance in masks(2, 0.2)
        ]
        through = np.sum([chance * np.maximum(value, 0.0) for value, chance in values])
        straight = np.sum([chance * value for value, chance in values])
        at_test = float(np.sum(weights))
        expected = 0.2 if weights[1] < 0 else 3.0
        name = f"w = (1, {weights[1]:g}), p = 0.2"
        yield equals(f"E[relu(w·y)], {name}", through, expected, ROUNDING)
        yield equals(f"E[w·y], {name}", straight, at_test, ROUNDING)


@misconception(
    "dropped-weights-learn-too",
    en="The gradient is taken with respect to the whole input, dropped or not.",
    zh="按整个输入求梯度，不管是否被丢弃。",
)
def dropped_learn_too(
    w: Any, x: Any, y: float, mask: Any, *, drop: float, learning_rate: float
) -> Any:
    """Move every weight."""
    error = np.sum(w * x * mask) / (1 - drop) - y
    return w - learning_rate * error * x / (1 - drop)


@misconception(
    "each-its-own-weights",
    en="Subnetworks are thought of as models of their own, as in bagging: the weights of one step"
    " serve it alone.",
    zh="把各个子网络当成像 bagging 那样彼此独立的模型：一步更新的权重只归这个子网络。",
)
def own_weights(w: Any, x: Any, y: float, mask: Any, *, drop: float, learning_rate: float) -> Any:
    """Leave the shared weights where all but this subnetwork find them."""
    stepped = nn.dropout_step(w, x, y, mask, drop=drop, learning_rate=learning_rate)
    return w + (stepped - w) / 2 ** len(w)


@misconception(
    "forgets-the-scale",
    en="The step is taken without the factor 1/(1 - p) of the kept inputs.",
    zh="更新时漏掉了保留单元的因子 1/(1 - p)。",
)
def forgets_the_scale(
    w: Any, x: Any, y: float, mask: Any, *, drop: float, learning_rate: float
) -> Any:
    """Drop without scaling."""
    return w - learning_rate * (np.sum(w * x * mask) - y) * x * mask + 0 * drop


@claim(
    "regularization.dropout-shared-weights",
    en="The 16 subnetworks over 4 inputs are no independent models: one step of the subnetwork that"
    " keeps the first 2 changes the output of 12 of them, by what the inputs that they share with"
    " it contribute; only the 4 that share none stay as they are.",
    zh="4 个输入上的 16 个子网络并不独立：保留前 2 个输入的子网络走一步，"
    "就会改变其中 12 个的输出，改变多少由共有的输入决定；只有没有共有输入的 4 个不变。",
    notes="3.2.2",
    on=nn.dropout_step,
    misconceptions=[dropped_learn_too, own_weights, forgets_the_scale],
    sources=["Goodfellow, Bengio & Courville 2016, section 7.12", f"{SRIVASTAVA}, section 2"],
)
def dropout_shared_weights(step: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Step with one mask, and measure the output of every subnetwork before and after."""
    w, x = rng.uniform(0.5, 2, size=(2, 4))
    kept, drop, rate = np.array([1.0, 1.0, 0.0, 0.0]), 0.2, 0.01
    after = step(w, x, -1.0, kept, drop=drop, learning_rate=rate)
    error = sum(w[i] * x[i] / 0.8 for i in (0, 1)) + 1.0
    changed = 0
    for mask, _ in masks(4, drop):
        thinned = mask * x / 0.8
        change = float(np.sum(thinned * after) - np.sum(thinned * w))
        shared = sum(x[i] ** 2 for i in range(4) if mask[i] * kept[i])
        changed += abs(change) > 1e-3
        name = "f after - f before, kept " + "".join(str(int(m)) for m in mask)
        yield equals(name, 1 + change, 1 - rate * error * shared / 0.64, ROUNDING)
    yield equals("subnetworks changed, of 16", float(changed), 12.0, EXACT)
    yield equals("subnetworks unchanged, by the first 2", 16.0 - changed, 4.0, EXACT)


def _regression(name: str, fit: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, fit, Text(en, zh), notes)


def _without_noise(x: Any, y: Any, *, drop: float) -> Any:  # noqa: ARG001 - drop is what it forgets
    return nn.least_squares(x, y)


def _one_penalty(x: Any, y: Any, *, drop: float) -> Any:
    return nn.ridge(x, y, penalty=drop / (1 - drop) * float(np.mean(x**2)))


def _scaled_penalty(x: Any, y: Any, factor: float) -> Any:
    gram = x.T @ x
    return fitted(gram + factor * np.diag(np.diag(gram)), x.T @ y)


@claim(
    "regularization.dropout-is-ridge",
    en="For linear regression, dropout on the inputs is in expectation an L2 penalty: at p = 0.2 it"
    " penalises each squared weight by p/(1 - p) = 0.25 of its feature's mean square, so that the"
    " weights are 1 times those of that ridge regression, and not those of more data.",
    zh="对线性回归，输入上的 dropout 从期望看就是 L2 惩罚：p = 0.2 时，每个权重平方的惩罚强度是"
    "该特征均方的 p/(1 - p) = 0.25，得到的权重是这种岭回归的 1 倍，而不是更多数据得到的权重。",
    notes="3.2.2",
    on=nn.dropout_regression,
    misconceptions=[
        _regression(
            "as-more-examples",
            _without_noise,
            "Noise on the data is counted as more examples, which would leave the fit unbiased.",
            "把给数据加噪声算作增加样本，那样拟合不会有偏。",
            notes="3.2.2",
        ),
        _regression(
            "one-penalty-for-all",
            _one_penalty,
            "The penalty is taken to be plain L2, the same for every weight.",
            "以为就是普通的 L2，对每个权重的惩罚都一样。",
        ),
        _regression(
            "noise-of-the-bare-mask",
            lambda x, y, *, drop: _scaled_penalty(x, y, drop * (1 - drop)),
            "The variance p(1 - p) of the mask is used without the scale.",
            "直接用掩码的方差 p(1 - p)，没有计入缩放。",
        ),
    ],
    sources=[f"{SRIVASTAVA}, section 9.1", "Wager, Wang & Liang 2013, sections 2 and 3"],
)
def dropout_is_ridge(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Enumerate all masks of every example, and solve the expected normal equations."""
    x = rng.normal(size=(5, 2)) * np.array([1.0, 3.0])
    y = rng.normal(size=5)
    gram, pull = np.zeros((2, 2)), np.zeros(2)
    for (row, target), (mask, chance) in itertools.product(
        zip(x, y, strict=True), list(masks(2, 0.2))
    ):
        thinned = row * mask / 0.8
        gram = gram + chance * np.outer(thinned, thinned)
        pull = pull + chance * thinned * target
    weights = fit(x, y, drop=0.2)
    yield equals("w / w of all masks, p = 0.2", weights / fitted(gram, pull), 1.0, ROUNDING)
    excess = (x.T @ y - x.T @ x @ weights) / (np.sum(x**2, axis=0) * weights)
    yield equals("penalty/mean square, p = 0.2", excess, 0.25, ROUNDING)


def _first_of_the_two(x: Any, y: Any, *, drop: float) -> Any:
    weights = nn.dropout_regression(x[:, :1], y, drop=drop)
    return np.concatenate([weights, np.zeros((x.shape[1] - 1, *weights.shape[1:]))])


@claim(
    "regularization.dropout-spreads",
    en="Dropout makes a unit rely on no single input: of two identical inputs of which the target"
    " is 2 times one, at p = 0.2 each gets the weight 0.889, so that losing one costs 0.5 of the"
    " output instead of all of it.",
    zh="dropout 使单元不依赖任何单个输入：两个完全相同的输入，目标是其中一个的 2 倍，"
    "p = 0.2 时两者各得权重 0.889，丢掉一个只损失输出的 0.5，而不是全部。",
    notes="3.2.2",
    on=nn.dropout_regression,
    misconceptions=[
        _regression(
            "relies-on-one",
            _first_of_the_two,
            "One of two inputs that say the same is thought to be enough.",
            "以为两个信息相同的输入，用一个就够了。",
        ),
        _regression(
            "without-shrinking",
            _without_noise,
            "The weights are thought to be shared, but not shrunk.",
            "以为权重只是均分，并没有缩小。",
        ),
        _regression(
            "penalty-p",
            lambda x, y, *, drop: _scaled_penalty(x, y, drop),
            "The penalty is taken to be p instead of p/(1 - p).",
            "把惩罚强度当成 p，而不是 p/(1 - p)。",
        ),
    ],
    sources=[f"{SRIVASTAVA}, sections 2 and 7.1", "Hinton et al. 2012, page 1"],
)
def dropout_spreads(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Fit two copies of one feature; without dropout every split of the weight fits as well."""
    feature = rng.uniform(0.5, 2, size=6)
    x = np.stack([feature, feature], axis=1)
    weights = fit(x, 2 * feature, drop=0.2)
    yield equals("w of each copy, y = 2 x, p = 0.2", weights, 2 / 2.25, ROUNDING)
    left = (x * np.array([0.0, 1.0])) @ weights / (x @ weights)
    yield equals("share of the output lost with one", 1 - left, 0.5, ROUNDING)

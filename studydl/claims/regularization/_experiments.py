"""What can be predicted of regularisation before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

__all__ = [
    "best_time_to_stop",
    "distinct_share",
    "noise_of_an_average",
    "share_of_zeros",
    "test_error_by_size",
    "vote",
]

_EXAMPLES = 16
_FEATURES = 100


@experiment(
    "noise-of-an-average",
    en="A unit averages n inputs that are all 1. Each is dropped with probability p, the rest"
    " scaled up as usual. What is the standard deviation of the average in training?",
    zh="一个单元对 n 个都等于 1 的输入求平均。训练时每个输入以概率 p 被丢弃，其余照常放大。"
    "这个平均值的标准差是多少？",
    dials=[
        dial("p", "drop rate p", "丢弃率 p", (0.1, 0.2, 0.5, 0.8, 0.9), 0.5),
        dial("n", "inputs n", "输入个数 n", (1, 4, 16, 64, 256), 16),
    ],
)
def noise_of_an_average(layer: Callable[..., Any], rng: Generator, *, p: float, n: int) -> Outcome:
    """It is √(p / ((1 - p) n)): at p = 0.9 nine times the noise of p = 0.1 in the deviation."""
    draws = rng.random(size=(1000, n))
    x = np.ones(n)

    def noise(drop: float) -> float:
        kept = (draws >= drop).astype(np.float64)
        return float(np.std(np.mean([layer(x, mask, drop=drop) for mask in kept], axis=1)))

    return swept(noise, p, np.linspace(0.1, 0.9, 9), x="p", y="σ")


@experiment(
    "share-of-zeros",
    en="Normal weights of mean 0 go through the soft threshold of an L1 penalty. Which share of"
    " them becomes exactly 0?",
    zh="均值为 0 的正态分布权重经过 L1 惩罚的软阈值。恰好变成 0 的比例是多少？",
    dials=[
        dial("threshold", "threshold", "阈值", (0.01, 0.1, 0.3, 1.0, 2.0, 3.0), 0.3),
        dial("spread", "deviation of the weights", "权重标准差", (0.1, 0.3, 1.0, 3.0), 1.0),
    ],
)
def share_of_zeros(
    soft: Callable[..., Any], rng: Generator, *, threshold: float, spread: float
) -> Outcome:
    """Only the ratio counts; a threshold of one deviation removes two thirds of the weights."""
    weights = spread * rng.normal(size=20_000)
    return swept(
        lambda limit: np.mean(soft(weights, threshold=limit) == 0),
        threshold,
        np.linspace(0.01, 3, 40),
        x="threshold",
        y="P(w = 0)",
    )


@experiment(
    "best-time-to-stop",
    en="Linear regression on some examples of 8 features, each of which truly counts 1. Gradient"
    " descent starts from 0 with the rate 0.1. After how many steps is its expected error on new"
    " examples smallest (at most 400)?",
    zh="用若干样本做 8 个特征的线性回归，每个特征的真实权重都是 1。梯度下降从 0 出发，学习率 0.1。"
    "多少步之后，它在新样本上的期望误差最小（最多 400 步）？",
    dials=[
        dial("noise", "deviation of the noise", "噪声标准差", (0.3, 1.0, 2.0, 4.0, 8.0), 2.0),
        dial("examples", "examples", "样本数", (10, 16, 32, 128), 16),
    ],
)
def best_time_to_stop(
    descend: Callable[..., Any], rng: Generator, *, noise: float, examples: int
) -> Outcome:
    """The more noise and the fewer examples, the sooner: what is learnt last is noise first."""
    x = rng.normal(size=(examples, 8))
    answers = descend(x, np.eye(examples), learning_rate=0.1, steps=400)
    truth = np.ones(8)
    # Each step's weights are linear in the labels, so bias and variance are known without drawing.
    bias = np.sum((answers @ (x @ truth) - truth) ** 2, axis=1)
    errors = bias + noise**2 * np.sum(answers**2, axis=(1, 2))
    line = curve("E", range(0, 401, 5), errors[::5], x_label="t", y_label="E")
    return Outcome(float(np.argmin(errors)), (line,))


@experiment(
    "majority",
    en="An odd number of classifiers vote. Each is right with the same probability, independently"
    " of the others. Which share of the votes comes out right?",
    zh="奇数个分类器投票，每个判断正确的概率相同，且彼此独立。投票结果正确的比例是多少？",
    dials=[
        dial("members", "classifiers", "分类器个数", (1, 3, 5, 11, 25, 101), 11),
        dial("p", "each is right", "单个正确率", (0.3, 0.45, 0.5, 0.55, 0.6, 0.7), 0.6),
    ],
)
def vote(majority: Callable[..., Any], rng: Generator, *, members: int, p: float) -> Outcome:
    """A little better than chance is enough for many; a little worse is the ruin of all."""
    votes = np.where(rng.random(size=(101, 4000)) < p, 1.0, -1.0)
    return swept(
        lambda count: np.mean(majority(votes[:count]) == 1),
        members,
        (1, 3, 5, 7, 11, 15, 25, 51, 75, 101),
        x="members",
        y="P",
    )


@experiment(
    "distinct-share",
    en="A bootstrap sample draws n times with replacement from n examples. Which share of them does"
    " it hold, on average?",
    zh="自助采样从 n 个样本中有放回地抽取 n 次。平均有多大比例的样本被抽到？",
    dials=[dial("n", "examples n", "样本数 n", (2, 3, 5, 10, 100, 1000), 5)],
)
def distinct_share(resample: Callable[..., Any], rng: Generator, *, n: int) -> Outcome:
    """A third is left out however many there are: 1/e of them."""

    def share(count: int) -> float:
        x = np.arange(float(count))[:, None]
        drawn = (resample(rng, x) for _ in range(20_000 // count if count < 100 else 100))
        return float(np.mean([len(np.unique(each)) for each in drawn]) / count)

    return swept(share, n, (2, 3, 5, 10, 30, 100, 1000), x="n", y="share")


@experiment(
    "test-error-by-size",
    en="16 examples depend on 100 features, each a little, with noise. Least squares uses the first"
    " d of them; if many weights fit perfectly, the shortest. What is its test error (mean square,"
    " median of 25 data sets)?",
    zh="16 个样本依赖于 100 个特征（每个影响都很小），并带有噪声。最小二乘只用前 d 个特征；"
    "若有许多完美拟合，则取最短的那个。测试误差（均方，25 组数据的中位数）是多少？",
    dials=[
        dial("d", "features used d", "使用的特征数 d", (1, 4, 8, 12, 16, 20, 40, 100), 12),
        dial("noise", "deviation of the noise", "噪声标准差", (0.1, 1.0, 2.0), 1.0),
    ],
)
def test_error_by_size(fit: Callable[..., Any], rng: Generator, *, d: int, noise: float) -> Outcome:
    """It peaks where the features are as many as the examples, and falls again beyond."""
    truth = np.full(_FEATURES, 0.2)
    sets = []
    for _ in range(25):
        x = rng.normal(size=(_EXAMPLES, _FEATURES))
        sets.append((x, x @ truth + noise * rng.normal(size=_EXAMPLES)))

    def error(used: int) -> float:
        excess = []
        for x, y in sets:
            weights = np.zeros(_FEATURES)
            weights[:used] = fit(x[:, :used], y)
            excess.append(np.sum((weights - truth) ** 2))
        return float(noise**2 + np.median(excess))

    return swept(
        error, d, (1, 2, 4, 6, 8, 10, 12, 14, 15, 16, 17, 20, 25, 40, 70, 100), x="d", y="E"
    )

"""What can be predicted of normalisations before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

__all__ = [
    "changes_through_layers",
    "condition_after_norm",
    "drowned_features",
    "length_under_noise",
    "noise_of_one_example",
    "outlier",
]


@experiment(
    "noise-of-one-example",
    en="An example has the value x in some feature, the data have mean 0 and deviation 1. It is"
    " normalised together with a random batch. By how much does its normalised value scatter from"
    " batch to batch (standard deviation)?",
    zh="某个样本的一个特征值为 x，总体数据均值为 0、标准差为 1。"
    "它与随机抽取的其他样本组成 batch 一起归一化。"
    "不同 batch 下，它归一化后的值波动多大（标准差）？",
    dials=[
        dial("n", "batch size", "batch 大小", (2, 4, 8, 16, 32, 64, 128), 16),
        dial("x", "its value x", "它的值 x", (0.0, 1.0, 2.0, 3.0), 1.0),
    ],
)
def noise_of_one_example(norm: Callable[..., Any], rng: Generator, *, n: int, x: float) -> Outcome:
    """It falls as one over the root of the batch, and is larger for what lies far out."""
    others = rng.normal(size=(128, 1000))
    others[0] = x
    gain, shift = np.ones(1000), np.zeros(1000)

    def scatter(size: int) -> float:
        output, _ = norm(others[:size], gain, shift)
        return float(np.std(output[0]))

    return swept(scatter, n, (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128), x="n", y="σ(x̂)")


@experiment(
    "outlier",
    en="One of n values is an outlier; the others are -1 and 1, as many of either. What does the"
    " outlier become when they are standardised together?",
    zh="n 个值中有一个离群值，其余是个数相等的 -1 和 1。把它们一起标准化之后，离群值变成多少？",
    dials=[
        dial("n", "values n", "个数 n", (3, 5, 11, 101, 1001), 11),
        dial("s", "outlier", "离群值", (2.0, 5.0, 10.0, 100.0, 10_000.0), 100.0),
    ],
)
def outlier(standardize: Callable[..., Any], _rng: Generator, *, n: int, s: float) -> Outcome:
    """It is its own deviation: nothing among n values lies further out than the root of n - 1."""

    def place(size: float) -> float:
        values = np.concatenate([[size], np.ones((n - 1) // 2), -np.ones((n - 1) // 2)])
        return float(standardize(values, axes=(0,)).values[0])

    return swept(place, s, np.geomspace(2, 10_000, 38), x="s", y="x̂")


@experiment(
    "drowned-features",
    en="Of n features of an example one is s, the others are 1 and -1 by turns. How far apart do 1"
    " and -1 lie after layer norm?",
    zh="一个样本的 n 个特征中，有一个是 s，其余交替为 1 和 -1。Layer Norm 之后，1 与 -1 相距多远？",
    dials=[
        dial("s", "the odd feature s", "异常特征 s", (1.0, 3.0, 10.0, 30.0, 100.0, 1000.0), 30.0),
        dial("n", "features n", "特征数 n", (5, 17, 65, 257, 1025), 65),
    ],
)
def drowned_features(norm: Callable[..., Any], _rng: Generator, *, s: float, n: int) -> Outcome:
    """One feature sets the scale of all, unless there are about as many as its square."""

    def distance(size: float) -> float:
        x = np.where(np.arange(n) % 2, -1.0, 1.0)
        x[-1] = size
        output, _ = norm(x[None], np.ones(n), np.zeros(n))
        return float(output[0, 0] - output[0, 1])

    return swept(distance, s, np.geomspace(1, 1000, 37), x="s", y="LN(1) - LN(-1)")


@experiment(
    "length-under-noise",
    en="Weight norm: v starts at length 1, with 50 components, the weights' length g is 1 and"
    " stays. Gradient descent meets gradients for the weights that are pure noise of length 1. How"
    " long is v after some steps?",
    zh="权重归一化：v 有 50 个分量，初始长度为 1，权重长度 g 保持为 1。"
    "梯度下降遇到的权重梯度是长度为 1 的纯噪声。若干步之后，v 有多长？",
    dials=[
        dial("steps", "steps", "步数", (10, 100, 300, 1000), 100),
        dial("rate", "learning rate", "学习率", (0.1, 0.3, 1.0, 3.0), 1.0),
    ],
)
def length_under_noise(weights: Any, rng: Generator, *, steps: int, rate: float) -> Outcome:
    """A longer v takes shorter steps: the length grows as the fourth root of time."""
    v = np.zeros((50, 1))
    v[0] = 1.0
    path = [1.0]
    for g in rng.normal(size=(steps, 50, 1)):
        v = v - rate * weights.backward(g / np.linalg.norm(g), v, np.ones(1)).direction
        path.append(float(np.linalg.norm(v)))
    every = max(steps // 50, 1)
    line = curve("|v|", range(0, steps + 1, every), path[::every], x_label="steps", y_label="|v|")
    return Outcome(path[-1], (line,))


@experiment(
    "condition-after-norm",
    en="Two features have the correlation r, and the second has k times the deviation of the first."
    " What is the condition number of their covariance after batch norm?",
    zh="两个特征的相关系数为 r，第二个的标准差是第一个的 k 倍。"
    "Batch Norm 之后，协方差矩阵的条件数是多少？",
    dials=[
        dial("r", "correlation r", "相关系数 r", (0.0, 0.3, 0.6, 0.9, 0.99), 0.6),
        dial("k", "ratio k", "倍数 k", (1.0, 10.0, 100.0), 10.0),
    ],
)
def condition_after_norm(
    norm: Callable[..., Any], _rng: Generator, *, r: float, k: float
) -> Outcome:
    """The scales are gone, whatever they were; the correlation stays, and all of its harm."""
    a, b = np.array([1.0, -1, 1, -1]), np.array([1.0, 1, -1, -1])

    def condition(correlation: float) -> float:
        x = np.stack([a, k * (correlation * a + np.sqrt(1 - correlation**2) * b)], axis=1)
        output, _ = norm(x, np.ones(2), np.zeros(2))
        low, high = np.linalg.eigvalsh(output.T @ output)
        return float(high / low)

    return swept(condition, r, np.linspace(0, 0.99, 34), x="r", y="λ_max / λ_min")


@experiment(
    "changes-through-layers",
    en="A training step makes every weight of a chain of linear layers larger by a few percent. By"
    " what factor does the output of the last layer change?",
    zh="一步训练使一串线性层中的每个权重都增大百分之几。最后一层的输出变为多少倍？",
    dials=[
        dial("depth", "layers", "层数", (1, 5, 10, 20, 50, 100), 20),
        dial("percent", "larger by percent", "增大百分比", (1.0, 2.0, 5.0, 10.0), 5.0),
    ],
)
def changes_through_layers(chain: Any, _rng: Generator, *, depth: int, percent: float) -> Outcome:
    """They multiply: what the last layer sees after the step is another distribution."""

    def factor(layers: int) -> float:
        before, after = (chain.linear(1.0, w, layers)[-1] for w in (1.0, 1 + percent / 100))
        return float(after / before)

    return swept(factor, depth, range(1, 101), x="depth", y="h′ / h")

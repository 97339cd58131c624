"""What can be predicted of losses before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from studydl.claims.losses.slopes import OutputGradients

__all__ = [
    "confidence_by_temperature",
    "gradients_beside_each_other",
    "logit_by_wrong_labels",
    "loss_of_random_logits",
    "smallest_loss",
    "steps_out_of_saturation",
]

_PATIENCE = 2000


@experiment(
    "confidence-by-temperature",
    en="One of n classes has a logit that is larger than all others, which are equal. The logits"
    " are divided by a temperature before the softmax. What probability does that class get?",
    zh="n 个类别中，有一类的 logit 比其余相等的各类高出一截。先把 logit 除以温度，再做 softmax。"
    "这一类得到多大的概率？",
    dials=[
        dial("temperature", "temperature", "温度", (0.1, 0.5, 1.0, 2.0, 5.0, 10.0), 1.0),
        dial("ahead", "larger by", "高出", (1.0, 2.0, 4.0, 8.0), 4.0),
        dial("n", "classes n", "类别数 n", (2, 10, 100, 1000), 10),
    ],
)
def confidence_by_temperature(
    softmax: Any, _rng: Generator, *, temperature: float, ahead: float, n: int
) -> Outcome:
    """A lead of four logits is nearly certain among two, and a third among a hundred."""

    def confidence(t: float) -> float:
        logits = np.zeros((1, n))
        logits[0, 0] = ahead / t
        return float(softmax(logits)[0, 0])

    return swept(confidence, temperature, np.geomspace(0.1, 10, 41), x="temperature", y="p")


@experiment(
    "gradients-at-a-logit",
    en="A sigmoid output has the target 1. How many times as large is the gradient of the"
    " cross-entropy for its logit as that of half the squared error?",
    zh="Sigmoid 输出的目标是 1。交叉熵对 logit 的梯度，是平方误差之半的梯度的多少倍？",
    dials=[dial("z", "logit", "logit", (-8.0, -5.0, -3.0, -1.0, 0.0, 1.0, 3.0), -3.0)],
)
def gradients_beside_each_other(
    gradients: OutputGradients, _rng: Generator, *, z: float
) -> Outcome:
    """The squared error has the slope as a further factor: it is least where most is wrong."""

    def ratio(logit: float) -> float:
        at, target = np.array([logit]), np.array([1.0])
        return float(
            gradients.cross_entropy(at, target)[0] / gradients.squared_error(at, target)[0]
        )

    return swept(ratio, z, np.linspace(-8, 3, 45), x="z", y="g_CE / g_MSE")


@experiment(
    "steps-out-of-saturation",
    en="A sigmoid output starts on the wrong side, with the target 1. After how many steps of"
    " gradient descent for its logit on half the squared error is it above 0.5 (at most 2000)?",
    zh="Sigmoid 输出的目标是 1，初始却在错误的一侧。对 logit 用平方误差之半做梯度下降，"
    "多少步之后输出超过 0.5（最多 2000 步）？",
    dials=[
        dial("start", "logit at the start", "初始 logit", (-6.0, -4.0, -3.0, -2.0, -1.0), -4.0),
        dial("rate", "learning rate", "学习率", (0.3, 1.0, 3.0), 1.0),
    ],
)
def steps_out_of_saturation(
    gradients: OutputGradients, _rng: Generator, *, start: float, rate: float
) -> Outcome:
    """Every further unit of logit costs e times as many steps; cross-entropy takes a handful."""
    z, target, path = np.array([start]), np.ones(1), [start]
    while path[-1] <= 0 and len(path) <= _PATIENCE:
        z = z - rate * gradients.squared_error(z, target)
        path.append(float(z[0]))
    every = max(len(path) // 60, 1)
    outputs = 1 / (1 + np.exp(-np.array(path[::every])))
    line = curve("a", range(0, len(path), every), outputs, x_label="t", y_label="a")
    return Outcome(float(len(path) - 1), (line,))


@experiment(
    "logit-by-wrong-labels",
    en="Of the labels of many equal examples a share is wrong: 0 where it should be 1. At which"
    " logit does gradient descent on the cross-entropy come to rest?",
    zh="许多相同的样本中，有一部分标签错了：本应是 1 却标成 0。"
    "用交叉熵做梯度下降，最终停在哪个 logit？",
    dials=[
        dial("wrong", "share of wrong labels", "错误标签比例", (0.01, 0.05, 0.1, 0.2, 0.4), 0.1),
        dial("steps", "steps of rate 4", "步数（学习率 4）", (10, 30, 100, 300), 300),
    ],
)
def logit_by_wrong_labels(
    gradient: Callable[..., Any], _rng: Generator, *, wrong: float, steps: int
) -> Outcome:
    """It learns the share itself, as a logit; a few wrong labels keep it from growing for ever."""
    labels = np.ones(100)
    labels[: round(100 * wrong)] = 0.0
    z, path = 0.0, [0.0]
    for _ in range(steps):
        z -= 4 * float(np.sum(gradient(np.full(100, z), labels)))
        path.append(z)
    every = max(steps // 50, 1)
    line = curve("z", range(0, steps + 1, every), path[::every], x_label="steps", y_label="z")
    return Outcome(z, (line,))


@experiment(
    "loss-of-random-logits",
    en="An untrained classifier gives n classes normal logits. What is its mean cross-entropy"
    " (natural logarithm)?",
    zh="未训练的分类器给 n 个类别的 logit 服从正态分布。平均交叉熵（自然对数）是多少？",
    dials=[
        dial("n", "classes n", "类别数 n", (2, 10, 100, 1000), 10),
        dial("spread", "deviation of the logits", "logit 标准差", (0.0, 0.5, 1.0, 2.0, 5.0), 1.0),
    ],
)
def loss_of_random_logits(
    cost: Callable[..., Any], rng: Generator, *, n: int, spread: float
) -> Outcome:
    """A spread adds half its square to log n: a loss above log n at the start tells of it."""
    logits = rng.normal(size=(200, n))
    labels = rng.integers(n, size=200)
    return swept(
        lambda s: float(cost(s * logits, labels)), spread, np.linspace(0, 5, 11), x="spread", y="C"
    )


@experiment(
    "smallest-loss",
    en="Label smoothing takes a share from the target of the right class and spreads it evenly"
    " over all n classes. What is the smallest cross-entropy that any prediction can reach"
    " (natural logarithm)?",
    zh="标签平滑从正确类别的目标中取出一份，平均分给全部 n 个类别。"
    "任何预测所能达到的最小交叉熵（自然对数）是多少？",
    dials=[
        dial("share", "share", "平滑比例", (0.001, 0.01, 0.05, 0.1, 0.2, 0.5), 0.1),
        dial("n", "classes n", "类别数 n", (2, 10, 100, 1000), 10),
    ],
)
def smallest_loss(cost: Callable[..., Any], _rng: Generator, *, share: float, n: int) -> Outcome:
    """It is the entropy of the target, far from 0: a smoothed loss is not to be compared."""

    def least(part: float) -> float:
        target = np.full((1, n), part / n)
        target[0, 0] += 1 - part
        return float(cost(np.log(target), target))

    return swept(least, share, np.geomspace(0.001, 0.5, 31), x="share", y="min C")

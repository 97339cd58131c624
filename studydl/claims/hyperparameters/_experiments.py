"""What can be predicted of the choice of hyperparameters before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

__all__ = ["error_by_rate", "optimism", "share_of_draws"]


@experiment(
    "error-by-rate",
    en="Gradient descent on a quadratic of the curvatures 1 and c starts 1 away from the minimum in"
    " both. How far is it off in the worse of both after some steps?",
    zh="在曲率为 1 和 c 的二次函数上做梯度下降，两个方向上都从距最小值 1 处出发。"
    "若干步之后，较差的那个方向还差多远？",
    dials=[
        dial(
            "rate", "learning rate", "学习率", (0.001, 0.01, 0.05, 0.1, 0.18, 0.19, 0.2, 0.21), 0.1
        ),
        dial("steps", "steps", "步数", (5, 20, 50, 100), 50),
        dial("c", "curvature c", "曲率 c", (1.0, 10.0, 20.0), 10.0),
    ],
)
def error_by_rate(
    step: Callable[..., Any], _rng: Generator, *, rate: float, steps: int, c: float
) -> Outcome:
    """Slow, then best just below the edge, then a cliff: 2 over the largest curvature."""
    curvatures = np.array([1.0, c])
    position, path = np.ones(2), [1.0]
    for _ in range(steps):
        position = position + step(curvatures * position, learning_rate=rate)
        path.append(float(np.max(np.abs(position))))
    line = curve("error", range(steps + 1), path, x_label="steps", y_label="max |x|")
    return Outcome(path[-1], (line,))


@experiment(
    "optimism",
    en="Candidates that merely guess between two labels are scored on some validation examples, and"
    " the best is chosen. By how much is its score too good, on average (share of right answers)?",
    zh="一批在两类之间纯粹瞎猜的候选，用若干验证样本打分，选出最好的一个。"
    "它的得分（答对的比例）平均偏高多少？",
    dials=[
        dial("candidates", "candidates", "候选个数", (1, 2, 10, 100, 1000), 10),
        dial("examples", "validation examples", "验证样本数", (20, 100, 1000), 100),
    ],
)
def optimism(
    select: Callable[..., Any], rng: Generator, *, candidates: int, examples: int
) -> Outcome:
    """It grows as the root of the logarithm of the candidates, over the root of the examples."""
    shape = (200, 1000)
    validation, test = (rng.binomial(examples, 0.5, size=shape) / examples for _ in range(2))

    def excess(count: int) -> float:
        chosen = (select(v[:count], t[:count]) for v, t in zip(validation, test, strict=True))
        return float(np.mean([each.validation_score - each.test_score for each in chosen]))

    return swept(excess, candidates, (1, 2, 5, 10, 30, 100, 300, 1000), x="candidates", y="excess")


@experiment(
    "share-of-draws",
    en="Learning rates are drawn on a logarithmic scale from some lower end up to 1. Which share of"
    " them lies below the mark?",
    zh="学习率在对数尺度上从下限抽到 1。低于标记的比例是多少？",
    dials=[
        dial("mark", "mark", "标记", (0.01, 0.05, 0.1, 0.3, 0.5), 0.1),
        dial("low", "lower end", "下限", (1e-6, 1e-5, 1e-4, 1e-3), 1e-4),
    ],
)
def share_of_draws(draws: Any, rng: Generator, *, mark: float, low: float) -> Outcome:
    """Every decade gets the same share: most of the draws lie where a uniform draw has none."""
    found = draws.logarithmic(rng, low, 1.0, 20_000)
    return swept(
        lambda limit: np.mean(found < limit), mark, np.linspace(0.01, 1, 34), x="mark", y="P"
    )

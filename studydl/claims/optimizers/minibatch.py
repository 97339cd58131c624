"""What a batch tells about the full gradient, and what its noise costs (notes 5.0)."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.optimizers._quantities import batch_variance
from studydl.claims.optimizers._runs import Array, array
from studydl.language import Text
from studydl.nn.optimizers import minibatch_gradient, sgd
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["smaller_rate", "unbiased", "variance"]

GRADIENTS = np.array([[3.0, -1.0], [-5.0, 0.5], [7.0, 2.0], [1.0, -4.0], [-2.0, 8.0]])


@misconception(
    "sum-over-the-batch",
    en="The gradients of the batch are added, as a loop over the examples suggests.",
    zh="把一个 batch 的梯度相加而不取平均，就像逐个样本循环累加那样。",
)
def sum_over_the_batch(per_example: Array, batch: Array) -> Array:
    """Forget to divide."""
    return np.asarray(per_example[batch].sum(axis=0))


@misconception(
    "divided-by-all-examples",
    en="The sum over the batch is divided by the number of all examples.",
    zh="把 batch 内的和除以全部样本数。",
)
def divided_by_all(per_example: Array, batch: Array) -> Array:
    """Divide by N instead of B."""
    return np.asarray(per_example[batch].sum(axis=0) / len(per_example))


@misconception(
    "first-example-only",
    en="A larger batch is thought to make the computation faster but no gradient more exact, as if"
    " one example spoke for all.",
    zh="以为增大 batch 只让计算更快，并不让梯度更准，仿佛一个样本就代表了全部。",
)
def first_only(per_example: Array, batch: Array) -> Array:
    """Look at one example of the batch."""
    return np.asarray(per_example[batch[0]])


@misconception(
    "always-the-full-gradient",
    en="The gradient of a batch is taken for the full gradient, as if it had no noise.",
    zh="把一个 batch 的梯度当成全量梯度，好像没有噪声。",
    notes="5.0",
)
def always_full(per_example: Array, batch: Array) -> Array:
    """Ignore which examples were drawn."""
    del batch
    return np.asarray(per_example.mean(axis=0))


def estimates(
    estimate: Callable[..., Any], batches: Iterable[tuple[int, ...]]
) -> tuple[Array, Array]:
    """Return the mean and the variance of the estimates over all batches, equally likely."""
    values = np.array([estimate(GRADIENTS, np.array(batch)) for batch in batches])
    mean = values.mean(axis=0)
    return mean, np.mean((values - mean) ** 2, axis=0)


def exact_moments() -> tuple[Array, Array]:
    """Return the mean and the variance over the five examples by fractions."""
    columns = [[Fraction(value) for value in column] for column in GRADIENTS.T.tolist()]
    means = [sum(column) / 5 for column in columns]
    squares = [
        sum((value - mean) ** 2 for value in column) / 5
        for column, mean in zip(columns, means, strict=True)
    ]
    return array(*means), array(*squares)


@claim(
    "optimizers.minibatch-unbiased",
    en="The mean gradient over a batch, drawn at random, is on average exactly the full gradient,"
    " whether the batch holds 1 example, 2, 3 or all 5.",
    zh="随机抽取一个 batch，其梯度的平均值在期望上恰好等于全量梯度，"
    "不论 batch 含 1 个、2 个、3 个样本，还是全部 5 个样本。",
    notes="5.0",
    on=minibatch_gradient,
    misconceptions=[sum_over_the_batch, divided_by_all],
    sources=["Goodfellow et al. 2016, section 8.1.3", "Robbins & Monro 1951"],
)
def unbiased(estimate: Any, _rng: Generator) -> Iterator[Measurement]:
    """Average over every batch that can be drawn without replacement."""
    full, _ = exact_moments()
    for size in (1, 2, 3, 5):
        mean, _ = estimates(estimate, combinations(range(5), size))
        yield equals(f"E ĝ, B={size} of 5", mean, full, ROUNDING)
    one = estimate(GRADIENTS, np.array([3]))
    yield equals("ĝ of one example", one, GRADIENTS[3], ROUNDING)
    twice = estimate(GRADIENTS, np.array([3, 3, 1]))
    counted = (2 * GRADIENTS[3] + GRADIENTS[1]) / 3
    yield equals("ĝ of a row that came twice", twice, counted, ROUNDING)


@claim(
    "optimizers.minibatch-variance",
    en="The variance of a batch's gradient is that of one example divided by the batch size, for"
    " draws with replacement: 0.5 of it at 2 examples, 0.25 at 4, so that four times the work only"
    " halves the error. Without replacement from 5 examples it is 0.375 at 2 and 0 at all 5.",
    zh="有放回抽样时，batch 梯度的方差等于单个样本的方差除以 batch 大小："
    "2 个样本时是 0.5，4 个样本时是 0.25，所以四倍的计算量只让误差减半。"
    "从 5 个样本中不放回地抽，2 个样本时是 0.375，抽全部 5 个时是 0。",
    notes="5.0",
    on=minibatch_gradient,
    misconceptions=[sum_over_the_batch, divided_by_all, first_only, always_full],
    sources=["Goodfellow et al. 2016, section 8.1.3", "Cochran 1977, theorem 2.2"],
    quantities=[batch_variance],
)
def variance(estimate: Any, _rng: Generator) -> Iterator[Measurement]:
    """Take the variance over every batch that can be drawn, with and without replacement."""
    _, single = exact_moments()
    for size, share in ((2, 0.5), (4, 0.25), (1, 1.0)):
        _, with_replacement = estimates(estimate, product(range(5), repeat=size))
        yield equals(
            f"Var ĝ / σ², B={size} with replacement", with_replacement / single, share, ROUNDING
        )
    for size in (2, 4, 5):
        _, without = estimates(estimate, combinations(range(5), size))
        share = (5 - size) / (size * 4)
        yield equals(f"Var ĝ / σ², B={size} of 5 without", without / single, share, ROUNDING)


class Stochastic(NamedTuple):
    """Gradient descent by batches: the estimate of the gradient, and the step along it."""

    estimate: Callable[..., Any]
    step: Callable[..., Any]


_REFERENCE = Stochastic(minibatch_gradient, sgd)


@claim(
    "optimizers.sgd-smaller-rate",
    en="Noisy gradients stand only smaller learning rates: on least squares with the inputs 1 and 3"
    " the mean square of the error shrinks up to a learning rate of 0.4 with full gradients, but"
    " only up to 0.303 with 2 examples drawn for each step and up to 0.244 with 1.",
    zh="带噪声的梯度只能承受更小的学习率：在输入为 1 和 3 的最小二乘问题上，"
    "误差的均方要缩小，全量梯度的学习率上限是 0.4，每步抽 2 个样本时只有 0.303，"
    "每步抽 1 个样本时只有 0.244。",
    notes="5.0",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "noise-costs-no-rate",
            _REFERENCE._replace(estimate=always_full.implementation),
            Text(
                "The limit is computed from the full gradient and believed to hold for any batch.",
                "用全量梯度算出上限，以为对任何 batch 都适用。",
            ),
        ),
        Misconception(
            "sum-over-the-batch",
            _REFERENCE._replace(estimate=sum_over_the_batch.implementation),
            sum_over_the_batch.why,
        ),
        Misconception(
            "first-example-only",
            _REFERENCE._replace(estimate=first_only.implementation),
            first_only.why,
        ),
    ],
    sources=["Ma, Bassily & Belkin 2018, section 3", "Bottou, Curtis & Nocedal 2018, section 4"],
)
def smaller_rate(descent: Stochastic, _rng: Generator) -> Iterator[Measurement]:
    """Average (θ after / θ before)² over every draw at the limit: there it is 1.

    The factor of a step is 1 - η h, h being the mean of x² over the batch, so that its mean square
    is 1 at η = 2 E h / E h².
    """
    squares = array(1, 9)
    sizes: tuple[tuple[str, tuple[tuple[int, ...], ...], float], ...] = (
        ("all", ((0, 1),), 2 / 5),
        ("2", tuple(product(range(2), repeat=2)), 10 / 33),
        ("1", ((0,), (1,)), 10 / 41),
    )
    for name, batches, limit in sizes:
        factors = []
        for batch in batches:
            gradient = descent.estimate(squares * 2.0, np.array(batch))
            factors.append((2.0 + descent.step(gradient, learning_rate=limit)) / 2.0)
        mean_square = np.mean(np.array(factors) ** 2)
        yield equals(f"E (θ'/θ)² at η={limit:.3g}, B={name}, x=1 and 3", mean_square, 1.0, ROUNDING)
        yield equals(
            f"E θ'/θ at η={limit:.3g}, B={name}", np.mean(factors), 1 - 5 * limit, ROUNDING
        )

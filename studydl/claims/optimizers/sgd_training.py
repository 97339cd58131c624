"""Least squares trained by batches of all sizes: what noise buys and what it costs (notes 5.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.language import Text
from studydl.nn.optimizers import epoch_batches, minibatch_gradient, sgd
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.optimizers._runs import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["early_progress", "noise_and_test_error"]

_TASKS, _EXAMPLES, _INPUTS = 20, 32, 3
_RATE, _PASSES = 0.15, 40


class Run(NamedTuple):
    """What a training shows after every pass through the examples, the start included.

    Attributes:
        excess: The training loss above its minimum, as a share of what it was at the start.
        error: The expected squared error on new inputs, beyond their noise.
        updates: How many updates a pass made.
    """

    excess: Array
    error: Array
    updates: float


class Tasks(NamedTuple):
    """Several problems of least squares side by side; the axes are examples, tasks, inputs.

    Attributes:
        x: The inputs.
        y: The targets: the true line and noise of variance 1.
        truth: The slopes of the true lines.
    """

    x: Array
    y: Array
    truth: Array


class Training(NamedTuple):
    """The same tasks trained by full gradients, and by single examples."""

    full: Callable[[Tasks, Generator], Run]
    single: Callable[[Tasks, Generator], Run]


def draw_tasks(rng: Generator) -> Tasks:
    """Draw inputs, true lines and noise."""
    x = rng.normal(size=(_EXAMPLES, _TASKS, _INPUTS))
    truth = rng.normal(scale=3, size=(_TASKS, _INPUTS))
    return Tasks(x, np.sum(x * truth, axis=2) + rng.normal(size=(_EXAMPLES, _TASKS)), truth)


def train(tasks: Tasks, rng: Generator, batch_size: int) -> Run:
    """Fit lines to all tasks; what is shown are means over them."""
    x, y, truth = tasks
    by_task = x.transpose(1, 2, 0)
    hessians = by_task @ by_task.mT / _EXAMPLES
    best = np.linalg.solve(hessians, by_task @ y.T[..., None] / _EXAMPLES)[..., 0]

    def excess(theta: Array) -> float:
        off = (theta - best)[..., None]
        return float(np.mean(off.mT @ hessians @ off))

    theta = np.zeros_like(truth)
    excesses, errors, updates = [excess(theta)], [float(np.mean(truth**2))], 0
    for _ in range(_PASSES):
        for batch in epoch_batches(rng, _EXAMPLES, batch_size):
            # Only the batch's own gradients are computed: that is what makes its step cheap.
            residuals = np.sum(x[batch] * theta, axis=2) - y[batch]
            gradients = residuals[..., None] * x[batch]
            gradient = minibatch_gradient(gradients, np.arange(len(batch)))
            theta = theta + sgd(gradient, learning_rate=_RATE)
            updates += 1
        excesses.append(excess(theta))
        errors.append(float(np.mean((theta - truth) ** 2)))
    return Run(np.array(excesses) / excesses[0], np.array(errors), updates / _PASSES)


def by_full_gradients(tasks: Tasks, rng: Generator) -> Run:
    """Train on all examples at once."""
    return train(tasks, rng, _EXAMPLES)


def by_single_examples(tasks: Tasks, rng: Generator) -> Run:
    """Train on one example at a time."""
    return train(tasks, rng, 1)


def _without_floor(tasks: Tasks, rng: Generator) -> Run:
    """Let the excess fall at every pass by the factor of the first."""
    run = by_single_examples(tasks, rng)
    return run._replace(excess=run.excess[1] ** np.arange(len(run.excess), dtype=float))


_REFERENCE = Training(by_full_gradients, by_single_examples)
_SWAPPED = Training(by_single_examples, by_full_gradients)
_NO_NOISE = Training(by_full_gradients, by_full_gradients)


@claim(
    "optimizers.sgd-early-progress",
    en="For the same number of examples seen, single examples learn faster at first and full"
    " gradients end nearer: a pass over 32 examples makes 32 updates instead of 1, and leaves less"
    " than 0.2 of the excess loss that the full gradient's one update leaves; after 40 passes at"
    " the same constant learning rate it is more than 2 times as large.",
    zh="用过的样本数相同时，单样本起初学得更快，全量梯度最终更接近最小值："
    "遍历一遍 32 个样本，前者更新 32 次，后者只更新 1 次，"
    "前者剩余的超额损失不到后者的 0.2；学习率恒定不变，遍历 40 遍之后，"
    "前者反而是后者的 2 倍以上。",
    notes="5.0",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "full-gradients-learn-faster",
            _SWAPPED,
            Text(
                "An exact gradient is expected to be faster than a noisy one in every respect.",
                "以为精确的梯度在任何方面都比带噪声的快。",
            ),
        ),
        Misconception(
            "batch-size-is-free",
            _NO_NOISE,
            Text(
                "The batch size is believed to change neither the number of updates nor where they"
                " end.",
                "以为 batch 大小既不影响更新次数，也不影响最终停在哪里。",
            ),
        ),
        Misconception(
            "single-examples-win-throughout",
            Training(by_full_gradients, _without_floor),
            Text(
                "The lead of the first pass is expected to last until the end.",
                "以为第一遍的领先会一直保持到最后。",
            ),
            notes="5.0",
        ),
    ],
    sources=["Bottou, Curtis & Nocedal 2018, section 3.3", "Goodfellow et al. 2016, section 8.1.3"],
)
def early_progress(training: Training, rng: Generator) -> Iterator[Measurement | Series]:
    """Compare what is left after the first and after the last pass."""
    tasks = draw_tasks(rng)
    full, single = training.full(tasks, rng), training.single(tasks, rng)
    passes = len(full.excess) - 1
    first, last = single.excess[1] / full.excess[1], single.excess[-1] / full.excess[-1]
    yield stays_below("excess B=1 / B=all after 1 pass", first, 0.2)
    yield exceeds(f"excess B=1 / B=all after {passes} passes", last, 2)
    for name, run, updates in (("all", full, 1.0), ("1", single, 32.0)):
        yield equals(f"updates a pass over 32, B={name}", run.updates, updates, EXACT)
        yield equals(f"excess at the start, B={name}", run.excess[0], 1.0, EXACT)
    for name, run in (("all", full), ("1", single)):
        yield curve(
            f"log10 excess, B={name}",
            np.arange(passes + 1),
            np.log10(np.maximum(run.excess, 1e-30)),
            x_label="passes",
            y_label="log10 excess loss",
        )


@claim(
    "optimizers.noise-and-test-error",
    en="Gradient noise does not make a model generalise better by itself: on least squares, where"
    " there is one minimum only, single examples at a constant learning rate end with an"
    " error on new inputs that is larger than that of full gradients by more than 0.3 of it.",
    zh="梯度噪声本身并不会让模型泛化得更好：最小二乘问题只有一个极小值，"
    "学习率恒定时，单样本训练最终在新输入上的误差比全量梯度的误差大，"
    "多出的部分超过后者的 0.3。",
    notes="5.0",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "noise-generalises",
            _SWAPPED,
            Text(
                "Noise is said to act as a regulariser, so that single examples generalise well and"
                " full gradients badly, whatever the model.",
                "据说噪声起正则化作用，于是以为无论什么模型，单样本训练泛化误差小、全量梯度泛化误差大。",
            ),
            notes="5.0",
        ),
        Misconception(
            "noise-averages-out",
            _NO_NOISE,
            Text(
                "The noise of the batches is expected to cancel out in the course of training.",
                "以为各 batch 的噪声在训练过程中会相互抵消。",
            ),
        ),
    ],
    sources=["Bottou, Curtis & Nocedal 2018, section 4.2", "Shallue et al. 2019, section 4.8"],
)
def noise_and_test_error(training: Training, rng: Generator) -> Iterator[Measurement]:
    """Compare the errors on new inputs after the last pass, both far below those at the start."""
    tasks = draw_tasks(rng)
    full, single = training.full(tasks, rng), training.single(tasks, rng)
    added = single.error[-1] / full.error[-1] - 1
    yield exceeds("error B=1 / error B=all - 1", added, 0.3)
    for name, run in (("all", full), ("1", single)):
        yield stays_below(f"error(end)/error(0), B={name}", run.error[-1] / run.error[0], 0.9)

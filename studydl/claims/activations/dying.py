"""When a ReLU unit is dead, and what Leaky ReLU changes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.claims.activations._experiments import revival_steps
from studydl.claims.activations.leaky_relu import zero_below
from studydl.claims.activations.relu import one_everywhere
from studydl.claims.activations.unit import Rectifier, train, weight_gradient
from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.claims.activations.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = ["leaky_relu_revival", "relu_dead_unit"]

_LU = "Lu, Shin, Su & Karniadakis 2020, section 1"
_MAAS = "Maas, Hannun & Ng 2013, section 2"
_RATE, _STEPS = 0.3, 300


class _Task(NamedTuple):
    """Examples (the last column is 1, for the bias), and what a rectified teacher says of them."""

    inputs: Array
    targets: Array


def _task(rng: Generator) -> _Task:
    inputs = np.column_stack([rng.uniform(-1, 1, size=(20, 2)), np.ones(20)])
    return _Task(inputs, np.maximum(inputs @ np.array([1.0, -1.0, 1.5]), 0.0))


def _negative_but_for(count: int, inputs: Array) -> Array:
    """Return weights under which just ``count`` of the inputs give a positive pre-activation."""
    weights = np.array([0.5, 0.3, 0.0])
    ranked = np.sort(inputs @ weights)[::-1]
    edge = ranked[0] + 0.5 if count == 0 else (ranked[count - 1] + ranked[count]) / 2
    return np.asarray(weights - np.array([0.0, 0.0, edge]))


straight_through = Misconception(
    "passes-gradient-through",
    Rectifier(nn.relu, one_everywhere.implementation),
    Text(
        "“The gradient is 1” is applied to inactive units too.",
        "把“梯度为 1”也用到未激活的单元上。",
    ),
    notes="1.1",
)

dies_at_one_example = Misconception(
    "dies-at-the-first-zero",
    Rectifier(nn.relu, lambda x: np.all(x > 0) * np.ones_like(x)),
    Text(
        "A unit is called dead as soon as its gradient is 0 on a single example.",
        "只要在某一个样本上梯度为 0，就说这个单元死了。",
    ),
    notes="1.1",
)

leaks_anyway = Misconception(
    "always-finds-back",
    Rectifier(nn.leaky_relu, nn.leaky_relu_gradient),
    Text(
        "Training is expected to bring every unit back, as it does with a leak.",
        "以为训练总能把单元救回来，其实那是有泄漏时才成立的。",
    ),
)


@claim(
    "activations.relu-dead-unit",
    en="A ReLU unit that is negative on every training example gets a weight gradient of exactly 0"
    " and never moves again; while it is positive on one example, that example still trains it.",
    zh="在每个训练样本上都为负的 ReLU 单元，其权重梯度恒等于 0，从此不再更新；"
    "只要还有一个样本使它为正，这个样本就仍能训练它。",
    notes="1.1",
    on=Rectifier(nn.relu, nn.relu_gradient),
    misconceptions=[straight_through, dies_at_one_example, leaks_anyway],
    sources=[_LU, _MAAS],
)
def relu_dead_unit(unit: Rectifier, rng: Generator) -> Iterator[Measurement]:
    """Train a dead unit and one that is barely alive on the same examples."""
    inputs, targets = _task(rng)
    dead = train(unit, _negative_but_for(0, inputs), inputs, targets, rate=_RATE, steps=50)
    yield equals("max |∂L/∂w|, dead", dead.largest_gradient, 0.0, EXACT)
    yield equals("|Δw|, dead", dead.moved, 0.0, EXACT)
    yield equals("L after - L before, dead", dead.loss_after - dead.loss_before, 0.0, EXACT)
    weights = _negative_but_for(1, inputs)
    (last,) = np.flatnonzero(inputs @ weights > 0)
    alone = (inputs[last] @ weights - targets[last]) * inputs[last] / len(inputs)
    gradient = weight_gradient(unit, weights, inputs, targets)
    yield equals("∂L/∂w, 1 active example", gradient, alone, ROUNDING)
    alive = train(unit, weights, inputs, targets, rate=_RATE, steps=_STEPS)
    yield stays_below("L after / L before, alive", alive.loss_after / alive.loss_before, 0.1)


cures_in_name_only = Misconception(
    "keeps-the-old-backward-pass",
    Rectifier(nn.leaky_relu, zero_below.implementation),
    Text(
        "The forward pass leaks, but the backward pass is still ReLU's.",
        "前向有泄漏，反向却仍是 ReLU 的。",
    ),
)

plain_relu = Misconception(
    "needs-no-leak",
    Rectifier(nn.relu, nn.relu_gradient),
    Text(
        "A dead unit is expected to come back by training on, without any leak.",
        "以为不需要泄漏，只要继续训练，死掉的单元就会恢复。",
    ),
)

full_strength = Misconception(
    "revives-at-full-strength",
    Rectifier(nn.leaky_relu, one_everywhere.implementation),
    Text(
        "The repair is thought to restore the whole gradient, not a hundredth of it.",
        "以为修正之后梯度完全恢复，而不是只有百分之一。",
    ),
    notes="1.2",
)


@claim(
    "activations.leaky-relu-revival",
    en="A Leaky ReLU unit that is negative on every example still gets 0.01 of the gradient of an"
    " active unit with the same errors; that is enough for it to come back and learn.",
    zh="在每个样本上都为负的 Leaky ReLU 单元，仍能得到误差相同的激活单元梯度的 0.01 倍；"
    "这足以让它恢复并学会目标。",
    notes="1.2",
    on=Rectifier(nn.leaky_relu, nn.leaky_relu_gradient),
    misconceptions=[cures_in_name_only, plain_relu, full_strength],
    sources=[_MAAS],
    experiments=[revival_steps],
)
def leaky_relu_revival(unit: Rectifier, rng: Generator) -> Iterator[Measurement]:
    """Measure the first gradient against its closed form, then train."""
    inputs, targets = _task(rng)
    weights = _negative_but_for(0, inputs)
    errors = 0.01 * (inputs @ weights) - targets
    active = inputs.T @ errors / len(inputs)
    gradient = weight_gradient(unit, weights, inputs, targets)
    yield equals("∂L/∂w / active unit's", gradient / active, 0.01, ROUNDING)
    revived = train(unit, weights, inputs, targets, rate=1.0, steps=_STEPS)
    yield exceeds("|Δw|", revived.moved, 0.1)
    yield stays_below("L after / L before", revived.loss_after / revived.loss_before, 0.01)

"""Sigmoid units trained with both losses: where cross-entropy is faster, and where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.losses._experiments import steps_out_of_saturation
from studydl.claims.losses.slopes import GRADIENTS, output_gradients
from studydl.nn import losses as nn
from studydl.nn.activations import sigmoid, sigmoid_gradient
from studydl.verification.claim import claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.losses.oracle import Array
    from studydl.claims.losses.slopes import OutputGradients
    from studydl.verification.evidence import Measurement, Series

__all__ = ["learning_slowdown", "no_slowdown"]

_UNITS = 100
_LONGEST = 1700
"""Steps that a unit is counted for if it does not arrive."""

_NIELSEN = "Nielsen 2015, chapter 3, section on the cross-entropy cost function"


def _descent(
    gradient: Callable[..., Any], start: Array, goal: float, rate: float
) -> tuple[Array, list[float]]:
    """Descend for the label 0; return each unit's steps to the goal, and the first one's path.

    Each unit is trained by itself on one example: its logit is its bias.
    """
    z, labels = start, np.zeros_like(start)
    steps, path = np.zeros_like(start), []
    for _ in range(_LONGEST):
        away = ~(z <= goal)
        path.append(float(z[0]))
        if not away.any():
            break
        move = rate * np.size(z) * gradient(z, labels)
        if not (np.any(move) and np.all(np.isfinite(move))):
            return np.where(away, float(_LONGEST), steps), path
        steps += away
        z = z - move
    return steps, path


def _times_as_many(
    gradients: OutputGradients, start: Array, goal: float, rate: float
) -> tuple[float, list[float], list[float]]:
    """Return the median ratio of steps, squared error at four times the rate, and both paths."""
    entropic, fast = _descent(gradients.cross_entropy, start, goal, rate)
    squared, slow = _descent(gradients.squared_error, start, goal, 4 * rate)
    return float(np.median(squared / np.maximum(entropic, 1))), fast, slow


def _probabilities(path: list[float]) -> Array:
    # A path that a wrong gradient blew up has no probability to show.
    logits = np.clip(np.nan_to_num(path), -700, 700)
    return np.asarray(1 / (1 + np.exp(-logits)))


def _no_slope(z: Any, y: Any) -> Any:
    return nn.binary_cross_entropy_gradient(z, y) / 4


def _flat_unless_undecided(z: Any, y: Any) -> Any:
    return nn.binary_cross_entropy_gradient(z, y) * sigmoid_gradient(5 * np.asarray(z))


def _squared_difference(z: Any, y: Any) -> Any:
    difference = sigmoid(z) - np.asarray(y)
    return difference * np.abs(difference) / np.size(z)


@claim(
    "losses.learning-slowdown",
    en="Sigmoid units that start certain and wrong, with logits from 6 to 8 for the label 0, need"
    " more than 10 times as many steps to the probability 0.5 with the squared error as with"
    " cross-entropy, even at 4 times the learning rate, with which both gradients agree at 0.5.",
    zh="起初确信却错误的 Sigmoid 单元（logit 在 6 到 8 之间，标签为 0），"
    "用平方误差降到概率 0.5 所需的步数是用交叉熵的 10 倍以上；"
    "即使平方误差用 4 倍的学习率，使两者的梯度在概率 0.5 处相等，也是如此。",
    notes="Z.5",
    on=GRADIENTS,
    misconceptions=[
        output_gradients(
            "a-matter-of-the-rate",
            "The squared error is thought to be slow by a constant factor, which a larger learning"
            " rate makes up for.",
            "以为平方误差只是慢一个常数倍，把学习率调大就能补回来。",
            squared_error=_no_slope,
        ),
        output_gradients(
            "slope-in-both",
            "The sigmoid's slope is thought to slow both losses alike.",
            "以为 Sigmoid 的斜率同样拖慢两种损失。",
            cross_entropy=nn.sigmoid_squared_error_gradient,
        ),
        output_gradients(
            "faster-the-more-wrong",
            "A square punishes large errors most, so it is expected to correct them fastest.",
            "平方对大的误差惩罚最重，于是以为它纠正大错最快。",
            squared_error=_squared_difference,
        ),
    ],
    sources=[_NIELSEN, "Solla, Levin & Fleisher 1988"],
    experiments=[steps_out_of_saturation],
)
def learning_slowdown(gradients: OutputGradients, rng: Generator) -> Iterator[Measurement | Series]:
    """Train units from saturated starts until they are undecided."""
    start = rng.uniform(6, 8, size=_UNITS)
    ratio, fast, slow = _times_as_many(gradients, start, 0.0, 0.5)
    yield exceeds("steps(squared error) / steps(cross-entropy), z from 6 to 8, y = 0", ratio, 10.0)
    yield from _equal_at_one_half(gradients)
    for name, path in (("cross-entropy", fast), ("squared error", slow)):
        sparse = np.unique(np.linspace(0, len(path) - 1, 60).astype(int))
        p = _probabilities([path[k] for k in sparse])
        yield curve(f"p, {name}", sparse, p, x_label="step", y_label="p")


@claim(
    "losses.no-slowdown",
    en="Cross-entropy is not faster from every start: from logits between -1 and 1, the squared"
    " error at 4 times the learning rate, with which both gradients agree at probability 0.5,"
    " takes not even half as many steps more to the probability 0.25.",
    zh="交叉熵并非从任何起点出发都更快：logit 在 -1 与 1 之间时，平方误差用 4 倍的学习率"
    "（此时两者的梯度在概率 0.5 处相等），降到概率 0.25 所需的步数比交叉熵多不到一半。",
    notes="Z.5",
    on=GRADIENTS,
    misconceptions=[
        output_gradients(
            "faster-from-any-start",
            "Cross-entropy is thought to train faster wherever training starts, as if the squared"
            " error's gradient were tiny as soon as the probability is not 1/2.",
            "以为无论从哪里开始，交叉熵都训练得更快，好像概率一离开 1/2，平方误差的梯度就极小。",
            notes="Z.5",
            squared_error=_flat_unless_undecided,
        ),
        output_gradients(
            "slope-in-both",
            "The sigmoid's slope is thought to slow both losses alike.",
            "以为 Sigmoid 的斜率同样拖慢两种损失。",
            cross_entropy=nn.sigmoid_squared_error_gradient,
        ),
        output_gradients(
            "no-slope-in-either",
            "Both gradients are thought to be prediction minus label.",
            "以为两种损失的梯度都是预测减标签。",
            squared_error=nn.binary_cross_entropy_gradient,
        ),
    ],
    sources=[_NIELSEN, "Hui & Belkin 2021, section 1"],
)
def no_slowdown(gradients: OutputGradients, rng: Generator) -> Iterator[Measurement]:
    """Train units from undecided starts until they are fairly sure."""
    start = rng.uniform(-1, 1, size=_UNITS)
    ratio, _, _ = _times_as_many(gradients, start, -np.log(3), 0.05)
    name = "steps(squared error) / steps(cross-entropy) - 1, z from -1 to 1"
    yield stays_below(name, ratio - 1, 0.5)
    yield from _equal_at_one_half(gradients)


def _equal_at_one_half(gradients: OutputGradients) -> Iterator[Measurement]:
    z, labels = np.zeros(2), np.zeros(2)
    squared, entropic = gradients.squared_error(z, labels), gradients.cross_entropy(z, labels)
    yield equals("4 ∂C/∂z, squared error, p = 0.5, n = 2", 4 * squared, 0.25, ROUNDING)
    yield equals("∂C/∂z, cross-entropy, p = 0.5, n = 2", entropic, 0.25, ROUNDING)

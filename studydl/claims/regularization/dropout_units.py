"""What dropout does to the units of a hidden layer that is trained with it (notes 3.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import Array, masks
from studydl.claims.regularization.dropout_layer import SRIVASTAVA, scales_all, unscaled
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import at_least, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["dropout_hidden_units"]

_TARGET = 2.0
_DROP = 0.2
_RATE = 0.3


class _Layer(NamedTuple):
    forward: Callable[..., Any]
    backward: Callable[..., Any]


def trained(layer: _Layer, start: Array, drop: float, steps: int) -> list[Array]:
    """Return what each hidden unit contributes to the output, after every step of training.

    The network has one input, 1, a ReLU layer, and one output; each step follows the gradient of
    half the squared error, averaged over every mask.
    """
    inward, outward = start.copy(), start.copy()
    contributions = [inward * outward]
    rows, chances = zip(*masks(len(start), drop), strict=True)
    mask, chance = np.array(rows), np.array(chances)[:, None]
    for _ in range(steps):
        hidden = np.tile(np.maximum(inward, 0.0), (len(mask), 1))
        thinned = layer.forward(hidden, mask, drop=drop)
        error = np.sum(outward * thinned, axis=1, keepdims=True) - _TARGET
        back = layer.backward(error * outward, mask, drop=drop)
        to_inward = np.sum(chance * back, axis=0) * (inward > 0)
        to_outward = np.sum(chance * error * thinned, axis=0)
        inward, outward = inward - _RATE * to_inward, outward - _RATE * to_outward
        contributions.append(np.maximum(inward, 0.0) * outward)
    return contributions


def _for_the_layer(hidden: Any, mask: Any, *, drop: float) -> Any:
    return hidden * mask[:, :1] / (1 - drop)


@claim(
    "regularization.dropout-hidden-units",
    en="Dropout makes hidden units of equal use: of 4 ReLU units that start with unequal weights"
    " and learn the target 2 together with p = 0.2, each ends up adding 0.471 to the output, so"
    " that losing any one costs the share 0.25; without dropout the largest keeps 0.5 or more.",
    zh="dropout 使隐藏单元的作用变得均等：4 个 ReLU 单元从不相等的权重出发，共同学习目标 2，"
    "p = 0.2 时最终每个各贡献 0.471，失去任何一个都只损失输出的 0.25；"
    "不用 dropout 时，最大的一个始终占 0.5 以上。",
    notes="3.2.2",
    on=_Layer(nn.dropout, nn.dropout_gradient),
    misconceptions=[
        Misconception(
            "unscaled",
            _Layer(unscaled.implementation, lambda g, mask, *, drop: g * mask + 0 * drop),
            Text(
                "Dropping is thought to be all there is to dropout: no scale in training.",
                "以为 dropout 只是丢弃，训练时不做任何缩放。",
            ),
        ),
        Misconception(
            "drops-nothing-in-training",
            _Layer(scales_all.implementation, lambda g, mask, *, drop: g / (1 - drop) + 0 * mask),
            Text(
                "Training is thought to use every unit, scaled: none has to replace another.",
                "以为训练时用到每个单元，只是做了缩放，谁也不必替代谁。",
            ),
        ),
        Misconception(
            "drops-together",
            _Layer(_for_the_layer, _for_the_layer),
            Text(
                "Units are thought to be dropped together, layer by layer.",
                "以为同一层的单元总是一起被丢弃。",
            ),
        ),
    ],
    sources=["Mianjy, Arora & Vidal 2018", f"{SRIVASTAVA}, section 2"],
)
def dropout_hidden_units(layer: _Layer, rng: Generator) -> Iterator[Measurement | Series]:
    """Train by the exact mean over all 16 masks; the minimum is at 2/(4 + p/(1 - p)) for each."""
    start = rng.permutation([0.3, 0.45, 0.6, 1.1])
    path = trained(layer, start, _DROP, steps=500)
    share = _TARGET / (4 + _DROP / (1 - _DROP))
    yield equals("contribution of each of 4 units, p = 0.2", path[-1], share, ROUNDING)
    yield equals("share lost with one of them", path[-1] / np.sum(path[-1]), 0.25, ROUNDING)
    plain = trained(layer, start, 0.0, steps=500)[-1]
    yield equals("output without dropout, target 2", np.sum(plain), _TARGET, ROUNDING)
    yield at_least("largest share without dropout", np.max(plain) / np.sum(plain), 0.5, EXACT)
    steps = np.arange(len(path))
    for unit in range(4):
        values = [each[unit] for each in path]
        yield curve(f"contribution of unit {unit + 1}", steps, values, x_label="t", y_label="uw")

"""How many numbers a normalisation computes from data, and how many it learns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Count",
    "Way",
    "batch_norm_count",
    "layer_norm_count",
    "recurrent_batch_norm_count",
    "weight_norm_count",
    "whitening_count",
]

Way: TypeAlias = Literal["total", "input", "both", "vertical"]
"""How batch norm enters a recurrent network; see `recurrent_batch_norm_count`."""


class Count(NamedTuple):
    """Two counts of single numbers.

    Attributes:
        statistics: Means and variances that are computed from data, never learnt.
        learnt: Gains and shifts (or lengths) that gradient descent changes.
    """

    statistics: int
    learnt: int


def batch_norm_count(shape: Sequence[int]) -> Count:
    """Return the counts of batch norm, neither of which depends on the batch size.

    Shapes:
        shape: (batch, d) or (batch, C, H, W).

    Equation:
        2 features statistics and 2 features learnt numbers, a feature being one of d or of C

    Confusable with:
        4 features learnt numbers: μ and σ are estimated, not learnt.

    Reference:
        Ioffe & Szegedy 2015, section 3.2.

    Raises:
        ValueError: If the shape has another number of axes, or one without length.
    """
    _check(shape, (2, 4))
    return Count(2 * shape[1], 2 * shape[1])


def layer_norm_count(shape: Sequence[int]) -> Count:
    """Return the counts of layer norm: statistics by example, learnt numbers by feature.

    Shapes:
        shape: (batch, d), (batch, m, d) or (batch, C, H, W).

    Equation:
        (batch, d): 2 batch and 2 d. (batch, m, d): 2 batch m and 2 d. (batch, C, H, W): 2 batch
        and 2 C H W.

    Confusable with:
        A gain for every example of a batch, which no other batch could use.

    Reference:
        Ba, Kiros & Hinton 2016, section 3.

    Raises:
        ValueError: If the shape has another number of axes, or one without length.
    """
    _check(shape, (2, 3, 4))
    if len(shape) == 3:
        return Count(2 * shape[0] * shape[1], 2 * shape[2])
    return Count(2 * shape[0], 2 * math.prod(shape[1:]))


def recurrent_batch_norm_count(way: Way, *, steps: int, width: int, layers: int = 1) -> Count:
    """Return the counts of batch norm in a stack of recurrent layers of one width.

    Shapes:
        All scalars.

    Equation:
        total: N(W_h h + W_x x), input: W_h h + N(W_x x), both: N(W_h h) + N(W_x x), each with
        statistics of every time step and learnt numbers that all steps share. vertical: as
        input, with statistics over the whole sequence.

    Confusable with:
        Learnt numbers for every step: only the statistics differ by step.

    Reference:
        Cooijmans et al. 2017, section 3; Laurent et al. 2016, section 3; Amodei et al. 2016,
        section 3.2.

    Raises:
        ValueError: If the way is none of the four, or a number is below 1.
    """
    _check((steps, width, layers), (3,))
    norms = {"total": 1, "input": 1, "both": 2, "vertical": 1}
    if way not in norms:
        raise ValueError(f"expected one of {', '.join(norms)}, got {way!r}")
    learnt = 2 * width * norms[way] * layers
    return Count(learnt if way == "vertical" else steps * learnt, learnt)


def weight_norm_count(fan_in: int, fan_out: int) -> Count:
    """Return the counts of weight norm: no statistics, and one more number a unit.

    Shapes:
        Both scalars.

    Equation:
        learnt: fan_in fan_out for the directions and fan_out for the lengths

    Confusable with:
        Batch norm on top of the weights, which adds two a unit, and statistics.

    Reference:
        Salimans & Kingma 2016, section 2.

    Raises:
        ValueError: If a number is below 1.
    """
    _check((fan_in, fan_out), (2,))
    return Count(0, fan_in * fan_out + fan_out)


def whitening_count(features: int) -> Count:
    """Return the counts of whitening: the means, and the covariance, which is symmetric.

    Shapes:
        features: a scalar.

    Equation:
        d + d (d + 1)/2 statistics; nothing is learnt

    Confusable with:
        The 2 d statistics of standardising each feature by itself.

    Reference:
        Ioffe & Szegedy 2015, section 2.

    Raises:
        ValueError: If features is below 1.
    """
    _check((features,), (1,))
    return Count(features + features * (features + 1) // 2, 0)


def _check(shape: Sequence[int], axes: tuple[int, ...]) -> None:
    if len(shape) not in axes or any(length < 1 for length in shape):
        wanted = " or ".join(map(str, axes))
        raise ValueError(f"expected {wanted} lengths of 1 or more, got {tuple(shape)}")

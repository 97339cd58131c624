"""L-BFGS: the direction of BFGS without its matrix (notes 5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers.quasi_newton import bfgs_by_hand, pairs_of
from studydl.nn.optimizers import lbfgs_direction
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.optimizers._runs import Array
    from studydl.verification.evidence import Measurement

__all__ = ["limited_memory"]


def _two_loops(
    gradient: Array, steps: Array, changes: Array, scale: Callable[[Array, Array], float]
) -> Array:
    inverse = np.eye(len(gradient))
    if len(steps):
        inverse *= scale(steps[-1], changes[-1])
    for s, y in zip(steps, changes, strict=True):
        inverse = bfgs_by_hand(inverse, s, y)
    return -inverse @ gradient


@misconception(
    "unscaled-start",
    en="The recursion is believed to start from the identity, as BFGS often does.",
    zh="以为递归从单位矩阵开始，就像 BFGS 常做的那样。",
)
def unscaled(gradient: Array, steps: Array, changes: Array) -> Array:
    """Leave out γ."""
    return _two_loops(gradient, steps, changes, lambda _s, _y: 1.0)


@misconception(
    "newest-first",
    en="The pairs are applied from the newest to the oldest, so that the oldest has the last word.",
    zh="从最新到最旧应用这些 s、y，让最旧的一对说了算。",
)
def newest_first(gradient: Array, steps: Array, changes: Array) -> Array:
    """Turn the order round."""
    return _two_loops(gradient, steps[::-1], changes[::-1], lambda s, y: float(s @ y / (y @ y)))


@misconception(
    "newest-pair-only",
    en="Limited memory is read as a memory of the last step.",
    zh="把“有限记忆”理解成只记住最近一步。",
)
def newest_pair_only(gradient: Array, steps: Array, changes: Array) -> Array:
    """Forget all but the last pair."""
    return _two_loops(gradient, steps[-1:], changes[-1:], lambda s, y: float(s @ y / (y @ y)))


@claim(
    "optimizers.lbfgs-two-loops",
    en="L-BFGS keeps the last few pairs instead of a matrix, and its two loops give exactly the"
    " direction that BFGS makes of these pairs, in the ratio 1, when it starts from a multiple of"
    " the identity that fits the newest pair; with 0 pairs it is gradient descent.",
    zh="L-BFGS 不存矩阵，只存最近的几对 s、y；它的两重循环给出的方向，"
    "与 BFGS 从适合最新一对的数量矩阵出发、依次用这几对更新得到的方向完全相同，比值为 1；"
    "存 0 对时，它就是梯度下降。",
    notes="5.6",
    on=lbfgs_direction,
    misconceptions=[unscaled, newest_first, newest_pair_only],
    sources=["Nocedal 1980", "Nocedal & Wright 2006, algorithm 7.4"],
)
def limited_memory(direction: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare with the matrices multiplied out, for a memory of 1 and of 3 pairs of 5 numbers."""
    steps, changes, _ = pairs_of(rng, 3, 5)
    gradient = rng.uniform(1, 2, size=5)
    for memory in (1, 3):
        kept_steps, kept_changes = steps[-memory:], changes[-memory:]
        newest, change = kept_steps[-1], kept_changes[-1]
        inverse = np.eye(5) * (newest @ change) / (change @ change)
        for s, y in zip(kept_steps, kept_changes, strict=True):
            left = np.eye(5) - np.outer(s, y) / (s @ y)
            inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
        got = direction(gradient, kept_steps, kept_changes)
        ratio = got / -(inverse @ gradient)
        yield equals(f"L-BFGS / BFGS, a memory of {memory}", ratio, 1.0, ROUNDING)
    none = np.empty((0, 5))
    yield equals(
        "direction with 0 pairs / -g", direction(gradient, none, none) / -gradient, 1.0, EXACT
    )

"""Wrong ways of clipping, by norm and by value."""

from __future__ import annotations

from typing import Any

import numpy as np

from studydl.verification.claim import misconception

__all__ = [
    "clips_each_component",
    "drops_the_long",
    "each_apart",
    "keeps_the_direction",
    "lengthens_the_short",
    "norm_of",
    "only_from_above",
    "zeroes_the_large",
]


def norm_of(gradients: Any) -> Any:
    """Return the length of all gradients taken together."""
    return np.sqrt(sum(np.sum(np.square(gradient)) for gradient in gradients))


@misconception(
    "each-parameter-apart",
    en="Every parameter's gradient is clipped by its own norm, which changes how long they are"
    " relative to each other.",
    zh="对每个参数的梯度各自按自己的范数修剪，结果改变了它们之间的相对大小。",
)
def each_apart(gradients: Any, *, max_norm: float) -> Any:
    return tuple(g * np.minimum(1.0, max_norm / norm_of([g])) for g in gradients)


@misconception(
    "lengthens-the-short",
    en="Clipping is taken for normalising: short gradients are brought to the same length too.",
    zh="把修剪当成归一化，短的梯度也被拉到同样的长度。",
)
def lengthens_the_short(gradients: Any, *, max_norm: float) -> Any:
    return tuple(g * (max_norm / norm_of(gradients)) for g in gradients)


@misconception(
    "drops-the-long",
    en="To cut a gradient off is read as to discard it whenever it is too long.",
    zh="把“剪除”理解成一旦过长就整个丢掉。",
)
def drops_the_long(gradients: Any, *, max_norm: float) -> Any:
    kept = np.where(norm_of(gradients) <= max_norm, 1.0, 0.0)
    return tuple(g * kept for g in gradients)


@misconception(
    "clips-each-component",
    en="Clipping by norm is taken for clipping by value.",
    zh="把按范数修剪当成按值修剪。",
)
def clips_each_component(gradients: Any, *, max_norm: float) -> Any:
    return tuple(np.clip(g, -max_norm, max_norm) for g in gradients)


@misconception(
    "keeps-the-direction",
    en="Clipping by value is thought to shorten the gradient without turning it, as clipping by"
    " norm does.",
    zh="以为按值修剪与按范数修剪一样，只缩短梯度而不改变方向。",
)
def keeps_the_direction(gradients: Any, *, limit: float) -> Any:
    largest = np.max([np.max(np.abs(g)) for g in gradients])
    return tuple(g * np.minimum(1.0, limit / largest) for g in gradients)


@misconception(
    "only-from-above",
    en="Only large positive components are cut; large negative ones are thought to be small.",
    zh="只剪去过大的正分量，以为负得再多也是“小”。",
)
def only_from_above(gradients: Any, *, limit: float) -> Any:
    return tuple(np.minimum(g, limit) for g in gradients)


@misconception(
    "zeroes-the-large",
    en="To cut off what is too large is read as to set it to 0.",
    zh="把“剪除过大的梯度”理解成把它们置为 0。",
)
def zeroes_the_large(gradients: Any, *, limit: float) -> Any:
    return tuple(np.where(np.abs(g) > limit, 0.0, g) for g in gradients)

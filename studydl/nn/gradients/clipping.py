"""Gradient clipping, by the norm of the whole gradient and by the value of each component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.gradients._inputs import floating, positive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array

__all__ = ["clip_by_norm", "clip_by_value", "global_norm"]


def global_norm(gradients: Sequence[ArrayLike]) -> np.floating[Any]:
    """Return the length of all gradients taken together as one long vector.

    Shapes:
        gradients: any, one array a parameter.

    Equation:
        |g| = √(Σ over parameters and elements of g²)

    Confusable with:
        The norms of the single parameters, or their sum or largest.

    Reference:
        Pascanu, Mikolov & Bengio 2013, algorithm 1.

    Raises:
        ValueError: If there is no gradient, one does not hold real numbers, or the norm is more
            than the precision holds.
    """
    arrays = _arrays(gradients)
    largest, relative = _norm_in_parts(arrays)
    if largest > np.finfo(relative.dtype).max / relative:
        raise ValueError(f"expected gradients whose norm {relative.dtype} can hold")
    return largest * relative


def clip_by_norm(gradients: Sequence[ArrayLike], *, max_norm: float) -> tuple[Array, ...]:
    """Return the gradients, all scaled by one factor if together they are longer than allowed.

    Shapes:
        gradients and results: any, one array a parameter.

    Equation:
        g ← g min(1, c / |g|), |g| the norm over all parameters

    Confusable with:
        `clip_by_value`, which turns the gradient. Normalising, which lengthens short gradients too.
        Clipping each parameter by its own norm.

    Reference:
        Pascanu, Mikolov & Bengio 2013, algorithm 1.

    Raises:
        ValueError: If max_norm is not finite and above 0, there is no gradient, or one does not
            hold real numbers.
    """
    c = positive("max_norm", max_norm)
    arrays = _arrays(gradients)
    largest, relative = _norm_in_parts(arrays)
    # |g| = largest × relative is compared in parts, which cannot overflow
    if largest <= c / relative:
        return tuple(array.copy() for array in arrays)
    # g c / |g|
    return tuple((array / largest * (c / relative)).astype(array.dtype) for array in arrays)


def clip_by_value(gradients: Sequence[ArrayLike], *, limit: float) -> tuple[Array, ...]:
    """Return the gradients with every component brought between -limit and limit.

    Shapes:
        gradients and results: any, one array a parameter.

    Equation:
        g_j ← max(-c, min(c, g_j))

    Confusable with:
        `clip_by_norm`, which keeps the direction.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 10.11.1.

    Raises:
        ValueError: If the limit is not finite and above 0, there is no gradient, or one does not
            hold real numbers.
    """
    c = positive("limit", limit)
    return tuple(np.clip(array, -c, c) for array in _arrays(gradients))


def _arrays(gradients: Sequence[ArrayLike]) -> list[Array]:
    arrays = [floating(each, "gradients") for each in gradients]
    if sum(array.size for array in arrays) == 0:
        raise ValueError("expected at least one gradient")
    return arrays


def _norm_in_parts(arrays: list[Array]) -> tuple[np.floating[Any], np.floating[Any]]:
    """Return the largest |g_j|, and the norm over it, which is between 1 and √(how many)."""
    flat = np.concatenate([array.ravel() for array in arrays])
    largest = np.max(np.abs(flat))
    if largest == 0:
        return largest, np.ones_like(largest)
    shares = flat / largest
    return largest, np.sqrt(np.sum(shares * shares))

"""Softmax and its logarithm: logits to probabilities, over the last axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.losses._inputs import floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.losses._inputs import Array

__all__ = ["log_softmax", "softmax"]


def softmax(logits: ArrayLike) -> Array:
    """Return probabilities, which are in proportion to the exponentials of the logits.

    Shapes:
        logits and the result: (..., classes). Every row of the result sums to 1.

    Equation:
        softmax(z)ₖ = e^zₖ / Σⱼ e^zⱼ = e^(zₖ - m) / Σⱼ e^(zⱼ - m), with m = max z

    Confusable with:
        A sigmoid of each logit, whose outputs need not sum to 1. The maximum: softmax is soft
        argmax.

    Reference:
        Bridle 1990; Goodfellow, Bengio & Courville 2016, section 6.2.2.3.

    Raises:
        ValueError: If the logits are not real numbers, have no axis, or there are none.
    """
    e = np.exp(_shifted(logits))
    return np.asarray(e / np.sum(e, axis=-1, keepdims=True))


def log_softmax(logits: ArrayLike) -> Array:
    """Return the logarithms of `softmax`, finite for every finite logit.

    Shapes:
        logits and the result: (..., classes).

    Equation:
        log softmax(z)ₖ = zₖ - m - log Σⱼ e^(zⱼ - m), with m = max z

    Confusable with:
        log(softmax(z)) in two steps, which is log(0) once a probability has underflowed.

    Reference:
        Goodfellow, Bengio & Courville 2016, equations 6.29 and 6.33.

    Raises:
        ValueError: If the logits are not real numbers, have no axis, or there are none.
    """
    z = _shifted(logits)
    # The sum has a term e^0 = 1, so that its logarithm exists.
    return np.asarray(z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True)))


def _shifted(logits: ArrayLike) -> Array:
    """Return the logits less their maximum, which changes no probability and lets none overflow."""
    z = floating("logits", logits)
    if z.ndim == 0:
        raise ValueError("expected logits of shape (..., classes), got a single number")
    m = np.max(z, axis=-1, keepdims=True)
    with np.errstate(over="ignore"):
        # What is further below m than the precision reaches is cut off at its end.
        return np.asarray(np.maximum(z - m, -np.finfo(z.dtype).max))

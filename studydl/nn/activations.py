"""ReLU, Leaky ReLU, sigmoid and tanh with their derivatives.

Each function takes a number or an array of any shape and works on every element. A floating-point
dtype is kept; integers become float64. No finite input causes an overflow, and the derivatives
keep their relative accuracy in the tails, where ``1 - s`` and ``1 - tanh^2`` would cancel to 0.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "leaky_relu",
    "leaky_relu_gradient",
    "log_sigmoid",
    "relu",
    "relu_gradient",
    "sigmoid",
    "sigmoid_gradient",
    "tanh",
    "tanh_gradient",
]

Array: TypeAlias = NDArray[np.floating[Any]]


def relu(x: ArrayLike) -> Array:
    """Return the rectified linear unit of x.

    Shapes:
        x and the result: any, the same.

    Equation:
        relu(x) = max(0, x)

    Confusable with:
        `leaky_relu`, which lets a fraction of a negative input through.

    Reference:
        Nair & Hinton 2010, section 2; Glorot, Bordes & Bengio 2011, section 3.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    return np.maximum(_floating(x), 0.0)


def relu_gradient(x: ArrayLike) -> Array:
    """Return the derivative of `relu` at x: 1 above 0, otherwise 0.

    At the kink every value between 0 and 1 is a subgradient; 0 is chosen, as PyTorch does.

    Shapes:
        x and the result: any, the same.

    Equation:
        relu'(x) = H(x), Heaviside's step with H(0) = 0

    Confusable with:
        The convention relu'(0) = 1, or 1/2, which a central difference returns at the kink.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 6.3.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    return np.heaviside(_floating(x), 0.0)


def leaky_relu(x: ArrayLike, *, slope: float = 0.01) -> Array:
    """Return x where it is positive, and a fraction of x where it is negative.

    Shapes:
        x and the result: any, the same.

    Equation:
        leaky_relu(x) = max(x, slope x), for a slope between 0 and 1

    Confusable with:
        The writing x/a for a negative x: a = 1/slope is above 1. PReLU, which learns the slope.

    Reference:
        Maas, Hannun & Ng 2013, section 2.

    Raises:
        ValueError: If x does not hold real numbers, or the slope is not between 0 and 1.
    """
    x = _floating(x)
    scaled: Array = _checked(slope) * x
    return np.maximum(x, scaled)


def leaky_relu_gradient(x: ArrayLike, *, slope: float = 0.01) -> Array:
    """Return the derivative of `leaky_relu` at x: 1 above 0, otherwise the slope.

    Shapes:
        x and the result: any, the same.

    Equation:
        leaky_relu'(x) = max(H(x), slope), with H(0) = 0

    Confusable with:
        The slope's reciprocal a of the writing x/a.

    Reference:
        Maas, Hannun & Ng 2013, section 2.

    Raises:
        ValueError: If x does not hold real numbers, or the slope is not between 0 and 1.
    """
    return np.maximum(np.heaviside(_floating(x), 0.0), _checked(slope))


def sigmoid(x: ArrayLike) -> Array:
    """Return the logistic function of x, between 0 and 1.

    Shapes:
        x and the result: any, the same.

    Equation:
        sigmoid(x) = 1 / (1 + e^-x)

    Confusable with:
        `tanh`, the same curve stretched to (-1, 1). The softmax, whose outputs sum to 1.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 3.10.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    x = _floating(x)
    # e^-|x| is at most 1, so that neither sign of x can overflow.
    e = np.exp(-np.abs(x))
    # 1 / (1 + e^-x) for x >= 0, and the same fraction times e^x / e^x for x < 0
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


def sigmoid_gradient(x: ArrayLike) -> Array:
    """Return the derivative of `sigmoid` at x.

    Shapes:
        x and the result: any, the same.

    Equation:
        sigmoid'(x) = sigmoid(x) (1 - sigmoid(x)) = sigmoid(x) sigmoid(-x)

    Confusable with:
        The form s(1 - s) taken of an output s: this function takes the input x.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 3.10.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    x = _floating(x)
    return sigmoid(x) * sigmoid(-x)


def log_sigmoid(x: ArrayLike) -> Array:
    """Return the logarithm of `sigmoid` at x, finite for every finite x.

    Shapes:
        x and the result: any, the same.

    Equation:
        log sigmoid(x) = -log(1 + e^-x) = min(x, 0) - log(1 + e^-|x|)

    Confusable with:
        log(sigmoid(x)) in two steps, which is log(0) once e^x has underflowed. The softplus,
        which is -log sigmoid(-x).

    Reference:
        Goodfellow, Bengio & Courville 2016, section 3.10.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    x = _floating(x)
    return np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))


def tanh(x: ArrayLike) -> Array:
    """Return the hyperbolic tangent of x, between -1 and 1.

    Shapes:
        x and the result: any, the same.

    Equation:
        tanh(x) = (e^x - e^-x) / (e^x + e^-x) = 2 sigmoid(2x) - 1

    Confusable with:
        `sigmoid`, whose output is centred on 1/2 instead of 0.

    Reference:
        LeCun, Bottou, Orr & Müller 1998, section 4.4.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    return np.tanh(_floating(x))


def tanh_gradient(x: ArrayLike) -> Array:
    """Return the derivative of `tanh` at x.

    Shapes:
        x and the result: any, the same.

    Equation:
        tanh'(x) = 1 - tanh(x)^2 = (2 / (e^x + e^-x))^2

    Confusable with:
        The form 1 - y^2 taken of an output y: this function takes the input x.

    Reference:
        LeCun, Bottou, Orr & Müller 1998, section 4.4.

    Raises:
        ValueError: If x does not hold real numbers.
    """
    e = np.exp(-np.abs(_floating(x)))
    # 2 / (e^x + e^-x), both sides of the fraction times e^-|x|
    sech = 2.0 * e / (1.0 + e * e)
    return sech * sech


def _floating(x: ArrayLike) -> Array:
    """Return x as an array of floating-point numbers; a subclass of ndarray stays what it is."""
    array = np.asanyarray(x)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise ValueError(f"expected real numbers, got an array of {array.dtype}")
    return array


def _checked(slope: float) -> float:
    if not 0 < slope < 1:
        raise ValueError(f"expected a slope between 0 and 1, got {slope}")
    return slope

"""Zero, random, standard, Xavier and He initialisation: the variance that each gives a weight.

Each function returns a float64 matrix of shape (fan_in, fan_out) and draws from the generator that
it is handed. `fan_in` counts the inputs of a unit, `fan_out` the units that its layer has.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.random import Generator

__all__ = [
    "Array",
    "Fan",
    "he_gain",
    "he_normal",
    "he_uniform",
    "normal",
    "standard",
    "xavier_normal",
    "xavier_uniform",
    "zeros",
]

Array: TypeAlias = NDArray[np.floating[Any]]

Fan: TypeAlias = Literal["in", "out"]
"""Which pass is to keep its variance: ``in`` the forward pass, ``out`` the backward pass."""


def zeros(fan_in: int, fan_out: int) -> Array:
    """Return weights that are all 0.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W = 0

    Confusable with:
        Zero biases, which do no harm as long as the weights differ.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 8.4.

    Raises:
        ValueError: If a fan is not a whole number of at least 1.
    """
    return np.zeros((_count("fan_in", fan_in), _count("fan_out", fan_out)))


def normal(rng: Generator, fan_in: int, fan_out: int, *, standard_deviation: float) -> Array:
    """Return normally distributed weights of a chosen spread, whatever the fans are.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ N(0, standard_deviation^2)

    Confusable with:
        The variance as second parameter of N(0, .): this function takes its root.

    Reference:
        Krizhevsky, Sutskever & Hinton 2012, section 5, with 0.01 in every layer.

    Raises:
        ValueError: If the standard deviation is not finite and above 0, or a fan is no count.
    """
    shape = _count("fan_in", fan_in), _count("fan_out", fan_out)
    return rng.normal(scale=_positive("standard_deviation", standard_deviation), size=shape)


def standard(rng: Generator, fan_in: int, fan_out: int) -> Array:
    """Return uniform weights within one over the root of fan_in: variance 1 / (3 fan_in).

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ U(-b, b), b = 1 / sqrt(fan_in)

    Confusable with:
        LeCun's initialisation, whose variance, not whose bound, comes from 1 / fan_in.

    Reference:
        Glorot & Bengio 2010, equation 1.

    Raises:
        ValueError: If a fan is not a whole number of at least 1.
    """
    shape = _count("fan_in", fan_in), _count("fan_out", fan_out)
    bound = 1.0 / math.sqrt(fan_in)
    return rng.uniform(-bound, bound, size=shape)


def xavier_uniform(rng: Generator, fan_in: int, fan_out: int, *, gain: float = 1.0) -> Array:
    """Return uniform weights whose variance is the compromise between both directions.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ U(-b, b), b = gain sqrt(6 / (fan_in + fan_out))

    Confusable with:
        `xavier_normal`, of the same variance. `standard`, which ignores fan_out.

    Reference:
        Glorot & Bengio 2010, equation 16.

    Raises:
        ValueError: If the gain is not finite and above 0, or a fan is no count.
    """
    return _uniform(rng, fan_in, fan_out, _xavier_deviation(fan_in, fan_out, gain))


def xavier_normal(rng: Generator, fan_in: int, fan_out: int, *, gain: float = 1.0) -> Array:
    """Return normal weights whose variance is the compromise between both directions.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ N(0, gain^2 2 / (fan_in + fan_out))

    Confusable with:
        `he_normal`, whose 2 stands over one fan, not over their sum.

    Reference:
        Glorot & Bengio 2010, equation 12.

    Raises:
        ValueError: If the gain is not finite and above 0, or a fan is no count.
    """
    deviation = _xavier_deviation(fan_in, fan_out, gain)
    return normal(rng, fan_in, fan_out, standard_deviation=deviation)


def he_gain(slope: float = 0.0) -> float:
    """Return by how much Leaky ReLU's weights exceed 1 / sqrt(fan) in standard deviation.

    A slope of 0 is ReLU, of 1 a linear unit, of -1 the absolute value.

    Equation:
        gain = sqrt(2 / (1 + slope^2)), as E[f(s)^2] = (1 + slope^2) / 2 E[s^2]

    Confusable with:
        Its square, by which the variance grows.

    Reference:
        He, Zhang, Ren & Sun 2015, equation 15.

    Raises:
        ValueError: If the slope is not finite.
    """
    if not math.isfinite(slope):
        raise ValueError(f"expected a finite slope, got {slope}")
    return math.sqrt(2.0 / (1.0 + slope * slope))


def he_normal(
    rng: Generator, fan_in: int, fan_out: int, *, fan: Fan = "in", slope: float = 0.0
) -> Array:
    """Return normal weights that make up for what ReLU or Leaky ReLU removes.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ N(0, 2 / ((1 + slope^2) fan))

    Confusable with:
        `xavier_normal`, which assumes a linear unit and averages the fans.

    Reference:
        He, Zhang, Ren & Sun 2015, equations 10, 14 and 15.

    Raises:
        ValueError: If the fan is neither ``in`` nor ``out``, the slope not finite, or a fan no
            count.
    """
    deviation = _he_deviation(fan_in, fan_out, fan, slope)
    return normal(rng, fan_in, fan_out, standard_deviation=deviation)


def he_uniform(
    rng: Generator, fan_in: int, fan_out: int, *, fan: Fan = "in", slope: float = 0.0
) -> Array:
    """Return uniform weights of the same variance as `he_normal`.

    Shapes:
        The result: (fan_in, fan_out).

    Equation:
        W ~ U(-b, b), b = sqrt(6 / ((1 + slope^2) fan))

    Confusable with:
        `xavier_uniform`, whose 6 stands over the sum of both fans.

    Reference:
        He, Zhang, Ren & Sun 2015, equations 10, 14 and 15.

    Raises:
        ValueError: If the fan is neither ``in`` nor ``out``, the slope not finite, or a fan no
            count.
    """
    return _uniform(rng, fan_in, fan_out, _he_deviation(fan_in, fan_out, fan, slope))


def _uniform(rng: Generator, fan_in: int, fan_out: int, deviation: float) -> Array:
    # The variance of U(-b, b) is b^2 / 3.
    bound = math.sqrt(3.0) * deviation
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


def _xavier_deviation(fan_in: int, fan_out: int, gain: float) -> float:
    fans = _count("fan_in", fan_in) + _count("fan_out", fan_out)
    return _positive("gain", gain) * math.sqrt(2.0 / fans)


def _he_deviation(fan_in: int, fan_out: int, fan: str, slope: float) -> float:
    fans = {"in": _count("fan_in", fan_in), "out": _count("fan_out", fan_out)}
    if fan not in fans:
        raise ValueError(f"expected fan to be 'in' or 'out', got {fan!r}")
    return he_gain(slope) / math.sqrt(fans[fan])


def _count(name: str, value: int) -> int:
    if not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"expected {name} to be a whole number of at least 1, got {value!r}")
    return int(value)


def _positive(name: str, value: float) -> float:
    if not 0 < value < math.inf:
        raise ValueError(f"expected a finite {name} above 0, got {value}")
    return value

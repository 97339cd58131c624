"""Scales and their ticks: few round numbers, logarithmic where values span orders of magnitude."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Scale", "Tick", "compact", "scale_of", "spaced_scale_of"]

_SPAN = 1000.0
_SPACED = 100.0
_ROUNDING = 1e-9
_NEAR = 0.08
_SHORTEST, _LONGEST = 1e-4, 1e6
_LARGEST = sys.float_info.max
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Tick(NamedTuple):
    """A marked place on an axis.

    Attributes:
        fraction: Where, between 0 and 1.
        label: The number.
    """

    fraction: float
    label: str


class Scale(NamedTuple):
    """How values lie along an axis.

    Attributes:
        low: The value at its beginning; of a logarithmic one, the logarithm.
        high: The value at its end, above ``low``.
        is_log: Whether it is logarithmic.
    """

    low: float
    high: float
    is_log: bool = False

    def fraction(self, value: float) -> float:
        """Return where a value lies: 0 at the beginning, 1 at the end."""
        place = math.log10(value) if self.is_log else value
        size = max(abs(self.low), abs(self.high))
        # Divided first: the difference of the largest numbers is infinite.
        begin, end = self.low / size, self.high / size
        return min(max((place / size - begin) / (end - begin), 0.0), 1.0)

    def ticks(self, most: int) -> list[Tick]:
        """Return at most so many places with round numbers."""
        return self._powers(most) if self.is_log else self._round_numbers(most)

    def _powers(self, most: int) -> list[Tick]:
        exponents = range(math.ceil(self.low), math.floor(self.high) + 1)
        stride = max(-(-len(exponents) // max(most, 1)), 1)
        return [Tick(self.fraction(10.0**each), _power(each)) for each in exponents[::stride]]

    def _round_numbers(self, most: int) -> list[Tick]:
        found: list[float] = []
        step = 0.0
        for candidate in _steps(self.high / 2 - self.low / 2):
            multiples = _multiples(self.low, self.high, candidate, most)
            if multiples is None:
                break
            found, step = multiples, candidate
        labels = [_rounded(value, step) for value in found]
        return [
            Tick(self.fraction(value), label) for value, label in zip(found, labels, strict=True)
        ]


def scale_of(values: Sequence[float]) -> Scale:
    """Return the scale for finite values: logarithmic if all are positive and span 1000x."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low > 0 and high / low > _SPAN:
        return Scale(math.log10(low), math.log10(high), is_log=True)
    return _linear(low, high)


def spaced_scale_of(values: Sequence[float]) -> Scale:
    """Return the scale for finite positions: logarithmic only if they are spaced that way."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low > 0 and high / low >= _SPACED:
        middle = math.log(sorted(values)[len(values) // 2])
        even, by_factors = math.log(high) - math.log(2), (math.log(low) + math.log(high)) / 2
        if middle < (even + by_factors) / 2:
            return Scale(math.log10(low), math.log10(high), is_log=True)
    return _linear(low, high)


def compact(value: float) -> str:
    """Return a number in few characters: ``0.25``, ``1.2e-16``, ``∞``."""
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{value:.3g}" if math.isfinite(value) else "NaN"


def _linear(low: float, high: float) -> Scale:
    size = max(abs(low), abs(high))
    if size == 0:
        return Scale(-1.0, 1.0)
    if high / size - low / size > _ROUNDING:
        return _snapped(low, high)
    # One value, or several that differ by rounding: nothing to be magnified.
    room = max(size / 2, sys.float_info.min)
    return Scale(max(low - room, -_LARGEST), min(high + room, _LARGEST))


def _snapped(low: float, high: float) -> Scale:
    """Begin and end at round numbers where they are near."""
    half = high / 2 - low / 2
    for step in _steps(half):
        begin, end = math.floor(low / step) * step, math.ceil(high / step) * step
        if low / 2 - begin / 2 <= _NEAR * half and end / 2 - high / 2 <= _NEAR * half:
            return Scale(begin, end) if begin < end else Scale(low, high)
    return Scale(low, high)


def _steps(half_span: float) -> Iterable[float]:
    """Yield 5, 2 and 1 times powers of ten, from above a span downwards."""
    exponent = math.floor(math.log10(half_span)) + 1
    for lower in range(4):
        for digit in (5, 2, 1):
            step = float(f"{digit}e{exponent - lower}")
            if 0 < step < math.inf:
                yield step


def _multiples(low: float, high: float, step: float, most: int) -> list[float] | None:
    """Return the multiples of a step in a range; None if there are more than ``most``."""
    slack = 1e-9
    first, last = math.ceil(low / step - slack), math.floor(high / step + slack)
    if last - first + 1 > most:
        return None
    values = (each * step for each in range(first, last + 1))
    return [value for value in values if math.isfinite(value)]


def _rounded(value: float, step: float) -> str:
    """Return a multiple of a step with as many digits as the step needs."""
    if value == 0:
        return "0"
    finest = math.floor(math.log10(step) + _ROUNDING)
    if _SHORTEST <= abs(value) < _LONGEST:
        return f"{value:.{min(max(-finest, 0), 12)}f}"
    digits = math.floor(math.log10(abs(value)) + _ROUNDING) - finest
    mantissa, exponent = f"{value:.{min(max(digits, 0), 12)}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _power(exponent: int) -> str:
    return (
        f"10{str(exponent).translate(_SUPERSCRIPTS)}"
        if exponent not in (0, 1)
        else str(10**exponent)
    )

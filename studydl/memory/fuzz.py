"""Seeded fuzz: cards learned together do not stay together, yet every replay gives the same days.

The bands are Anki's. One draw serves all four grades: the band's ends grow with the interval, so a
better grade never gets a shorter interval than a worse one.
"""

from __future__ import annotations

import math
from functools import lru_cache

__all__ = ["band", "draw", "fuzzed"]

# The days from which three stretches of the interval widen the band, each by its share of them.
_FIRST, _SECOND, _THIRD = 2.5, 7.0, 20.0
_SHARES = (0.15, 0.1, 0.05)


def draw(card: str, repetition: int) -> float:
    """Return the number in [0, 1) that belongs to this repetition of this card."""
    from hashlib import blake2b

    digest = blake2b(f"{card}\0{repetition}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


@lru_cache(2048)
def band(days: int, *, maximum: int, previous: int = 0) -> tuple[int, int]:
    """Return the shortest and the longest interval that may stand for ``days``.

    Args:
        days: The interval that the scheduler gives.
        maximum: The longest interval allowed.
        previous: The interval before this one: if ``days`` is longer, the whole band is.
    """
    days = max(1, min(days, maximum))
    if days < _FIRST:
        return days, days
    widening = _SHARES[0] * (min(days, _SECOND) - _FIRST)
    if days > _SECOND:
        widening += _SHARES[1] * (min(days, _THIRD) - _SECOND)
    if days > _THIRD:
        widening += _SHARES[2] * (days - _THIRD)
    delta = 1.0 + widening
    shortest = max(2, _rounded(days - delta), previous + 1 if days > previous else 1)
    return shortest, min(_rounded(days + delta), maximum)


def fuzzed(days: int, fraction: float, *, maximum: int, previous: int = 0) -> int:
    """Return the interval at ``fraction`` of the band; each of its days is equally likely."""
    shortest, longest = band(days, maximum=maximum, previous=previous)
    return shortest + int(fraction * (longest - shortest + 1))


def _rounded(number: float) -> int:
    """Round half up: Python's own rounding goes to the even neighbour, which makes bands jump."""
    return math.floor(number + 0.5)

"""Draws of a given variance or bound, and schemes made of a wrong variance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.language import Text
from studydl.verification.claim import Misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

__all__ = ["Pair", "normal", "pair", "uniform"]


class Pair(NamedTuple):
    """A scheme in its uniform and its normal form."""

    uniform: Callable[..., Any]
    normal: Callable[..., Any]


def uniform(rng: Generator, fan_in: int, fan_out: int, bound: float) -> Any:
    """Draw from U(-bound, bound)."""
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


def normal(rng: Generator, fan_in: int, fan_out: int, variance: float) -> Any:
    """Draw from N(0, variance)."""
    return rng.normal(scale=math.sqrt(variance), size=(fan_in, fan_out))


def pair(
    name: str, variance: Callable[..., float], en: str, zh: str, notes: str = ""
) -> Misconception:
    """Make a misconception of a wrong variance, drawn both uniformly and normally."""

    def in_bounds(rng: Generator, fan_in: int, fan_out: int, **options: Any) -> Any:
        return uniform(rng, fan_in, fan_out, math.sqrt(3 * variance(fan_in, fan_out, **options)))

    def with_tails(rng: Generator, fan_in: int, fan_out: int, **options: Any) -> Any:
        return normal(rng, fan_in, fan_out, variance(fan_in, fan_out, **options))

    return Misconception(name, Pair(in_bounds, with_tails), Text(en, zh), notes)

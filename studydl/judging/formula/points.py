"""Points at which formulas are compared: simple ones, which can be told, and drawn ones."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.cards import Variable

__all__ = ["WHOLE", "Point", "drawn_points", "free_variables", "interval_of", "simple_points"]

Point: TypeAlias = "Mapping[str, Fraction]"
"""The value of each free variable."""

WHOLE = frozenset({"integer", "count"})
"""What stands for whole numbers only."""

_DRAWN = 24
_SMALLEST, _LARGEST = 0.05, 20.0
_MOST_DRAWN = 12
_SIGNIFICANT = 3

# The first ones are told to people; the later ones find what happens far out and at zero.
_SIMPLE = {
    "real": "1 2 1/2 -1 3 -2 0 3/2 -1/2 10 -10 1/100 100 -100",
    "positive": "1 2 1/2 3 3/2 1/4 10 1/10 100 1/100",
    "nonnegative": "1 2 1/2 3 0 3/2 1/4 10 1/10 100 1/100",
    "negative": "-1 -2 -1/2 -3 -3/2 -1/4 -10 -1/10 -100 -1/100",
    "integer": "1 2 3 4 5 10",
    "count": "1 2 3 0 5 10",
}
_SHARES = "1/2 1/4 3/4 1/10 9/10 1/5 4/5 1/100 99/100"
_ENDS = {"real": (None, None), "negative": (None, 0)}


def free_variables(variables: Sequence[Variable]) -> list[Variable]:
    """Return the variables that abbreviate nothing."""
    return [each for each in variables if not each.meaning]


def interval_of(values: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the ends of what a variable stands for; None where there is no end."""
    if values.startswith("("):
        low, high = values.strip("()").split(",")
        return Fraction(low.strip()), Fraction(high.strip())
    low_end, high_end = _ENDS.get(values, (0, None))
    return (
        None if low_end is None else Fraction(low_end),
        None if high_end is None else Fraction(high_end),
    )


def simple_points(variables: Sequence[Variable]) -> list[dict[str, Fraction]]:
    """Return points of few digits, the simplest first; variables differ in most of them."""
    choices = {each.name: _simple(each.values) for each in variables}
    count = max(map(len, choices.values()), default=1)
    return [
        {
            name: values[(index + shift) % len(values)]
            for shift, (name, values) in enumerate(choices.items())
        }
        for index in range(count)
    ]


def drawn_points(variables: Sequence[Variable], seed: str) -> list[dict[str, Fraction]]:
    """Return points drawn from everywhere; the same for the same seed."""
    # Seeding by text gives the same points on every machine.
    rng = random.Random(seed)
    count = _DRAWN if variables else 1
    return [{each.name: _drawn(each.values, rng) for each in variables} for _ in range(count)]


def _simple(values: str) -> list[Fraction]:
    if values in _SIMPLE:
        return [Fraction(each) for each in _SIMPLE[values].split()]
    low, high = interval_of(values)
    assert low is not None  # noqa: S101 - an interval in parentheses has both its ends
    assert high is not None  # noqa: S101 - likewise
    return [low + (high - low) * Fraction(share) for share in _SHARES.split()]


def _drawn(values: str, rng: random.Random) -> Fraction:
    if values in WHOLE:
        return Fraction(rng.randint(int(values == "integer"), _MOST_DRAWN))
    low, high = interval_of(values)
    if low is not None and high is not None:
        return low + (high - low) * _short(rng.uniform(0.02, 0.98))
    size = _short(math.exp(rng.uniform(math.log(_SMALLEST), math.log(_LARGEST))))
    if low is not None:
        return low + size
    if high is not None:
        return high - size
    return size * rng.choice([-1, 1])


def _short(value: float) -> Fraction:
    return Fraction(f"{value:.{_SIGNIFICANT}g}")

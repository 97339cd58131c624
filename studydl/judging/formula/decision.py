"""Whether two formulas are equal wherever the card's variables live, and if not, at which point.

Structure first; then floats, which find where to look; then thirty digits, which decide. A
difference is a point at which both have a value and the values differ, or one at which one has a
value and the other none.

SymPy is asked for no proof here, as it is where derivations are checked: a proof would change no
verdict, and one of a learner's formula can take minutes and cannot be interrupted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

from studydl.cards.expressions import names_used
from studydl.judging.formula.floats import rough, scope_at
from studydl.judging.formula.meaning import names_of, written
from studydl.judging.formula.points import WHOLE, drawn_points, free_variables, simple_points
from studydl.judging.formula.understanding import meanings_of
from studydl.verification.equality import FEWEST_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.cards import Formula
    from studydl.cards.expressions import Expression
    from studydl.judging.formula.floats import Rough, Scope
    from studydl.judging.formula.points import Point

__all__ = ["Comparison", "Decision", "Difference", "Place", "Room"]

_SUSPECT = 1e-9
"""Relative, or less than this: floats that differ by more may differ in truth."""
_CLEAR = 0.01
"""Relative: a difference that a person sees in three digits."""
_PLAIN = 1e-4, 1e4
"""Values in between are read at a glance."""
_CONFIRMED_SIMPLE = 4
_DIGITS = (3, 4, 6, 9, 12, 16, 20, 25, 30)
_EXACT = 1e-20
"""Relative, with no absolute part, as in `studydl.verification.equality`."""


class Comparison(StrEnum):
    """What was found about two formulas."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Difference:
    """A point at which two formulas differ.

    Attributes:
        at: The point; empty if there are no variables.
        yours: The value of the first there; None if it has none.
        expected: The value of the second there; None if it has none.
    """

    at: Point
    yours: str | None
    expected: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two formulas are equal.

    Attributes:
        found: Equal, different, or not to be told.
        difference: Where they differ; of equal ones, a lone point where only one has a value.
    """

    found: Comparison
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A point, with the floats of the card's names there."""

    point: Point
    scope: Scope
    is_drawn: bool


class Room:
    """Where the formulas of a card live: its names, what they stand for, points to look at."""

    def __init__(self, formula: Formula, seed: str) -> None:
        """Look at the points that belong to a seed, such as the card's id.

        Raises:
            StudyError: If the card's names cannot be used.
            ExpressionFault: If one of its abbreviations is no formula.
        """
        self._seed = seed
        self._meanings = meanings_of(formula)
        self.variables = free_variables(formula.variables)
        self.names = names_of(self.variables, self._meanings)

    @cached_property
    def places(self) -> list[Place]:
        """The points, the simplest first."""
        points = drawn_points(self.variables, self._seed)
        # With whole numbers alone, a simple point is one of few, and no exception.
        are_whole = all(each.values in WHOLE for each in self.variables)
        simple = [self._place(each, are_whole) for each in simple_points(self.variables)]
        return simple + [self._place(each, is_drawn=True) for each in points]

    def decide(self, yours: Expression, expected: Expression) -> Decision:
        """Decide whether two formulas are equal."""
        if yours == expected:
            return Decision(Comparison.EQUAL)
        pair = _Pair(self, yours, expected)
        if told := pair.difference():
            return Decision(Comparison.DIFFERENT, told)
        one_sided = list(pair.one_sided())
        lone = one_sided[0][1] if one_sided else None
        if any(place.is_drawn for place, _ in one_sided):
            found = Comparison.DIFFERENT if pair.expects_values() else Comparison.UNDECIDED
            return Decision(found, lone)
        return pair.sampled(lone)

    def names_behind(self, expression: Expression) -> frozenset[str]:
        """Return the names that occur in a formula and in what those abbreviate."""
        names = names_used(expression)
        for name, meaning in reversed(self._meanings):
            if name in names:
                names |= names_used(meaning)
        return names

    def values(self, expression: Expression) -> list[Rough]:
        """Return the floats of a formula at every point."""
        return [rough(expression, place.scope) for place in self.places]

    def undefined(self, expression: Expression) -> list[Point]:
        """Return the points at which a formula has no value."""
        exact = self.names.built(expression)
        return [
            place.point for place in self.places if self.names.value(exact, place.point) is None
        ]

    def _place(self, point: Point, is_drawn: bool) -> Place:
        return Place(point, scope_at(point, self._meanings), is_drawn)


class _Pair:
    """Two formulas in the room of a card."""

    def __init__(self, room: Room, yours: Expression, expected: Expression) -> None:
        self._room = room
        self._built = room.names.built(yours), room.names.built(expected)
        floats = room.values(yours), room.values(expected)
        self._used = room.names_behind(yours) | room.names_behind(expected)
        self._rough = list(zip(room.places, *floats, strict=True))

    def expects_values(self) -> bool:
        """Tell whether what is expected has a value anywhere."""
        return any(self._exact(place)[1] is not None for place in self._room.places)

    def difference(self) -> Difference | None:
        """Return the point that shows a difference best, if floats suspect one."""
        suspects = [
            (_ease(yours, expected), place)
            for place, yours, expected in self._rough
            if _is_value(yours)
            and _is_value(expected)
            and not math.isclose(yours, expected, rel_tol=_SUSPECT)
        ]
        suspects.sort(key=lambda each: each[0])
        simple = [place for place, *_ in self._rough[:_CONFIRMED_SIMPLE]]
        for place in [*(place for _, place in suspects), *simple]:
            yours, expected = self._exact(place)
            if yours is not None and expected is not None and not _equal(yours, expected):
                return self._told(place, yours, expected)
        return None

    def one_sided(self) -> Iterator[tuple[Place, Difference]]:
        """Yield the points where only one of the formulas has a value, as far as floats see."""
        for place, *floats in self._rough:
            # What floats cannot hold, None, may well be a value.
            if sum(each is not None and math.isnan(each) for each in floats) != 1:
                continue
            yours, expected = self._exact(place)
            if (yours is None) != (expected is None):
                yield place, self._told(place, yours, expected)

    def sampled(self, lone: Difference | None) -> Decision:
        """Decide at thirty digits, at every drawn point."""
        drawn = [place for place in self._room.places if place.is_drawn]
        agreed = 0
        for place in drawn:
            values = self._exact(place)
            if None in values:
                continue
            if not _equal(*values):
                return Decision(Comparison.DIFFERENT, self._told(place, *values))
            agreed += 1
        # Without variables there is but one point.
        is_enough = agreed >= min(FEWEST_POINTS, len(drawn))
        return Decision(Comparison.EQUAL, lone) if is_enough else Decision(Comparison.UNDECIDED)

    def _exact(self, place: Place) -> tuple[Any, Any]:
        yours, expected = (self._room.names.value(each, place.point) for each in self._built)
        return yours, expected

    def _told(self, place: Place, *values: Any) -> Difference:
        """Write both values with as many digits as it takes to see that they differ."""
        point = {name: value for name, value in place.point.items() if name in self._used}
        texts: Sequence[str | None] = ()
        for digits in _DIGITS:
            texts = [None if value is None else written(value, digits) for value in values]
            if texts[0] != texts[1]:
                break
        yours, expected = texts
        return Difference(point, yours, expected)


def _is_value(value: Rough) -> TypeGuard[float]:
    return value is not None and not math.isnan(value)


def _ease(yours: float, expected: float) -> tuple[bool, bool]:
    """Return what sorts the points first at which a difference is read at a glance."""
    low, high = _PLAIN
    is_clear = not math.isclose(yours, expected, rel_tol=_CLEAR)
    are_plain = all(value == 0 or low <= abs(value) <= high for value in (yours, expected))
    return not is_clear, not are_plain


def _equal(yours: Any, expected: Any) -> bool:
    return bool(abs(yours - expected) <= _EXACT * max(abs(yours), abs(expected)))

"""``prop:s>10``: cards by a number of their memory."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import TYPE_CHECKING

from studydl.memory import Measure
from studydl.search.faults import QueryError, near

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.memory import Memory
    from studydl.search.tokens import Token

__all__ = ["PROPERTIES", "bounds", "numbered"]

PROPERTIES = {
    "s": Measure.STABILITY,
    "d": Measure.DIFFICULTY,
    "r": None,
    "ivl": Measure.INTERVAL,
    "due": Measure.DUE,
    "reps": Measure.REPETITIONS,
    "lapses": Measure.LAPSES,
}
"""The properties; the chance of recall is asked for apart, for it follows from today."""

_WRITTEN = re.compile(r"([a-z]+)(<=|>=|!=|=|<|>)([+-]?\d{1,9}(?:\.(\d{1,9}))?)")
_WHOLE = ("ivl", "due", "reps", "lapses")


def numbered(term: Token, query: str, memory: Memory) -> set[str]:
    """Return the known cards that a term such as ``prop:s>10`` asks for.

    Raises:
        QueryError: If there is no such property, or no comparison with a number.
    """
    asked = term.pattern.typed
    name = re.split(r"[<>=!]", asked)[0]
    hint = near(name, PROPERTIES, f"there are {', '.join(PROPERTIES)}")
    if name not in PROPERTIES:
        raise QueryError(f"there is no property `{name}`", query, term.pattern_place, hint=hint)
    found = _WRITTEN.fullmatch(asked)
    if found is None:
        hint = f"write = != < > <= or >= and a number, as in `prop:{name}>=1`"
        place = term.pattern_place + len(name)
        raise QueryError("a comparison with a number is missing", query, place, hint=hint)
    _, sign, number, decimals = found.groups()
    step = 0 if name in _WHOLE else 10.0 ** -len(decimals or "")
    ask = _ask(name, memory)
    return set().union(*(ask(*each) for each in bounds(sign, float(number), step)))


def _ask(name: str, memory: Memory) -> Callable[[float, float], set[str]]:
    measure = PROPERTIES[name]
    return memory.recalled_with if measure is None else partial(memory.having, measure)


def bounds(sign: str, number: float, step: float) -> list[tuple[float, float]]:
    """Return the closed ranges that a comparison allows.

    Args:
        sign: How it compares.
        number: With what.
        step: A number counts as equal if it rounds to the one that is written: ``prop:s=10`` finds
            9.5 to 10.5, ``prop:s=10.0`` finds 9.95 to 10.05. 0 compares exactly.
    """
    least, most = number - step / 2, number + step / 2
    under = (-math.inf, math.nextafter(least, -math.inf))
    over = (math.nextafter(most, math.inf), math.inf)
    return {
        "=": [(least, most)],
        "!=": [under, over],
        "<": [(-math.inf, math.nextafter(number, -math.inf))],
        "<=": [(-math.inf, number)],
        ">": [(math.nextafter(number, math.inf), math.inf)],
        ">=": [(number, math.inf)],
    }[sign]

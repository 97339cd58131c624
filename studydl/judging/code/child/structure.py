"""Compares what two functions return in structure only: parts, shapes, dtypes, finite or not."""

from __future__ import annotations

import math
from typing import Any

from studydl.judging.code.child.fault import Fault
from studydl.judging.code.child.parts import (
    description,
    dtype_of,
    fields_of,
    is_number,
    shape_of,
)
from studydl.judging.code.rung import Rung

__all__ = ["conform"]


def conform(got: Any, expected: Any, where: str = "result") -> Any:
    """Return the learner's result in the structure of the reference's.

    A plain tuple, or an object with the same attributes, becomes the reference's named tuple or
    dataclass. Values are not compared.

    Args:
        got: What the learner's function returned.
        expected: What the reference returned for the same input.
        where: The path to ``got`` in the whole result.

    Raises:
        Fault: If the structures differ.
    """
    if expected is None:
        return got
    if got is None:
        raise Fault(Rung.NOTHING, where=where)
    if is_number(expected):
        _compare_numbers(got, expected, where)
        return got
    if fields_of(expected):
        return _record(got, expected, where)
    if isinstance(expected, tuple | list):
        return _sequence(got, expected, where)
    return got


def _record(got: Any, expected: Any, where: str) -> Any:
    names = fields_of(expected)
    kind = type(expected)
    if type(got) is tuple and len(got) == len(names):
        parts = list(got)
    elif type(got) is not tuple and all(hasattr(got, name) for name in names):
        parts = [getattr(got, name) for name in names]
    else:
        wanted = f"{kind.__name__}({', '.join(names)})"
        raise Fault(Rung.STRUCTURE, where=where, got=description(got), expected=wanted)
    taken = [
        conform(part, getattr(expected, name), f"{where}.{name}")
        for part, name in zip(parts, names, strict=True)
    ]
    if isinstance(got, kind) and all(new is old for new, old in zip(taken, parts, strict=True)):
        return got
    try:
        return kind(**dict(zip(names, taken, strict=True)))
    except (TypeError, ValueError) as error:
        raise Fault(Rung.STRUCTURE, where=where, got=str(error), expected=kind.__name__) from None


def _sequence(got: Any, expected: Any, where: str) -> Any:
    kind = type(expected)
    # A list serves as well as a tuple, and the other way round.
    if not isinstance(got, tuple | list) or len(got) != len(expected):
        wanted = description(expected)
        raise Fault(Rung.STRUCTURE, where=where, got=description(got), expected=wanted)
    pairs = zip(got, expected, strict=True)
    taken = [conform(*pair, f"{where}[{index}]") for index, pair in enumerate(pairs)]
    return got if isinstance(got, kind) and all(map(_is, taken, got)) else kind(taken)


def _is(left: Any, right: Any) -> bool:
    return left is right


def _compare_numbers(got: Any, expected: Any, where: str) -> None:
    if not is_number(got):
        wanted = description(expected)
        raise Fault(Rung.KIND, where=where, got=description(got), expected=wanted)
    if shape_of(got) != shape_of(expected):
        shapes = {"got": str(shape_of(got)), "expected": str(shape_of(expected))}
        raise Fault(Rung.SHAPE, where=where, **shapes)
    if not _is_dtype_kept(got, expected):
        dtypes = {"got": dtype_of(got), "expected": dtype_of(expected)}
        raise Fault(Rung.DTYPE, where=where, **dtypes)
    _compare_finite(got, expected, where)


def _is_dtype_kept(got: Any, expected: Any) -> bool:
    """Tell whether floats stay floats of their width; of other results the values decide."""
    if not dtype_of(expected).startswith("float"):
        return True
    # Python's own numbers have no width to lose, and a whole number is as good as its float.
    return type(got) in {int, float} or dtype_of(got) == dtype_of(expected)


def _compare_finite(got: Any, expected: Any, where: str) -> None:
    if not dtype_of(expected).startswith(("float", "int")):
        return
    # A number is finite if its size is below infinity; NaN is below nothing.
    if not shape_of(expected):
        lost = bool(abs(expected) < math.inf) and not abs(got) < math.inf
        index: tuple[int, ...] = ()
    else:
        faulty = (abs(expected) < math.inf) & ~(abs(got) < math.inf)
        lost = bool(faulty.any())
        index = tuple(int(axis[0]) for axis in faulty.nonzero()) if lost else ()
    if lost:
        at = f"[{', '.join(map(str, index))}]" if index else ""
        values = (float(abs(each[index] if index else each)) for each in (got, expected))
        sizes = dict(zip(("got", "expected"), (f"{each:.6g}" for each in values), strict=True))
        raise Fault(Rung.NOT_FINITE, where=where + at, **sizes)

"""Tells whether a value is still what it was, and whether two calls came to the same."""

from __future__ import annotations

import math
from typing import Any

from studydl.judging.code.child.parts import dtype_of, fields_of, is_array, is_number, shape_of

__all__ = ["same"]


def same(left: Any, right: Any, *, rounding: float = 0.0) -> bool:
    """Tell whether two values are equal; of what cannot be compared, they are.

    Args:
        left: Any value.
        right: Another.
        rounding: How far numbers may differ, in relation to the largest of their array. A view
            and a packed copy of it are summed in another order.
    """
    if is_number(left) and is_number(right):
        return _are_numbers_same(left, right, rounding)
    if type(left) is not type(right):
        return False
    if isinstance(left, str):
        return bool(left == right)
    inside, others = _inside(left), _inside(right)
    return len(inside) == len(others) and all(
        same(one, other, rounding=rounding) for one, other in zip(inside, others, strict=True)
    )


def _inside(value: Any) -> list[Any]:
    """Return what a value holds; of what shows no parts, nothing."""
    if isinstance(value, dict):
        return [list(value), list(value.values())]
    if fields := fields_of(value):
        return [getattr(value, name) for name in fields]
    return list(value) if isinstance(value, tuple | list) else []


def _are_numbers_same(left: Any, right: Any, rounding: float) -> bool:
    if shape_of(left) != shape_of(right) or dtype_of(left) != dtype_of(right):
        return False
    if not is_array(left):
        # NaN is the one number that is not equal to itself.
        both_nan = left != left and right != right  # noqa: PLR0124
        return bool(left == right or both_nan or abs(left - right) <= rounding * abs(right))
    if left.dtype.kind == "O":
        return same(left.tolist(), right.tolist(), rounding=rounding)
    if left.tobytes() == right.tobytes():
        return True
    return rounding > 0 and left.dtype.kind in "fc" and _are_arrays_near(left, right, rounding)


def _are_arrays_near(left: Any, right: Any, rounding: float) -> bool:
    nan = right != right  # noqa: PLR0124 - where it is NaN, as above
    if ((left != left) != nan).any():  # noqa: PLR0124 - likewise
        return False
    apart = abs(left - right)[~nan & (left != right)]
    sizes = abs(right)[~nan & (abs(right) < math.inf)]
    return bool((apart <= rounding * sizes.max(initial=0.0)).all())

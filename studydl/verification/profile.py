"""Which curves calls make: an array that one returned, or numbers that several returned."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.verification.sightings import Call

__all__ = ["Array", "Profile", "profiles_of"]

Array: TypeAlias = NDArray[np.float64]

_FEWEST, _MOST = 5, 400
_FEWEST_VALUES = 2
_MANY = 30
_NOISE = 0.15
"""Numbers drawn independently go up and down by about 0.2 of their height from one to the next."""

_Path: TypeAlias = tuple[str | int, ...]


class Profile(NamedTuple):
    """A curve that the reference makes.

    Attributes:
        calls: The one call that returned it, or the calls that returned a point each.
        path: Where in a result the numbers stand.
        positions: Where the points lie, not in order.
        values: What the reference computes there.
        x_label: What the positions are.
        y_label: What was computed.
        has_positions: Whether the positions are an argument, not just a count.
    """

    calls: tuple[Call, ...]
    path: _Path
    positions: Array
    values: Array
    x_label: str
    y_label: str
    has_positions: bool

    @property
    def part(self) -> int:
        """Which function of the implementation made it."""
        return self.calls[0].part

    @property
    def variety(self) -> int:
        """How many different values there are."""
        return len(np.unique(self.values))

    @property
    def roughness(self) -> float:
        """How far the curve goes up and down, against its height: 1 if it only rises or falls."""
        return _roughness(self.positions, self.values)

    def read(self, result: Any) -> Array:
        """Return the numbers in a result that stand where the reference's stand."""
        leaf = result
        for step in self.path:
            leaf = getattr(leaf, step) if isinstance(step, str) else leaf[step]
        row = np.atleast_1d(_row(np.asarray(leaf, np.float64)))
        return row if len(self.calls) == 1 else row[:1]


def profiles_of(calls: Sequence[Call]) -> list[Profile]:
    """Return every curve of at least five finite points that is neither constant nor noise."""
    found = [*_from_arrays(calls), *_from_numbers(calls), *_from_sequences(calls)]
    return [each for each in found if np.isfinite(each.values).all() and _is_telling(each)]


def _is_telling(each: Profile) -> bool:
    if each.variety < _FEWEST_VALUES:
        return False
    return len(each.values) < _MANY or each.roughness < _NOISE * len(each.values)


def _from_arrays(calls: Sequence[Call]) -> Iterator[Profile]:
    for call in calls:
        for path, leaf in _leaves(call.result):
            values = _row(np.asarray(leaf))
            if values.ndim != 1 or not _FEWEST <= len(values) <= _MOST:
                continue
            yield _placed(call, path, values.astype(np.float64), np.shape(leaf))


def _placed(call: Call, path: _Path, values: Array, shape: tuple[int, ...]) -> Profile:
    """Return a profile over the argument along which it is smoothest; else over its index."""
    best = Profile(
        (call,), path, np.arange(len(values), dtype=float), values, "i", _name(call, path), False
    )
    for name, argument in _named(call):
        if not isinstance(argument, np.ndarray | list | tuple):
            continue
        try:
            array = np.asarray(argument, np.float64)
        except (TypeError, ValueError):
            continue
        if array.shape not in (shape, values.shape):
            continue
        row = _row(array)
        is_placing = row.shape == values.shape and len(np.unique(row)) > len(values) // 2
        if not (is_placing and np.isfinite(row).all()):
            continue
        if not best.has_positions or _roughness(row, values) < best.roughness:
            best = best._replace(positions=row, x_label=name, has_positions=True)
    return best


def _from_numbers(calls: Sequence[Call]) -> Iterator[Profile]:
    """Yield what came of calls that differ in one number only."""
    groups: dict[tuple[Any, ...], dict[float, Call]] = {}
    for call in calls:
        arguments = _named(call)
        for path, leaf in _leaves(call.result):
            if np.size(leaf) != 1:
                continue
            for name, value in arguments:
                if _is_number(value):
                    others = repr([each for each in arguments if each[0] != name])
                    key = call.part, path, name, others
                    groups.setdefault(key, {}).setdefault(np.asarray(value).item(), call)
    for (_, path, name, _), group in groups.items():
        if _FEWEST <= len(group) <= _MOST:
            members = tuple(group.values())
            label = _name(members[0], path)
            profile = Profile(members, path, np.array(list(group)), np.empty(0), name, label, True)
            values = np.concatenate([profile.read(call.result) for call in members])
            if np.isfinite(profile.positions).all():
                yield profile._replace(values=values)


def _from_sequences(calls: Sequence[Call]) -> Iterator[Profile]:
    """Yield the first number of what came of call after call: of a step, and the one after it."""
    groups: dict[tuple[int, _Path], list[Call]] = {}
    for call in calls:
        for path, leaf in _leaves(call.result):
            if np.size(leaf):
                groups.setdefault((call.part, path), []).append(call)
    for (_, path), group in groups.items():
        if len(group) >= _FEWEST:
            members = tuple(group[:_MOST])
            places = np.arange(1, len(members) + 1, dtype=float)
            label = _name(members[0], path)
            profile = Profile(members, path, places, np.empty(0), "k", label, has_positions=False)
            values = np.concatenate([profile.read(call.result) for call in members])
            yield profile._replace(values=values)


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.size == 1 and value.dtype.kind in "fiu"
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _leaves(result: Any, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Yield the arrays and numbers of a result, and where they stand in it."""
    if _is_list_of_numbers(result):
        yield path, result
    elif isinstance(result, tuple | list):
        for place, each in enumerate(result[:_FEWEST]):
            yield from _leaves(each, (*path, place))
    elif dataclasses.is_dataclass(result) and not isinstance(result, type):
        for field in dataclasses.fields(result):
            yield from _leaves(getattr(result, field.name), (*path, field.name))
    elif isinstance(result, np.ndarray):
        if result.dtype.kind in "fiu":
            yield path, result
    elif isinstance(result, float | int | np.number) and not isinstance(
        result, bool | np.complexfloating
    ):
        yield path, result


def _is_list_of_numbers(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < _FEWEST:
        return False
    return all(isinstance(each, int | float | np.number) for each in value)


def _row(array: NDArray[Any]) -> NDArray[Any]:
    """Return one row of numbers: of several the first, and all of them where they are short."""
    row = np.squeeze(array)
    if row.ndim > 1:
        is_long = row.shape[-1] >= _FEWEST
        row = row.reshape(-1, row.shape[-1])[0] if is_long else row.ravel()
    return row[:: -(-len(row) // _MOST)] if row.ndim and len(row) > _MOST else row


def _named(call: Call) -> list[tuple[str, Any]]:
    """Return the arguments with names, as far as they can be told."""
    named = [(f"x{place}", each) for place, each in enumerate(call.args, start=1)]
    names = list(call.names)[: len(named)]
    named[: len(names)] = [(name, value) for name, (_, value) in zip(names, named, strict=False)]
    return [*named, *call.kwargs.items()]


def _name(call: Call, path: _Path) -> str:
    inner = "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in path)
    return f"{call.name}{inner}"


def _roughness(positions: Array, values: Array) -> float:
    ordered = values[np.argsort(positions, kind="stable")]
    height = float(np.ptp(ordered))
    return float(np.abs(np.diff(ordered)).sum()) / height if height > 0 else 1.0

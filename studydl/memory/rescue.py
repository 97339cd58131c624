"""Everything that can still be read of a damaged log."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.errors import StudyError
from studydl.memory.carving import PAGE, frames, rows
from studydl.memory.codec import event_from_json
from studydl.memory.events import Act, Event, ParameterSet, Review, Undo
from studydl.memory.settings import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studydl.memory.carving import Value

__all__ = ["Rescued", "rescue"]

# How many values a row has tells its sort; whether it is one is told by every value.
_SORTS: dict[int, tuple[type[Any], tuple[str, ...]]] = {
    len(names): (sort, names)
    for sort in (ParameterSet, Review, Undo, Act)
    for names in [tuple(field.name for field in fields(sort) if field.name != "undone")]
}


class Rescued(NamedTuple):
    """What could be read of a file."""

    events: list[Event]
    """In the order of ``Memory.events``."""
    missing: list[str]
    """Ids of parameters that reviews name and that could not be found."""


def rescue(path: Path) -> Rescued:
    """Read every event that still stands in a log's file or in the write-ahead log beside it.

    The file need not be one that SQLite opens: its pages are read one by one, without the trees
    that lead to them, so that a damaged page costs what stood on it and nothing else. An event
    whose last write did not end may be among them: it happened, but nobody was told so.

    Raises:
        StudyError: The file cannot be read, or no event is in it.
    """
    found: dict[str, Event] = {}
    for event in _events(path):
        found.setdefault(event.id, event)
    if not found:
        raise StudyError(
            "no event could be found in this file",
            where=str(path),
            hint="`studydl restore --list` shows the backups",
        )
    missing = _find_parameters(found)
    ordered = sorted(found.values(), key=lambda event: (event.kind != "parameters", event.id))
    return Rescued(ordered, missing)


def _events(path: Path) -> Iterator[Event]:
    content, wal = _bytes(path), path.with_name(f"{path.name}-wal")
    numbered = [
        (start // PAGE + 1, content[start : start + PAGE]) for start in range(0, len(content), PAGE)
    ]
    newer = list(frames(_bytes(wal))) if wal.exists() else []
    # Long rows of a page go on in pages of its own time: older ones of the file, or later ones.
    pages = dict(numbered)
    for several in (numbered, newer):
        pages.update(several)
        for number, page in several:
            for row in rows(page, number, pages):
                if event := _event(row):
                    yield event


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StudyError(f"this file cannot be read: {error.strerror}", where=str(path)) from error


def _event(row: list[Value]) -> Event | None:
    """Return the event that a row is, or None."""
    sort, names = _SORTS.get(len(row), (None, ()))
    if sort is None:
        return None
    told: dict[str, Any] = dict(zip(names, row, strict=True)) | {"kind": sort.kind}
    try:
        if "content" in told:
            told["content"] = json.loads(told["content"])
        return event_from_json(told)
    except (StudyError, ValueError, TypeError):
        return None


def _find_parameters(found: dict[str, Event]) -> list[str]:
    """Add the parameters as shipped if they are named; return those that are nowhere."""
    from studydl.memory.scheduling import Scheduler

    current = Scheduler(Schedule())
    named = {event.parameters for event in found.values() if isinstance(event, Review)}
    missing = sorted(named - found.keys())
    if current.parameters in missing:
        missing.remove(current.parameters)
        shipped = ParameterSet(current.parameters, current.schedule.content())
        found[shipped.id] = shipped
    return missing

"""The kinds of notes of a collection, as Anki's older and newer databases have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studydl.interchange.templates import NoteType

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

__all__ = ["note_types"]

_CLOZE = 1


def note_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    """Return the kinds of notes by their ids.

    Raises:
        ValueError: They are not as Anki writes them.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "notetypes" in tables:
        return _from_tables(connection)
    if "col" not in tables:
        return {}
    [(models,)] = connection.execute("SELECT models FROM col LIMIT 1").fetchall() or [("{}",)]
    try:
        told = json.loads(models or "{}", parse_constant=str)
        return {int(id_): _from_json(model) for id_, model in told.items()}
    except (TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ValueError("the kinds of notes cannot be read") from error


def _from_json(model: dict[str, Any]) -> NoteType:
    fields = tuple(str(field["name"]) for field in model["flds"])
    templates = tuple((str(each["qfmt"]), str(each["afmt"])) for each in model["tmpls"])
    return NoteType(fields, templates, model.get("type") == _CLOZE)


def _from_tables(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for type_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_, []).append(str(name))
    templates: dict[int, list[tuple[str, str]]] = {}
    for type_, config in connection.execute(
        "SELECT ntid, config FROM templates ORDER BY ntid, ord"
    ):
        told = dict(_message(bytes(config)))
        templates.setdefault(type_, []).append((_text(told.get(1)), _text(told.get(2))))
    return {
        id_: NoteType(
            tuple(fields.get(id_, ())),
            tuple(templates.get(id_, ())),
            dict(_message(bytes(config))).get(1) == _CLOZE,
        )
        for id_, config in connection.execute("SELECT id, config FROM notetypes")
    }


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _message(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a message of Protocol Buffers: numbers and bytes by field number."""
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, place = _varint(data, place)
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(wire)
        if wire == 2:
            size, place = _varint(data, place)
        if size is None or place + size > len(data):
            raise ValueError("a message ends too early, or has an unknown form")
        yield number, data[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(data):
            break
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    raise ValueError("a number ends too early, or is too long")

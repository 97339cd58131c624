"""The log with its whole history as JSON Lines: a header, then one event a line.

Such a file can be read by any program, kept under version control, and taken in by another machine:
taking in is a union, so doing it twice is harmless and the order does not matter.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn

from studydl.errors import StudyError
from studydl.memory import Merged, event_from_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.memory import Event, Memory

__all__ = ["FORMAT", "VERSION", "Taken", "take_lines", "write_lines"]

FORMAT, VERSION = "studydl-log", 1
_LONGEST_LINE = 1 << 22
_LINES_AT_ONCE = 1000


class Taken(NamedTuple):
    """What came of reading a file.

    Attributes:
        merged: What was taken in, and what was here already.
        left_out: A sentence for each line that could not be read.
    """

    merged: Merged
    left_out: tuple[StudyError, ...]


def write_lines(memory: Memory, stream: IO[bytes]) -> int:
    """Write the whole log; return how many events it has."""
    stream.write(json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n")
    lines, count = memory.lines(), 0
    while some := list(islice(lines, _LINES_AT_ONCE)):
        stream.write(("\n".join(some) + "\n").encode())
        count += len(some)
    return count


def take_lines(memory: Memory, stream: IO[bytes], name: str, *, keep_going: bool = False) -> Taken:
    """Take in the events of a file, all or none.

    Args:
        memory: The log that takes them in.
        stream: The file, opened to read bytes.
        name: What to call it in a sentence.
        keep_going: Whether to leave out lines that cannot be read instead of refusing the file.

    Raises:
        StudyError: It is no such file, a line of it is broken, or it contradicts the log; nothing
            was taken in.
    """
    _require_header(stream, name)
    left_out: list[StudyError] = []
    merged = memory.merge(_events(stream, name, left_out if keep_going else None))
    return Taken(merged, tuple(left_out))


def _require_header(stream: IO[bytes], name: str) -> None:
    where = f"{name}, line 1"
    hint = "`studydl export FILE.jsonl` writes such a file"
    try:
        header = _object(stream.readline(_LONGEST_LINE), where)
    except StudyError:
        header = {}
    if header.get("format") != FORMAT:
        raise StudyError("this is no log of studydl in JSON Lines", where=where, hint=hint)
    version = header.get("version")
    if type(version) is not int or version < 1:
        raise StudyError(f"{version!r} is no version of this format", where=where, hint=hint)
    if version > VERSION:
        raise StudyError(
            f"this file has version {version}, this studydl knows {VERSION}",
            where=where,
            hint="install a newer studydl",
        )


def _events(stream: IO[bytes], name: str, left_out: list[StudyError] | None) -> Iterator[Event]:
    """Yield what stands behind the header; broken lines are gathered if a list is given."""
    number = 1
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        try:
            event = _event(line, f"{name}, line {number}")
        except StudyError as error:
            if left_out is None:
                raise
            left_out.append(error)
            _skip_rest(stream, line)
        else:
            yield event


def _skip_rest(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_LONGEST_LINE)


def _event(line: bytes, where: str) -> Event:
    try:
        return event_from_json(_object(line, where))
    except StudyError as error:
        if error.where == where:
            raise
        inner = f"{where}, {error.where}" if error.where else where
        raise StudyError(error.what, where=inner, hint=error.hint) from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
        raise StudyError("this line is longer than 4 MB", where=where)
    try:
        told = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise StudyError("this line is not UTF-8", where=where) from error
    except (ValueError, RecursionError) as error:
        # A line that was cut off is the most common damage; its end says nothing more.
        raise StudyError("this line is not JSON", where=where, hint="was it cut off?") from error
    if not isinstance(told, dict):
        raise StudyError("this line is no JSON object", where=where)
    return told


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)

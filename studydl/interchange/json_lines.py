"""The log with its whole history as JSON Lines: a header, one event a line, then a footer.

Such a file can be read by any program, kept under version control, and taken in by another machine:
taking in is a union, so doing it twice is harmless and the order does not matter.
"""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn

from studydl.errors import StudyError
from studydl.memory import Act, Merged, Review, Undo
from studydl.memory.codec import event_from_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from studydl.memory import Event, Memory

__all__ = ["FORMAT", "VERSION", "WITHOUT_FOOTER", "Taken", "take_lines", "write_lines"]

FORMAT, VERSION = "studydl-log", 2
WITHOUT_FOOTER = 1
"""The version whose files end anywhere: one that was cut off at a line end cannot be told."""
_LONGEST_LINE = 1 << 22
_LINES_AT_ONCE = 1000


class Taken(NamedTuple):
    """What came of reading a file.

    Attributes:
        merged: What was taken in, and what was here already.
        left_out: A sentence for each line that could not be read.
        sealed: Whether a footer said that nothing is missing; older files have none.
    """

    merged: Merged
    left_out: tuple[StudyError, ...]
    sealed: bool


def write_lines(memory: Memory, stream: IO[bytes], cards: Collection[str] | None = None) -> int:
    """Write the log; return how many events were written.

    Args:
        memory: The log.
        stream: Where to.
        cards: Only what happened to these cards alone; None for everything.
    """
    stream.write(json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n")
    lines = memory.lines() if cards is None else _lines_of(memory.events(), cards)
    sealed = _Seal()
    while some := list(islice(lines, _LINES_AT_ONCE)):
        told = ("\n".join(some) + "\n").encode()
        sealed.add(told, len(some))
        stream.write(told)
    stream.write(json.dumps(sealed.footer()).encode() + b"\n")
    return sealed.events


def _lines_of(events: Iterable[Event], cards: Collection[str]) -> Iterator[str]:
    """Yield what concerns some cards and no others, with the parameters that their reviews name."""
    told: set[str] = set()
    for event in events:
        if isinstance(event, Review):
            is_wanted = event.card in cards
        elif isinstance(event, Undo):
            is_wanted = event.undoes in told
        elif isinstance(event, Act):
            is_wanted = bool(event.cards) and set(event.cards) <= set(cards)
        else:
            is_wanted = True
        if is_wanted:
            told.add(event.id)
            yield json.dumps(event.to_json(), ensure_ascii=False, separators=(",", ":"))


class _Seal:
    """What the footer says of the lines between header and footer."""

    def __init__(self) -> None:
        self.events = 0
        self._digest = sha256()

    def add(self, lines: bytes, count: int) -> None:
        """Take in lines without white space around them, each with its end."""
        self.events += count
        self._digest.update(lines)

    def footer(self) -> dict[str, Any]:
        return {"events": self.events, "sha256": self._digest.hexdigest()}


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
    version = _require_header(stream, name)
    left_out: list[StudyError] = []
    ends = version > WITHOUT_FOOTER
    merged = memory.merge(_events(stream, name, left_out if keep_going else None, ends=ends))
    return Taken(merged, tuple(left_out), sealed=ends and not left_out)


def _require_header(stream: IO[bytes], name: str) -> int:
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
    return version


def _events(
    stream: IO[bytes], name: str, left_out: list[StudyError] | None, *, ends: bool
) -> Iterator[Event]:
    """Yield what stands behind the header; broken lines are gathered if a list is given."""
    number, sealed = 1, _Seal()
    footer: dict[str, Any] | None = None
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            told = _object(line, where)
            if ends and told.keys() == sealed.footer().keys():
                footer = told
                continue
            event = _event(told, where)
        except StudyError as error:
            if left_out is None:
                raise
            left_out.append(error)
            _skip_rest(stream, line)
        else:
            sealed.add(line.strip() + b"\n", 1)
            yield event
    if ends and footer != sealed.footer() and not left_out:
        what = "this file does not hold the events that its end tells"
        unsealed = StudyError(
            what if footer else "this file has no end",
            where=name,
            hint="was it cut off or edited? --keep-going takes in what is there",
        )
        if left_out is None:
            raise unsealed
        left_out.append(unsealed)


def _skip_rest(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_LONGEST_LINE)


def _event(told: dict[str, Any], where: str) -> Event:
    try:
        return event_from_json(told)
    except StudyError as error:
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

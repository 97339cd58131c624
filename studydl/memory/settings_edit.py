"""One line of a TOML file changed; every other line, comments and all, left as it is."""

from __future__ import annotations

import tomllib
from typing import Any

__all__ = ["with_line"]


def with_line(text: str, table: str, name: str, value: str | None) -> str:
    """Return the text with one value changed, added or taken away.

    Args:
        text: The text of a TOML file.
        table: The table in which the value stands; nothing for the top.
        name: Its name, as TOML writes it.
        value: The value, as TOML writes it; None takes it away.

    Raises:
        ValueError: The file is not written line by line, so that no line can be changed.
    """
    lines = text.splitlines()
    first, last = _extent(lines, table)
    start = next((at for at in range(first, last) if _is_of(lines, at, name)), None)
    if start is not None:
        end = _end(lines, start, last)
        comment = _comment(lines[start]) if end == start + 1 else ""
        lines[start:end] = [] if value is None else [f"{name} = {value}{comment}"]
    elif value is not None:
        lines = _added(lines, table, first, last, f"{name} = {value}")
    changed = "\n".join(lines).rstrip("\n") + "\n"
    _require(tomllib.loads(text), changed, table, name, value)
    return changed


def _extent(lines: list[str], table: str) -> tuple[int, int]:
    """Return where the lines of a table begin and end; behind the last line if it is not there."""
    heads = [at for at in range(len(lines)) if lines[at].lstrip().startswith("[")]
    heads = [at for at in heads if _parsed(lines[at]) is not None]
    starts = [at for at in heads if table and table in (_parsed(lines[at]) or {})]
    if table and not starts:
        return len(lines), len(lines)
    first = starts[0] + 1 if table else 0
    return first, next((at for at in heads if at >= first), len(lines))


def _is_of(lines: list[str], at: int, name: str) -> bool:
    written, equals, _ = lines[at].partition("=")
    names = _parsed(f"{written} = 0") if equals else None
    return names is not None and names == _parsed(f"{name} = 0")


def _end(lines: list[str], start: int, last: int) -> int:
    """Return where a value ends that may take several lines."""
    for end in range(start + 1, last + 1):
        if _parsed("\n".join(lines[start:end])) is not None:
            return end
    raise ValueError


def _comment(line: str) -> str:
    """Return the comment behind a value with the space before it."""
    for at, character in enumerate(line):
        if character == "#" and _parsed(line[:at]):
            return line[len(line[:at].rstrip()) :]
    return ""


def _added(lines: list[str], table: str, first: int, last: int, line: str) -> list[str]:
    if table and first == len(lines) and not (lines and _parsed(lines[-1]) == {table: {}}):
        return [*lines, *([""] if lines and lines[-1].strip() else []), f"[{table}]", line]
    while last > first and not lines[last - 1].strip():
        last -= 1
    # A comment above the next table belongs to that one.
    while last > first and last < len(lines) and lines[last - 1].lstrip().startswith("#"):
        last -= 1
    behind = [""] if last < len(lines) and lines[last].strip() else []
    return [*lines[:last], line, *behind, *lines[last:]]


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _require(
    before: dict[str, Any], changed: str, table: str, name: str, value: str | None
) -> None:
    """Refuse a text that says anything else than before with this one change."""
    wanted = {each: dict(held) if isinstance(held, dict) else held for each, held in before.items()}
    holder = wanted.setdefault(table, {}) if table else wanted
    (plain_name,) = tomllib.loads(f"{name} = 0")
    if value is None:
        holder.pop(plain_name, None)
    else:
        holder |= tomllib.loads(f"{name} = {value}")
    found = _parsed(changed)
    if found is None or _without_empty(found) != _without_empty(wanted):
        raise ValueError


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in told.items() if held != {}}

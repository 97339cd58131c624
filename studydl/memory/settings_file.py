"""The learner's settings in a file that a person can read and write: ``settings.toml``."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.errors import StudyError
from studydl.memory.settings import Schedule, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["read_settings", "write_settings"]

_FILE = "settings.toml"
_DURATION = re.compile(r"(\d{1,6})([smh])")
_UNITS = {"h": 3600, "m": 60, "s": 1}


class _Sort(NamedTuple):
    """How a value stands in the file."""

    meaning: str
    read: Callable[[Any], Any]
    """Returns the value; raises ValueError if it is none of this sort."""
    write: Callable[[Any], str]


class _Entry(NamedTuple):
    """One line of the file: a field of the settings, or of their schedule."""

    sort: _Sort
    comment: str
    scheduling: bool = False


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _number(value: Any) -> float:
    if type(value) not in {int, float}:
        raise ValueError
    return float(value)


def _seconds(value: Any) -> int:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError
    return int(found[1]) * _UNITS[found[2]]


def _steps(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError  # noqa: TRY004 - what a value may be is told by its sort, in one place
    return tuple(map(_seconds, value))


def _duration(seconds: int) -> str:
    unit, size = next((unit, size) for unit, size in _UNITS.items() if seconds % size == 0)
    return f'"{seconds // size}{unit}"'


def _durations(steps: tuple[int, ...]) -> str:
    return f"[{', '.join(map(_duration, steps))}]"


_COUNT = _Sort("a whole number", _whole, str)
_SHARE = _Sort("a number", _number, repr)
_TIME = _Sort('a duration like "90s", "10m" or "1h"', _seconds, _duration)
_TIMES = _Sort('durations like ["1m", "10m"]', _steps, _durations)

_ENTRIES = {
    "desired_retention": _Entry(
        _SHARE, "The chance of recall at which a card comes back.", scheduling=True
    ),
    "learning_steps": _Entry(
        _TIMES, "The time between the first reviews of a new card.", scheduling=True
    ),
    "relearning_steps": _Entry(
        _TIMES, "The time between the reviews of a forgotten card.", scheduling=True
    ),
    "maximum_interval": _Entry(_COUNT, "The longest interval in days.", scheduling=True),
    "rollover_hour": _Entry(_COUNT, "The hour at which a study day starts."),
    "new_per_day": _Entry(_COUNT, "How many new cards a study day brings."),
    "reviews_per_day": _Entry(_COUNT, "How many reviews a study day brings."),
    "learn_ahead": _Entry(_TIME, "How early a learning card comes when nothing else is left."),
    "leech_threshold": _Entry(_COUNT, "A card forgotten so often is a leech."),
    "daily_backups": _Entry(_COUNT, "How many days' backups of the log are kept."),
    "weekly_backups": _Entry(_COUNT, "How many weeks' backups, beside them."),
    "monthly_backups": _Entry(_COUNT, "How many months' backups, beside them."),
}
_FIELDS = {"learn_ahead": "learn_ahead_s"}
"""Fields whose name is not that of their entry."""


def read_settings(folder: Path) -> Settings:
    """Return what ``settings.toml`` in a folder says; what it leaves out is as shipped.

    Raises:
        StudyError: The file cannot be used; the sentence says where it is wrong.
    """
    path = folder / _FILE
    text = _text(path)
    if text is None:
        return Settings()
    # Some milliseconds of imports that a start without a file does without.
    import tomllib

    try:
        return _settings(tomllib.loads(text), path)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f"this is no TOML: {error}", where=str(path)) from error
    except StudyError as error:
        # The settings know what they may be, but not where they stand.
        raise StudyError(error.what, where=str(path), hint=error.hint) from error


def _text(path: Path) -> str | None:
    """Return the file's text, or None if there is no file."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise StudyError(f"the settings cannot be read: {told}", where=str(path)) from error


def _settings(told: dict[str, Any], path: Path) -> Settings:
    scheduling: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, value in told.items():
        entry = _ENTRIES.get(name)
        if entry is None:
            known = f"the settings are {', '.join(_ENTRIES)}"
            raise StudyError(f"there is no setting {name!r}", where=str(path), hint=known)
        try:
            read = entry.sort.read(value)
        except ValueError:
            raise StudyError(
                f"{value!r} cannot be {name}", where=str(path), hint=f"write {entry.sort.meaning}"
            ) from None
        (scheduling if entry.scheduling else others)[_FIELDS.get(name, name)] = read
    return Settings(schedule=Schedule(**scheduling), **others)


def write_settings(settings: Settings, folder: Path) -> None:
    """Put the settings in the place of ``settings.toml``, whole or not at all.

    Weights are no setting: they follow from the log.

    Raises:
        StudyError: The file cannot be written.
    """
    lines = ["# What you may choose. A line that is left out is as shipped.", ""]
    for name, entry in _ENTRIES.items():
        holder: object = settings.schedule if entry.scheduling else settings
        value = entry.sort.write(getattr(holder, _FIELDS.get(name, name)))
        lines += [f"# {entry.comment}", f"{name} = {value}", ""]
    path = folder / _FILE
    beside = path.with_name(f"{_FILE}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as stream:
            stream.write("\n".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StudyError(
            f"the settings cannot be written: {error.strerror}", where=str(path)
        ) from error

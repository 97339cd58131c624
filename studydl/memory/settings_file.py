"""The learner's settings in a file that a person can read and write: ``settings.toml``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError
from studydl.memory.settings import Interface, Schedule, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from studydl.memory.settings_schema import Entry

__all__ = ["change_setting", "read_settings", "rebind", "write_settings"]

_FILE = "settings.toml"


def read_settings(folder: Path) -> Settings:
    """Return what ``settings.toml`` in a folder says; what it leaves out is as shipped.

    Raises:
        StudyError: The file cannot be used; the sentence says where it is wrong.
    """
    path = folder / _FILE
    text = _text(path)
    return Settings() if text is None else _understood(text, path)


def _understood(text: str, path: Path) -> Settings:
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
    from studydl.memory.settings_schema import INTERFACE, KEYS

    keys = _table(told, KEYS, path)
    for action, key in keys.items():
        if not isinstance(key, str) or not key:
            hint = 'write its keys in quotes, as in "f" or "space,enter"'
            raise StudyError(f"{key!r} cannot be a key of {action}", where=str(path), hint=hint)
    found: dict[str, dict[str, Any]] = {"": {}, "schedule": {}, INTERFACE: {"keys": keys}}
    for table in ("", INTERFACE):
        for name, value in (_table(told, table, path) if table else told).items():
            if name in {INTERFACE, KEYS} and not table:
                continue
            entry = _entry(name, table, path)
            found[entry.section.holder][entry.field] = _read(entry, value, path)
    interface, schedule = Interface(**found[INTERFACE]), Schedule(**found["schedule"])
    return Settings(schedule=schedule, interface=interface, **found[""])


def _table(told: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        hint = f"write [{name}] on a line of its own, its settings below"
        raise StudyError(f"{name} is a table of settings", where=str(path), hint=hint)
    return table


def _entry(name: str, table: str, path: Path) -> Entry:
    from studydl.memory.settings_schema import ENTRIES

    entry = ENTRIES.get(name)
    if entry is None or entry.table != table:
        known = ", ".join(each for each, entry in ENTRIES.items() if entry.table == table)
        inside = f" in [{table}]" if table else ""
        hint = f"the settings{inside} are {known}"
        raise StudyError(f"there is no setting {name!r}{inside}", where=str(path), hint=hint)
    return entry


def _read(entry: Entry, value: object, path: Path) -> object:
    try:
        return entry.sort.read(value)
    except ValueError:
        hint = f"write {entry.sort.meaning}"
        told = f"{value!r} cannot be {entry.name}"
        raise StudyError(told, where=str(path), hint=hint) from None


def change_setting(folder: Path, name: str, value: object) -> Settings:
    """Write one setting into the file; all else in it, comments too, stays as it is.

    Args:
        folder: Where the file is.
        name: The name of the setting in the file.
        value: Its value.

    Returns:
        What the file says now.

    Raises:
        StudyError: The value is refused, or the file cannot be written or changed in its place;
            it is as it was.
    """
    from studydl.memory.settings_schema import ENTRIES

    entry = ENTRIES[name]
    return _changed(folder, entry.table, name, entry.sort.write(value))


def rebind(folder: Path, action: str, keys: str | None) -> Settings:
    """Write other keys of an action into the file, or with None those that were shipped.

    Raises:
        StudyError: The file cannot be written or changed in its place; it is as it was.
    """
    from studydl.memory.settings_schema import KEYS

    return _changed(folder, KEYS, _quoted(action), None if keys is None else _quoted(keys))


def _quoted(text: str) -> str:
    """Return a text as TOML quotes it, which is as JSON does."""
    import json

    return json.dumps(text)


def _changed(folder: Path, table: str, name: str, value: str | None) -> Settings:
    from studydl.memory.settings_edit import with_line

    path = folder / _FILE
    before = _text(path)
    if before is not None:
        _understood(before, path)  # what is broken is for the learner to mend, not to be edited
    try:
        text = with_line(before or "", table, name, value)
    except ValueError:
        raise StudyError(
            f"{name} cannot be changed in its place",
            where=str(path),
            hint="write each setting on a line of its own, those of a table below its [name]",
        ) from None
    settings = _understood(text, path)
    _write(text, path)
    return settings


def write_settings(settings: Settings, folder: Path) -> None:
    """Put the settings in the place of ``settings.toml``, whole or not at all.

    Weights are no setting: they follow from the log.

    Raises:
        StudyError: The file cannot be written.
    """
    from studydl.memory.settings_schema import ENTRIES, INTERFACE, KEYS, value_of

    lines = ["# What you may choose. A line that is left out is as shipped.", ""]
    for table in ("", INTERFACE):
        lines += [f"[{table}]", ""] if table else []
        for name, entry in ENTRIES.items():
            if entry.table == table:
                value = entry.sort.write(value_of(settings, entry))
                lines += [f"# {entry.sentence.en}", f"{name} = {value}", ""]
    if settings.interface.keys:
        lines += [f"[{KEYS}]", ""]
        pairs = settings.interface.keys.items()
        lines += [f"{_quoted(action)} = {_quoted(keys)}" for action, keys in pairs]
    _write("\n".join(lines), folder / _FILE)


def _write(text: str, path: Path) -> None:
    beside = path.with_name(f"{_FILE}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StudyError(
            f"the settings cannot be written: {error.strerror}", where=str(path)
        ) from error

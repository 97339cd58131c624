"""What ``studydl doctor`` looks at, each finding a sign and a sentence."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from studydl.errors import StudyError
from studydl.places import cache_folder, data_folder, learner_decks, shipped_decks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Finding", "Sign", "places_and_versions", "the_decks", "the_settings", "the_worker"]


class Sign(StrEnum):
    """What a finding asks of its reader."""

    GOOD = "✓"
    """Nothing."""
    NOTE = "·"
    """To know of it."""
    BAD = "✗"
    """To mend it."""


class Finding(NamedTuple):
    """One line of the report."""

    about: str
    """What was looked at, by a name that does not change."""
    sign: Sign
    sentence: str


def places_and_versions() -> Iterator[Finding]:
    """Say where everything lives, and on what it runs."""
    from importlib.metadata import version

    from studydl import __version__
    from studydl.judging.code import protection

    libraries = ", ".join(f"{name} {version(name)}" for name in ("fsrs", "textual", "numpy"))
    running = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Finding("version", Sign.NOTE, f"studydl {__version__}, {running}, {libraries}")
    yield Finding("platform", Sign.NOTE, platform.platform())
    drawn = f"TERM={os.environ.get('TERM', '')}, output in {sys.stdout.encoding}"
    yield Finding("terminal", Sign.NOTE, f"{drawn}, {'' if sys.stdout.isatty() else 'no '}terminal")
    data, cache = data_folder(), cache_folder()
    yield _place("data", data, "the log, its backups and settings.toml are")
    yield Finding("decks", Sign.NOTE, f"your decks are looked for in {learner_decks()}")
    yield Finding("shipped", Sign.NOTE, f"the shipped decks are in {shipped_decks()}")
    yield _place("cache", cache, "what can be made again is")
    yield Finding("evidence", Sign.NOTE, f"measurements are kept in {cache / 'evidence'}")
    yield Finding("protection", Sign.NOTE, f"code answers run in {protection()}")


def _place(about: str, folder: os.PathLike[str], what: str) -> Finding:
    """Return whether what belongs in a folder can be written there."""
    if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):  # noqa: PTH112 - a place
        return Finding(about, Sign.BAD, f"{what} in {folder}, which cannot be written")
    return Finding(about, Sign.GOOD, f"{what} in {folder}")


def the_settings() -> Iterator[Finding]:
    """Say whether the settings can be read."""
    from studydl.memory import read_settings

    try:
        read_settings(data_folder())
    except StudyError as error:
        yield Finding("settings", Sign.BAD, str(error))
    else:
        yield Finding("settings", Sign.GOOD, "the settings can be read")


def the_decks() -> Iterator[Finding]:
    """Say how many cards there are and how many problems their decks have."""
    from studydl.cards import Severity
    from studydl.cli.rooms import open_library

    try:
        with open_library() as library:
            cards, problems = len(library.ids()), library.problems
    except StudyError as error:
        yield Finding("cards", Sign.BAD, str(error))
        return
    errors = sum(each.severity is Severity.ERROR for each in problems)
    told = f"{cards} cards; their decks have {errors} errors"
    sign = Sign.BAD if errors else Sign.GOOD
    yield Finding("cards", sign, f"{told}{', `studydl check` shows them' if errors else ''}")


def the_worker() -> Iterator[Finding]:
    """Say whether the process that measures starts, and how many claims it finds."""
    import asyncio

    from studydl.verification.client import Worker, WorkerError

    async def claims() -> int:
        worker = Worker()
        try:
            return len(await worker.call("claims", time_limit=60))
        finally:
            await worker.close()

    try:
        found = asyncio.run(claims())
    except (WorkerError, StudyError, OSError) as error:
        yield Finding("worker", Sign.BAD, f"the process that measures does not start: {error}")
    else:
        yield Finding("worker", Sign.GOOD, f"the process that measures starts; {found} claims")

"""``studydl import``: what other machines and other programs wrote, taken in."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from studydl.cli.formats import format_of
from studydl.errors import StudyError
from studydl.places import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.memory import Memory

__all__ = ["import_"]

_FORMATS = ("jsonl", "apkg")
_MOST_SHOWN = 20


@click.command("import", short_help="Take in what `export` or another program wrote.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "named", type=click.Choice(_FORMATS), help="Else told by FILE's ending.")
@click.option("--keep-going", is_flag=True, help="Leave out lines that cannot be read.")
@click.pass_context
def import_(ctx: click.Context, *, file: Path, named: str | None, keep_going: bool) -> None:
    """Take in FILE; `-` is the standard input. Twice is harmless.

    FILE.jsonl: a log with its whole history. The two logs become one, in either order the same.
    FILE.apkg: what was answered in Anki to cards that were exported there, and which of them are
    suspended. Other notes are left out: a card of studydl stands on a claim.

    Exit code: 0 if all was taken in, 1 if lines were left out, 2 if nothing was.
    """
    if format_of(file, named, _FORMATS) == "apkg":
        _take_package(file)
    else:
        ctx.exit(_take_history(file, keep_going=keep_going))


def _take_history(file: Path, *, keep_going: bool) -> int:
    from studydl.interchange.json_lines import take_lines

    name = "standard input" if str(file) == "-" else str(file)
    with _opened(file) as stream, _memory_to_change() as memory:
        merged, left_out = take_lines(memory, stream, name, keep_going=keep_going)
    for error in left_out[:_MOST_SHOWN]:
        click.echo(f"studydl: {error}", err=True)
    told = f", {len(left_out)} lines left out" if left_out else ""
    click.echo(f"{merged.added} events taken in, {merged.known} known already{told}")
    return 1 if left_out else 0


def _take_package(file: Path) -> None:
    from studydl.cli.rooms import open_library
    from studydl.interchange.anki_history import events_of, unknown_answers
    from studydl.interchange.archive import unpack_collection
    from studydl.interchange.collection import read_history

    with open_library() as library:
        known = frozenset(library.ids())
    with tempfile.TemporaryDirectory() as folder:
        history = read_history(unpack_collection(file, Path(folder)), known, str(file))
    with _memory_to_change() as memory:
        unknown = unknown_answers(history.answers, memory.reviews())
        memory.merge(events_of(unknown, now=memory.now(), name=str(file)))
        suspended = sorted(set(history.suspended) - memory.suspended())
        if suspended:
            memory.suspend(suspended)
    click.echo(
        f"{history.matched} cards found, {len(unknown)} answers taken in,"
        f" {len(history.answers) - len(unknown)} known already, {len(suspended)} cards suspended"
    )
    if history.others:
        click.echo(f"{history.others} notes left out: they are no cards of studydl")


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        raise StudyError(f"this file cannot be read: {error.strerror}", where=str(file)) from error


@contextmanager
def _memory_to_change() -> Iterator[Memory]:
    """Open the log, with a backup of it as it was before the import."""
    from studydl.cli.rooms import open_memory
    from studydl.memory import backups

    with open_memory() as memory:
        backups.make(data_folder(), now=memory.now(), settings=memory.settings)
        yield memory

"""``studydl export``: the log and the cards, written for other machines and other programs."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from studydl.cli.formats import format_of
from studydl.errors import StudyError
from studydl.language import Language, preferred_language
from studydl.places import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.cards import Library
    from studydl.interchange.anki_rows import Past
    from studydl.interchange.notes import Note
    from studydl.memory import Calendar, CardState

__all__ = ["export"]

_FORMATS = ("jsonl", "apkg", "csv", "tsv")


@click.command(short_help="Write the log or the cards to a file, for elsewhere.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("query", nargs=-1)
@click.option("--format", "named", type=click.Choice(_FORMATS), help="Else told by FILE's ending.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
def export(*, file: Path, query: tuple[str, ...], named: str | None, lang: str | None) -> None:
    """Write the log or the cards to FILE; `-` is the standard output.

    With QUERY, as in `studydl quiz`: only the cards that it finds, or what happened to them.

    FILE.jsonl: the whole history, which `studydl import` takes in on any machine.
    FILE.apkg: all cards for Anki with their history; importing a newer one updates them there.
    FILE.csv, FILE.tsv: all cards as a table, which Anki imports too.

    Exit code: 0 if all was written, 2 if not; then FILE is as it was.
    """
    language = Language(lang) if lang else preferred_language()
    chosen, only = format_of(file, named, _FORMATS), _found(" ".join(query))
    if chosen == "jsonl":
        _write(file, partial(_history, only))
    elif chosen == "apkg":
        _write(file, partial(_package, language, only))
    else:
        _write(file, partial(_table, language, "," if chosen == "csv" else "\t", only))


def _found(query: str) -> frozenset[str] | None:
    """Return the cards that a query finds; None if there is none to be found by."""
    if not query:
        return None
    from studydl.cli.choosing import chosen
    from studydl.cli.rooms import open_library, open_memory

    with open_library() as library, open_memory() as memory:
        return frozenset(chosen(query, library, memory) or ())


def _history(only: frozenset[str] | None, stream: IO[bytes]) -> str:
    from studydl.interchange.json_lines import write_lines
    from studydl.memory import Memory

    if not (data_folder() / "reviews.db").is_file():
        raise StudyError("there is no log of reviews yet", where=str(data_folder()))
    # Touching nothing, it can be exported from a disk that is full or a file of a newer studydl.
    with Memory.open(data_folder(), read_only=True) as memory:
        return f"{write_lines(memory, stream, only)} events"


def _package(language: Language, only: frozenset[str] | None, stream: IO[bytes]) -> str:
    from studydl.cli.rooms import open_library
    from studydl.interchange.package import write_package
    from studydl.memory import SystemClock

    with open_library() as library:
        notes = _notes(library, language, only)
        titles = {each.name: each.title.said_in(language) for each in library.chapters()}
    pasts, calendar = _pasts(notes)
    written = write_package(
        notes, titles, stream, now=SystemClock().now(), pasts=pasts, calendar=calendar
    )
    answers = sum(len(past.answers) for past in pasts.values())
    return f"{written} cards with {answers} answers"


def _table(
    language: Language, separator: str, only: frozenset[str] | None, stream: IO[bytes]
) -> str:
    from studydl.cli.rooms import open_library
    from studydl.interchange.table import write_table

    with open_library() as library:
        notes = _notes(library, language, only)
    return f"{write_table(notes, _states(notes), stream, separator=separator)} cards"


def _pasts(notes: list[Note]) -> tuple[dict[str, Past], Calendar]:
    """Return what the cards have behind them, and how the learner counts days."""
    from studydl.interchange.anki_rows import pasts_of
    from studydl.memory import Calendar, Memory

    if not (data_folder() / "reviews.db").is_file():
        return {}, Calendar()
    with Memory.open(data_folder(), read_only=True) as memory:
        calendar = Calendar(rollover_hour=memory.settings.rollover_hour)
        return pasts_of(memory, {note.card for note in notes}), calendar


def _states(notes: list[Note]) -> dict[str, CardState]:
    """Return what memory knows of the cards; without a log, nothing, and none is made."""
    from studydl.memory import Memory

    if not (data_folder() / "reviews.db").is_file():
        return {}
    with Memory.open(data_folder(), read_only=True) as memory:
        found = {note.card: memory.state(note.card) for note in notes}
    return {card: state for card, state in found.items() if state is not None}


def _own_tags() -> dict[str, tuple[str, ...]]:
    """Return the learner's own tags by card; without a log there are none."""
    from studydl.memory import Memory

    if not (data_folder() / "reviews.db").is_file():
        return {}
    with Memory.open(data_folder(), read_only=True) as memory:
        return memory.tags_by_card()


def _notes(library: Library, language: Language, only: frozenset[str] | None) -> list[Note]:
    """Return the cards as notes; say which have to be left out."""
    from studydl.interchange.notes import note_of

    notes, own = [], _own_tags()
    for id_ in library.ids() if only is None else library.in_order(only):
        note = note_of(library.card(id_), language, own.get(id_, ()))
        if note is None:
            click.echo(f"{id_} is left out: only the implementation knows its answer", err=True)
        else:
            notes.append(note)
    return notes


def _write(file: Path, write: Callable[[IO[bytes]], str]) -> None:
    """Write to a file, or to the standard output; say on stderr what was written."""
    from studydl.interchange.files import written

    if str(file) == "-":
        told = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with written(file) as stream:
            told = write(stream)
    click.echo(f"{told} written", err=True)

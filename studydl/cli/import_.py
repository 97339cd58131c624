"""``studydl import``: what other machines and other programs wrote, taken in."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from studydl.cli.formats import format_of
from studydl.errors import StudyError
from studydl.places import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studydl.cli.taking_cards import PlannedDeck
    from studydl.interchange.collection import History
    from studydl.interchange.own_tags import OwnTags
    from studydl.memory import Memory

__all__ = ["import_"]

_FORMATS = ("jsonl", "apkg", "csv", "tsv", "txt")
_SEPARATORS = {"csv": ",", "tsv": "\t"}
_MOST_SHOWN = 20


@click.command("import", short_help="Take in what `export` or another program wrote.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "named", type=click.Choice(_FORMATS), help="Else told by FILE's ending.")
@click.option("--deck", help="Name of the deck that takes in notes; else FILE's.")
@click.option("--keep-going", is_flag=True, help="Leave out lines that cannot be read.")
@click.pass_context
def import_(
    ctx: click.Context, *, file: Path, named: str | None, deck: str | None, keep_going: bool
) -> None:
    """Take in FILE; `-` is the standard input. Twice is harmless.

    FILE.jsonl: a log with its whole history. The two logs become one, in either order the same.
    FILE.apkg: what was answered in Anki to cards that were exported there, which of them are
    suspended, and the tags that they were given there. Other people's notes become a deck of your
    own, with their history; they stand on no claim and are shown as unverified. A newer FILE
    updates what you have not edited.
    FILE.csv, FILE.tsv, FILE.txt: notes as Anki's import of text reads them, into such a deck.

    Exit code: 0 if all was taken in, 1 if lines were left out, 2 if nothing was.
    """
    chosen = format_of(file, named, _FORMATS)
    if chosen == "apkg":
        _take_package(file, deck)
    elif chosen != "jsonl":
        _take_table(file, deck, _SEPARATORS.get(chosen))
    else:
        ctx.exit(_take_history(file, keep_going=keep_going))


def _take_history(file: Path, *, keep_going: bool) -> int:
    from studydl.interchange.json_lines import take_lines

    name = "standard input" if str(file) == "-" else str(file)
    with _opened(file) as stream, _memory_to_change() as memory:
        merged, left_out, sealed = take_lines(memory, stream, name, keep_going=keep_going)
    for error in left_out[:_MOST_SHOWN]:
        click.echo(f"studydl: {error}", err=True)
    told = f", {len(left_out)} lines left out" if left_out else ""
    click.echo(f"{merged.added} events taken in, {merged.known} known already{told}")
    if not sealed and not left_out:
        click.echo(
            f"{name} has no footer: whether lines are missing at its end is unknown", err=True
        )
    return 1 if left_out else 0


def _take_table(file: Path, deck: str | None, separator: str | None) -> None:
    from studydl.cli.rooms import open_library
    from studydl.cli.taking_cards import planned_deck
    from studydl.interchange.text_table import read_table

    with _opened(file) as stream:
        cards = read_table(stream, str(file), separator)
    with open_library() as library:
        planned = planned_deck(cards, file, library, deck)
    with planned.put_in_place():
        pass
    click.echo(planned.told)


def _take_package(file: Path, deck: str | None) -> None:
    """Read and check everything first, then write: the deck appears once its history is kept."""
    from studydl.cli.rooms import open_library
    from studydl.cli.taking_cards import planned_deck
    from studydl.interchange.archive import unpack_collection
    from studydl.interchange.collection import read_history
    from studydl.interchange.own_notes import read_own_notes
    from studydl.interchange.own_tags import own_tags

    with tempfile.TemporaryDirectory() as folder, open_library() as library:
        database = unpack_collection(file, Path(folder))
        notes = read_own_notes(database, str(file))
        planned = planned_deck(notes.cards.values(), file, library, deck) if notes.cards else None
        there = planned.cards if planned else frozenset()
        taken = {id_: card.id for id_, card in notes.cards.items() if card.id in there}
        history = read_history(database, frozenset(library.ids()), str(file), taken)
        own = {id_: own_tags(library.card(id_), told) for id_, told in history.tags.items()}
    told = _take_in(history, own, planned, str(file))
    if planned:
        click.echo(planned.told)
    click.echo(told)
    if words := sum(each.left_out for each in own.values()):
        click.echo(f"{words} tags left out: they are no words that can be a tag here")
    if notes.left_out:
        click.echo(f"{notes.left_out} cards left out: their kind of note cannot be read")


def _take_in(
    history: History, own: Mapping[str, OwnTags], planned: PlannedDeck | None, name: str
) -> str:
    """Keep what a package says; return what to say of it.

    Raises:
        StudyError: It cannot be kept; it says so if a part of it was.
    """
    from studydl.interchange.anki_history import events_of, unknown_answers

    kept = False
    try:
        with planned.put_in_place() if planned else nullcontext(), _memory_to_change() as memory:
            unknown = unknown_answers(history.answers, memory.reviews())
            suspended = sorted(set(history.suspended) - memory.suspended())
            with memory.together():
                memory.merge(events_of(unknown, now=memory.now(), name=name))
                memory.suspend(suspended)
                tagged = _take_tags(memory, own)
            kept = True
    except StudyError as error:
        if not kept:
            raise
        hint = "the answers are kept, the cards are not there yet: import the file again"
        raise StudyError(error.what, where=error.where, hint=hint) from error
    return (
        f"{history.matched} cards found, {len(unknown)} answers taken in,"
        f" {len(history.answers) - len(unknown)} known already, {len(suspended)} cards suspended"
        + (f", {tagged} tagged" if tagged else "")
    )


def _take_tags(memory: Memory, own: Mapping[str, OwnTags]) -> int:
    """Give cards the tags that their notes have; return how many cards had not all of theirs."""
    cards: dict[str, list[str]] = {}
    for card, each in own.items():
        for tag in each.tags:
            cards.setdefault(tag, []).append(card)
    acts = [memory.tag(some, [tag]) for tag, some in sorted(cards.items())]
    return len({card for act in acts if act is not None for card in act.cards})


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

"""``studydl export``: the log and the cards, written for other machines and other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from studydl.cli.formats import format_of
from studydl.places import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["export"]


@click.command(short_help="Write the log or the cards to a file, for elsewhere.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "named", type=click.Choice(["jsonl"]), help="Else told by FILE's ending.")
def export(*, file: Path, named: str | None) -> None:
    """Write the log to FILE; `-` is the standard output.

    FILE.jsonl: the whole history, which `studydl import` takes in on any machine.

    Exit code: 0 if all was written, 2 if not; then FILE is as it was.
    """
    format_of(file, named, ("jsonl",))
    _write(file, _history)


def _history(stream: IO[bytes]) -> str:
    from studydl.interchange.json_lines import write_lines
    from studydl.memory import Memory

    # Touching nothing, it can be exported from a disk that is full or a file of a newer studydl.
    with Memory.open(data_folder(), read_only=True) as memory:
        return f"{write_lines(memory, stream)} events"


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

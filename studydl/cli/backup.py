"""``studydl backup``: a copy of the log, beside it or elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import click

from studydl.errors import StudyError
from studydl.places import data_folder

__all__ = ["backup"]


@click.command(short_help="Back up the log of reviews.")
@click.option("--to", type=click.Path(path_type=Path), help="A file, or a folder, to copy it to.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def backup(*, to: Path | None, as_json: bool) -> None:
    """Back up the log of reviews, while it may be open elsewhere.

    A backup is one file. It is checked before it gets its name. Those beside the log are thinned
    as the settings say; they are made by themselves too: with the first review of a day, and before
    the log is brought up to date, imported into or restored.

    Exit code: 0, or 2 if none was made.
    """
    from studydl.memory import SystemClock, read_settings
    from studydl.memory.backups import make, stamp
    from studydl.memory.copying import copy_log

    folder, now = data_folder(), SystemClock().now()
    if not (folder / "reviews.db").is_file():
        raise StudyError("there is no log of reviews yet", where=str(folder))
    if to is None:
        made = make(folder, now=now, settings=read_settings(folder)).path
    else:
        made = to / f"reviews-{stamp(now)}.db" if to.is_dir() else to
        if made.exists():
            raise StudyError("this file is there already", where=str(made), hint="name another")
        copy_log(folder / "reviews.db", made)
    size = made.stat().st_size
    if as_json:
        click.echo(json.dumps({"path": str(made), "bytes": size}, ensure_ascii=False))
    else:
        click.echo(f"✓ {made} ({size / 1e6:.1f} MB, checked)")

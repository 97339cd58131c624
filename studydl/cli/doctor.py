"""``studydl doctor``: where everything is and whether it is well; what can be mended, mended."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studydl.errors import StudyError
from studydl.places import cache_folder, data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cli.examination import Finding

__all__ = ["doctor"]


@click.command(short_help="Look at everything that studydl keeps, and mend what can be.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--mend", is_flag=True, help="First fold the log anew and compile the decks anew.")
@click.option(
    "--rescue",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write every event that can be read of a damaged log to FILE, for `studydl import`.",
)
@click.option(
    "--of",
    "damaged",
    type=click.Path(path_type=Path),
    help="With --rescue: the damaged log; else the log where it lives.",
)
@click.pass_context
def doctor(
    ctx: click.Context, *, as_json: bool, mend: bool, rescue: Path | None, damaged: Path | None
) -> None:
    """Look at everything that studydl keeps, line by line: ✓ well, · to know, ✗ to mend.

    Nothing is changed; with --mend, what follows from the log is folded anew and the decks are
    compiled anew, and the log itself is not touched.

    Exit code: 0 if all is well, 1 if something is
    to be mended, 2 if the call cannot be used.
    """
    if damaged is not None and rescue is None:
        raise StudyError("--of goes with --rescue", hint="name a file to write to: --rescue FILE")
    if rescue is not None:
        _rescue(damaged or data_folder() / "reviews.db", rescue)
        return
    findings = list(chain(_mended() if mend else (), _examined()))
    if as_json:
        told = [
            {"about": each.about, "status": each.sign.name.lower(), "sentence": each.sentence}
            for each in findings
        ]
        click.echo(json.dumps({"findings": told}, ensure_ascii=False, indent=1))
    else:
        for each in findings:
            click.echo(f"{each.sign} {each.sentence}")
    ctx.exit(1 if any(each.sign.name == "BAD" for each in findings) else 0)


def _examined() -> Iterator[Finding]:
    from studydl.cli.examination import places_and_versions, the_decks, the_settings, the_worker
    from studydl.cli.log_examination import the_backups, the_log
    from studydl.memory import SystemClock

    folder, now = data_folder(), SystemClock().now()
    yield from places_and_versions()
    yield from the_settings()
    yield from the_log(folder, now)
    yield from the_backups(folder)
    yield from the_decks()
    yield from the_worker()


def _mended() -> Iterator[Finding]:
    """Make anew what follows from something else; never touch what does not."""
    from studydl.cli.examination import Finding, Sign
    from studydl.cli.rooms import open_library
    from studydl.memory import Memory

    folder = data_folder()
    if (folder / "reviews.db").exists():
        try:
            with Memory.open(folder) as memory:
                memory.rebuild()
            yield Finding("mended", Sign.GOOD, "what follows from the log was folded anew")
        except StudyError as error:
            yield Finding("mended", Sign.BAD, f"the log could not be folded anew: {error}")
    for compiled in cache_folder().glob("decks-*"):
        compiled.unlink(missing_ok=True)
    open_library().close()
    yield Finding("mended", Sign.GOOD, "the decks were compiled anew")


def _rescue(damaged: Path, to: Path) -> None:
    from studydl.interchange.files import written
    from studydl.interchange.json_lines import FORMAT, WITHOUT_FOOTER
    from studydl.memory.rescue import rescue

    if to.exists():
        raise StudyError("this file is there already", where=str(to), hint="name another")
    rescued = rescue(damaged)
    with written(to) as stream:
        for told in (
            {"format": FORMAT, "version": WITHOUT_FOOTER},
            *(e.to_json() for e in rescued.events),
        ):
            stream.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    reviews = sum(event.kind == "review" for event in rescued.events)
    click.echo(f"✓ {len(rescued.events)} events of {damaged}, {reviews} of them reviews, in {to}")
    for missing in rescued.missing:
        click.echo(f"· the parameters {missing}, which reviews name, could not be read")

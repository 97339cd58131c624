"""``studydl restore``: a backup in the place of the log; what was there is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from studydl.places import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.memory.backups import Backup

__all__ = ["restore"]


@click.command(short_help="Put a backup in the place of the log.")
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Only show the backups, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def restore(*, name: str | None, listing: bool, as_json: bool) -> None:
    """Put a backup in the place of the log of reviews, after backing up the log as it is.

    NAME is a backup's name, the beginning of its date (`2026-11-23`) if only one begins so, or a
    file. Without it, the backups are shown.

    Exit code: 0, or 2 if nothing was restored.
    """
    from studydl.memory import Memory, SystemClock
    from studydl.memory.backups import chosen, listed
    from studydl.memory.restoring import restore as put_back

    folder = data_folder()
    if name is None or listing:
        _show(listed(folder), as_json=as_json)
        return
    restored = put_back(folder, chosen(folder, name), now=SystemClock().now())
    with Memory.open(folder, read_only=True) as memory:
        reviews = sum(1 for _ in memory.reviews())
    if as_json:
        kept = str(restored.kept) if restored.kept else None
        told = {"restored": str(restored.source), "reviews": reviews, "kept": kept}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"✓ restored {restored.source}: {reviews} reviews")
    if restored.kept:
        click.echo(f"· the log as it was is kept in {restored.kept}")


def _show(backups: Sequence[Backup], *, as_json: bool) -> None:
    if as_json:
        told = [
            {"name": each.name, "at": each.at.isoformat(), "bytes": each.size, "path": str(each[0])}
            for each in backups
        ]
        click.echo(json.dumps({"backups": told}, ensure_ascii=False, indent=1))
        return
    for each in backups:
        click.echo(
            f"{each.name}  {each.at.astimezone():%a %d %b %Y %H:%M}  {each.size / 1e6:.1f} MB"
        )
    if not backups:
        click.echo("There is no backup yet; `studydl backup` makes one.")

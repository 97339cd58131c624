"""What ``studydl doctor`` looks at in the log of reviews. It only reads."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studydl.cli.examination import Finding, Sign
from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from studydl.memory import Memory

__all__ = ["the_backups", "the_log"]

_FEW = 3
_RESCUE = "`studydl restore --list` shows the backups, `studydl doctor --rescue FILE` exports"


def the_log(folder: Path, now: datetime) -> Iterator[Finding]:
    """Say how the log is: what it holds, whether it is whole, whether what follows from it is."""
    from studydl.memory import Memory

    if not (folder / "reviews.db").exists():
        yield Finding("log", Sign.NOTE, "there is no log of reviews yet; the first review makes it")
        return
    try:
        with Memory.open(folder, read_only=True) as memory:
            yield from _integrity(memory)
            yield from _contents(memory, folder, now)
            yield _agreement(memory)
    except StudyError as error:
        yield Finding("log", Sign.BAD, str(error))


def _integrity(memory: Memory) -> Iterator[Finding]:
    if damage := memory.integrity():
        told = f"the log is damaged: {'; '.join(damage[:_FEW])}; {_RESCUE} what can be read"
        yield Finding("integrity", Sign.BAD, told.replace("\n", " "))
    else:
        yield Finding("integrity", Sign.GOOD, "the log passes SQLite's check of its whole file")


def _contents(memory: Memory, folder: Path, now: datetime) -> Iterator[Finding]:
    from studydl.memory.copying import schema_of

    reviewed: dict[str, int] = {}
    reviews = undone = 0
    last = None
    for review in memory.reviews():
        reviews, undone, last = reviews + 1, undone + review.undone, review
        reviewed[review.card] = reviewed.get(review.card, 0) + 1
    events = sum(1 for _ in memory.lines())
    schema = schema_of(folder / "reviews.db")
    held = f"schema {schema}, {events} events, {reviews} reviews of which {undone} are undone"
    yield Finding("log", Sign.GOOD, f"the log has {held}")
    yield _clock(last.at if last else None, now)
    yield from _orphans(reviewed)


def _clock(last: datetime | None, now: datetime) -> Finding:
    if last is not None and last > now:
        told = f"the last review is of {last:%Y-%m-%d %H:%M}, after what the clock shows"
        return Finding("clock", Sign.BAD, f"{told}; until then, days do not count: set the clock")
    return Finding("clock", Sign.GOOD, "the clock stands after the last review")


def _orphans(reviewed: dict[str, int]) -> Iterator[Finding]:
    """Say of how many cards there are reviews, but no deck has them."""
    from studydl.cli.rooms import open_library

    with suppress(StudyError), open_library() as library:
        orphans = sorted(reviewed.keys() - set(library.ids()))
        if not orphans:
            yield Finding("orphans", Sign.GOOD, "every card that was reviewed is in a deck")
            return
        count = sum(reviewed[card] for card in orphans)
        some = ", ".join(orphans[:_FEW]) + (", ..." if len(orphans) > _FEW else "")
        told = f"{count} reviews are of {len(orphans)} cards that no deck has ({some})"
        yield Finding("orphans", Sign.NOTE, f"{told}; they stay, and count when the cards are back")


def _agreement(memory: Memory) -> Finding:
    different = memory.differences()
    if not different:
        return Finding("states", Sign.GOOD, "what is stored of each card follows from the log")
    some = ", ".join(each.subject for each in different[:_FEW])
    told = f"{len(different)} stored states do not follow from the log ({some})"
    return Finding("states", Sign.BAD, f"{told}; `studydl doctor --mend` folds it anew")


def the_backups(folder: Path) -> Iterator[Finding]:
    """Say how many backups there are, and whether the newest can be restored."""
    from studydl.memory.backups import backup_folder, listed
    from studydl.memory.copying import require_sound

    backups = listed(folder)
    if not backups:
        sign = Sign.NOTE
        yield Finding("backups", sign, "there is no backup yet; `studydl backup` makes one")
        return
    newest, size = backups[0], sum(each.size for each in backups) / 1e6
    told = f"{len(backups)} backups in {backup_folder(folder)}, {size:.1f} MB"
    try:
        require_sound(newest.path)
    except StudyError as error:
        yield Finding("backups", Sign.BAD, f"{told}; the newest cannot be restored: {error}")
    else:
        yield Finding("backups", Sign.GOOD, f"{told}; the newest, {newest.name}, is sound")

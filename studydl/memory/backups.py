"""Copies of the log, kept the thinner the older they are."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from studydl.errors import StudyError
from studydl.memory.copying import copy_log

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from studydl.memory.settings import Settings

__all__ = ["STAGING", "Backup", "backup_folder", "chosen", "kept", "listed", "make", "stamp"]

STAGING = "restoring-"
"""What the name of a folder begins with in which a restore is prepared."""

_LOG = "reviews.db"
_NAME = re.compile(r"reviews-(\d{4}-\d\d-\d\d-\d{6}-\d{3})\.db")
_STAMP = "%Y-%m-%d-%H%M%S-%f"
_UNTHINNED = timedelta(days=2)

Period: TypeAlias = "Callable[[datetime], tuple[int, ...]]"


class Backup(NamedTuple):
    """A copy of the log as it was."""

    path: Path
    at: datetime
    """When it was made, in UTC."""
    size: int
    """Bytes."""

    @property
    def name(self) -> str:
        """What it is called by whoever restores it."""
        return self.path.stem


def backup_folder(folder: Path) -> Path:
    """Return where the backups of the log in a folder are."""
    return folder / "backups"


def stamp(now: datetime) -> str:
    """Return a moment as it stands in a file's name: to the millisecond, in UTC."""
    return now.astimezone(UTC).strftime(_STAMP)[:-3]


def make(
    folder: Path, *, now: datetime, settings: Settings | None = None, thorough: bool = True
) -> Backup:
    """Back up the log in a folder.

    Args:
        folder: Where the log is.
        now: The time, by which the backup is named.
        settings: How many old backups stay; without them, all do.
        thorough: Whether the copy's indexes are held against its tables too.

    Raises:
        StudyError: The log is damaged, or the copy cannot be written.
    """
    path = _free_name(backup_folder(folder), now)
    copy_log(folder / _LOG, path, thorough=thorough)
    if settings is not None:
        _thin(folder, now, settings)
    return Backup(path, _time_of(path), path.stat().st_size)


def _free_name(folder: Path, now: datetime) -> Path:
    while (path := folder / f"reviews-{stamp(now)}.db").exists():
        now += timedelta(milliseconds=1)
    return path


def _time_of(path: Path) -> datetime:
    return datetime.strptime(path.stem.removeprefix("reviews-"), _STAMP).replace(tzinfo=UTC)


def listed(folder: Path) -> list[Backup]:
    """Return the backups of the log in a folder, the newest first."""
    found = []
    for path in backup_folder(folder).glob("reviews-*.db"):
        # A name of that form may be no date, and another process may be thinning.
        with suppress(ValueError, FileNotFoundError):
            if _NAME.fullmatch(path.name):
                found.append(Backup(path, _time_of(path), path.stat().st_size))
    return sorted(found, key=lambda each: each.at, reverse=True)


def chosen(folder: Path, name: str) -> Path:
    """Return the backup that goes by a name, or by the beginning of its date; else the file.

    Raises:
        StudyError: There is neither a backup nor a file of that name.
    """
    from pathlib import Path

    if Path(name).is_file():
        return Path(name)
    bare = name.removesuffix(".db").removeprefix("reviews-")
    found = [each for each in listed(folder) if bare and stamp(each.at).startswith(bare)]
    if len(found) == 1 or (found and stamp(found[0].at) == bare):
        return found[0].path
    what = f"there are {len(found)} backups of" if found else "there is no backup or file"
    raise StudyError(f"{what} {name}", hint="`studydl restore --list` shows the backups")


def _thin(folder: Path, now: datetime, settings: Settings) -> None:
    backups = listed(folder)
    keeping = kept([each.at for each in backups], now, settings)
    for backup in backups:
        if backup.at not in keeping:
            # One that cannot be deleted is only one too many.
            with suppress(OSError):
                backup.path.unlink()
    _clear(folder, now - timedelta(days=1))


def _clear(folder: Path, before: datetime) -> None:
    """Delete what killed processes left of a backup or a restore; a younger one may be at work."""
    backups = backup_folder(folder).glob("reviews-*.db.*")
    for left in (*backups, *folder.glob(f"{STAGING}*")):
        with suppress(OSError):
            if left.stat().st_mtime < before.timestamp():
                if left.is_dir():
                    rmtree(left)
                else:
                    left.unlink()


def kept(made: Collection[datetime], now: datetime, settings: Settings) -> set[datetime]:
    """Return which backups stay: all of two days; of days, weeks and months the last of each.

    The days, weeks and months are counted that have a backup, so that after a long absence as many
    are left as before it.
    """
    periods: tuple[tuple[Period, int], ...] = (
        (lambda at: (at.date().toordinal(),), settings.daily_backups),
        (lambda at: tuple(date.isocalendar(at)[:2]), settings.weekly_backups),
        (lambda at: (at.year, at.month), settings.monthly_backups),
    )
    # A clock that was set back makes backups of the future: they stay.
    staying = {at for at in made if at > now - _UNTHINNED}
    for period, count in periods:
        last_of = {period(at): at for at in sorted(made)}
        staying.update(sorted(last_of.values(), reverse=True)[:count])
    return staying

"""Backing up: when it is asked for, and beside the first answer of each study day."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.language import Text
from studydl.memory.clock import from_ms
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from datetime import datetime

    from studydl.memory.backups import Backup
    from studydl.memory.clock import Moment

__all__ = ["BackingUp"]


class BackingUp(Opened):
    """Copies of the log, made while it is open."""

    _day_of_backup: int | None = None
    _daily: Thread | None = None
    _failure: StudyError | None = None

    def back_up(self) -> Backup:
        """Back up the log, beside it, and let old backups go as the settings say.

        To be called before anything that changes much at once, such as an import.

        Raises:
            StudyError: The log is damaged, or the backup cannot be written.
        """
        from studydl.memory.backups import make

        self.finish_backup()
        return make(self._database.path.parent, now=self._clock.now(), settings=self.settings)

    def finish_backup(self) -> None:
        """Return when the day's backup is made or has failed, if one is under way."""
        if self._daily is not None:
            self._daily.join()

    def close(self) -> None:
        """Close the file, once the day's backup is whole."""
        self.finish_backup()
        super().close()

    def _back_up_daily(self, now: Moment) -> None:
        """Begin to back up the log, unless this study day has a backup; no key waits for it."""
        if not self._backs_up_daily or self._day_of_backup == now.day:
            return
        from studydl.memory.backups import listed

        self._day_of_backup = now.day
        made = listed(self._database.path.parent)[:1]
        if any(self._calendar.moment(each.at).day == now.day for each in made):
            return
        self.finish_backup()
        # Not a daemon: a program that ends waits until the backup is whole.
        self._daily = Thread(target=self._make_daily, args=(from_ms(now.ms),), name="daily backup")
        self._daily.start()

    def _make_daily(self, now: datetime) -> None:
        """Back up by a connection of its own: SQLite copies one moment, others write meanwhile."""
        from studydl.memory.backups import make

        try:
            make(self._database.path.parent, now=now, settings=self.settings, thorough=False)
        except StudyError as error:
            self._failure = error

    def _backup_notice(self) -> Text | None:
        """Return that the day's backup failed; once, then None."""
        failure, self._failure = self._failure, None
        if failure is None:
            return None
        return Text(
            f"The log could not be backed up today: {failure}", f"今天未能备份记录：{failure}"
        )

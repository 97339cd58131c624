"""An open log with its clock: what every part of memory stands on."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

from studydl.memory.clock import Calendar, SystemClock, to_ms
from studydl.memory.database import Database
from studydl.memory.log import Log
from studydl.memory.marks import MarksTable
from studydl.memory.settings_file import read_settings
from studydl.memory.states import States

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo
    from pathlib import Path
    from types import TracebackType

    from studydl.memory.clock import Clock, Moment
    from studydl.memory.model import CardState
    from studydl.memory.scheduling import Schedulers
    from studydl.memory.settings import Settings

__all__ = ["Opened"]

_FILE = "reviews.db"


class Opened:
    """The open file, the clock, the settings."""

    _backs_up_daily = False

    def __init__(
        self, database: Database, log: Log, clock: Clock, zone: tzinfo | None, settings: Settings
    ) -> None:
        """Put an open file to use; callers use ``Memory.open``."""
        self._database = database
        self._log = log
        self._states = States(database)
        self._marks = MarksTable(database)
        self._clock = clock
        self._calendar = Calendar(zone, settings.rollover_hour)
        self.settings = settings

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        zone: tzinfo | None = None,
        settings: Settings | None = None,
        device: str | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
        patience_s: float = 2.0,
        read_only: bool = False,
        daily_backup: bool = False,
    ) -> Self:
        """Open the log in a folder, making both if need be.

        Args:
            folder: Where ``reviews.db`` is.
            clock: What tells the time; the machine's clock by default.
            zone: The time zone of study days; the machine's own by default.
            settings: What the learner chose; what ``settings.toml`` says by default.
            device: The name under which reviews are recorded; the file has one of its own.
            entropy: Where the random part of identifiers comes from.
            patience_s: How long to wait while another process writes.
            read_only: Touch nothing. So the log of a newer studydl can be read and exported, one
                on a disk that cannot be written, or one that is damaged elsewhere.
            daily_backup: Back up the log with the first review of each study day.

        Raises:
            StudyError: The file cannot be used; it says why.
        """
        clock = clock or SystemClock()
        path = folder / _FILE
        if read_only:
            database = Database.open_to_read(path, patience_s=patience_s)
        else:
            now_ms = to_ms(clock.now())
            database = Database.open(path, now_ms=now_ms, patience_s=patience_s)
        try:
            log, settings = Log(database, device, entropy), settings or read_settings(folder)
        except BaseException:
            database.close()
            raise
        opened = cls(database, log, clock, zone, settings)
        opened._backs_up_daily = daily_backup
        return opened

    def reader(self) -> Self:
        """Open the same log once more, to be read only.

        So a thread of its own can go through a long log: a connection belongs to one thread.
        """
        return self.open(
            self._database.path.parent,
            clock=self._clock,
            zone=self._calendar.zone,
            settings=self.settings,
            read_only=True,
        )

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def change_setting(self, name: str, value: object) -> None:
        """Change a setting from now on, in the file of settings too.

        Args:
            name: Its name in the file.
            value: Its value.

        Raises:
            StudyError: It cannot be so, or the file cannot be changed; all is as it was.
        """
        from studydl.memory.settings_file import change_setting

        self._adopt(change_setting(self._database.path.parent, name, value))

    def rebind(self, action: str, keys: str | None) -> None:
        """Keep other keys for an action of the application; None for those that were shipped.

        Raises:
            StudyError: The file of settings cannot be changed.
        """
        from studydl.memory.settings_file import rebind

        self._adopt(rebind(self._database.path.parent, action, keys))

    def _adopt(self, settings: Settings) -> None:
        self.settings = settings
        self._calendar = self._calendar._replace(rollover_hour=settings.rollover_hour)
        self._choose_weights_anew()

    def now(self) -> datetime:
        """Return the time that this room's clock shows."""
        return self._clock.now()

    @cached_property
    def _schedulers(self) -> Schedulers:
        # What folds and schedules is imported where it is used: the first card does without.
        from studydl.memory.scheduling import Schedulers

        schedule = self.settings.schedule
        if schedule.weights is None:
            schedule = replace(schedule, weights=self._log.fitted_weights())
        return Schedulers(schedule, self._log.parameters)

    def _choose_weights_anew(self) -> None:
        """Schedule from now on by the weights that the log holds last."""
        vars(self).pop("_schedulers", None)

    def _now(self) -> Moment:
        return self._calendar.moment(self._clock.now())

    def _basis(self, card: str) -> CardState | None:
        """Return the state from which a review under today's parameters continues."""
        from studydl.memory.fold import told_by

        return told_by(
            self._schedulers.current,
            self._states.get(card),
            self._schedulers,
            partial(self._log.of_card, card),
        )

    def _refold(self, card: str) -> None:
        """Fold a card's reviews anew and store what follows."""
        from studydl.memory.fold import fold

        reviews = self._log.of_card(card)
        state = fold(reviews, self._schedulers, self._log.reschedulings())
        if state is None:
            self._states.drop(card)
        else:
            self._states.put(state)

    def _refold_all(self, *, is_committed: bool = True) -> None:
        """Fold the whole log anew and store what follows from it.

        Args:
            is_committed: Whether the transaction has written no reviews: then other processes,
                who see none of it, can help.
        """
        from studydl.memory.apart import folded_apart, is_worthwhile
        from studydl.memory.replay import planned, replay
        from studydl.memory.states import columns

        plan = planned(self._log)
        if is_committed and is_worthwhile(self._log):
            # If one of them fails, this process does all of it.
            with (
                suppress(ChildProcessError),
                self._database.attempt(),
                folded_apart(self._database.path, self._log, plan) as told,
            ):
                self._states.replace_all(told, plan.undone)
                return
        states = map(columns, replay(self._log, self._schedulers, plan))
        self._states.replace_all(states, plan.undone)

    def _refold_marks(self) -> None:
        """Fold all marks anew: there are few, and an act may be about many cards."""
        from studydl.memory.marks import MARKING, folded

        self._marks.replace_all(folded(self._log.acts(*MARKING)))

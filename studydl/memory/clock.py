"""What time it is, and which study day: days turn over at four in the morning, not at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple, Protocol

__all__ = ["Calendar", "Clock", "FixedClock", "Moment", "SystemClock", "from_ms", "to_ms"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def to_ms(at: datetime) -> int:
    """Return whole milliseconds since 1970 in UTC."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """Return the moment, in UTC, that lies ``ms`` milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved, so that time is an argument."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment at which the clock stands, in UTC."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move the clock; a negative ``by`` sets it back."""
        self._at += by

    def set(self, at: datetime) -> None:
        """Put the clock at another moment."""
        self._at = at.astimezone(UTC)


class Moment(NamedTuple):
    """An instant as the log keeps it."""

    ms: int
    """Milliseconds since 1970, UTC."""
    utc_offset: int
    """Minutes by which the learner's wall clock was ahead of UTC."""
    day: int
    """The study day, counted from 1970-01-01."""


class Calendar(NamedTuple):
    """Study days in one time zone.

    The day is read off the wall clock, not from a count of hours: a day on which summer time starts
    or ends is one day like any other.

    Attributes:
        zone: The learner's time zone; None is the machine's own.
        rollover_hour: The hour of the wall clock at which a study day starts.
    """

    zone: tzinfo | None = None
    rollover_hour: int = 4

    def moment(self, at: datetime) -> Moment:
        """Return the instant with the learner's offset and study day."""
        local = at.astimezone(self.zone)
        offset = local.utcoffset() or timedelta()
        still_yesterday = local.hour < self.rollover_hour
        return Moment(
            ms=to_ms(at),
            utc_offset=offset // timedelta(minutes=1),
            day=local.toordinal() - _EPOCH_ORDINAL - still_yesterday,
        )

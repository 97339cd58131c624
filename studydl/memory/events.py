"""What happened: reviews, undos, the learner's other acts, and the parameters that reviews name.

An event is never changed afterwards. It has an identifier that no other machine makes, so that two
machines' logs merge by union.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from studydl.memory.clock import from_ms

if TYPE_CHECKING:
    from studydl.memory.model import Grade

__all__ = [
    "RECORD_VERSION",
    "Act",
    "Deed",
    "Event",
    "Merged",
    "ParameterSet",
    "Review",
    "Undo",
    "canonical",
]

RECORD_VERSION = 1
"""The version of a record's fields and of the rules of days and fuzz by which it is replayed."""

_TAGGING_VERSION = 2


class Event:
    """One thing that happened.

    Attributes:
        id: Unique everywhere. Of all but a parameter set it sorts by time.
    """

    __slots__ = ()
    kind: ClassVar[str]
    """The name of this sort of event in JSON."""
    id: str

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON takes it; ``event_from_json`` reads it back."""
        told = {"kind": self.kind}
        return told | {name: getattr(self, name) for name in _names(type(self))}


def _names(sort: type[Any]) -> list[str]:
    """Return the fields of an event that belong to what happened."""
    return [field.name for field in fields(sort) if field.name != "undone"]


def canonical(told: object) -> str:
    """Return JSON text that is the same for the same content: sorted keys, no spaces."""
    return json.dumps(
        told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


@dataclass(frozen=True, slots=True)
class Review(Event):
    """One answered card.

    Attributes:
        id: Unique everywhere; sorts by time.
        version: The version of this record's layout and rules.
        card: The card's id.
        grade: The learner's grade.
        reviewed_at: Milliseconds since 1970, UTC.
        utc_offset: Minutes by which the wall clock was ahead of UTC.
        day: The study day, counted from 1970-01-01.
        duration_ms: How long the answer took.
        answer: What the learner typed, if the card asks for it.
        verdict: What the machine said of the answer, if it did.
        seed: The seed of the card's fresh parameters.
        scheduler: The scheduler's name and version.
        parameters: The id of the parameters under which it was scheduled.
        device: The machine on which it happened.
        undone: Whether an undo holds against it now. Not part of the event.
    """

    kind: ClassVar[str] = "review"

    id: str
    version: int
    card: str
    grade: Grade
    reviewed_at: int
    utc_offset: int
    day: int
    duration_ms: int
    answer: str | None
    verdict: str | None
    seed: int
    scheduler: str
    parameters: str
    device: str
    undone: bool = False

    @property
    def at(self) -> datetime:
        """The moment on the learner's wall clock."""
        return from_ms(self.reviewed_at).astimezone(timezone(timedelta(minutes=self.utc_offset)))

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON takes it."""
        # Without super(): a slotted dataclass is another class than the one that is written here.
        return Event.to_json(self) | {"grade": int(self.grade)}


@dataclass(frozen=True, slots=True)
class Undo(Event):
    """An event that takes back an older one; taking back an undo is a redo.

    Attributes:
        id: Unique everywhere; sorts by time.
        version: The version of this record's layout and rules.
        undoes: The id of what is taken back.
        undone_at: Milliseconds since 1970, UTC.
        utc_offset: Minutes by which the wall clock was ahead of UTC.
        device: The machine on which it happened.
    """

    kind: ClassVar[str] = "undo"

    id: str
    version: int
    undoes: str
    undone_at: int
    utc_offset: int
    device: str


class Deed(StrEnum):
    """What an act does. Its content is given behind each."""

    SUSPEND = "suspend"
    """cards: never shown until unsuspended."""
    UNSUSPEND = "unsuspend"
    """cards"""
    BURY = "bury"
    """cards: not shown on the act's study day."""
    UNBURY = "unbury"
    """cards"""
    FLAG = "flag"
    """cards, reason: something is to be mended."""
    UNFLAG = "unflag"
    """cards"""
    TAG = "tag"
    """cards, tags: the learner's own words to find them by."""
    UNTAG = "untag"
    """cards, tags: which they have no more."""
    MORE = "more"
    """new, reviews: how many more the act's study day may bring."""
    RESCHEDULE = "reschedule"
    """parameters: every card is due as these parameters tell."""
    OPTIMISE = "optimise"
    """weights, items, before, after, kept: an attempt to fit the weights to the log."""

    @property
    def version(self) -> int:
        """The version of an act's record: one who does not know the deed needs a newer studydl."""
        return _TAGGING_VERSION if self in {Deed.TAG, Deed.UNTAG} else RECORD_VERSION


@dataclass(frozen=True, slots=True)
class Act(Event):
    """Something that was done beside answering.

    Attributes:
        id: Unique everywhere; sorts by time.
        version: The version of this record's layout and rules.
        deed: What was done.
        day: The study day, counted from 1970-01-01.
        acted_at: Milliseconds since 1970, UTC.
        utc_offset: Minutes by which the wall clock was ahead of UTC.
        content: What belongs to the deed, as canonical JSON.
        device: The machine on which it happened.
        undone: Whether an undo holds against it now. Not part of the event.
    """

    kind: ClassVar[str] = "act"

    id: str
    version: int
    deed: Deed
    day: int
    acted_at: int
    utc_offset: int
    content: str
    device: str
    undone: bool = False

    def told(self) -> dict[str, Any]:
        """Return the content."""
        content: dict[str, Any] = json.loads(self.content)
        return content

    @property
    def cards(self) -> tuple[str, ...]:
        """The cards that the act is about; none if it is about no card."""
        return tuple(self.told().get("cards", ()))

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON takes it."""
        return Event.to_json(self) | {"deed": str(self.deed), "content": self.told()}


@dataclass(frozen=True, slots=True)
class ParameterSet(Event):
    """Parameters of scheduling, which reviews name by their id.

    Attributes:
        id: Follows from the content.
        content: The schedule with its weights written out, as canonical JSON.
    """

    kind: ClassVar[str] = "parameters"

    id: str
    content: str

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON takes it."""
        return Event.to_json(self) | {"content": json.loads(self.content)}


class Merged(NamedTuple):
    """What came of taking in events."""

    added: int
    """Events that were not here."""
    known: int
    """Events that were."""

"""Two machines' logs made one: a union by identifier."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError
from studydl.memory.doubles import undos_of_doubles
from studydl.memory.events import Act, Deed, Event, ParameterSet, Review, Undo
from studydl.memory.fold import undone_events
from studydl.memory.marks import MARKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.memory.database import Database
    from studydl.memory.log import Log

__all__ = ["Arrived", "merge"]

_BATCH = 1000
_SORTS: tuple[type[Any], ...] = (ParameterSet, Review, Act, Undo)


@dataclass(slots=True)
class Arrived:
    """What came in, and of what the derived part has to be folded anew.

    Attributes:
        added: How many events were not here.
        known: How many were.
        cards: Those whose reviews changed, or ceased or began to count.
        marks: Whether the marks of cards may have changed.
        everything: Whether all cards may have: they were rescheduled.
        named: The parameters that what was added names.
        undos: Whether an undo was added.
    """

    added: int = 0
    known: int = 0
    cards: set[str] = field(default_factory=set)
    marks: bool = False
    everything: bool = False
    named: set[str] = field(default_factory=set)
    undos: bool = False

    def touched_by(self, act: Act) -> None:
        """Note what an act changes."""
        self.marks |= act.deed in MARKING
        if act.deed is Deed.RESCHEDULE:
            self.everything = True
            self.named.add(act.told()["parameters"])


def merge(database: Database, log: Log, events: Iterable[Event]) -> Arrived:
    """Append the events that are not here, inside the caller's transaction.

    Raises:
        StudyError: An event is here with other content, or names parameters that are nowhere.
    """
    database.write("defer references")
    arrived = Arrived()
    stream = iter(events)
    while batch := list(islice(stream, _BATCH)):
        for sort in _SORTS:
            _take_in(log, sort, [event for event in batch if type(event) is sort], arrived)
    _require_parameters(log, arrived.named)
    _undo_doubles(log, arrived)
    if arrived.undos:
        _mark_undone(database, log, arrived)
    return arrived


def _take_in(log: Log, sort: type[Event], events: list[Event], arrived: Arrived) -> None:
    """Append those of a batch that are not here, once each."""
    if not events:
        return
    here = log.among(sort, {event.id for event in events})
    added = []
    for event in events:
        if event.id not in here:
            here[event.id] = event
            added.append(event)
        elif here[event.id].to_json() != event.to_json():
            raise StudyError(
                "this event is in the log already with another content",
                where=f"{event.kind} {event.id}",
                hint="one of the two logs was changed by hand; nothing was taken in",
            )
    log.insert(sort, added)
    arrived.added += len(added)
    arrived.known += len(events) - len(added)
    for event in added:
        if isinstance(event, Review):
            arrived.cards.add(event.card)
            arrived.named.add(event.parameters)
        elif isinstance(event, Act):
            arrived.touched_by(event)
        arrived.undos |= isinstance(event, Undo)


def _require_parameters(log: Log, named: set[str]) -> None:
    for missing in sorted(named - log.among(ParameterSet, named).keys()):
        raise StudyError(
            f"an event names the parameters {missing}, which are in neither log",
            hint="export the other log whole; nothing was taken in",
        )


def _undo_doubles(log: Log, arrived: Arrived) -> None:
    found = {undo.id: undo for undo in undos_of_doubles(log, arrived.cards)}
    here = log.among(Undo, found)
    added = [undo for id_, undo in found.items() if id_ not in here]
    log.insert(Undo, added)
    arrived.undos |= bool(added)


def _mark_undone(database: Database, log: Log, arrived: Arrived) -> None:
    """Find anew which events are undone, and note what changed by that."""
    undone, marked = undone_events(log.undos()), {row[0] for row in database.rows("undone")}
    database.write("forget undone")
    database.write_many("mark undone", ({"id": event} for event in undone))
    changed = undone ^ marked
    arrived.cards |= log.cards_of(changed)
    for act in log.among(Act, changed).values():
        if isinstance(act, Act):
            arrived.touched_by(act)

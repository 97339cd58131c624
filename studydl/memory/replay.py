"""The whole log folded anew, and compared with what is stored."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.events import Deed
from studydl.memory.fold import undone_events
from studydl.memory.histories import Histories
from studydl.memory.log import LAST
from studydl.memory.marks import MARKING, folded
from studydl.memory.model import CardState, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from studydl.memory.histories import Row
    from studydl.memory.log import Log
    from studydl.memory.marks import MarksTable
    from studydl.memory.scheduling import Schedulers
    from studydl.memory.states import States

__all__ = ["Plan", "differences", "histories_of", "planned", "replay"]

# Another machine's mathematical library may round the last bit of a power otherwise.
_ROUNDING = 1e-9


class Plan(NamedTuple):
    """What a replay needs of the log beside the reviews."""

    undone: AbstractSet[str]
    """The events that do not count."""
    reschedulings: Sequence[tuple[str, str]]
    """Each rescheduling that counts, oldest first, with the id of its parameters."""


def planned(log: Log) -> Plan:
    """Return what a replay needs beside the reviews: it follows from the log alone."""
    undone = undone_events(log.undos())
    reschedulings = [
        (act.id, act.told()["parameters"])
        for act in log.all_acts()
        if act.deed is Deed.RESCHEDULE and act.id not in undone
    ]
    return Plan(undone, reschedulings)


def histories_of(
    rows: Callable[[str, str], Iterable[Row]], plan: Plan, schedulers: Schedulers
) -> Histories:
    """Return histories in which all reviews are gathered.

    Args:
        rows: Returns what is needed of each review that counts between two events, oldest first.
        plan: What else is needed.
        schedulers: Knows all parameters.
    """
    histories, since = Histories(schedulers), ""
    for act, parameters in plan.reschedulings:
        histories.gather(rows(since, act))
        histories.reschedule(parameters)
        since = act
    histories.gather(rows(since, LAST))
    return histories


def replay(log: Log, schedulers: Schedulers, plan: Plan) -> Iterator[CardState]:
    """Return every card's state, in the order of the cards' ids.

    They follow from the log alone, which is read before this returns.
    """
    return histories_of(partial(log.rows, plan.undone), plan, schedulers).states()


def differences(
    log: Log, states: States, marks: MarksTable, schedulers: Schedulers
) -> list[Difference]:
    """Return where what is stored differs from a replay of the log."""
    plan = planned(log)
    undone, rebuilt = plan.undone, {state.card: state for state in replay(log, schedulers, plan)}
    stored, marked = {state.card: state for state in states}, states.undone()
    found = [
        Difference(f"card {card}", stored.get(card), rebuilt.get(card))
        for card in sorted(stored.keys() | rebuilt.keys())
        if not _same(stored.get(card), rebuilt.get(card))
    ]
    found += [
        Difference(f"event {event}", event in marked, event in undone)
        for event in sorted(marked ^ undone)
    ]
    kept = marks.all()
    refolded = folded(act for act in log.all_acts() if act.deed in MARKING and act.id not in undone)
    return found + [
        Difference(f"marks of {card}", kept.get(card), refolded.get(card))
        for card in sorted(kept.keys() | refolded.keys())
        if kept.get(card) != refolded.get(card)
    ]


def _same(one: CardState | None, other: CardState | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        math.isclose(one.stability, other.stability, rel_tol=_ROUNDING, abs_tol=0.0)
        and math.isclose(one.difficulty, other.difficulty, rel_tol=_ROUNDING, abs_tol=0.0)
        and replace(one, stability=other.stability, difficulty=other.difficulty) == other
    )

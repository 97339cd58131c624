"""The whole log folded anew, and compared with what is stored."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.memory.events import Deed
from studydl.memory.fold import undone_events
from studydl.memory.histories import Histories
from studydl.memory.marks import MARKING, folded
from studydl.memory.model import CardState, Difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.memory.log import Log
    from studydl.memory.marks import MarksTable
    from studydl.memory.scheduling import Schedulers
    from studydl.memory.states import States

__all__ = ["differences", "replay"]

# Another machine's mathematical library may round the last bit of a power otherwise.
_ROUNDING = 1e-9


def replay(log: Log, schedulers: Schedulers) -> tuple[Iterator[CardState], set[str]]:
    """Return every card's state, in the order of the cards' ids, and every undone event.

    Both follow from the log alone, which is read before this returns.
    """
    undone = undone_events(log.undos())
    histories, since = Histories(schedulers), ""
    for act in log.all_acts():
        if act.deed is Deed.RESCHEDULE and act.id not in undone:
            histories.gather(log.rows(undone, since, act.id))
            histories.reschedule(act.told()["parameters"])
            since = act.id
    histories.gather(log.rows(undone, since))
    return histories.states(), undone


def differences(
    log: Log, states: States, marks: MarksTable, schedulers: Schedulers
) -> list[Difference]:
    """Return where what is stored differs from a replay of the log."""
    states_told, undone = replay(log, schedulers)
    rebuilt = {state.card: state for state in states_told}
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

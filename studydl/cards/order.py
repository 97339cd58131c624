"""The order in which cards are met: the deck's own, but never before what a card requires."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["CHAPTERS", "Ordering", "chapter_rank", "ordered"]

CHAPTERS = (
    "activations",
    "normalization",
    "regularization",
    "initialization",
    "optimizers",
    "gradients",
    "losses",
    "hyperparameters",
)
"""The chapters in the order of the notes."""


class Ordering(NamedTuple):
    """An order, and the circles that had to be broken for it.

    Attributes:
        ids: All cards.
        cycles: Each a list of cards, the next required by the one before, the first by the last.
    """

    ids: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]


def chapter_rank(name: str) -> tuple[int, str]:
    """Return what chapters are sorted by: the order of the notes, then their names."""
    return (CHAPTERS.index(name) if name in CHAPTERS else len(CHAPTERS), name)


def ordered(requires: Mapping[str, Collection[str]]) -> Ordering:
    """Order cards so that each stands behind those it requires.

    Among the cards that may come next, the first of the deck comes next. Where cards require each
    other in a circle, the first of them in the deck comes as if it required nothing.

    Args:
        requires: For each card, in the deck's order, the cards of this mapping that it requires.
    """
    places = {id_: place for place, id_ in enumerate(requires)}
    names = list(requires)
    waiting = {id_: set(needed) for id_, needed in requires.items()}
    followers: dict[str, list[str]] = {}
    for id_, needed in waiting.items():
        for each in needed:
            followers.setdefault(each, []).append(id_)
    ready = [places[id_] for id_, needed in waiting.items() if not needed]
    heapify(ready)
    order: list[str] = []
    cycles: list[tuple[str, ...]] = []
    while len(order) < len(names):
        if not ready:
            cycle = _cycle(waiting, places)
            cycles.append(cycle)
            waiting[cycle[0]].clear()
            ready.append(places[cycle[0]])
        id_ = names[heappop(ready)]
        del waiting[id_]
        order.append(id_)
        for follower in followers.get(id_, ()):
            if id_ in waiting.get(follower, ()):
                waiting[follower].remove(id_)
                if not waiting[follower]:
                    heappush(ready, places[follower])
    return Ordering(tuple(order), tuple(cycles))


def _cycle(waiting: Mapping[str, Collection[str]], places: Mapping[str, int]) -> tuple[str, ...]:
    """Walk from card to required card until one comes again: every one that waits has a next."""
    walked: dict[str, int] = {}
    id_ = next(iter(waiting))
    while id_ not in walked:
        walked[id_] = len(walked)
        id_ = min(waiting[id_], key=places.__getitem__)
    cycle = list(walked)[walked[id_] :]
    first = cycle.index(min(cycle, key=places.__getitem__))
    return tuple(cycle[first:] + cycle[:first])

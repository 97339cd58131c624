"""What builds on what: the cards with those they require, as a graph and as a tree."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from studydl.cards import Chapter, Library

__all__ = ["Branch", "Graph", "branches", "graph_of"]


class Graph(NamedTuple):
    """Cards and what they require. A card stands behind all that it requires.

    Attributes:
        chapters: The chapters in their order.
        cards: The cards of each chapter, in the order in which they are met.
        requires: What each card requires, of the cards that there are.
        opens: Which cards require it.
    """

    chapters: tuple[Chapter, ...]
    cards: Mapping[str, list[str]]
    requires: Mapping[str, tuple[str, ...]]
    opens: Mapping[str, list[str]]

    def with_unmet(self, id_: str, met: Collection[str]) -> list[str]:
        """Return a card behind everything that it builds on and that was never met."""
        found: dict[str, None] = {}
        waiting = [(id_, False)]
        while waiting:
            each, is_ready = waiting.pop()
            if is_ready:
                found[each] = None
            elif each not in found and (each == id_ or each not in met):
                waiting.append((each, True))
                waiting += [(needed, False) for needed in reversed(self.requires.get(each, ()))]
        return list(found)

    def opened_by(self, id_: str) -> set[str]:
        """Return every card that builds on a card, directly or not."""
        found: set[str] = set()
        waiting = [id_]
        while waiting:
            fresh = set(self.opens.get(waiting.pop(), ())) - found
            found |= fresh
            waiting += fresh
        return found

    def reachable(self, learned: Collection[str], closed: Collection[str]) -> list[str]:
        """Return the cards that can be met next: all that they require is learned.

        Args:
            learned: The cards that are learned.
            closed: The cards that are not to be met: known already, or suspended.

        Returns:
            The card that opens most of what is still closed to the learner comes first.
        """
        open_ = [
            id_
            for id_, required in self.requires.items()
            if id_ not in closed and all(each in learned for each in required)
        ]
        counts = {id_: len(self.opened_by(id_).difference(closed)) for id_ in open_}
        return sorted(open_, key=lambda id_: -counts[id_])


class Branch(NamedTuple):
    """One card in the tree of a chapter.

    Attributes:
        id: The card.
        lines: The box lines before it.
        hidden: How many cards are folded away behind it.
    """

    id: str
    lines: str
    hidden: int


def graph_of(library: Library) -> Graph:
    """Return what builds on what in a library."""
    chapters = tuple(library.chapters())
    cards = {chapter.name: library.ids(chapter.name) for chapter in chapters}
    ties = library.ties(library.ids())
    requires = {
        id_: tuple(each for each in ties[id_].requires if each in ties)
        for ids in cards.values()
        for id_ in ids
    }
    opens: defaultdict[str, list[str]] = defaultdict(list)
    for id_, required in requires.items():
        for each in required:
            opens[each].append(id_)
    return Graph(chapters, cards, requires, opens)


def branches(graph: Graph, chapter: str, folded: Collection[str]) -> Iterator[Branch]:
    """Go through the tree of a chapter from top to bottom.

    A card hangs below the deepest of the cards that it requires, so that all of them stand above
    it; one that requires nothing of this chapter stands at the edge.
    """
    here = set(graph.cards[chapter])
    depths: dict[str, int] = {}
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for id_ in graph.cards[chapter]:
        required = [each for each in graph.requires[id_] if each in here and each in depths]
        above = max(required, key=lambda each: depths[each], default=None)
        depths[id_] = 0 if above is None else depths[above] + 1
        below[above].append(id_)
    # A stack of our own: a chain of requirements may be longer than Python's.
    waiting = [(id_, "", "") for id_ in reversed(below[None])]
    while waiting:
        id_, lines, under = waiting.pop()
        children = below[id_]
        if children and id_ in folded:
            yield Branch(id_, lines, _size(id_, below))
            continue
        yield Branch(id_, lines, 0)
        for place, child in enumerate(reversed(children)):
            is_last = place == 0
            corner, on = ("└ ", "  ") if is_last else ("├ ", "│ ")
            waiting.append((child, under + corner, under + on))


def _size(id_: str, below: Mapping[str | None, list[str]]) -> int:
    count, waiting = 0, list(below[id_])
    while waiting:
        count += 1
        waiting += below[waiting.pop()]
    return count

"""The map as rows: where to go next, then a tree for each chapter."""

from __future__ import annotations

from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from studydl.tui.evidence_lines import SIGNS
from studydl.tui.plain import beside, joined, plain, truncated
from studydl.tui.screens.browse.rows import Sign, asked_in_one_line
from studydl.tui.screens.map import words
from studydl.tui.screens.map.graph import branches
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from textual.content import Content

    from studydl.cards import Card
    from studydl.language import Language, Text
    from studydl.tui.screens.map.graph import Graph
    from studydl.tui.screens.map.knowledge import Knowledge
    from studydl.verification.evidence import Report

__all__ = ["Kind", "MapRow", "card_row", "head_row", "map_rows", "verdict_sign"]

_MOST_NEXT = 5


class Kind(Enum):
    """What a row is."""

    NEXT = "where to go next"
    CHAPTER = "a chapter"
    CARD = "a card"


class MapRow(NamedTuple):
    """One row of the map.

    Attributes:
        kind: What it is.
        id: The card's id or the chapter's name; empty above what comes next.
        lines: The box lines before a card.
        hidden: How many cards are folded away behind it.
    """

    kind: Kind
    id: str
    lines: str = ""
    hidden: int = 0


def map_rows(graph: Graph, knowledge: Knowledge, folded: Collection[str]) -> list[MapRow]:
    """Return all rows, from top to bottom."""
    return list(_rows(graph, knowledge, folded))


def _rows(graph: Graph, knowledge: Knowledge, folded: Collection[str]) -> Iterator[MapRow]:
    yield MapRow(Kind.NEXT, "")
    within_reach = graph.reachable(knowledge.learned, knowledge.closed)
    for id_ in islice(within_reach, _MOST_NEXT):
        yield MapRow(Kind.CARD, id_)
    for chapter in graph.chapters:
        cards = graph.cards[chapter.name]
        if chapter.name in folded:
            yield MapRow(Kind.CHAPTER, chapter.name, hidden=len(cards))
            continue
        yield MapRow(Kind.CHAPTER, chapter.name)
        for branch in branches(graph, chapter.name, folded):
            yield MapRow(Kind.CARD, branch.id, branch.lines, branch.hidden)


def head_row(
    title: Text, counted: str, language: Language, width: int, *, folded: bool, under_cursor: bool
) -> Content:
    """Return the row above what comes next, or above a chapter."""
    style = "bold $primary" if under_cursor else "bold"
    left = joined(
        plain("› " if under_cursor else "  ", "bold $primary"),
        plain(f"{title.said_in(language)} ", style),
        plain("… " if folded else "", "$quiet"),
    )
    right = plain(f" {counted} " if counted else "", "$quiet")
    left = truncated(left, max(width - right.cell_length, 0))
    rule = plain("─" * max(width - left.cell_length - right.cell_length - 1, 0), "$line")
    return joined(left, rule, right)


def card_row(
    row: MapRow,
    card: Card,
    sign: Sign,
    report: Report | None,
    language: Language,
    width: int,
    *,
    under_cursor: bool,
) -> Content:
    """Return the row of a card: what is known of it on the left, what was measured on the right."""
    mark, style = sign.value
    hidden = filled(words.FOLDED, language, count=row.hidden)
    left = joined(
        plain("› " if under_cursor else "  ", "bold $primary"),
        plain(row.lines, "$line"),
        plain(f"{mark} ", style),
        plain(
            asked_in_one_line(card, language),
            "bold $primary" if under_cursor else "$quiet" if sign is Sign.NEW else "",
        ),
    )
    folded = plain(f"{hidden} " if row.hidden else "", "$quiet")
    return beside(left, joined(folded, verdict_sign(report), plain(" ")), width)


def verdict_sign(report: Report | None) -> Content:
    """Return the sign of what was measured last; a dot if nothing was."""
    sign, style = ("·", "$line") if report is None else SIGNS[report.verdict]
    return plain(sign, style)

"""What stands beside the map: what a card needs and opens, how far a chapter is, the signs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studydl.tui import words as common
from studydl.tui.evidence_lines import SIGNS
from studydl.tui.plain import beside, joined, plain, truncated
from studydl.tui.screens.browse.facts import question_part, standing_lines
from studydl.tui.screens.browse.rows import Sign, asked_in_one_line
from studydl.tui.screens.map import words
from studydl.tui.typeset import indented, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content

    from studydl.cards import Card
    from studydl.language import Language, Text
    from studydl.tui.screens.browse.facts import Facts
    from studydl.tui.screens.map.knowledge import Knowledge

__all__ = ["card_lines", "chapter_lines", "legend_lines"]

_BAR = 24
_MOST = 12


def card_lines(
    facts: Facts,
    around: tuple[Sequence[Card], Sequence[Card]],
    unmet: int,
    knowledge: Knowledge,
    language: Language,
    width: int,
) -> list[Content]:
    """Return a card: its question, its state, its claim, what it needs, what it opens.

    Args:
        facts: The card.
        around: The cards that it requires, and those that require it.
        unmet: How many cards it builds on that were never met.
        knowledge: What the learner knows.
        language: In which it is said.
        width: How wide the lines may be.
    """
    needs, opens = around
    lines = [*question_part(facts, language, width), plain("")]
    lines += standing_lines(facts, language, width)
    for title, cards, none in (
        (words.NEEDS, needs, words.NEEDS_NOTHING),
        (words.OPENS, opens, words.OPENS_NOTHING),
    ):
        lines += [plain(""), _ruled(title, language, width)]
        lines += _cards(cards, knowledge, language, width) or prose(
            none.said_in(language), width, "$quiet"
        )
    told = common.filled(words.UNMET if unmet else words.READY, language, count=unmet)
    return [*lines, plain(""), *prose(told, width, "$quiet")]


def chapter_lines(
    title: Text, ids: Iterable[str], knowledge: Knowledge, language: Language, width: int
) -> list[Content]:
    """Return how far a chapter is."""
    counts = Counter(map(knowledge.sign, ids))
    total = sum(counts.values())
    learned = counts[Sign.KNOWN] + counts[Sign.DUE]
    done = round(_BAR * learned / total) if total else 0
    told = common.filled(words.IN_CHAPTER, language, learned=learned, total=total)
    lines = [plain(title.said_in(language), "bold"), plain("")]
    lines += [joined(plain("━" * done, "$primary"), plain("━" * (_BAR - done), "$line"))]
    lines += [*prose(told, width, "$quiet"), plain("")]
    for sign, meaning in words.SIGNS.items():
        if counts[sign]:
            said = joined(_sign(sign), plain(meaning.said_in(language)))
            lines.append(beside(said, plain(str(counts[sign])), min(width, 40)))
    return lines


def legend_lines(language: Language, width: int) -> list[Content]:
    """Return what the signs mean."""
    lines = prose(words.HOW.said_in(language), width)
    lines += [plain(""), _ruled(words.LEFT_SIGN, language, width)]
    for sign, meaning in words.SIGNS.items():
        lines.append(joined(_sign(sign), plain(meaning.said_in(language))))
    lines += [plain(""), _ruled(words.RIGHT_SIGN, language, width)]
    for verdict, (mark, style) in SIGNS.items():
        said = common.VERDICTS[verdict].said_in(language)
        lines.append(joined(plain(f"{mark} ", style), plain(said)))
    return [*lines, joined(plain("· ", "$line"), plain(words.NOT_MEASURED.said_in(language)))]


def _cards(
    cards: Sequence[Card], knowledge: Knowledge, language: Language, width: int
) -> list[Content]:
    lines = [
        truncated(
            joined(_sign(knowledge.sign(card.id)), plain(asked_in_one_line(card, language))), width
        )
        for card in cards[:_MOST]
    ]
    if more := len(cards) - _MOST:
        told = common.filled(common.MORE_ROWS, language, count=more)
        lines += indented([plain(told, "$quiet")], 2) if more > 0 else []
    return lines


def _sign(sign: Sign) -> Content:
    mark, style = sign.value
    return plain(f"{mark} ", style)


def _ruled(title: Text, language: Language, width: int) -> Content:
    said = plain(f"{title.said_in(language)} ", "$quiet")
    return joined(said, plain("─" * max(width - said.cell_length, 0), "$line"))

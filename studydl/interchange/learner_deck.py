"""A learner's deck of cards that were taken in: written, and updated without losing edits.

Above each card a comment keeps a digest of it as it was taken in. A card that still fits its digest
is the import's own, and a newer import replaces it; one that was edited belongs to the learner.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.lint.blanks import blank_findings
from studydl.cards.reader import MAX_BYTES, read_text
from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.interchange.own_cards import OwnCard

__all__ = ["Updated", "updated_deck"]

_MARK = re.compile(r"^  # taken in as ([0-9a-f]{16})\n", re.MULTILINE)
_ID = re.compile(r"^  - id: (\S+)$", re.MULTILINE)


class Updated(NamedTuple):
    """What became of a deck.

    Attributes:
        text: The whole file.
        ids: The cards of the import that are in it.
        added: How many are new.
        changed: How many were written anew.
        kept: How many the learner edited, which stay as they are.
        left_out: How many say nothing that a deck can hold.
    """

    text: str
    ids: frozenset[str]
    added: int
    changed: int
    kept: int
    left_out: int


def updated_deck(before: str, chapter: str, title: str, cards: Iterable[OwnCard]) -> Updated:
    """Return a deck with cards taken in; those that it has beside them stay.

    Args:
        before: The deck so far; empty if there is none.
        chapter: Its chapter.
        title: What it is called.
        cards: The cards.

    Raises:
        StudyError: There are more than a deck holds.
    """
    head, blocks = _parted(before or _head(chapter, title))
    counts = {"added": 0, "changed": 0, "kept": 0, "left_out": 0}
    ids = set()
    for card in cards:
        block = _sound_block(card)
        if block is None:
            counts["left_out"] += 1
            continue
        ids.add(card.id)
        old = blocks.get(card.id)
        if old is not None and not _is_untouched(old):
            counts["kept"] += 1
        elif old != block:
            counts["added" if old is None else "changed"] += 1
            blocks[card.id] = block
    text = head + "".join(blocks.values())
    if len(text.encode()) > MAX_BYTES:
        what = "these are more cards than one deck holds"
        raise StudyError(what, where=title, hint="export them from Anki deck by deck")
    return Updated(text, frozenset(ids), **counts)


def _head(chapter: str, title: str) -> str:
    quoted = _quoted(title)
    return f"chapter: {chapter}\ntitle: {{en: {quoted}, zh: {quoted}}}\nunverified: true\ncards:\n"


def _parted(text: str) -> tuple[str, dict[str, str]]:
    """Return what stands above the cards that were taken in, and each of them."""
    starts = [found.start() for found in _MARK.finditer(text)]
    blocks = {}
    for start, end in pairwise([*starts, len(text)]):
        block = text[start:end]
        found = _ID.search(block)
        blocks[found[1] if found else str(start)] = block
    return text[: starts[0]] if starts else text, blocks


def _is_untouched(block: str) -> bool:
    mark = _MARK.match(block)
    return mark is not None and _digest(block[mark.end() :]) == mark[1]


def _sound_block(card: OwnCard) -> str | None:
    """Return the card as YAML that can be read; None if there is none."""
    for each in (card, card.as_recall()) if card.gaps else (card,):
        if not each.ask or not (each.answer or each.gaps):
            continue
        body = _body(each)
        reading = read_text(_head("a", "a") + body, Path("deck.yaml"))
        found = reading.deck.cards if reading.deck and not reading.problems else ()
        if found and not any(True for one in found for _ in blank_findings(one)):
            return f"  # taken in as {_digest(body)}\n{body}"
    return None


def _body(card: OwnCard) -> str:
    lines = [f"  - id: {card.id}"]
    if card.gaps:
        lines += [
            "    ask: {en: Fill in the gaps., zh: 填空。}",
            "    answer:",
            "      kind: cloze",
        ]
        lines += [*_block("      text", card.ask), "      blanks:"]
        words = (_quoted(gap) for gap in card.gaps)
        lines += [f"        - {{en: [{word}], zh: [{word}]}}" for word in words]
    else:
        lines += [*_block("    ask", card.ask), "    answer:", "      kind: recall"]
        lines += _block("      text", card.answer)
    if card.explain:
        lines += _block("    explain", card.explain)
    else:
        lines += ["    explain: {en: This card was taken in., zh: 这张卡片是导入的。}"]
    lines += ["    sources: [taken in by the learner]"]
    lines += [f"    tags: [{', '.join(map(_quoted, card.tags))}]"] if card.tags else []
    return "\n".join(lines) + "\n"


def _block(key: str, text: str) -> list[str]:
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    return [f"{key}: |", *(f"{indent}{line}".rstrip() for line in text.split("\n"))]


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()

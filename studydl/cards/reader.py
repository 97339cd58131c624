"""One deck file to cards and problems. Loading a deck runs no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studydl.cards.answers import Cloze, Number, Recall
from studydl.cards.format import CARD, DECK
from studydl.cards.model import Card, Deck, Origin
from studydl.cards.problems import Findings, Problem, Spot, TooManyProblemsError
from studydl.cards.shapes import Desk, is_a
from studydl.cards.tree import Node, Pairs, Scalar, read_tree

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAX_BYTES", "Reading", "read_bytes", "read_text"]

MAX_BYTES = 8_000_000
"""Some eight thousand long cards; a larger file is more likely something else."""

# What YAML calls printable, without the line breaks that editors do not count as such.
_UNPRINTABLE = re.compile(
    "[^\n\r\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LEADING_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file.

    Attributes:
        deck: The deck without its broken cards; None if the file as a whole cannot be used.
        problems: Everything that is wrong with it.
        spots: For each card of the deck, where its values stand, by their paths.
        left_out: The ids of broken cards, so that a card which requires one is not blamed.
    """

    deck: Deck | None
    problems: tuple[Problem, ...]
    spots: tuple[dict[str, Spot], ...] = ()
    left_out: frozenset[str] = frozenset()


def read_bytes(content: bytes, file: Path) -> Reading:
    """Read a deck file.

    Args:
        content: The bytes of the file.
        file: Its name, for the problems and the origins.
    """
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content):,} bytes; a deck has at most {MAX_BYTES:,}"
        return _unusable(file, Spot(1, 1), message, "split the deck into several files")
    if content.startswith(b"\xef\xbb\xbf"):
        message = "the file starts with a byte order mark"
        return _unusable(file, Spot(1, 1), message, "save it as UTF-8 without BOM")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        spot = _spot_at(content[: error.start].decode("utf-8"), error.start)
        return _unusable(file, spot, "the file is not UTF-8", "save it as UTF-8")
    return read_text(text, file)


def read_text(text: str, file: Path) -> Reading:
    """Read the text of a deck."""
    if odd := _UNPRINTABLE.search(text):
        message = f"the character U+{ord(odd[0]):04X} does not belong in a deck"
        return _unusable(file, _spot_at(text, odd.start()), message, "remove it")
    findings = Findings(file)
    try:
        if _has_tabs(text, findings):
            return Reading(None, tuple(findings.problems))
        root = read_tree(text, findings)
        if root is not None:
            return _read_deck(root, findings)
    except TooManyProblemsError:
        pass
    return Reading(None, tuple(findings.problems))


def _read_deck(root: Node, findings: Findings) -> Reading:
    desk = Desk(findings)
    pairs = is_a(root, Pairs, "the deck, with chapter:, title: and cards:,", desk)
    values = {} if pairs is None else DECK.values(pairs, desk, "")
    chapter, unverified = values.get("chapter", ""), values.get("unverified", False)
    cards: list[Card] = []
    spots: list[dict[str, Spot]] = []
    left_out: set[str] = set()
    for node in values.get("cards", ()):
        card, places = _read_card(node, chapter, findings, unverified=unverified)
        if card is None:
            left_out.add(_id_of(node))
        else:
            cards.append(card)
            spots.append(places)
    if {"chapter", "title", "cards"} - values.keys():
        left_out.update(card.id for card in cards)
        return Reading(None, tuple(findings.problems), left_out=frozenset(left_out))
    deck = Deck(findings.file, chapter, values["title"], tuple(cards))
    return Reading(deck, tuple(findings.problems), tuple(spots), frozenset(left_out))


def _read_card(
    node: Node, chapter: str, findings: Findings, *, unverified: bool
) -> tuple[Card | None, dict[str, Spot]]:
    desk = Desk(findings, unverified)
    values = CARD.read(node, desk, "")
    # Problems of the tree, such as a key that stands twice, were noted before this card was read.
    if values is None or findings.any_between(node.spot, node.end):
        return None, {}
    optional: dict[str, Any] = {"notes": "", "claim": None, "derivation": None}
    optional |= {"requires": (), "tags": ()}
    origin = Origin(findings.file, node.spot.line)
    card = Card(**{**optional, **values}, chapter=chapter, origin=origin)
    if card.claim is None and not _stands_alone(card):
        message = f"a card of the kind {card.kind} stands on a claim, and this one names none"
        findings.add(node.spot, message, "name one: claim: chapter.slug", rule="key")
        return None, {}
    return card, desk.spots


def _stands_alone(card: Card) -> bool:
    """Tell whether the answer can be judged without the implementation and its misconceptions."""
    answer = card.answer
    if isinstance(answer, Number):
        return not answer.vary and not any(each.misconception for each in answer.mistakes)
    return isinstance(answer, Recall | Cloze)


def _id_of(node: Node) -> str:
    for key, value in node.pairs if isinstance(node, Pairs) else ():
        if key.text == "id" and isinstance(value, Scalar):
            return value.text
    return ""


def _has_tabs(text: str, findings: Findings) -> bool:
    for tab in _LEADING_TAB.finditer(text):
        spot = _spot_at(text, tab.end() - 1)
        findings.add(spot, "a tab in the indentation", "indent with spaces", rule="yaml")
    return bool(findings.problems)


def _spot_at(text: str, index: int) -> Spot:
    before = text[:index]
    return Spot(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _unusable(file: Path, spot: Spot, message: str, hint: str) -> Reading:
    return Reading(None, (Problem(file, *spot, message, hint, "file"),))

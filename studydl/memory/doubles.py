"""Answers that came twice: with their log, and as what Anki knew of them.

A package for Anki carries when a card was answered and how, but not the identifier of the review.
Taken in where the log is not, it makes other reviews of the same answers. Where both have come
together the ones that came by Anki are undone, by events that are the same on every machine: so it
does not matter in which order logs and packages arrive.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from studydl.memory.events import Undo
from studydl.memory.identity import next_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from studydl.memory.log import Log

__all__ = ["BY_ANKI", "MOVED_MS", "undos_of_doubles"]

BY_ANKI = "anki"
"""The device of reviews that came by a package of Anki."""
MOVED_MS = 1_000
"""Nobody answers one card twice within this time; by less, an answer may be moved on its way."""

_VERSION = 1  # of these events: they have to stay the same, whatever records become


def undos_of_doubles(log: Log, cards: Collection[str]) -> list[Undo]:
    """Return what takes back the second ones among some cards' reviews.

    A review that came by Anki is one if another, of the same card and grade, was at most so much
    earlier: one of our own, or one that came by Anki too and has the smaller identifier.
    """
    return [_undo(review, at_ms) for review, at_ms in log.doubles(cards, BY_ANKI, MOVED_MS)]


def _undo(review: str, at_ms: int) -> Undo:
    told = f"double {review}".encode()
    identity = next_id(at_ms, review, lambda size: blake2b(told, digest_size=size).digest())
    return Undo(identity, _VERSION, review, at_ms, 0, BY_ANKI)

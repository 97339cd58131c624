"""Opens the rooms that most verbs need, at the places where things are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.places import cache_folder, data_folder, learner_decks, shipped_decks

if TYPE_CHECKING:
    from studydl.cards import Library
    from studydl.memory import Memory

__all__ = ["open_library", "open_memory"]


def open_library() -> Library:
    """Open the shipped decks and the learner's own."""
    from studydl.cards import Library

    return Library.open([shipped_decks(), learner_decks()], cache_folder())


def open_memory() -> Memory:
    """Open the log of reviews."""
    from studydl.memory import Memory

    return Memory.open(data_folder())

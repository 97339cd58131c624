"""Opens the rooms that most verbs need, at the places where things are kept."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from studydl.places import cache_folder, data_folder, learner_decks, shipped_decks

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.session.panel import Panel

__all__ = ["open_library", "open_memory", "open_panel"]


def open_library() -> Library:
    """Open the shipped decks and the learner's own."""
    from studydl.cards import Library

    return Library.open([shipped_decks(), learner_decks()], cache_folder())


def open_memory() -> Memory:
    """Open the log of reviews, which is backed up with the first review of each study day."""
    from studydl.memory import Memory

    return Memory.open(data_folder(), daily_backup=True)


@contextmanager
def open_panel() -> Iterator[tuple[asyncio.Runner, Panel]]:
    """Open what judges every kind of answer, and the event loop that it runs in.

    Its processes start with the first answer that takes them.
    """
    import asyncio

    from studydl.judging.examiner import SERVICE
    from studydl.session.panel import Panel
    from studydl.verification.client import VERIFICATION, Worker

    worker = Worker((*VERIFICATION, SERVICE))
    with asyncio.Runner() as runner:
        panel = Panel(worker)
        try:
            yield runner, panel
        finally:
            runner.run(panel.close())
            runner.run(worker.close())

"""Memory: what the callers of this room see of it."""

from __future__ import annotations

from studydl.memory.keeping import Keeping
from studydl.memory.looking import Looking
from studydl.memory.marking import Marking
from studydl.memory.planning import Planning
from studydl.memory.studying import Studying

__all__ = ["Memory"]


class Memory(Studying, Marking, Planning, Looking, Keeping):
    """The log of reviews and what follows from it, in one open file.

    What was done is on disk when the call returns.
    """

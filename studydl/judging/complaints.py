"""What is wrong with a card's answer, found by computing: the plain data that `check` prints."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Complaint"]


class Complaint(NamedTuple):
    """One thing to mend in a card.

    Attributes:
        path: The value at fault, as the reader names places: ``answer.mistakes.0.value``.
        message: What is wrong.
        hint: What to do about it.
    """

    path: str
    message: str
    hint: str = ""

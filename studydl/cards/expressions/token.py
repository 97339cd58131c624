"""What a formula is cut into."""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple

__all__ = ["CLOSING", "Kind", "Token"]

CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|", "|(": "|)"}
r"""Which bracket closes which. ``\left|`` and ``\right|`` say which bar they are."""


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    NAME = auto()
    """A run of letters, not yet looked up."""
    VARIABLE = auto()
    CONSTANT = auto()
    FUNCTION = auto()
    OPERATOR = auto()
    FRACTION = auto()
    ROOT = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of the text: where it begins, and where what follows it begins, as typed."""

    kind: Kind
    text: str
    at: int
    end: int
    value: Fraction = Fraction(0)

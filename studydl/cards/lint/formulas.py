"""What is wrong with the formulas of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studydl.cards.segments import formulas_of, unclosed_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FormulaFault", "check_dollars"]


class FormulaFault(Protocol):
    """What whoever draws formulas has against one."""

    @property
    def offset(self) -> int:
        """Index of the character at fault in the text."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def hint(self) -> str:
        """What to write instead; may be empty."""


@dataclass(frozen=True, slots=True)
class _Fault:
    offset: int
    message: str
    hint: str


def check_dollars(text: str) -> list[FormulaFault]:
    """Check what can be told without drawing: every formula is closed and not empty."""
    return list(_dollar_faults(text))


def _dollar_faults(text: str) -> Iterator[FormulaFault]:
    lone = unclosed_formula(text)
    if lone is not None:
        message = "a dollar sign opens or closes no formula"
        yield _Fault(lone, message, r"close it, or write \$ for the sign itself")
    for formula in formulas_of(text):
        if not formula.text.strip():
            message = "there is nothing between the dollar signs"
            yield _Fault(formula.at, message, "write a formula")

"""What comes back from the laboratory, as messages to the screen that asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from studydl.session import Shown
    from studydl.session.panel import Outcome
    from studydl.tui.ticket import Ticket
    from studydl.verification.derivation_report import DerivationReport
    from studydl.verification.evidence import Report

__all__ = ["Derived", "Failed", "Judged", "Known", "Measured", "MeasurementProgressed"]


@dataclass
class MeasurementProgressed(Message):
    """One more implementation was measured."""

    ticket: Ticket
    progress: dict[str, Any]


@dataclass
class Measured(Message):
    """A claim was measured."""

    ticket: Ticket
    report: Report


@dataclass
class Derived(Message):
    """A derivation was checked."""

    ticket: Ticket
    report: DerivationReport


@dataclass
class Failed(Message):
    """Nothing came of a request.

    Attributes:
        ticket: The request.
        reason: Why, in one sentence.
        died: Whether the process ended on its own.
        too_long: Whether it was stopped because it took too long.
    """

    ticket: Ticket
    reason: str
    died: bool = False
    too_long: bool = False


@dataclass
class Known(Message):
    """The answer to a card whose parameters were drawn has been computed."""

    ticket: Ticket
    shown: Shown


@dataclass
class Judged(Message):
    """An answer was judged."""

    ticket: Ticket
    answer: str
    outcome: Outcome

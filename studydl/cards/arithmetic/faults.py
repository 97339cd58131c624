"""Why a typed number cannot be understood."""

from __future__ import annotations

from studydl.cards.faults import TypedFault

__all__ = ["ArithmeticFault"]


class ArithmeticFault(TypedFault):
    """The text is not arithmetic; says where and what to write instead."""

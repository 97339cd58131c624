"""Why a typed formula cannot be understood."""

from __future__ import annotations

from studydl.cards.faults import TypedFault

__all__ = ["ExpressionFault"]


class ExpressionFault(TypedFault):
    """The text is no formula of this card; says where and what to write instead."""

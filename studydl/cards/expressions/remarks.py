"""Where two readings are common, which one was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions.building import Form
from studydl.cards.expressions.strength import Strength
from studydl.cards.expressions.text import held, to_text
from studydl.cards.expressions.tree import Binary, Call, Constant, Number
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards.expressions.building import Part
    from studydl.cards.expressions.tree import Expression

__all__ = ["grouping"]


def grouping(left: Part, right: Part, *, touching: bool) -> Text | None:
    """Tell how a product without a sign was grouped, if what is left of it leaves a doubt.

    Args:
        left: What came before.
        right: The factor that follows without a sign.
        touching: Whether no space stands between them.
    """
    other = _otherwise(left, right, touching=touching)
    if other is None:
        return None
    taken = f"{held(left.node, Strength.ATOM)}*{held(right.node, Strength.ATOM)}"
    meant = to_text(other)
    return Text(
        f"read as {taken}; write {meant} if that is meant",
        f"读作 {taken}；如果指的是 {meant}，请这样写",
    )


def _otherwise(left: Part, right: Part, *, touching: bool) -> Expression | None:
    factor = right.node
    whole = right.form is Form.WHOLE and not isinstance(factor, Call)
    match left.form, left.node:
        case Form.PLAIN, Constant("e") if touching and whole:
            return Binary("^", left.node, factor)
        case Form.PLAIN, Binary("/", over, under):
            return Binary("/", over, Binary("*", under, factor))
        case Form.PLAIN, Binary("^", Constant() | Number() as base, exponent) if touching:
            return Binary("^", base, Binary("*", exponent, factor))
        case Form.BARE, Call(function, (argument,)) if not isinstance(factor, Call):
            return Call(function, (Binary("*", argument, factor),))
        case _:
            return None

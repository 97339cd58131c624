"""Whether a formula looks as a card asks, beside having the right value."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from studydl.cards.expressions import (
    ALIASES,
    Binary,
    Constant,
    Number,
    Variable,
    calls_used,
    names_used,
    to_latex,
    walk,
)
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.cards import Form
    from studydl.cards.expressions import Expression

__all__ = ["complaint"]

_HALF = Fraction(1, 2)


def complaint(form: Form | None, expression: Expression) -> Text | None:
    """Return what form was asked for, if the formula has another; None if it is as asked."""
    if form is None:
        return None
    if form.only and (others := names_used(expression) - set(form.only)):
        asked, used = _names(form.only), _names(sorted(others))
        return Text(
            f"The value is right, but the formula was to use only {asked}; yours uses {used}.",
            f"值是对的，但要求只用 {asked} 表示；你用了 {used}。",
        )
    unwanted = {ALIASES.get(name, name) for name in form.without}
    if others := _functions(expression) & unwanted:
        used = ", ".join(sorted(others))
        return Text(
            f"The value is right, but it was to be written without {used}.",
            f"值是对的，但要求不用 {used}。",
        )
    return None


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"${to_latex(Variable(name))}$" for name in names)


def _functions(expression: Expression) -> frozenset[str]:
    """Return the functions that occur, those that are written as powers among them."""
    powers = [
        part for part in walk(expression) if isinstance(part, Binary) and part.operator == "^"
    ]
    as_powers = {"exp" for power in powers if power.left == Constant("e")}
    as_powers |= {"sqrt" for power in powers if _is_half(power.right)}
    return calls_used(expression) | as_powers


def _is_half(exponent: Expression) -> bool:
    return exponent == Number(_HALF) or exponent == Binary(
        "/", Number(Fraction(1)), Number(Fraction(2))
    )

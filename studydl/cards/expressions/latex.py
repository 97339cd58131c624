r"""An expression as it was understood, drawn: its grouping is seen, not spelled.

Factors stand apart by ``\cdot``, for ``s (1-s)`` beside ``f (1-s)`` does not show which is a
product. Calls always have their parentheses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.expressions.greek import LETTERS, SPELLINGS
from studydl.cards.expressions.strength import Strength, strength_of
from studydl.cards.expressions.text import decimal_of
from studydl.cards.expressions.tree import (
    Binary,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Variable,
)

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["to_latex"]

_ACCENTS = ("hat", "bar", "tilde")

_PART = re.compile(r"[A-Za-z]+|[0-9]+")
_MACROS = frozenset({"exp", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max"})


def to_latex(expression: Expression) -> str:  # noqa: PLR0911 - one a kind of node
    """Return LaTeX that `studydl.notation` draws and that reads back as the same tree.

    Numbers with an exponent are the exception: ``1e-8`` is drawn as a power of ten, which reads
    back as one.
    """
    match expression:
        case Number(value):
            return _number(value)
        case Constant(name):
            return r"\pi" if name == "pi" else name
        case Variable(name):
            return _variable(name)
        case Negative(operand):
            return f"-{_held(operand, Strength.PRODUCT)}"
        case Call(function, arguments):
            return _call(function, arguments)
        case Binary("/", left, right):
            return rf"\frac{{{to_latex(left)}}}{{{to_latex(right)}}}"
        case Binary("^", left, right):
            return f"{_base(left)}^{{{to_latex(right)}}}"
        case Binary("*", left, right):
            before = _held(left, Strength.PRODUCT)
            joint = " " if _is_coefficient(left, right) else r" \cdot "
            return f"{before}{joint}{_held(right, Strength.FACTOR)}"
        case Binary(operator, left, right):
            return f"{to_latex(left)} {operator} {_held(right, Strength.PRODUCT)}"


def _held(expression: Expression, least: Strength) -> str:
    latex = to_latex(expression)
    return latex if _strength(expression) >= least else _bracketed(latex)


def _strength(expression: Expression) -> Strength:
    """Return the strength of what is drawn: the bar of a fraction holds its parts together."""
    if isinstance(expression, Binary) and expression.operator == "/":
        return Strength.POWER
    if isinstance(expression, Number) and "10^" in _number(expression.value):
        return Strength.PRODUCT
    return strength_of(expression)


def _bracketed(latex: str) -> str:
    return rf"\left({latex}\right)"


def _base(base: Expression) -> str:
    whole = isinstance(base, Call) and base.function != "abs"
    return _bracketed(to_latex(base)) if whole else _held(base, Strength.ATOM)


def _is_coefficient(left: Expression, right: Expression) -> bool:
    """Tell whether a product needs no sign: ``2 x``."""
    base = right.left if isinstance(right, Binary) and right.operator == "^" else right
    named = isinstance(base, Variable | Constant)
    return isinstance(left, Number) and _strength(left) is Strength.ATOM and named


def _call(function: str, arguments: tuple[Expression, ...]) -> str:
    inner = ", ".join(map(to_latex, arguments))
    if function == "sqrt":
        return rf"\sqrt{{{inner}}}"
    if function == "abs":
        return rf"\left|{inner}\right|"
    if function == "factorial":
        (argument,) = arguments
        whole = isinstance(argument, Call) and argument.function != "abs"
        return f"{_bracketed(inner) if whole else _held(argument, Strength.ATOM)}!"
    name = rf"\{function}" if function in _MACROS else rf"\operatorname{{{function}}}"
    return f"{name}{_bracketed(inner)}"


def _number(value: Fraction) -> str:
    if value < 0:
        return f"-{_number(-value)}"
    if strength_of(Number(value)) is Strength.PRODUCT:
        return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
    digits, power = decimal_of(value)
    if not power:
        return digits
    return f"10^{{{power}}}" if digits == "1" else rf"{digits} \cdot 10^{{{power}}}"


def _variable(name: str) -> str:
    """Draw a name: a letter, perhaps with an accent, and what is left as its subscript."""
    base, *others = _PART.findall(name)
    drawn = _letters(base)
    if others and others[0] in _ACCENTS:
        drawn = rf"\{others[0]}{{{drawn}}}"
        others = others[1:]
    subscript = ",".join(map(_letters, others))
    return f"{drawn}_{{{subscript}}}" if subscript else drawn


def _letters(part: str) -> str:
    if part in SPELLINGS:
        full = next(name for name in SPELLINGS[part] if name in LETTERS)
        return f"\\{full}"
    return rf"\mathrm{{{part}}}" if len(part) > 1 and part.isalpha() else part

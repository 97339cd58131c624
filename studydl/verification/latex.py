r"""Prints an expression as LaTeX, exactly as it was written.

SymPy's own printer sorts, merges fractions and cancels signs. Here the reader sees the tree that
was checked: ``(1/u)*(v/w)`` is two fractions side by side, ``1 + x`` begins with the 1. The output
keeps to the macros that `studydl.notation` draws.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

from studydl.verification.definitions import COVARIANCE, EXPECTATION, VARIANCE
from studydl.verification.latex_names import NAMED
from studydl.verification.partial import Partial

__all__ = ["latex"]


class _Strength(IntEnum):
    """How tightly the parts of a piece of LaTeX hold together without parentheses."""

    SUM = 0
    NEGATIVE = 1
    PRODUCT = 2
    REACHING = 3
    """Takes in whatever follows: a derivative, a sum over an index, a limit."""
    FRACTION = 4
    POWER = 5
    ATOM = 6


_Piece: TypeAlias = tuple[str, _Strength]
_Writer: TypeAlias = Callable[[Any], _Piece]


def latex(expression: Any) -> str:
    """Return the expression as LaTeX, in the written order.

    Raises:
        ValueError: If there is no rule for a part of it, so that nothing is drawn by guess.
    """
    return _piece(expression)[0]


def _piece(node: Any) -> _Piece:
    for kind in type(node).__mro__:
        if writer := _WRITERS.get(kind):
            return writer(node)
    raise ValueError(f"expected an expression that has a LaTeX form, got {type(node).__name__}")


def _at_least(node: Any, strength: _Strength) -> str:
    text, own = _piece(node)
    return text if own >= strength else _group(text)


def _group(text: str) -> str:
    return rf"\left({text}\right)"


def _sum(node: Any) -> _Piece:
    terms = _spine(node, sympy.Add)
    text = ""
    for i, term in enumerate(terms):
        negative = _without_minus(term)
        shown = term if negative is None or i == 0 else negative
        piece, strength = _piece(shown)
        is_closed = strength >= _Strength.PRODUCT or (i == 0 and strength == _Strength.NEGATIVE)
        if not is_closed or (strength == _Strength.REACHING and i < len(terms) - 1):
            piece = _group(piece)
        sign = "" if i == 0 else " + " if negative is None else " - "
        text += sign + piece
    return text, _Strength.SUM


def _without_minus(node: Any) -> Any:
    """Return the term that a minus sign stands before, or None if there is none.

    In ``(-a)/b`` the sign belongs to the numerator, in ``-(a/b)`` it stands before the fraction.
    """
    if node.is_Number and node < 0:
        return -node
    if not node.is_Mul:
        return None
    first, *rest = node.args
    if first.is_Mul and any(map(_is_reciprocal, rest)):
        return None
    positive = _without_minus(first)
    if positive is None:
        return None
    kept = rest if positive == 1 else [positive, *rest]
    return kept[0] if len(kept) == 1 else sympy.Mul(*kept, evaluate=False)


def _product(node: Any) -> _Piece:
    positive = _without_minus(node)
    if positive is not None:
        return f"-{_at_least(positive, _Strength.PRODUCT)}", _Strength.NEGATIVE
    first, *rest = _spine(node, sympy.Mul)
    text, strength = _piece(first)
    for i, factor in enumerate(rest):
        if _is_reciprocal(factor):
            text, strength = rf"\frac{{{text}}}{{{latex(factor.base)}}}", _Strength.FRACTION
            continue
        is_last = i == len(rest) - 1
        left = text if strength >= _Strength.FRACTION or i > 0 else _group(text)
        right = _at_least(factor, _Strength.PRODUCT if is_last else _Strength.FRACTION)
        text, strength = left + _between(left, right) + right, _Strength.PRODUCT
    return text, strength


def _between(left: str, right: str) -> str:
    """Return a dot where two factors side by side would be misread."""
    meets_number = right[0].isdigit()
    meets_fraction = left.endswith("}") and r"\frac" in left and right.startswith(r"\frac{")
    is_differential = right.startswith((r"\frac{d}{", r"\frac{\partial}{"))
    return r" \cdot " if meets_number or (meets_fraction and not is_differential) else " "


def _is_reciprocal(node: Any) -> bool:
    return bool(node.is_Pow and node.exp == -1)


def _spine(node: Any, kind: Any) -> list[Any]:
    """Return the operands of ``((a + b) + c)``; a group further right stays a group."""
    first, *rest = node.args
    is_unit = not isinstance(first, kind) or (first.is_Mul and _without_minus(first) is not None)
    return [first, *rest] if is_unit else [*_spine(first, kind), *rest]


def _power(node: Any) -> _Piece:
    base, exponent = node.args
    if exponent == -1:
        return rf"\frac{{1}}{{{latex(base)}}}", _Strength.FRACTION
    if exponent == sympy.S.Half:
        return rf"\sqrt{{{latex(base)}}}", _Strength.ATOM
    if type(base) in NAMED and exponent.is_Integer and exponent > 0:
        return rf"{NAMED[type(base)]}^{{{exponent}}}{_arguments(base)}", _Strength.POWER
    return f"{_at_least(base, _Strength.ATOM)}^{{{latex(exponent)}}}", _Strength.POWER


def _exponential(node: Any) -> _Piece:
    return f"e^{{{latex(node.args[0])}}}", _Strength.POWER


def _rational(node: Any) -> _Piece:
    if node < 0:
        return f"-{latex(-node)}", _Strength.NEGATIVE
    if node.q == 1:
        return str(node.p), _Strength.ATOM
    return rf"\frac{{{node.p}}}{{{node.q}}}", _Strength.FRACTION


def _symbol(node: Any) -> _Piece:
    return str(sympy.latex(node)), _Strength.ATOM


def _entry(node: Any) -> _Piece:
    return f"{latex(node.base.label)}_{{{_indices(node.indices)}}}", _Strength.ATOM


def _indices(indices: tuple[Any, ...]) -> str:
    """Write letters side by side, as in ``W_{k j}``; anything longer needs commas between."""
    are_letters = all(index.is_Symbol for index in indices)
    return (" " if are_letters else ", ").join(map(latex, indices))


def _kronecker(node: Any) -> _Piece:
    return rf"\delta_{{{_indices(node.args)}}}", _Strength.ATOM


def _arguments(node: Any) -> str:
    return _group(", ".join(latex(argument) for argument in node.args))


def _named(node: Any) -> _Piece:
    return NAMED[type(node)] + _arguments(node), _Strength.ATOM


def _applied(node: Any) -> _Piece:
    """Write a sequence such as ``v(t)``, of an integer, with an index."""
    name = latex(sympy.Symbol(node.func.__name__))
    if all(argument.is_integer and not argument.is_number for argument in node.args):
        return f"{name}_{{{_indices(node.args)}}}", _Strength.ATOM
    return name + _arguments(node), _Strength.ATOM


def _moment(operator: str) -> _Writer:
    """Write what is taken over all outcomes with brackets instead of parentheses."""

    def writer(node: Any) -> _Piece:
        of = ", ".join(map(latex, node.args))
        return rf"\operatorname{{{operator}}}\left[{of}\right]", _Strength.ATOM

    return writer


def _derivative(node: Any) -> _Piece:
    d = r"\partial" if len(node.expr.free_symbols) > 1 else "d"
    counts = [(latex(symbol), int(count)) for symbol, count in node.variable_count]
    above = d + _order(sum(count for _, count in counts))
    below = " ".join(f"{d} {name}{_order(count)}" for name, count in counts)
    of = _at_least(node.expr, _Strength.REACHING)
    return rf"\frac{{{above}}}{{{below}}} {of}", _Strength.REACHING


def _partial(node: Any) -> _Piece:
    of, strength = _piece(node.expr)
    (variable,) = map(latex, node.variables)
    if strength is _Strength.ATOM:
        return rf"\frac{{\partial {of}}}{{\partial {variable}}}", _Strength.FRACTION
    closed = _at_least(node.expr, _Strength.REACHING)
    return rf"\frac{{\partial}}{{\partial {variable}}} {closed}", _Strength.REACHING


def _order(count: int) -> str:
    return "" if count == 1 else f"^{{{count}}}"


def _series(sign: str) -> _Writer:
    def writer(node: Any) -> _Piece:
        signs = "".join(
            rf"{sign}_{{{latex(index)} = {latex(low)}}}^{{{latex(high)}}} "
            for index, low, high in reversed(node.limits)
        )
        return signs + _at_least(node.function, _Strength.PRODUCT), _Strength.REACHING

    return writer


def _integral(node: Any) -> _Piece:
    signs, ends = "", ""
    for variable, *bounds in node.limits:
        low, high = map(latex, bounds) if bounds else ("", "")
        signs = rf"\int_{{{low}}}^{{{high}}} " + signs if bounds else r"\int " + signs
        ends += rf" \, d {latex(variable)}"
    return signs + _at_least(node.function, _Strength.PRODUCT) + ends, _Strength.REACHING


def _limit(node: Any) -> _Piece:
    body, variable, place, _ = node.args
    of = _at_least(body, _Strength.PRODUCT)
    return rf"\lim_{{{latex(variable)} \to {latex(place)}}} {of}", _Strength.REACHING


def _bound(node: Any) -> _Piece:
    places = ", ".join(
        f"{latex(variable)} = {latex(place)}"
        for variable, place in zip(node.variables, node.point, strict=True)
    )
    return rf"\left.{latex(node.expr)}\right|_{{{places}}}", _Strength.POWER


def _absolute(node: Any) -> _Piece:
    return rf"\left|{latex(node.args[0])}\right|", _Strength.ATOM


def _factorial(node: Any) -> _Piece:
    return f"{_at_least(node.args[0], _Strength.ATOM)}!", _Strength.POWER


_WRITERS: dict[type, _Writer] = {
    sympy.Add: _sum,
    sympy.Mul: _product,
    sympy.Pow: _power,
    sympy.exp: _exponential,
    sympy.Rational: _rational,
    sympy.Symbol: _symbol,
    sympy.NumberSymbol: _symbol,
    sympy.core.numbers.Infinity: _symbol,
    sympy.core.numbers.NegativeInfinity: lambda _node: (r"-\infty", _Strength.NEGATIVE),
    sympy.Indexed: _entry,
    AppliedUndef: _applied,
    EXPECTATION: _moment("E"),
    VARIANCE: _moment("Var"),
    COVARIANCE: _moment("Cov"),
    sympy.Derivative: _derivative,
    Partial: _partial,
    sympy.KroneckerDelta: _kronecker,
    sympy.Sum: _series(r"\sum"),
    sympy.Product: _series(r"\prod"),
    sympy.Integral: _integral,
    sympy.Limit: _limit,
    sympy.Subs: _bound,
    sympy.Abs: _absolute,
    sympy.factorial: _factorial,
    **dict.fromkeys(NAMED, _named),
}

"""What went wrong in a formula, where values tell it: a sign, a factor, a term, a root."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from studydl.cards.expressions import Binary, Negative, Variable, names_used, to_latex
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studydl.cards.expressions import Expression
    from studydl.judging.formula.decision import Room
    from studydl.judging.formula.floats import Rough

__all__ = ["slip"]

_NEAR = 1e-6
_TINIEST, _LARGEST = 1e-6, 1e6
"""Between these, floats of six digits are to be had; far out in a tail they cancel to nothing."""
_FEWEST = 6
"""Fewer points than this may agree on something by chance."""
_SIMPLE_DENOMINATOR = 60


def slip(room: Room, yours: Expression, expected: Expression) -> Text | None:
    """Return what would make one formula of the other everywhere, if it is something simple."""
    own, right = room.values(yours), room.values(expected)
    pairs = _joint(own, right)
    if room.variables and len(pairs) < _FEWEST:
        return None
    if found := _factor(pairs) or _relation(pairs):
        return found
    for part, text, holds in _suspects(yours, expected):
        triples = _joint(own, right, room.values(part))
        if len(triples) >= _FEWEST and all(holds(*each) for each in triples):
            said = f"${to_latex(part)}$"
            return Text(text.en.format(said), text.zh.format(said))
    return None


def _joint(*columns: Sequence[Rough]) -> list[tuple[float, ...]]:
    """Return the values at points where all have one that can be trusted."""
    rows = (
        tuple(each for each in row if each is not None and _is_trusted(each))
        for row in zip(*columns, strict=True)
    )
    return [row for row in rows if len(row) == len(columns)]


def _is_trusted(value: float) -> bool:
    return value == 0 or _TINIEST <= abs(value) <= _LARGEST


def _factor(pairs: Sequence[tuple[float, ...]]) -> Text | None:
    """Tell a constant factor between the two, the sign among them."""
    ratio = next((own / right for own, right in pairs if right), 0.0)
    if ratio == 0 or _same(ratio, 1) or not all(_same(own, ratio * right) for own, right in pairs):
        return None
    if _same(ratio, -1):
        return Text("Only the sign differs.", "仅符号相反。")
    told = _shown(ratio)
    return Text(f"Yours is {told} times the expected.", f"你的式子是正确式子的 {told} 倍。")


def _shown(ratio: float) -> str:
    simple = Fraction(ratio).limit_denominator(_SIMPLE_DENOMINATOR)
    return str(simple) if _same(float(simple), ratio) else f"{ratio:.4g}"


def _relation(pairs: Sequence[tuple[float, ...]]) -> Text | None:
    for text, holds in _RELATIONS:
        if pairs and all(holds(*pair) for pair in pairs):
            return text
    shifts = [own - right for own, right in pairs]
    if len(shifts) > 1 and shifts[0] and all(_same(own, right + shifts[0]) for own, right in pairs):
        told = _shown(abs(shifts[0]))
        if shifts[0] > 0:
            return Text(f"Yours is larger by {told} everywhere.", f"你的式子处处大 {told}。")
        return Text(f"Yours is smaller by {told} everywhere.", f"你的式子处处小 {told}。")
    return None


_Suspect = tuple["Expression", Text, "Callable[[float, float, float], bool]"]


def _suspects(yours: Expression, expected: Expression) -> Iterator[_Suspect]:
    """Yield each part that may be missing, or stand where it should not, with what would tell."""
    names = [Variable(name) for name in sorted(names_used(yours) | names_used(expected))]
    over, under = _factors(expected)
    for part in [*over, *names]:
        yield part, _MISSING_FACTOR, lambda own, right, value: _same(own * value, right)
    for part in under:
        yield part, _MISSING_DIVISION, lambda own, right, value: _same(own, right * value)
    own_over, own_under = _factors(yours)
    for part in [*own_over, *names]:
        yield part, _STRAY_FACTOR, lambda own, right, value: _same(own, right * value)
    for part in own_under:
        yield part, _STRAY_DIVISION, lambda own, right, value: _same(own * value, right)
    for part in _terms(expected):
        yield part, _MISSING_TERM, lambda own, right, value: _same(own + value, right)
        yield part, _SIGN_OF_TERM, lambda own, right, value: _same(own + 2 * value, right)
    for part in _terms(yours):
        yield part, _STRAY_TERM, lambda own, right, value: _same(own - value, right)


def _factors(expression: Expression) -> tuple[list[Expression], list[Expression]]:
    """Return the factors above and below; of a power, its base may be one too."""
    match expression:
        case Binary("*" | "/" as operator, left, right):
            over, under = _factors(left)
            more_over, more_under = _factors(right)
            if operator == "/":
                more_over, more_under = more_under, more_over
            return over + more_over, under + more_under
        case Negative(operand):
            return _factors(operand)
        case Binary("^", base, _):
            return [expression, base], []
    return [expression], []


def _terms(expression: Expression) -> list[Expression]:
    """Return the terms of a sum, without their signs where they are subtracted."""
    match expression:
        case Binary("+", left, right):
            return _terms(left) + _terms(right)
        case Binary("-", left, right):
            return [*_terms(left), Negative(right)]
    return [expression]


def _same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=_NEAR)


_RELATIONS: tuple[tuple[Text, Callable[..., bool]], ...] = (
    (
        Text("Yours is the reciprocal of the expected.", "你的式子是正确式子的倒数。"),
        lambda own, right: _same(own * right, 1),
    ),
    (
        Text("Yours is one minus the expected.", "你的式子是 1 减去正确式子。"),
        lambda own, right: _same(own + right, 1),
    ),
    (
        Text("Yours is the square of the expected.", "你的式子是正确式子的平方。"),
        lambda own, right: _same(own, right * right),
    ),
    (
        Text("Yours is the square root of the expected.", "你的式子是正确式子的平方根。"),
        lambda own, right: own >= 0 and _same(own * own, right),
    ),
)

_MISSING_FACTOR = Text("The factor {} is missing.", "缺少因子 {}。")
_MISSING_DIVISION = Text("The division by {} is missing.", "没有除以 {}。")
_STRAY_FACTOR = Text("The factor {} does not belong there.", "多了因子 {}。")
_STRAY_DIVISION = Text("The division by {} does not belong there.", "不该除以 {}。")
_MISSING_TERM = Text("The term {} is missing.", "缺少项 {}。")
_SIGN_OF_TERM = Text("The term {} has the wrong sign.", "项 {} 的符号不对。")
_STRAY_TERM = Text("The term {} does not belong there.", "多了项 {}。")

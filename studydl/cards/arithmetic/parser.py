"""Tokens to a value: a precedence parser that never runs what it reads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from studydl.cards.arithmetic.faults import ArithmeticFault
from studydl.cards.arithmetic.tokens import Kind, Token, Written, tokens_of
from studydl.cards.arithmetic.values import (
    BINARY,
    CONSTANTS,
    FUNCTIONS,
    UndefinedError,
    Value,
    shown,
)
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Calculation", "calculate"]

MAX_DEPTH = 32

# How strongly each form holds its parts together; a power is stronger than a sign: -2^2 = -(2^2).
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a typed text comes to.

    Attributes:
        value: A Fraction as long as only rational operations occur, else a float.
        understood: The text as it was understood, with the value it comes to.
        written: The precision of a text that is one decimal; None for an expression.
    """

    value: Value
    understood: str
    written: Written | None

    @property
    def as_answer(self) -> str:
        """How an answer is shown: as it was understood, but a long decimal only rounded."""
        _, about, rounded = self.understood.rpartition("≈ ")
        return f"{about}{rounded}" if self.written else self.understood


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that was read: its value, how it is shown, how strongly it holds together."""

    value: Value
    shown: str
    strength: int
    written: Written | None = None
    quotient: bool = False
    power_of_ten: bool = False


def calculate(text: str) -> Calculation:
    """Return what an arithmetic text comes to.

    Integers, decimals, ``1e-3``, ``+ - * / ^ **``, percent, parentheses, ``pi``, ``e``, ``sqrt``,
    ``exp`` and the natural ``log`` or ``ln``. The length of the text, its depth and the size of
    every number on the way are bounded, so that any text is answered at once.

    Raises:
        ArithmeticFault: If it is not arithmetic or has no finite real value.
    """
    parser = _Parser(tokens_of(text))
    part = parser.expression(_SUM)
    parser.expect_end()
    return Calculation(part.value, _with_value(part), part.written)


def _with_value(part: _Part) -> str:
    worth = shown(part.value)
    if worth == part.shown or worth.startswith(f"{part.shown} ≈"):
        return worth
    if worth.startswith("≈"):
        return f"{part.shown} {worth}"
    return f"{part.shown} {'≈' if isinstance(part.value, float) else '='} {worth}"


class _Parser:
    """Reads expressions off a list of tokens, computing as it goes."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def expression(self, least: int) -> _Part:
        """Read operands joined by operators of at least some strength."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            what = Text("nested too deeply", "嵌套过深")
            raise ArithmeticFault(self._now.at, what, Text("use fewer parentheses", "请减少括号"))
        left = self._operand()
        while (strength := _STRENGTH.get(self._operator, -1)) >= least:
            operator = self._take()
            # A power groups to the right, and a sign may stand in its exponent: 2^-3^2.
            right = self.expression(_SIGN if operator.text == "^" else strength + 1)
            left = self._join(left, operator, right, strength)
        self._depth -= 1
        return left

    def expect_end(self) -> None:
        """Refuse what is left over."""
        token = self._now
        if token.kind is Kind.END:
            return
        if token.text == ")":
            what = Text("a closing parenthesis without an opening one", "右括号没有对应的左括号")
            raise ArithmeticFault(
                token.at, what, Text("remove it or add one", "请删去或补上左括号")
            )
        what = Text(f"an operator is missing before {token.text!r}", f"{token.text!r} 前缺少运算符")
        raise ArithmeticFault(
            token.at,
            what,
            Text("write * between factors, + between terms", "相乘请写 *，相加请写 +"),
        )

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    @property
    def _operator(self) -> str:
        return self._now.text if self._now.kind is Kind.OPERATOR else ""

    def _take(self) -> Token:
        token = self._now
        self._place += 1
        return token

    def _operand(self) -> _Part:
        token = self._take() if self._now.kind is not Kind.END else self._now
        if token.kind is Kind.NUMBER:
            return self._percent(_Part(token.value, token.text, _ATOM, token.written))
        if token.kind is Kind.NAME:
            return self._percent(self._named(token))
        if token.text in ("-", "+"):
            return self._signed(token, self.expression(_SIGN))
        if token.text == "√":
            return self._percent(self._call(token, "sqrt", self.expression(_ATOM)))
        if token.text == "(":
            return self._percent(self._parenthesised(token))
        what = Text("a number is missing here", "此处缺少一个数")
        raise ArithmeticFault(token.at, what, Text("such as 0.25 or 1/4", "例如 0.25 或 1/4"))

    def _parenthesised(self, opening: Token) -> _Part:
        inner = self.expression(_SUM)
        if self._operator != ")":
            what = Text("a parenthesis is not closed", "括号没有闭合")
            raise ArithmeticFault(opening.at, what, Text("add the missing )", "请补上 )"))
        self._take()
        return inner

    def _named(self, token: Token) -> _Part:
        if token.text in CONSTANTS:
            return _Part(CONSTANTS[token.text], token.text, _ATOM)
        if token.text in FUNCTIONS:
            if self._operator != "(":
                what = Text(f"{token.text} needs parentheses", f"{token.text} 后面需要括号")
                hint = Text(f"such as {token.text}(2)", f"例如 {token.text}(2)")
                raise ArithmeticFault(self._now.at, what, hint)
            return self._call(token, token.text, self._parenthesised(self._take()))
        what = Text(f"{token.text!r} is not known here", f"不认识 {token.text!r}")
        known = ", ".join([*CONSTANTS, *FUNCTIONS])
        raise ArithmeticFault(token.at, what, Text(f"known are {known}", f"可用的有 {known}"))

    def _call(self, token: Token, name: str, argument: _Part) -> _Part:
        value = self._defined(token, FUNCTIONS[name], argument.value)
        return _Part(value, f"{'ln' if name == 'log' else name}({argument.shown})", _ATOM)

    def _signed(self, token: Token, operand: _Part) -> _Part:
        if token.text == "+":
            return operand
        return _Part(-operand.value, f"-{_held(operand, _ATOM)}", _SIGN, operand.written)

    def _percent(self, operand: _Part) -> _Part:
        if self._operator != "%":
            return operand
        percent = self._take()
        value = self._defined(percent, BINARY["/"], operand.value, Fraction(100))
        written = operand.written and operand.written.scaled(Fraction(1, 100))
        return _Part(value, f"{_held(operand, _ATOM)}%", _ATOM, written)

    def _join(self, left: _Part, operator: Token, right: _Part, strength: int) -> _Part:
        value = self._defined(operator, BINARY[operator.text], left.value, right.value)
        sign = operator.text
        divided = sign == "*" and left.quotient
        before = f"({left.shown})" if divided else _held(left, strength + (sign == "^"))
        after = _held(right, strength + 1)
        space = " " if strength == _SUM else ""
        return _Part(
            value,
            f"{before}{space}{sign}{space}{after}",
            strength,
            _scientific(left, sign, right),
            quotient=sign == "/",
            power_of_ten=sign == "^" and left.value == 10,
        )

    def _defined(self, token: Token, operation: Callable[..., Value], *operands: Value) -> Value:
        try:
            return operation(*operands)
        except UndefinedError as undefined:
            hint = Text("a finite real number is asked for", "需要一个有限实数")
            raise ArithmeticFault(token.at, undefined.what, hint) from None


def _scientific(left: _Part, sign: str, right: _Part) -> Written | None:
    """Return the precision of ``1.5*10^-3``, which is one decimal in another spelling."""
    if sign == "*" and left.written and right.power_of_ten and isinstance(right.value, Fraction):
        return left.written.scaled(right.value)
    return None


def _held(part: _Part, strength: int) -> str:
    """Show a part in a place that needs some strength, in parentheses if it is weaker."""
    return part.shown if part.strength >= strength else f"({part.shown})"

"""Tokens to a tree: a precedence parser that never runs what it reads."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.expressions import complaints, groups
from studydl.cards.expressions.building import Builder, Form
from studydl.cards.expressions.names import resolved
from studydl.cards.expressions.remarks import grouping
from studydl.cards.expressions.strength import OPERATORS, Strength
from studydl.cards.expressions.token import CLOSING, Kind, Token
from studydl.cards.expressions.tokens import tokens_of
from studydl.cards.expressions.tree import Constant, Number, Variable
from studydl.cards.expressions.vocabulary import FUNCTIONS

if TYPE_CHECKING:
    from studydl.cards.expressions.building import Part
    from studydl.cards.expressions.tree import Expression, Operator
    from studydl.cards.expressions.vocabulary import Vocabulary
    from studydl.language import Text

__all__ = ["MAX_DEPTH", "Reading", "parse", "read"]

MAX_DEPTH = 40
"""Brackets, powers, signs and functions inside one another."""

# A power groups to the right, and a sign may stand in its exponent: 2^-3^2.
_RIGHT = {
    **dict.fromkeys("+-", Strength.NEGATIVE),
    **dict.fromkeys("*/^", Strength.FACTOR),
}
_OPERATORS: dict[str, Operator] = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "^"}
_BRACKETS = ("(", "[", "{")
_LEAVES = frozenset({Kind.NUMBER, Kind.VARIABLE, Kind.CONSTANT})
_OPERANDS = _LEAVES | {Kind.FUNCTION, Kind.FRACTION, Kind.ROOT}


class Reading(NamedTuple):
    """A formula as it was understood.

    Attributes:
        expression: The tree.
        remarks: Where it could have been meant otherwise, or was read with some liberty.
    """

    expression: Expression
    remarks: tuple[Text, ...]


def parse(text: str, vocabulary: Vocabulary) -> Expression:
    """Return the tree of a typed formula.

    Raises:
        ExpressionFault: If it is no formula of this vocabulary.
    """
    return read(text, vocabulary).expression


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Return the tree of a typed formula, with remarks on how it was understood.

    Length, depth, number of nodes, digits, exponents and constants are bounded, so that any text
    is answered at once and the tree is safe to compute with.

    Raises:
        ExpressionFault: If it is no formula of this vocabulary.
    """
    tokens, dropped = tokens_of(text)
    words, apart = resolved(tokens, vocabulary)
    parser = _Parser(words)
    part = parser.expression(Strength.SUM)
    parser.expect_end()
    return Reading(part.node, (*dropped, *apart, *parser.remarks))


class _Parser:
    """Reads expressions off a list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._open: list[Token] = []
        self._build = Builder()
        self.remarks: list[Text] = []

    def expression(self, least: Strength) -> Part:
        """Read operands joined by operators of at least some strength."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise complaints.too_deep(self._now.at)
        left = self._operand(least)
        while self._strength() >= least:
            left = self._joined(left) if self._now.text in OPERATORS else self._adjacent(left)
        self._depth -= 1
        return left

    def expect_end(self) -> None:
        """Refuse what is left over."""
        token = self._now
        if token.text == ",":
            raise complaints.stray_comma(token.at)
        if token.kind is not Kind.END:
            raise complaints.unopened(token.at, token.text[-1])

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._now
        self._place += 1
        return token

    def _strength(self) -> int:
        """Return the strength of the operator that is next, written or not; -1 if none is."""
        token = self._now
        if token.kind is Kind.OPERATOR and token.text in OPERATORS:
            return OPERATORS[token.text]
        closes = token.text == "|" and self._open and self._open[-1].text == "|"
        return Strength.PRODUCT if _starts_operand(token) and not closes else -1

    def _joined(self, left: Part) -> Part:
        token = self._take()
        operator = _OPERATORS[token.text]
        right = self.expression(_RIGHT[operator])
        return self._build.binary(operator, token.at, left, right)

    def _adjacent(self, left: Part) -> Part:
        """Read a factor that follows without a sign: ``2x``, ``s(1-s)``."""
        token, before = self._now, self._tokens[self._place - 1]
        if token.kind is Kind.NUMBER:
            raise complaints.missing_operator(token.at, token.text)
        right = self.expression(Strength.FACTOR)
        product = self._build.binary("*", token.at, left, right)
        if remark := grouping(left, right, touching=before.end == token.at):
            self.remarks.append(remark)
        return product

    def _operand(self, least: Strength) -> Part:
        token = self._now
        if token.text in ("-", "+"):
            self._place += 1
            operand = self.expression(max(least, Strength.PRODUCT))
            return operand if token.text == "+" else self._build.negative(token.at, operand)
        part = self._atom()
        while self._now.text == "!":
            part = self._factorial(part)
        return part

    def _factorial(self, part: Part) -> Part:
        sign = self._take()
        if part.form is Form.FACTORIAL:
            raise complaints.factorial_twice(sign.at)
        return self._build.call(part.at, "factorial", (part,), Form.FACTORIAL)

    def _atom(self) -> Part:
        token = self._now
        if not _starts_operand(token):
            before = self._tokens[self._place - 1] if self._place else None
            raise groups.missing(before, token)
        self._place += 1
        match token.kind:
            case Kind.NUMBER | Kind.VARIABLE | Kind.CONSTANT:
                return self._build.leaf(token.at, _leaf(token))
            case Kind.FUNCTION:
                return self._function(token)
            case Kind.FRACTION:
                over, under = self._argument(token), self._argument(token)
                return self._build.binary("/", token.at, over, under, Form.WHOLE)
            case Kind.ROOT:
                return self._root(token)
            case _:
                return self._bracketed(token)

    def _bracketed(self, opening: Token) -> Part:
        inner = self._group(opening)[0]
        if opening.text[0] == "|":
            return self._build.call(opening.at, "abs", (inner,))
        return inner._replace(form=Form.WHOLE, at=opening.at)

    def _group(self, opening: Token, *, separated: bool = False) -> list[Part]:
        """Read what an opened bracket holds: several parts, if commas may separate them."""
        self._open.append(opening)
        parts = [self.expression(Strength.SUM)]
        while separated and self._now.text == ",":
            self._place += 1
            parts.append(self.expression(Strength.SUM))
        if self._now.text != CLOSING[opening.text]:
            raise groups.not_closed(opening, self._now)
        self._open.pop()
        self._place += 1
        return parts

    def _function(self, function: Token) -> Part:
        exponent = self._exponent(function) if self._now.text == "^" else None
        call = self._called(function)
        if exponent is None:
            return call
        return self._build.binary("^", function.at, call, exponent, call.form)

    def _exponent(self, function: Token) -> Part:
        """Read the power between a function and its argument: ``tanh^2(x)``."""
        self._place += 1
        if function.text != "exp" and self._now.text != "-":
            exponent = self._argument(function)
            if isinstance(exponent.node, Number):
                return exponent
        raise complaints.power_of_function(function.at, function.text)

    def _called(self, function: Token) -> Part:
        name, opening = function.text, self._now
        wanted = FUNCTIONS[name]
        if opening.text in _BRACKETS:
            self._place += 1
            if self._now.text == CLOSING[opening.text]:
                raise complaints.missing_argument(self._now.at, name)
            arguments = self._group(opening, separated=True)
            form = Form.WHOLE
        elif _starts_operand(opening) or opening.text == "-":
            arguments = [self.expression(Strength.FACTOR)]
            form = Form.BARE
        else:
            raise complaints.missing_argument(function.at, name)
        if len(arguments) != wanted:
            closing = self._tokens[self._place - 1]
            at = arguments[wanted].at if len(arguments) > wanted else closing.at
            raise complaints.wrong_count(at, name, wanted, len(arguments))
        return self._build.call(function.at, name, tuple(arguments), form)

    def _argument(self, macro: Token) -> Part:
        """Read a bracket, a number or a name, which is what a root or a fraction takes."""
        token = self._now
        if token.kind not in _LEAVES and token.text not in _BRACKETS:
            raise complaints.macro_argument(token.at, macro.text)
        return self._atom()

    def _root(self, macro: Token) -> Part:
        if self._now.text != "[":
            return self._build.call(macro.at, "sqrt", (self._argument(macro),))
        degree = self._bracketed(self._take())
        base = self._argument(macro)
        one = self._build.leaf(macro.at, Number(Fraction(1)))
        inverse = self._build.binary("/", degree.at, one, degree)
        return self._build.binary("^", macro.at, base, inverse, Form.WHOLE)


def _leaf(token: Token) -> Expression:
    if token.kind is Kind.NUMBER:
        return Number(token.value)
    return Variable(token.text) if token.kind is Kind.VARIABLE else Constant(token.text)


def _starts_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or token.text in CLOSING

"""The linear form means what the formula means.

Random arithmetic is written as LaTeX, put in one row, and read again by a reader that is written
from the rules of precedence alone: it shares nothing with the package, and refuses what could be
read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.notation import inline


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Operation:
    sign: str  # + - * juxtaposed / slash ^ neg root
    left: object
    right: object = None


def root_of(value: Fraction) -> Fraction:
    """Stands for a root: any exact function shows which argument it was given."""
    return value * value + 7


def evaluate(node) -> Fraction:
    if isinstance(node, Number):
        return Fraction(node.value)
    left = evaluate(node.left)
    if node.sign == "neg":
        return -left
    if node.sign == "root":
        return root_of(left)
    right = evaluate(node.right)
    return apply(node.sign, left, right)


def apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign in ("*", "juxtaposed"):
        return left * right
    if sign in ("/", "slash"):
        return left / right
    if right.denominator != 1 or abs(right) > 6 or (left and abs(left.numerator) > 10**9):
        raise OverflowError
    return left**right.numerator


_LEVELS = {"+": 1, "-": 1, "neg": 1, "*": 2, "slash": 2, "juxtaposed": 2}


def level(node) -> int:
    if isinstance(node, Number):
        return 4
    return _LEVELS.get(node.sign, 3)


def latex(node) -> str:  # noqa: PLR0911 - one case an operation
    """The tree as an author writes it: fractions stacked, parentheses only where TeX needs them."""
    if isinstance(node, Number):
        return str(node.value)
    sign, left, right = node.sign, node.left, node.right
    if sign == "/":
        return f"\\frac{{{latex(left)}}}{{{latex(right)}}}"
    if sign == "root":
        return f"\\sqrt{{{latex(left)}}}"
    if sign == "^":
        return f"{grouped(left)}^{{{latex(right)}}}"
    if sign == "neg":
        return f"-{wrapped(left, 2)}"
    if sign == "juxtaposed":
        # Digits side by side would be one number, so one side is always fenced or stacked.
        return f"{separate(left)} {separate(right)}"
    if sign == "slash":
        return f"{wrapped(left, 3)}/{wrapped(right, 3)}"
    if sign == "*":
        return f"{wrapped(left, 2)} \\cdot {wrapped(right, 3)}"
    return f"{wrapped(left, 1)} {sign} {wrapped(right, 2)}"


def wrapped(node, least: int) -> str:
    return latex(node) if level(node) >= least else f"\\left({latex(node)}\\right)"


def grouped(node) -> str:
    """The base of a power: invisible braces where they group, parentheses round a sum."""
    return f"{{{latex(node)}}}" if level(node) == 3 else wrapped(node, 4)


def separate(node) -> str:
    stacked = isinstance(node, Operation) and node.sign in ("/", "root")
    return latex(node) if stacked else f"({latex(node)})"


def trees() -> st.SearchStrategy:
    numbers = st.builds(Number, st.integers(0, 12))
    return st.recursive(
        numbers,
        lambda inner: st.one_of(
            st.builds(
                Operation,
                st.sampled_from(["+", "-", "*", "/", "juxtaposed", "slash"]),
                inner,
                inner,
            ),
            st.builds(Operation, st.just("^"), inner, inner | numbers),
            st.builds(Operation, st.sampled_from(["neg", "root"]), inner),
        ),
        max_leaves=9,
    )


class AmbiguousError(ValueError):
    """The text can be read in two ways."""


_RAISED = {c: unicodedata.normalize("NFKC", c).replace("−", "-") for c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"}
_LEXEME = re.compile(r"\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾]+|sqrt|\S")


def read(text: str) -> Fraction:
    """The value of a linear form: ^ before juxtaposition before * and / before + and -."""
    reader = Reader(_LEXEME.findall(text.replace("−", "-")))
    value = reader.sum()
    if reader.lexemes:
        raise AmbiguousError(f"left over: {reader.lexemes}")
    return value


class Reader:
    def __init__(self, lexemes: list[str]) -> None:
        self.lexemes = lexemes

    def peek(self) -> str:
        return self.lexemes[0] if self.lexemes else ""

    def take(self) -> str:
        return self.lexemes.pop(0)

    def sum(self) -> Fraction:
        value = self.product()
        while self.peek() in ("+", "-"):
            sign = self.take()
            value = apply(sign, value, self.product())
        return value

    def product(self) -> Fraction:
        if self.peek() == "-":
            self.take()
            return -self.product()
        # Before a / both readings of a product agree: (2x)/3 is 2(x/3). Behind it they do not.
        value, _ = self.juxtaposed()
        while self.peek() in ("·", "*", "/"):
            sign = self.take()
            if self.peek() == "-":
                raise AmbiguousError("a sign behind an operator")
            right, joined = self.juxtaposed()
            if sign == "/" and joined:
                raise AmbiguousError("a juxtaposed product behind /")
            value = apply("/" if sign == "/" else "*", value, right)
        return value

    def juxtaposed(self) -> tuple[Fraction, bool]:
        value, joined = self.power(), False
        while self.peek() and (
            self.peek() in "(√" or self.peek() == "sqrt" or self.peek().isdigit()
        ):
            value, joined = value * self.power(), True
        return value, joined

    def power(self) -> Fraction:
        base = self.atom()
        if self.peek() == "^":
            self.take()
            base = apply("^", base, self.atom())
        elif self.peek() and self.peek()[0] in _RAISED:
            raised = "".join(_RAISED[c] for c in self.take())
            base = apply("^", base, read(raised))
        if self.peek() == "^" or (self.peek() and self.peek()[0] in _RAISED):
            raise AmbiguousError("a power of a power")
        return base

    def atom(self) -> Fraction:
        lexeme = self.take() if self.lexemes else ""
        if lexeme in ("√", "sqrt"):
            if self.peek() != "(" and not self.peek().isdigit():
                raise AmbiguousError("what is the root of?")
            bare = self.peek() != "("
            value = root_of(self.atom())
            if bare and self.peek() and (self.peek()[0] in _RAISED or self.peek() in "(√^"):
                raise AmbiguousError("how far does the root reach?")
            if self.peek() and self.peek()[0] in _RAISED:
                raise AmbiguousError("is the root or its argument raised?")
            return value
        if lexeme == "(":
            value = self.sum()
            if not self.lexemes or self.take() != ")":
                raise AmbiguousError("an open parenthesis")
            return value
        if lexeme.isdigit() and lexeme[0] not in _RAISED:
            return Fraction(int(lexeme))
        raise AmbiguousError(f"no operand at {lexeme!r}")


def outcome(of, argument) -> Fraction | None:
    """A value, or None where division by zero or a huge power leaves none."""
    try:
        return of(argument)
    except (ZeroDivisionError, OverflowError):
        return None


@settings(max_examples=1500, deadline=None)
@given(trees())
def test_the_linear_form_of_arithmetic_has_the_value_of_the_formula(tree):
    value = outcome(evaluate, tree)
    for spelled in (False, True):
        row = inline(latex(tree), ascii=spelled)
        assert outcome(read, row) == value, row


@pytest.mark.parametrize(
    "wrong",
    ["1/2(3)", "2/(3)(4)", "√2(3)", "√2²", "1 + ", "(1", "2 · -3"],
)
def test_the_reader_refuses_what_can_be_read_in_two_ways(wrong):
    with pytest.raises(AmbiguousError):
        read(wrong)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 + 2 · 3", 7), ("(1 + 2)/(2 · 3)", Fraction(1, 2)), ("−2²", -4), ("2³(4)", 32),
     ("2^(1 + 1)", 4), ("8/2/2", 2), ("√(1)", 8), ("3 - 2 - 1", 0)],
)  # fmt: skip
def test_the_reader_knows_precedence(text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("source", "row"),
    [
        (r"\frac{1}{4}", "1/4"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{1}{1+e^{-x}}", "1/(1 + e⁻ˣ)"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{a}{b}c", "(a/b) c"),
        (r"c\frac{a}{b}", "c (a/b)"),
        (r"\frac{a}{b} \cdot c", "a/b · c"),
        (r"x/\frac{a}{b}", "x/(a/b)"),
        (r"-\frac{a}{b} + 1", "−a/b + 1"),
        (r"\log \frac{a}{b}", "log (a/b)"),
        (r"\log -\frac{a}{b}", "log −(a/b)"),
        (r"\frac{\log x}{y}", "(log x)/y"),
        (r"\sum_i \frac{x_i}{n}", "∑ᵢ (xᵢ/n)"),
        (r"\frac{\partial L}{\partial x_i}", "∂L/∂xᵢ"),
        (r"\frac{\nabla f}{g}", "(∇f)/g"),
        (r"\frac{d}{dx} f", "(d/dx) f"),
        (r"\frac{n!}{k!}", "(n!)/(k!)"),
        (r"\sqrt{x}y", "√(x) y"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"{x^2}^3", "(x²)³"),
        (r"{x_1}^2", "x₁²"),
        (r"{x_1}_2", "(x₁)₂"),
        (r"{a+b}^2", "(a + b)²"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"x^{y^2}", "x^(y²)"),
        (r"a^2 {}^3b", "a² ³b"),
        (r"x{a+b}", "x(a + b)"),
        (r"\left. f + g \right|_{x=0}", "(f + g)|ₓ₌₀"),
        (r"\bar{x_i}", "x̄ᵢ"),
        (r"\hat{y}", "ŷ"),
    ],
)
def test_parentheses_stand_where_height_said_what_binds(source, row):
    assert inline(source) == row


@pytest.mark.parametrize(
    "source",
    [r"\bar{x^2}", r"\overline{xy}", r"\begin{pmatrix}1\\2\end{pmatrix}", r"\overset{d}{\to}"],
)
def test_what_needs_height_has_no_single_row(source):
    assert inline(source) is None

"""What is printed is what was written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    Abs,
    Add,
    Derivative,
    Function,
    I,
    IndexedBase,
    Integer,
    Integral,
    Limit,
    Max,
    Mul,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    erf,
    evaluate,
    exp,
    factorial,
    log,
    oo,
    pi,
    sqrt,
    tanh,
)

from studydl import notation
from studydl.verification.definitions import EXPECTATION
from studydl.verification.latex import latex

x, y, a, beta = (Symbol(name) for name in ("x", "y", "alpha", "beta_1"))
i, n = Symbol("i", integer=True), Symbol("n", integer=True)
g, f, sigma = IndexedBase("g"), Function("f"), Function("sigma")

with evaluate(False):
    TABLE = {
        r"1 + x": 1 + x,
        r"x + 1": x + 1,
        r"1 + x - 1": 1 + x - 1,
        r"1 + \left(x - 1\right)": 1 + (x - 1),
        r"1 - \left(x - y\right)": 1 - (x - y),
        r"x - 2 y": x - 2 * y,
        r"-x + y": -x + y,
        r"x \left(-y\right)": x * Mul(-1, y),
        r"-\left(-x\right)": Mul(-1, Mul(-1, x)),
        r"-\frac{x}{y}": -(x / y),
        r"\frac{-x}{y}": (-x) / y,
        r"\frac{x}{y} \alpha": x / y * a,
        r"\frac{1}{x} \cdot \frac{x}{y}": (1 / x) * (x / y),
        r"x \frac{x}{y}": x * (x / y),
        r"2 \cdot 2 x": 2 * (2 * x),
        r"\left(x + y\right) \left(x - y\right)": (x + y) * (x - y),
        r"\frac{x + y}{x - y}": (x + y) / (x - y),
        r"\frac{1}{2} - x": Rational(1, 2) - x,
        r"x - \frac{1}{2}": x - Rational(1, 2),
        r"\left(\frac{1}{2}\right)^{x}": Rational(1, 2) ** x,
        r"\left(x y\right)^{2}": (x * y) ** 2,
        r"\left(x^{2}\right)^{y}": (x**2) ** y,
        r"\left(e^{x}\right)^{2}": exp(x) ** 2,
        r"x^{-2}": x**-2,
        r"e^{-2 x}": exp(-2 * x),
        r"\sqrt{x + y}": sqrt(x + y),
        r"\tanh^{2}\left(x\right)": tanh(x) ** 2,
        r"\sigma\left(2 x\right)^{2}": sigma(2 * x) ** 2,
        r"f_{n - 1}": f(n - 1),
        r"f\left(x, y\right)": f(x, y),
        r"g_{n - i}": g[n - i],
        r"\beta_{1}^{n}": beta**n,
        r"\operatorname{E}\left[g_{i}^{2}\right]": EXPECTATION(g[i] ** 2),
        r"\frac{d}{d x} \left(x + 1\right)": Derivative(x + 1, x),
        r"\frac{\partial}{\partial x} \left(x y\right)": Derivative(x * y, x),
        r"\frac{d^{2}}{d x^{2}} \tanh\left(x\right)": Derivative(tanh(x), x, x),
        r"\left(\frac{d}{d x} x\right) y": Derivative(x, x) * y,
        r"y \frac{d}{d x} x": y * Derivative(x, x),
        r"\left.\frac{d}{d x} f\left(x\right)\right|_{x = 2 y}": Subs(
            Derivative(f(x), x), x, 2 * y
        ),
        r"\left|x - y\right|": Abs(x - y),
        r"\max\left(0, x\right)": Max(0, x),
        r"\operatorname{erf}\left(x\right)": erf(x),
        r"\log\left(x\right)": log(x),
        r"n!": factorial(n),
        r"\left(n + 1\right)!": factorial(n + 1),
        r"2 \pi x": 2 * pi * x,
    }
    ADDED, MULTIPLIED = x + y, x * y

SUMMED = Sum(MULTIPLIED, (i, 0, n))
TABLE |= {
    r"\sum_{i = 0}^{n} x y": SUMMED,
    r"\sum_{i = 0}^{n} \left(x + y\right)": Sum(ADDED, (i, 0, n)),
    r"\prod_{i = 1}^{n} g_{i}": Product(g[i], (i, 1, n)),
    r"\lim_{n \to \infty} \left(x + y\right)": Limit(ADDED, n, oo),
    r"\lim_{n \to -\infty} x^{n}": Limit(x**n, n, -oo),
    r"\int_{0}^{1} \left(x + y\right) \, d x": Integral(ADDED, (x, 0, 1)),
    r"\int \tanh\left(x\right) \, d x": Integral(tanh(x), x),
    r"\left(\sum_{i = 0}^{n} x y\right) + y": Add(SUMMED, y, evaluate=False),
    r"y + \sum_{i = 0}^{n} x y": Add(y, SUMMED, evaluate=False),
}


@pytest.mark.parametrize("expected", TABLE)
def test_an_expression_is_printed_in_its_written_order(expected: str) -> None:
    assert latex(TABLE[expected]) == expected


@pytest.mark.parametrize("source", TABLE)
def test_what_is_printed_can_be_drawn(source: str) -> None:
    assert notation.render(source).rows


@pytest.mark.parametrize("unknown", [x + I, "x", Integer])
def test_what_has_no_rule_is_refused_instead_of_guessed(unknown: Any) -> None:
    with pytest.raises(ValueError, match="LaTeX form"):
        latex(unknown)


def _combined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def unevaluated(operation: Any) -> Any:
        def build(*operands: Any) -> Any:
            with evaluate(False):
                return operation(*operands)

        return build

    binary = [
        lambda u, v: u + v,
        lambda u, v: u - v,
        lambda u, v: u * v,
        lambda u, v: u / v,
        lambda u, v: u**v,
    ]
    unary = [exp, log, tanh, sigma, Abs, lambda u: -u, lambda u: Derivative(u, x)]
    return st.one_of(
        *(st.builds(unevaluated(each), parts, parts) for each in binary),
        *(st.builds(unevaluated(each), parts) for each in unary),
    )


_EXPRESSIONS = st.recursive(
    st.sampled_from([x, y, a, Integer(2), Rational(1, 3), Integer(-1)]), _combined, max_leaves=8
)


@given(_EXPRESSIONS)
def test_every_tree_of_known_parts_can_be_drawn(expression: Any) -> None:
    assert notation.render(latex(expression)).rows

"""What is written reads back as what it was written from, and can be drawn."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl import notation
from studydl.cards.expressions import (
    FUNCTIONS,
    Binary,
    Call,
    Constant,
    Negative,
    Number,
    Variable,
    Vocabulary,
    parse,
    to_latex,
    to_text,
)

NAMES = ["x", "s", "w_i", "beta_1", "sigma_b", "y_hat", "m_hat_t", "x_max", "N", "lr", "epsilon"]
CARD = Vocabulary(NAMES, FUNCTIONS)
SINGLE = [name for name, arity in FUNCTIONS.items() if arity == 1 and name != "factorial"]
DOUBLE = [name for name, arity in FUNCTIONS.items() if arity == 2]

VARIABLES = st.sampled_from(NAMES).map(Variable)
LEAVES = VARIABLES | st.sampled_from(["e", "pi"]).map(Constant)
WHOLE = st.integers(0, 99_999).map(lambda value: Number(Fraction(value)))
DECIMALS = st.decimals(0, 999, places=4).map(lambda value: Number(Fraction(value)))
SCALED = st.builds(
    lambda digits, power: Number(digits * Fraction(10) ** power),
    st.integers(1, 99_999),
    st.integers(-40, 40),
)


def extended(parts):
    """Larger expressions; a product of a variable and anything keeps constants out of powers."""
    varying = st.builds(Binary, st.sampled_from("+-*/"), parts, VARIABLES) | VARIABLES
    small = st.integers(1, 3).map(lambda value: Number(Fraction(value)))
    return st.one_of(
        parts.map(Negative),
        st.builds(Binary, st.sampled_from("+-*/"), parts, parts),
        st.builds(Binary, st.just("^"), varying, small | small.map(Negative)),
        st.builds(Binary, st.just("^"), parts, varying | varying.map(Negative)),
        st.builds(lambda name, part: Call(name, (part,)), st.sampled_from(SINGLE), parts),
        st.builds(lambda name, *pair: Call(name, pair), st.sampled_from(DOUBLE), parts, parts),
        st.builds(lambda part: Call("factorial", (part,)), varying),
    )


def trees(numbers):
    return st.recursive(numbers | LEAVES, extended, max_leaves=6)


@given(trees(WHOLE | DECIMALS | SCALED))
def test_the_typed_form_reads_back_as_the_same_tree(tree):
    assert parse(to_text(tree), CARD) == tree


@given(trees(st.integers(0, 999).map(lambda value: Number(Fraction(value, 10)))))
def test_the_drawn_form_reads_back_as_the_same_tree(tree):
    latex = to_latex(tree)

    if len(latex) <= 400:
        assert parse(latex, CARD) == tree


@given(trees(WHOLE | DECIMALS | SCALED))
def test_every_formula_can_be_drawn(tree):
    assert notation.inline(to_latex(tree))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("1/2x", r"\frac{1}{2} \cdot x"),
        ("1/(2x)", r"\frac{1}{2 x}"),
        ("s(1-s)", r"s \cdot \left(1 - s\right)"),
        ("-x^2", "-x^{2}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("e^-x", "e^{-x}"),
        ("exp(-x)", r"\exp\left(-x\right)"),
        ("log x", r"\ln\left(x\right)"),
        ("tanh^2 x", r"\left(\tanh\left(x\right)\right)^{2}"),
        ("(x/s)^2", r"\left(\frac{x}{s}\right)^{2}"),
        ("σ(x)", r"\operatorname{sigmoid}\left(x\right)"),
        ("|x|^2", r"\left|x\right|^{2}"),
        ("1/2004!", r"\frac{1}{2004!}"),
        ("sqrt(x+1e-8)", r"\sqrt{x + 10^{-8}}"),
        ("2.5e-9x", r"2.5 \cdot 10^{-9} \cdot x"),
        ("beta1^N", r"\beta_{1}^{N}"),
        ("mhat_t", r"\hat{m}_{t}"),
        ("xmax", r"x_{\mathrm{max}}"),
        ("lr*sigma_b", r"\mathrm{lr} \cdot \sigma_{b}"),
        ("2pi", r"2 \pi"),
        ("x^-(1/2)", r"x^{-\frac{1}{2}}"),
    ],
)
def test_the_drawing_shows_the_grouping(text, latex):
    assert to_latex(parse(text, CARD)) == latex


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (Fraction(-3, 2), "(-1.5)^x", r"\left(-1.5\right)^{x}"),
        (Fraction(1, 3), "(1/3)^x", r"\left(\frac{1}{3}\right)^{x}"),
        (Fraction(10) ** 30, "1e30^x", r"\left(10^{30}\right)^{x}"),
    ],
)
def test_numbers_that_nobody_typed_are_written_by_their_value(value, text, latex):
    tree = Binary("^", Number(value), Variable("x"))

    assert (to_text(tree), to_latex(tree)) == (text, latex)

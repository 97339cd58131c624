"""Reading: what is accepted, and that everything else is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.notation import NotationError, parse, plain, render, unparse


@pytest.mark.parametrize(
    ("latex", "offset", "words"),
    [
        (r"x + \epslon", 4, r"did you mean \epsilon?"),
        (r"\foo", 0, r"unknown macro \foo"),
        (r"a {b", 2, "not closed"),
        (r"a} b", 1, "no { before it"),
        (r"a \left( b", 2, r"\right is missing"),
        (r"a \right)", 2, r"no \left before it"),
        (r"\left\alpha x \right)", 5, "needs a delimiter"),
        (r"x^1^2", 3, "second superscript"),
        (r"x_1_2", 3, "second subscript"),
        (r"x^a'", 3, "second superscript"),
        (r"^2", 0, "nothing to stand on"),
        (r"x^", 1, "lacks its argument"),
        (r"\frac{1}", 0, "lacks its argument"),
        (r"\sqrt[3", 5, "not closed"),
        (r"\text{a", 5, "not closed"),
        (r"\begin{case} x \end{case}", 0, "did you mean cases?"),
        (r"\begin{cases} x", 0, r"\end is missing"),
        (r"\begin{cases} x \end{matrix}", 16, "closed by another name"),
        (r"\begin{array}{q} x \end{array}", 0, "letters l, c, r"),
        (r"a & b", 2, "aligned"),
        (r"a \\ b", 2, "aligned"),
        (r"50%", 2, r"write \%"),
        (r"a $ b", 2, r"write \$"),
        ("a \\", 2, "macro name"),
        ("x\u0302", 1, "combining"),
        (r"\not x", 0, "relation"),
    ],
)
def test_a_fault_is_refused_with_its_place(latex, offset, words):
    with pytest.raises(NotationError) as caught:
        parse(latex)
    assert caught.value.offset == offset
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "latex",
    ["{" * 500, "(" * 500, r"\hat" * 500 + "x", "x" + "^{x" * 500, r"\left(" * 500,
     "({" * 500, r"\begin{matrix}" * 500, r"\frac" * 500, r"\sqrt[" * 500],
)  # fmt: skip
def test_deep_nesting_is_refused_not_a_crash(latex):
    with pytest.raises(NotationError, match="nested"):
        parse(latex)


def test_many_parentheses_side_by_side_are_not_deep():
    assert plain("$" + "(a)" * 200 + "$") == "(a)" * 200


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_tree_survives_being_written_and_read_again(formulas, data):
    tree = parse(data.draw(formulas))
    assert parse(unparse(tree)) == tree


_FRAGMENTS = [
    "{", "}", "^", "_", "'", "&", r"\\", "(", ")", "[", "]", "|", r"\|", r"\left(", r"\right)",
    r"\left", r"\right", r"\middle", r"\frac", r"\sqrt", r"\begin{cases}", r"\end{cases}", r"\text",
    r"\mathbf", r"\hat", r"\not", r"\big", r"\substack", r"\limits", "x", "12", "0.1", "-", "=",
    r"\sum", r"\operatorname", r"\alpha", " ", "中", "%", "\\", r"\underset", r"\begin{array}{l}",
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(_FRAGMENTS) | st.characters(), max_size=25).map("".join))
def test_any_text_is_drawn_or_refused(latex):
    try:
        tree = parse(latex)
    except NotationError as refused:
        fault = refused
    else:
        render(latex)
        render(latex, ascii=True)
        assert parse(unparse(tree)) == tree
        return
    assert 0 <= fault.offset <= len(latex)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"(a)", r"\left(a\right)"),
        (r"|a|", r"\lvert a \rvert"),
        (r"\|a\|", r"\left\|a\right\|"),
        (r"\bigl(a\bigr)", "(a)"),
        (r"\dfrac12", r"\frac{1}{2}"),
        (r"f''", r"f^{\prime\prime}"),
        (r"\mathbf{Wx}_1", r"{\mathbf{Wx}}_{1}"),
        (r"\sum\limits_i", r"\sum_i"),
        ("α ≤ 1", r"\alpha \leq 1"),
        (r"\begin{align*}a&=b\end{align*}", r"\begin{aligned}a&=b\end{aligned}"),
    ],
)
def test_two_spellings_of_one_formula_are_one_tree(one, other):
    assert plain(f"${one}$") == plain(f"${other}$")
    assert render(one) == render(other)


def test_a_half_open_interval_is_a_pair_and_a_lone_bar_is_not():
    assert plain("$x \\in [0, 1)^2$") == "x ∈ [0, 1)²"
    assert plain("$P(a|b)$") == "P(a|b)"

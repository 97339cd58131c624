"""What every drawing obeys, whatever the formula."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.notation import cells, inline, plain, render


@settings(max_examples=300, deadline=None)
@given(data=st.data(), plain_text=st.booleans())
def test_every_row_of_a_drawing_has_its_width_and_the_baseline_is_inside(
    formulas, data, plain_text
):
    box = render(data.draw(formulas), ascii=plain_text)
    assert {cells(row) for row in box.rows} == {box.width}
    assert 0 <= box.baseline < len(box.rows)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), width=st.integers(1, 60))
def test_a_width_limit_keeps_the_rows_even_and_loses_no_glyph(formulas, data, width):
    latex = data.draw(formulas)
    free, bound = render(latex), render(latex, max_width=width)
    assert {cells(row) for row in bound.rows} == {bound.width}
    assert sorted("".join(bound.rows).replace(" ", "")) == sorted(
        "".join(free.rows).replace(" ", "")
    )


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_ascii_is_ascii_but_for_words_that_are_not(formulas, data):
    latex = data.draw(formulas.map(lambda found: found.replace("中文", "so").replace("学", "z")))
    assert "".join(render(latex, ascii=True).rows).isascii()
    assert plain(f"${latex}$", ascii=True).isascii()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_one_row_form_is_the_plain_form(formulas, data):
    latex = data.draw(formulas)
    row = inline(latex)
    assert row is None or "\n" not in row
    assert row is None or row.split() == plain(f"${latex}$").split()


def rows(latex: str, **options) -> list[str]:
    return [row.rstrip() for row in render(latex, **options).rows]


def test_a_wide_formula_breaks_between_equations_then_before_relations_then_before_signs():
    latex = r"a = b + c + d = e, \quad f = g"
    assert rows(latex) == ["a = b + c + d = e,   f = g"]
    assert rows(latex, max_width=20) == ["a = b + c + d = e,", "f = g"]
    assert rows(latex, max_width=17) == ["a = b + c + d", "    = e,", "f = g"]
    assert rows(latex, max_width=11) == ["a = b + c", "        + d", "    = e,", "f = g"]


def test_a_fraction_is_never_broken():
    assert render(r"\frac{a+b+c+d}{e}", max_width=5).width == 15


def test_a_minus_that_begins_a_line_keeps_the_space_of_a_binary_sign():
    assert rows("aaaa - bbbb", max_width=10) == ["aaaa", "    − bbbb"]


def test_a_relation_never_follows_a_term_on_its_line():
    broken = ["a = bbbbbbbbbbbbbb", "        + c", "    = d"]
    assert rows("a = bbbbbbbbbbbbbb + c = d", max_width=20) == broken


@pytest.mark.parametrize(
    ("latex", "drawing"),
    [
        (r"\sqrt{x}", [" ▁", "√x"]),
        (r"\left\{\frac{a}{b}\right.", ["⎧ a", "⎨───", "⎩ b"]),
        (r"\left\|\frac{a}{b}\right\|", ["║ a ║", "║───║", "║ b ║"]),
        (r"\left\langle\frac{a}{b}\right\rangle", [" ╱ a ╲", "╱ ─── ╲", " ╲ b ╱"]),
        (r"\overline{ab}", ["▁▁", "ab"]),
        (r"x_B^2", ["x²", " B"]),
        (r"\underline{ab}^2", ["  ²", "ab", "▔▔"]),
        (r"-\frac{1}{2}", ["   1", "− ───", "   2"]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", ["a = b", "  = c"]),
        (r"\begin{array}{r|l} 10 & a \\ 1 & bb \end{array}", ["10  a", " 1  bb"]),
    ],
)
def test_constructs_are_drawn_by_their_own_rules(latex, drawing):
    assert rows(latex) == drawing


@pytest.mark.parametrize(
    ("latex", "row"),
    [
        ("a-b", "a − b"), ("-b", "−b"), ("a=-b", "a = −b"), ("a^{b-1}", "aᵇ⁻¹"),
        (r"x \log y", "x log y"), (r"\log(y)", "log(y)"), (r"f(x,y)", "f(x, y)"),
        (r"\arg\max_x f", "arg maxₓ f"), (r"\mathrm{Var}X", "Var X"), (r"2\pi", "2π"),
        (r"p(y|x)", "p(y|x)"), (r"p(y\mid x)", "p(y ∣ x)"), (r"1{,}000", "1,000"),
        (r"x\,y", "x y"), (r"x\!y", "xy"), (r"\frac12", "1/2"),
        (r"\hat0.1", "0̂.1"), ("x^10", "x¹0"),
    ],
)  # fmt: skip
def test_spaces_follow_tex(latex, row):
    assert inline(latex) == row

"""A card's text on a screen: wrapping, Chinese, formulas in lines and on rows of their own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.notation import NotationError, cells, check, layout_text, plain

_WORDS = st.text(
    st.sampled_from(list("abcdefgh  \n12,.()") + list("梯度下降，。？！：；（）「」、e\u0301")),
    max_size=120,
)


@settings(max_examples=400, deadline=None)
@given(_WORDS, st.integers(2, 40))
def test_prose_keeps_the_width_and_loses_no_character(text, width):
    rows = layout_text(text, width)
    assert all(cells(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(row == row.rstrip() for row in rows)


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(list("梯度下降方法，。（）")), max_size=60), st.integers(8, 20))
def test_no_line_starts_with_closing_or_ends_with_opening_punctuation(text, width):
    rows = layout_text(text, width)
    crowded = any(sign * 2 in text for sign in ("，", "。", "（", "）")) or any(
        pair in text
        for pair in ("，。", "。，", "）。", "。）", "，）", "），", "（，", "（。", "（）")
    )
    if not crowded:
        assert all(row[0] not in "，。）" for row in rows[1:])
        assert all(row[-1] != "（" for row in rows[:-1])


def test_chinese_breaks_anywhere_but_before_a_comma():
    assert layout_text("为什么要除以它，因为它小", 14) == ["为什么要除以", "它，因为它小"]


def test_a_line_break_between_chinese_characters_leaves_no_space():
    assert layout_text("梯度\n下降 and\nso on", 40) == ["梯度下降 and so on"]


def test_a_blank_line_starts_a_paragraph():
    assert layout_text("one\ntwo\n\n\nthree", 40) == ["one two", "", "three"]


def test_an_inline_formula_stays_whole_and_keeps_its_comma():
    text = r"Divide by $1 - \beta_1^t$, not $x$."
    assert layout_text(text, 40) == ["Divide by 1 − β₁ᵗ, not x."]
    assert layout_text(text, 12) == ["Divide by", "1 − β₁ᵗ, not", "x."]


def test_a_displayed_formula_stands_between_blank_rows_with_its_full_stop():
    assert layout_text(r"So $$\frac{a}{b}$$. Then.", 40) == [
        "So", "", "     a", "    ───.", "     b", "", "Then.",
    ]  # fmt: skip


def test_an_inline_formula_that_needs_height_is_displayed():
    rows = layout_text(r"The matrix $\begin{pmatrix}1\\2\end{pmatrix}$ here", 40)
    assert rows == ["The matrix", "", "    ⎛1⎞", "    ⎝2⎠", "", "here"]


def test_a_displayed_formula_that_is_too_wide_is_broken_and_loses_its_indent():
    assert layout_text(r"$$aaaa = bbbb + cccc$$", 14) == ["aaaa = bbbb", "        + cccc"]


def test_a_word_wider_than_the_line_is_cut():
    assert layout_text("abcdefgh", 3) == ["abc", "def", "gh"]


def test_an_escaped_dollar_is_a_dollar():
    assert layout_text(r"It costs \$5 or $x$.", 40) == ["It costs $5 or x."]
    assert plain(r"\$5") == "$5"


def test_ascii_spells_the_formulas():
    assert layout_text(r"Is $\alpha \leq 1$?", 40, ascii=True) == ["Is alpha <= 1?"]


def test_brackets_of_markup_are_only_text():
    assert layout_text("E[X] [/b] [b", 40) == ["E[X] [/b] [b"]


def test_plain_is_one_line_and_never_gives_up():
    text = "Let\n$$\\begin{cases} x & \\text{if } x > 0 \\\\ 0 \\end{cases}$$ and $\\overline{ab}$"
    assert plain(text) == "Let {x if x > 0; 0} and bar(ab)"


def test_check_finds_every_fault_with_its_offset_in_the_text():
    text = r"ok $x$ then $\foo$ and $$\frac{1}$$ and $y"
    assert [(fault.offset, fault.message.split()[0]) for fault in check(text)] == [
        (13, "unknown"), (25, "\\frac"), (40, "this"),
    ]  # fmt: skip
    assert check(r"fine: $x$, \$5") == []


@pytest.mark.parametrize("text", ["a $ b", "$$ $$", "$ $", r"$\foo$"])
def test_a_text_that_check_refuses_is_not_laid_out(text):
    assert check(text)
    with pytest.raises(NotationError):
        layout_text(text, 40)
    with pytest.raises(NotationError):
        plain(text)

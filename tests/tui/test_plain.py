"""The gateway: what goes in is what is seen."""

from hypothesis import given
from hypothesis import strategies as st

from studydl.tui.plain import beside, cells, clickable, joined, plain, stacked, truncated

shown = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("[]/\\ "))


@given(shown)
def test_a_text_is_shown_as_it_is(text):
    assert plain(text).plain == text
    assert plain(text, "bold $success").plain == text


@given(shown, shown)
def test_parts_keep_their_text(left, right):
    assert joined(plain(left), plain(right, "bold")).plain == left + right
    assert stacked([plain(left), plain(right)]).plain == f"{left}\n{right}"


@given(st.text())
def test_nothing_that_a_terminal_would_obey_gets_through(text):
    assert all(each == "\n" or each.isprintable() for each in plain(text).plain)


def test_escape_sequences_and_tabs_become_visible():
    assert plain("a\x1b[31mb\tc\u202ed").plain == "a�[31mb    c�d"


@given(shown, shown, st.integers(1, 80))
def test_a_line_of_two_ends_fills_its_width_where_that_is_possible(left, right, width):
    line = beside(plain(left), plain(right), width)
    assert line.plain.endswith(right)
    if cells(right) < width:
        assert line.cell_length == width


@given(shown, st.integers(0, 40))
def test_a_truncated_text_fits(text, width):
    assert truncated(plain(text), width).cell_length <= max(width, 0)


def test_what_is_clicked_carries_its_action():
    content = clickable(plain("3 Good"), "screen.grade(3)")
    assert any("screen.grade(3)" in str(span.style.meta) for span in content.spans)

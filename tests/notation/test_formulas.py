"""Golden formulas: what a person sees, in Unicode, in ASCII and in one row.

They live in formulas.txt, to be looked at; each is its name, its LaTeX and what it must become.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from studydl.notation import Box, inline, plain, render

_ENTRIES = Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").split("# ")[1:]


def sections(entry: str) -> tuple[str, str, str, str]:
    head, unicode, rest = entry.replace("-- ascii\n", "-- unicode\n").split("-- unicode\n")
    spelled, rows = rest.split("-- one row\n")
    return head.splitlines()[1], unicode, spelled, rows


def drawn(box: Box) -> str:
    return "".join(row.rstrip() + "\n" for row in box.rows)


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.splitlines()[0])
def test_a_formula_is_drawn_as_it_was_approved(entry):
    latex, unicode, spelled, rows = sections(entry)
    assert drawn(render(latex)) == unicode
    assert drawn(render(latex, ascii=True)) == spelled
    assert [str(inline(latex)), plain(f"${latex}$", ascii=True)] == rows.splitlines()[:2]


def test_the_file_holds_the_formulas_that_the_cards_stand_on():
    names = {entry.splitlines()[0] for entry in _ENTRIES}
    assert {"Sigmoid's gradient", "Adam's update", "Xavier's variance"} <= names
    assert {"Batch norm's backward", "Softmax cross-entropy's gradient"} <= names

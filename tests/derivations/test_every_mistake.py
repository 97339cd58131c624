"""Mistakes that the chapters invite, in place of the code or of a line of a derivation."""

import dataclasses
from importlib import import_module
from typing import Any

import pytest

from studydl.verification.derivation import Comparison, Derivation, check
from studydl.verification.evidence import Verdict

CHAPTERS = [
    "activations",
    "gradients",
    "initialization",
    "losses",
    "normalization",
    "optimizers",
    "regularization",
]
TABLES = {chapter: import_module(f"tests.derivations.mistakes.{chapter}") for chapter in CHAPTERS}
IN_THE_CODE = {
    f"{chapter}: {name}": mistake
    for chapter, table in TABLES.items()
    for name, mistake in table.MISTAKEN_CODE.items()
}
IN_A_LINE = {
    f"{chapter}: {name}": mistake
    for chapter, table in TABLES.items()
    for name, mistake in table.MISTAKEN_LINES.items()
}


@pytest.mark.parametrize(("derivation", "compute"), IN_THE_CODE.values(), ids=IN_THE_CODE)
def test_a_misconception_in_place_of_the_code_is_refuted(
    derivation: Derivation, compute: Any
) -> None:
    wrong = dataclasses.replace(derivation, comparisons=(Comparison("wrong", compute),))

    report = check(wrong)

    assert report.first_false_step is None
    assert report.verdict is Verdict.REFUTED
    assert report.comparison.is_clear_rejection


@pytest.mark.parametrize(("derivation", "line", "expression"), IN_A_LINE.values(), ids=IN_A_LINE)
def test_a_slip_in_a_line_is_refuted_at_that_line(
    derivation: Derivation, line: int, expression: Any
) -> None:
    steps = list(derivation.steps)
    steps[line] = dataclasses.replace(steps[line], expression=expression)

    report = check(dataclasses.replace(derivation, steps=tuple(steps)))

    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step == line

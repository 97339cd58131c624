"""A derivation as lines: what is derived, each step with its rule and its check, the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.evidence_lines import SIGNS, in_a_row, measurement_lines
from studydl.tui.plain import joined, plain
from studydl.tui.typeset import displayed, indented, prose
from studydl.verification.derivation_report import Proof, Relation

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.verification.derivation_report import DerivationReport, StepReport

__all__ = ["derivation_lines", "step_begins_at"]

_RELATIONS = {
    Relation.EQUAL: "= ",
    Relation.AT_MOST: r"\leq ",
    Relation.AT_LEAST: r"\geq ",
    Relation.APPLIED: r"\Rightarrow ",
}
_MARKS = {
    Proof.DEFINITION: ("·", "$quiet"),
    Proof.SYMBOLIC: ("✓", "$success"),
    Proof.NUMERIC: ("✓", "$success"),
    Proof.UNEQUAL: ("✗", "$error"),
    Proof.UNDECIDED: ("?", "$warning"),
}
_INDENT = 4


def derivation_lines(
    report: DerivationReport, reached: int, language: Language, width: int
) -> list[Content]:
    """Return a derivation up to the step that was reached; at its end, the comparison."""
    lines = _head(report, language, width)
    for number, step in enumerate(report.steps[:reached]):
        lines += [plain(""), *_step(step, language, width, is_first=number == 0)]
    lines.append(plain(""))
    if reached < len(report.steps):
        place = words.filled(words.STEP_OF, language, step=reached, total=len(report.steps))
        hint = words.HIDDEN.said_in(language)
        return [*lines, *prose(f"{place} · {hint}", width, "$quiet")]
    return [*lines, *_end(report, language, width)]


def step_begins_at(report: DerivationReport, reached: int, language: Language, width: int) -> int:
    """Return the row at which the step that was reached last begins, 0 for the first."""
    if reached <= 1:
        return 0
    before = (
        1 + len(_step(step, language, width, is_first=number == 0))
        for number, step in enumerate(report.steps[: reached - 1])
    )
    return len(_head(report, language, width)) + sum(before)


def _head(report: DerivationReport, language: Language, width: int) -> list[Content]:
    lines = prose(report.title.said_in(language), width, "bold")
    for formula in (*report.definitions, *report.domain):
        lines += indented(displayed(formula.latex, width - 2, language), 2)
    return lines


def _step(step: StepReport, language: Language, width: int, *, is_first: bool) -> list[Content]:
    sign, style = _MARKS[step.proof]
    rule = prose(step.rule.said_in(language), width - 2)
    marked = [plain(f"{sign} ", style) + rule[0], *indented(rule[1:], 2)]
    found_by = words.filled(words.PROOFS[step.proof], language, points=step.points)
    proof = plain(found_by, "$quiet" if step.holds else style)
    relation = "" if is_first else _RELATIONS[step.relation]
    formula = displayed(relation + step.formula.latex, width - _INDENT, language)
    lines = [*marked[:-1], *in_a_row(marked[-1], proof, width)]
    lines += [plain(""), *indented(formula, _INDENT)]
    if (found := step.counterexample) is not None:
        left, right = found.left or "–", found.right or "–"
        told = words.filled(words.DIFFERS, language, at=found.at, left=left, right=right)
        lines += indented(prose(told, width - 2, style), 2)
    return lines


def _end(report: DerivationReport, language: Language, width: int) -> list[Content]:
    """Return the comparison with the implementation, and the verdict on all of it."""
    lines = [plain(words.COMPARED.said_in(language), "$quiet")]
    for each in report.comparison.measurements:
        lines += measurement_lines(each, language, width)
    if trouble := report.failure or report.comparison.failure:
        raised = words.filled(words.RAISED, language, failure=trouble)
        lines += prose(f"! {raised}", width, "$error")
    sign, style = SIGNS[report.verdict]
    verdict = words.VERDICTS[report.verdict].said_in(language)
    seconds = words.filled(words.SECONDS, language, seconds=f"{report.seconds:.2g}")
    total = joined(plain(f"{sign} {verdict}", f"bold {style}"), plain(f"   {seconds}", "$quiet"))
    return [*lines, plain(""), total, *prose("; ".join(report.sources), width, "$quiet")]

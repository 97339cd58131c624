"""How a checked derivation looks on the command line."""

from __future__ import annotations

import re
import shutil
import unicodedata
from enum import Enum, auto
from typing import TYPE_CHECKING

import click

from studydl.notation import render
from studydl.verification.derivation_report import Proof, Relation

if TYPE_CHECKING:
    from studydl.language import Language
    from studydl.verification.derivation_report import DerivationReport, Formula, StepReport

__all__ = ["Style", "show"]

_LATEX_RELATIONS = {
    Relation.EQUAL: "= ",
    Relation.AT_MOST: r"\leq ",
    Relation.AT_LEAST: r"\geq ",
    Relation.APPLIED: r"\Rightarrow ",
}
_MARKS = {
    Proof.DEFINITION: "·",
    Proof.SYMBOLIC: "✓",
    Proof.NUMERIC: "✓",
    Proof.UNEQUAL: "✗",
    Proof.UNDECIDED: "?",
}
_RAISED = "".join(c for c in map(chr, range(0x3000)) if "<super>" in unicodedata.decomposition(c))
_LOWERED = "".join(c for c in map(chr, range(0x3000)) if "<sub>" in unicodedata.decomposition(c))
_SCRIPTS = re.compile(f"[{_RAISED}]+|[{_LOWERED}]+")
_GREEK = {
    code: unicodedata.name(chr(code)).rpartition(" ")[2].lower()
    for code in (*range(ord("α"), ord("ω") + 1),)
} | {ord("·"): "*", ord("−"): "-", ord("≠"): "!=", ord("≤"): "<=", ord("≥"): ">=", ord("→"): "->"}
_ASCII_MARKS = {"·": ".", "✓": "ok", "✗": "WRONG", "?": "?"}


class Style(Enum):
    """How formulas are written."""

    UNICODE = auto()
    ASCII = auto()
    LATEX = auto()


def show(report: DerivationReport, language: Language, style: Style) -> None:
    """Print a derivation: what it is about, its lines, how its end compares with the code."""
    click.echo(f"{report.derivation}  {report.title.said_in(language)}")
    for formula in (*report.definitions, *report.domain):
        click.echo(f"  {_in_one_line(formula, style)}")
    for number, step in enumerate(report.steps):
        click.echo()
        _show_step(step, language, style, is_first=number == 0)
    click.echo()
    for each in report.comparison.measurements:
        sign = _mark("✓" if each.holds else "✗", style)
        margin = f"{each.margin:.3g}x"
        click.echo(f"  {sign} studydl.nn: {each.name}, margin {margin} ({each.basis})")
    if trouble := report.failure or report.comparison.failure:
        click.echo(f"  {_mark('✗', style)} {trouble}")
    click.echo(f"  {report.verdict} in {report.seconds:.2f} s; {'; '.join(report.sources)}\n")


def _show_step(step: StepReport, language: Language, style: Style, *, is_first: bool) -> None:
    latex = step.formula.latex if is_first else _LATEX_RELATIONS[step.relation] + step.formula.latex
    if style is Style.LATEX:
        click.echo(f"    {latex}")
    else:
        width = max(shutil.get_terminal_size().columns - 4, 40)
        for row in render(latex, ascii=style is Style.ASCII, max_width=width).rows:
            click.echo(f"    {row}".rstrip())
    how = step.proof if step.proof is not Proof.NUMERIC else f"{step.points} points, 30 digits"
    click.echo(
        f"  {_mark(_MARKS[step.proof], style)} {_words(step.rule.said_in(language), style)} [{how}]"
    )
    if (found := step.counterexample) is not None:
        click.echo(f"      at {found.at}: {found.left or '-'} above, {found.right or '-'} here")


def _in_one_line(formula: Formula, style: Style) -> str:
    if style is Style.LATEX:
        return formula.latex
    rows = render(formula.latex, ascii=style is Style.ASCII).rows
    return rows[0] if len(rows) == 1 else formula.plain


def _words(sentence: str, style: Style) -> str:
    """Spell the mathematical characters of a sentence in ASCII, if that is the style."""
    if style is not Style.ASCII:
        return sentence
    return _SCRIPTS.sub(lambda run: _script(run[0]), sentence).translate(_GREEK)


def _script(run: str) -> str:
    """Write a run of superscripts or subscripts, such as e⁻ˣ, with ^ or _."""
    spelled = unicodedata.normalize("NFKC", run).replace("−", "-")
    mark = "^" if unicodedata.decomposition(run[0]).startswith("<super>") else "_"
    return f"{mark}{spelled}" if len(spelled) == 1 else f"{mark}({spelled})"


def _mark(sign: str, style: Style) -> str:
    return _ASCII_MARKS[sign] if style is Style.ASCII else sign

"""The evidence pane: a claim being measured, then everything that was measured on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from studydl.tui import words
from studydl.tui.evidence_lines import measurement_lines, progress_line, report_lines
from studydl.tui.plain import plain
from studydl.tui.typeset import prose
from studydl.tui.widgets.pane import Pane
from studydl.verification.evidence import Evidence, Report

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language

__all__ = ["EvidencePane"]


@dataclass(frozen=True, slots=True)
class _State:
    """How far the measuring is.

    Attributes:
        claim: The claim's id.
        chosen: The misconception that the learner's answer showed, if it did.
        progress: The last progress report.
        measured: What was measured on the reference so far.
        report: Everything, in the end.
        trouble: Why there will be no report.
    """

    claim: str = ""
    chosen: str | None = None
    progress: dict[str, Any] = field(default_factory=dict)
    measured: Evidence | None = None
    report: Report | None = None
    trouble: str = ""


class EvidencePane(Pane):
    """Shows a claim's measurements as they come, then the report."""

    _state = _State()

    @property
    def report(self) -> Report | None:
        """The report, once everything was measured."""
        return self._state.report

    def begin(self, claim: str, chosen: str | None, language: Language) -> None:
        """Show that a claim is being measured."""
        self._update(_State(claim, chosen), language)
        self.scroll_home(animate=False)

    def progressed(self, progress: dict[str, Any], language: Language) -> None:
        """Show how far it is, and the reference's measurements once they are there."""
        state = replace(self._state, progress=progress)
        if progress["measured"] == "reference":
            state = replace(state, measured=Evidence.from_json(progress["evidence"]))
        self._update(state, language)

    def finish(self, report: Report, language: Language) -> None:
        """Show the report."""
        self._update(replace(self._state, report=report), language)

    def fail(self, trouble: str, language: Language) -> None:
        """Say why there is no report."""
        self._update(replace(self._state, trouble=trouble), language)

    def redraw(self, language: Language) -> None:
        """Show the same in another language."""
        self._update(self._state, language)

    def _update(self, state: _State, language: Language) -> None:
        self._state = state
        self.show(words.EVIDENCE, language, lambda width: _lines(state, language, width))


def _lines(state: _State, language: Language, width: int) -> list[Content]:
    if state.report is not None:
        return report_lines(state.report, state.chosen, language, width)
    head = prose(state.claim, width, "$quiet")
    if state.trouble:
        again = words.filled(words.TRY_AGAIN, language, key="v")
        told = prose(f"! {state.trouble}", width, "$warning")
        return [*head, plain(""), *told, plain(""), *prose(again, width, "$quiet")]
    lines = [*head, plain(""), progress_line(state.progress, language, width)]
    for each in state.measured.measurements if state.measured else ():
        lines += [plain(""), *measurement_lines(each, language, width)]
    return lines

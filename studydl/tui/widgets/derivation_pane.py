"""The derivation pane: one step at a time, the next one hidden, so that it can be guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.derivation_lines import derivation_lines, step_begins_at
from studydl.tui.plain import plain
from studydl.tui.typeset import prose
from studydl.tui.widgets.pane import Pane
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.verification.derivation_report import DerivationReport

__all__ = ["DerivationPane"]


class DerivationPane(Pane):
    """Shows a checked derivation up to the step that the learner has reached."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self._report: DerivationReport | None = None
        self._trouble = ""
        self._reached = 1

    @property
    def has_hidden_steps(self) -> bool:
        """Whether there is a step that is not shown yet."""
        return self._report is not None and self._reached < len(self._report.steps)

    @property
    def can_step_back(self) -> bool:
        """Whether a shown step can be hidden again."""
        return self._report is not None and self._reached > 1

    def begin(self, language: Language) -> None:
        """Show that the derivation is being checked."""
        self._report, self._trouble, self._reached = None, "", 1
        self.redraw(language)
        self.scroll_home(animate=False)

    def finish(self, report: DerivationReport, language: Language) -> None:
        """Show the first step."""
        self._report = report
        self.redraw(language)

    def fail(self, trouble: str, language: Language) -> None:
        """Say why there is nothing to show."""
        self._trouble = trouble
        self.redraw(language)

    def step(self, by: int, language: Language) -> None:
        """Show one step more, or one less."""
        if self._report is not None:
            self._reached = min(max(self._reached + by, 1), len(self._report.steps))
            self.redraw(language)
            self.call_after_refresh(self._show_step, self._report, language)

    def _show_step(self, report: DerivationReport, language: Language) -> None:
        """Bring the step that was reached into view, from its beginning, with all that fits."""
        width = self.query_one(Sheet).content_size.width
        begin = step_begins_at(report, self._reached, language, width)
        self.scroll_to(y=begin, animate=False)

    def redraw(self, language: Language) -> None:
        """Show what there is, in a language."""
        report, reached, trouble = self._report, self._reached, self._trouble

        def lines(width: int) -> list[Content]:
            if report is not None:
                return derivation_lines(report, reached, language, width)
            if trouble:
                again = words.filled(words.TRY_AGAIN, language, key="d")
                told = prose(f"! {trouble}", width, "$warning")
                return [*told, plain(""), *prose(again, width, "$quiet")]
            return prose(f"{words.DERIVING.said_in(language)} …", width, "$quiet")

        self.show(words.DERIVATION, language, lines)

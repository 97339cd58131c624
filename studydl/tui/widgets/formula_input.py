"""The field for a formula: what is understood is drawn below it while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Formula
from studydl.judging.formula import Understood, understand
from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.typeset import displayed, indented, prose
from studydl.tui.widgets.answer_field import pointer
from studydl.tui.widgets.number_input import NumberInput
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import Input

    from studydl.language import Language
    from studydl.session import Shown
    from studydl.tui.widgets.sheet import Setter

__all__ = ["FormulaInput"]

_INDENT = 2


class FormulaInput(NumberInput):
    """Whatever is typed is read at once, in this process.

    What is not a formula yet is no mistake while somebody types: the place and the hint stand back.
    """

    DEFAULT_CSS = """
    FormulaInput Input { width: 1fr; }
    FormulaInput #preview { min-height: 4; }
    FormulaInput:disabled #preview { min-height: 0; }
    """
    PLACEHOLDER = words.TYPE_A_FORMULA
    _formula: Formula | None = None
    _language: Language

    def compose(self) -> ComposeResult:
        """Prompt, field, complaint, drawing."""
        yield from super().compose()
        yield Sheet(id="preview")

    def relabel(self, shown: Shown, language: Language) -> None:
        """Say what is to be typed, and what is understood."""
        super().relabel(shown, language)
        answer = shown.card.answer
        self._formula, self._language = answer if isinstance(answer, Formula) else None, language
        self._draw()

    def complain(self, message: str, caret: int | None) -> None:
        """Point at what is not understood; nothing is drawn then."""
        super().complain(message, caret)
        self.query_one("#preview", Sheet).show(lambda _width: [])

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Draw what is understood now. The complaint is withdrawn by the field of one line."""
        self._draw()

    def _draw(self) -> None:
        self.query_one("#preview", Sheet).show(self._drawing())

    def _drawing(self) -> Setter:
        formula, language, typed = self._formula, self._language, self.text
        if formula is None or not typed.strip():
            return lambda _width: []
        understood = understand(formula, typed)
        if isinstance(understood, Understood):
            return lambda width: _drawn(understood, language, width)
        message = understood.feedback.said_in(language).replace(r"\$", "$")
        return pointer(self.field, message, understood.caret, "$quiet")


def _drawn(understood: Understood, language: Language, width: int) -> list[Content]:
    lines = [plain(""), *indented(displayed(understood.latex, width - _INDENT, language), _INDENT)]
    for remark in understood.remarks:
        lines += [plain(""), *prose(remark.said_in(language), width, "$quiet")]
    return lines

"""The card: its question, the place for the answer, and what is known after the reveal."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl import cards
from studydl.judging import LETTERS
from studydl.tui.typeset import formulas_in, prose
from studydl.tui.widgets.choice import Choice, Options
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studydl.language import Language
    from studydl.session import Session, Shown
    from studydl.tui.widgets.answer_field import AnswerField
    from studydl.tui.widgets.sheet import Setter
    from studydl.verification.evidence import Report

__all__ = ["CardView"]

_FIELDS = {
    "cloze": ("studydl.tui.widgets.cloze_input", "ClozeInput"),
    "number": ("studydl.tui.widgets.number_input", "NumberInput"),
    "formula": ("studydl.tui.widgets.formula_input", "FormulaInput"),
    "code": ("studydl.tui.widgets.code_input", "CodeInput"),
}
"""Imported with the first card of their kind: no other card waits for them."""


class CardView(VerticalScroll, can_focus=False):
    """Cards change in place: the same few widgets show one after another."""

    def compose(self) -> ComposeResult:
        """Question, options, answer; a field comes with the first card that needs it."""
        yield Sheet(id="question")
        yield Options(id="options")
        yield Sheet(id="answer")

    def __init__(self) -> None:
        """Start without a field."""
        super().__init__()
        self._fields: dict[str, AnswerField] = {}

    @property
    def field(self) -> AnswerField | None:
        """The field of the card that is shown, if it has one."""
        return next((each for each in self._fields.values() if each.display), None)

    async def show_card(
        self, session: Session, language: Language, picked: frozenset[int], refuting: Report | None
    ) -> None:
        """Show the card on the table as it stands: asked, or revealed.

        Args:
            session: The sitting.
            language: In which it is shown.
            picked: The places of the options that are picked, but not judged yet.
            refuting: What was measured on the misconception that the answer shows, if it is there.
        """
        shown = session.on_the_table()
        ask = shown.card.ask.said_in(language)
        self._show("#question", lambda width: formulas_in(ask, width, language))
        options = self.query_one("#options", Options)
        options.display = bool(shown.options)
        if shown.options:
            options.offer(_choice(session, shown, picked), language)
        await self._show_field(shown.card.kind)
        if self.field is not None:
            self.field.relabel(shown, language)
            # What was answered stays to be seen, but can no longer be typed in.
            self.field.disabled = session.revealed
        if session.revealed or session.may_try_again:
            # Nothing of this is needed for the first card.
            from studydl.tui.answer_lines import Revealed, answer_lines

            revealed = Revealed.of(session, refuting)
            self._show("#answer", lambda width: answer_lines(revealed, language, width))
        else:
            self._show("#answer", None)

    async def show_text(self, title: str, setter: Setter) -> None:
        """Show something else in the place of a card: what came of the sitting."""
        self._show("#question", lambda width: prose(title, width))
        self.query_one("#options").display = False
        await self._show_field("")
        self._show("#answer", setter)

    def scroll_to_answer(self) -> None:
        """Bring the verdict into view, where a tall field stands above it."""
        self.call_after_refresh(self.scroll_to_widget, self.query_one("#answer"), animate=False)

    def _show(self, selector: str, setter: Setter | None) -> None:
        sheet = self.query_one(selector, Sheet)
        sheet.display = setter is not None
        if setter is not None:
            sheet.show(setter)

    async def _show_field(self, kind: str) -> None:
        if kind in _FIELDS and kind not in self._fields:
            module, name = _FIELDS[kind]
            field: AnswerField = getattr(import_module(module), name)()
            self._fields[kind] = field
            await self.mount(field, after="#options")
        for own, each in self._fields.items():
            each.display = own == kind


def _choice(session: Session, shown: Shown, picked: frozenset[int]) -> Choice:
    answer = shown.card.answer
    right = answer.right if isinstance(answer, cards.Choice) else ()
    places = (place for place, option in enumerate(shown.options) if option in right)
    chosen = frozenset(map(LETTERS.index, session.answer or "")) or picked
    return Choice(shown.options, frozenset(places), chosen, session.revealed)

"""The card: its question, the place for the answer, and what is known after the reveal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.typeset import formulas_in, indented, prose
from studydl.tui.widgets.choice import LETTERS, Choice, Options
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.judging import Judgement
    from studydl.language import Language
    from studydl.session import Session, Shown
    from studydl.tui.widgets.number_input import NumberInput
    from studydl.tui.widgets.sheet import Setter

__all__ = ["CardView"]

_SIGNS = {
    "correct": ("✓", "bold $success"),
    "wrong": ("✗", "bold $error"),
    "undecided": ("?", "bold $warning"),
}


class CardView(VerticalScroll, can_focus=False):
    """Cards change in place: the same few widgets show one after another."""

    def compose(self) -> ComposeResult:
        """Question, options, answer; the field comes with the first card that needs one."""
        yield Sheet(id="question")
        yield Options(id="options")
        yield Sheet(id="answer")

    number_input: NumberInput | None = None
    """The field for a number, once there was a card that asks for one."""

    async def show_card(self, session: Session, language: Language) -> None:
        """Show the card on the table as it stands: asked, or revealed."""
        shown = session.on_the_table()
        ask = shown.card.ask.said_in(language)
        self._show("#question", lambda width: formulas_in(ask, width, language))
        options = self.query_one("#options", Options)
        options.display = bool(shown.options)
        if shown.options:
            options.offer(_choice(session, shown), language)
        await self._show_field(wanted=shown.card.kind == "number", language=language)
        if session.revealed:
            judgement = session.judgement
            self._show("#answer", lambda width: _answer(shown, judgement, language, width))
        else:
            self._show("#answer", None)

    async def show_text(self, title: str, setter: Setter) -> None:
        """Show something else in the place of a card: what came of the sitting."""
        self._show("#question", lambda width: prose(title, width))
        self.query_one("#options").display = False
        if self.number_input is not None:
            self.number_input.display = False
        self._show("#answer", setter)

    def _show(self, selector: str, setter: Setter | None) -> None:
        sheet = self.query_one(selector, Sheet)
        sheet.display = setter is not None
        if setter is not None:
            sheet.show(setter)

    async def _show_field(self, *, wanted: bool, language: Language) -> None:
        if self.number_input is None and wanted:
            from studydl.tui.widgets.number_input import NumberInput

            self.number_input = NumberInput()
            await self.mount(self.number_input, after="#options")
        if self.number_input is not None:
            self.number_input.display = wanted
            self.number_input.relabel(words.TYPE_A_NUMBER.said_in(language))


def _choice(session: Session, shown: Shown) -> Choice:
    answered = session.answer is not None and shown.options
    chosen = LETTERS.index(session.answer) if answered and session.answer else None
    return Choice(shown.options, shown.options.index(shown.answer), chosen, session.revealed)


def _answer(
    shown: Shown, judgement: Judgement | None, language: Language, width: int
) -> list[Content]:
    """Return what is known after the reveal: verdict, answer, reason, sources."""
    card = shown.card
    blocks = []
    if judgement is not None and judgement.verdict in _SIGNS:
        blocks.append(_verdict(shown, judgement, language, width))
    elif not shown.options:
        said = shown.answer.said_in(language)
        blocks.append(_barred(formulas_in(said, width - 2, language, "$primary")))
    blocks.append(formulas_in(card.explain.said_in(language), width, language))
    section = words.filled(words.NOTES_SECTION, language, section=card.notes)
    blocks.append(prose(" · ".join((*card.sources, section)), width, "$quiet"))
    return [line for block in blocks for line in (plain(""), *block)]


def _verdict(shown: Shown, judgement: Judgement, language: Language, width: int) -> list[Content]:
    sign, style = _SIGNS[judgement.verdict]
    if judgement.misconception is not None:
        told = words.filled(words.FOLLOWS_FROM, language, misconception=judgement.misconception)
        said = prose(told, width - 2, style)
    elif shown.options:
        said = [plain(words.CORRECT.said_in(language), style)]
    else:
        said = formulas_in(judgement.feedback.said_in(language), width - 2, language, style)
    return [plain(f"{sign} ", style) + said[0], *indented(said[1:], 2)]


def _barred(lines: list[Content]) -> list[Content]:
    """Return the lines with a bar before them: this is the answer."""
    return [plain("▎ ", "$primary") + line for line in lines]

"""A screen on which an answer is typed, picked or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Choice, Code
from studydl.errors import StudyError
from studydl.judging import LETTERS
from studydl.tui.screens.review.examination import Examination
from studydl.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from studydl.judging.code import CodeJudgement
    from studydl.tui.widgets.answer_field import AnswerField

__all__ = ["Answering"]


class Answering(Examination):
    """Takes the answer to a card of any kind."""

    picked: frozenset[int] = frozenset()
    """The places of the options that are picked, where several are right."""

    @property
    def view(self) -> CardView:
        """The card."""
        return self.query_one(CardView)

    @property
    def field(self) -> AnswerField | None:
        """Where an answer to this kind of card is typed."""
        return self.view.field

    @property
    def asks_for_code(self) -> bool:
        """Whether the card on the table asks for code."""
        shown = self.session.shown
        return shown is not None and isinstance(shown.card.answer, Code)

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: PLR0911 - one line an action
        """Return whether something can be done to answer the card on the table now."""
        shown = self.session.shown
        asked = shown is not None and not self.session.revealed and not self.is_judging
        match action:
            case "reveal":
                # While a derivation is walked through, space is its key.
                return asked and not self.is_typing and not self.picked and not self.walks
            case "try_again":
                return asked and not self.is_typing and self.session.may_try_again
            case "choose":
                return asked and shown is not None and parameters[0] in range(len(shown.options))
            case "judge":
                typed = self.is_typing and not self.asks_for_code
                return asked and (bool(self.picked) or typed)
            case "judge_code" | "edit":
                return asked and self.asks_for_code
            case "next_gap":
                cloze = shown is not None and shown.passage is not None
                return asked and self.is_typing and cloze
            case "leave_field":
                return self.is_typing and not self.is_judging
            case "type":
                return asked and not self.is_typing and self.field is not None
        return super().is_legal(action, parameters)

    async def action_reveal(self) -> None:
        """Reveal the answer."""
        await self.judge("")

    async def action_choose(self, place: int) -> None:
        """Choose an option, which is judged at once; where several are right, pick or drop it."""
        answer = self.session.on_the_table().card.answer
        if isinstance(answer, Choice) and answer.also:
            self.picked ^= {place}
            await self.redraw()
        else:
            await self.judge(LETTERS[place])

    async def action_judge(self) -> None:
        """Judge what is picked, or what is in the field, as Enter does there."""
        if self.picked:
            await self.judge("".join(LETTERS[each] for each in sorted(self.picked)))
        elif self.field is not None:
            self.field.enter()

    def action_judge_code(self) -> None:
        """Judge the code in the editor."""
        if self.field is not None:
            self.field.enter()

    def action_next_gap(self) -> None:
        """Go to the next gap, after the last to the first."""
        self.focus_next()

    def action_edit(self) -> None:
        """Write the code in the learner's own editor."""
        from studydl.tui.outside import edited_outside

        if self.field is None:
            return
        try:
            self.field.load(edited_outside(self.app, self.field.text))
        except StudyError as error:
            self.complain(error)

    async def on_answer_field_entered(self, message: AnswerField.Entered) -> None:
        """Judge what was typed."""
        await self.judge(message.text)

    async def not_understood(self) -> None:
        """Point at what cannot be understood; it costs nothing and stays to be mended."""
        session, field = self.session, self.field
        if session.judgement is not None and field is not None:
            complaint = session.judgement.feedback.said_in(self.desk.language)
            caret = session.judgement.caret
            field.complain(complaint, _place(session.code, field.text) if session.code else caret)

    def action_type(self) -> None:
        """Go back into the field."""
        if self.field is not None:
            self.field.field.focus()

    def action_try_again(self) -> None:
        """Go back into the field; what is written there stays."""
        self.action_type()

    def action_leave_field(self) -> None:
        """Leave the field, so that letters are keys again."""
        self.set_focus(None)


def _place(code: CodeJudgement, text: str) -> int | None:
    """Return the index of the character that a message about code is about, if it names one."""
    lines = text.splitlines(keepends=True)
    if not 1 <= code.line <= len(lines):
        return None
    return sum(map(len, lines[: code.line - 1])) + max(code.column - 1, 0)

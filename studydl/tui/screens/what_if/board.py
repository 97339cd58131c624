"""What the screen of dials shows: the sheets, and what each of them draws now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from studydl.tui.plain import cells, plain
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.what_if import lines, words
from studydl.tui.ticket import Ticket
from studydl.tui.typeset import prose
from studydl.tui.widgets.answer_field import pointer
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.tui.words import PLACES, TYPE_A_NUMBER

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.tui.desk import Desk
    from studydl.tui.screens.what_if.trial import Attempt, Proposal, Trial

__all__ = ["Board"]

_NARROW_PLOT = 10
_MOST_PLOT = 32
_BESIDE_THE_PLOT = 6
"""Rows of the screen that are no row of the plot: title, keys, frame."""


class Board(StudyScreen):
    """Question, dials, field and result on one side; curves and history on the other."""

    def __init__(self, desk: Desk) -> None:
        """Start with nothing to turn."""
        super().__init__(desk)
        self.proposals: list[Proposal] = []
        self.claim = ""
        self.trial: Trial | None = None
        self.cursor = 0
        self.picking: int | None = None
        self.history: list[Attempt] = []
        self.ticket = Ticket("", 0)
        self.is_waiting = False
        self.is_warned = False
        self.trouble = ""

    def compose(self) -> ComposeResult:
        """Title, both sides, keys."""
        yield StatusLine()
        with VerticalScroll(id="body", can_focus=False):
            with VerticalScroll(id="left", can_focus=False):
                yield Sheet(id="question")
                yield Sheet(id="dials")
                with Horizontal(id="row"):
                    yield Sheet(id="prompt")
                    yield Input(compact=True, select_on_focus=False)
                yield Sheet(id="told")
                yield Sheet(id="result")
            with VerticalScroll(id="right", can_focus=False):
                yield Sheet(id="plot")
                yield Sheet(id="history")
        yield KeyBar()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        language, turning = self.desk.language, self.is_turning
        place = f"studydl · {self.desk.say(PLACES[self.PLACE])}"
        shown = self.trial.proposal.description.claim if self.trial and turning else self.claim
        names = [f"{place} · {shown}", place] if shown else [place]
        self.query_one(StatusLine).tell(names, None, language)
        self.set_class(not turning, "-choosing")
        self.field.placeholder = TYPE_A_NUMBER.said_in(language)
        prompt = f"{words.PREDICTION.said_in(language)} › "
        sheet = self.query_one("#prompt", Sheet)
        sheet.styles.width = cells(prompt)
        sheet.show(lambda _width: [plain(prompt, "$quiet")])
        self.draw()
        self.offer_keys()

    @property
    def field(self) -> Input:
        """Where a prediction is typed."""
        return self.query_one(Input)

    @property
    def is_turning(self) -> bool:
        """Whether there are dials to be turned, and no list is shown over them."""
        return self.trial is not None and self.picking is None

    def draw(self) -> None:
        """Draw the sheets as things stand."""
        self.query_one("#question", Sheet).show(self._question)
        self.query_one("#dials", Sheet).show(self._dials)
        self.draw_told()
        for name, setter in (
            ("#result", self._result),
            ("#plot", self._plot),
            ("#history", self._history),
        ):
            sheet = self.query_one(name, Sheet)
            sheet.show(setter)
            sheet.display = self.is_turning

    def draw_told(self) -> None:
        """Say below the field what is going on, or what is wrong."""
        sheet = self.query_one("#told", Sheet)
        told, style = self._told()
        sheet.display = bool(told)
        sheet.show(lambda width: prose(told, width, style))

    def point_at(self, message: str, caret: int | None) -> None:
        """Say below the field what in it is not understood."""
        sheet, prompt = self.query_one("#told", Sheet), self.query_one("#prompt")
        sheet.display = True
        shift = prompt.size.width
        set_lines = pointer(self.field, f"! {message}", caret, "$warning")

        def shifted(width: int) -> list[Content]:
            said = set_lines(width)
            if said and said[0].plain.strip() == "^":
                said[0] = plain(" " * shift) + said[0]
            return said

        sheet.show(shifted)

    def on_resize(self) -> None:
        """Draw the curves for another height."""
        if self.is_mounted:
            self.draw()

    def _told(self) -> tuple[str, str]:
        if self.trouble:
            return f"! {self.trouble}", "$warning"
        if self.is_waiting:
            waiting = words.MEASURING if self.is_turning else words.ASKING
            return waiting.said_in(self.desk.language), "$quiet"
        if self.is_warned:
            return f"! {words.PREDICT_FIRST.said_in(self.desk.language)}", "$warning"
        return "", ""

    def _question(self, width: int) -> list[Content]:
        language = self.desk.language
        if self.trial is not None and self.picking is None:
            return lines.question_lines(self.trial, language, width)
        if self.picking is None:
            told = "" if self.is_waiting or self.trouble else words.NONE.said_in(language)
            return prose(told, width, "$quiet")
        own = any(each.description.claim == self.claim for each in self.proposals)
        title = words.CHOOSE if own or not self.claim else words.NONE_OF_ITS_OWN
        return prose(title.said_in(language), width, "$quiet")

    def _dials(self, width: int) -> list[Content]:
        language = self.desk.language
        if self.picking is not None:
            return lines.list_lines(self.proposals, self.picking, language, width)
        if self.trial is None:
            return []
        cursor = -1 if self.is_typing else self.cursor
        return lines.dial_lines(self.trial, cursor, language, width)

    def _result(self, width: int) -> list[Content]:
        return lines.result_lines(self.trial, self.desk.language, width) if self.trial else []

    def _plot(self, width: int) -> list[Content]:
        if self.trial is None:
            return []
        if self.trial.report is None:
            return prose(words.CURVE_WAITS.said_in(self.desk.language), width, "$quiet")
        # The room of charts is loaded with the first one.
        from studydl.tui.screens.what_if.plot import plot_lines

        narrow = self.has_class("-narrow")
        rows = self._history(width)
        free = self.size.height - _BESIDE_THE_PLOT - len(rows) - 1
        height = _NARROW_PLOT if narrow else min(max(free, _NARROW_PLOT), _MOST_PLOT)
        return plot_lines(self.trial, self.desk.language, width, height)

    def _history(self, width: int) -> list[Content]:
        if self.trial is None:
            return []
        attempts = [each for each in self.history if each.proposal == self.trial.proposal]
        return lines.history_lines(attempts, self.desk.language, width)

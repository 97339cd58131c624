"""A text with gaps, and a field for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from studydl.cards import Cloze
from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.typeset import formulas_in, prose
from studydl.tui.widgets.answer_field import AnswerField
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.language import Language
    from studydl.session import Shown
    from studydl.tui.widgets.sheet import Setter

__all__ = ["ClozeInput"]

_MOST_GAPS = 4


class ClozeInput(AnswerField):
    """The gaps are filled one below the other, which works at any width."""

    DEFAULT_CSS = """
    ClozeInput .gap { height: 1; }
    ClozeInput .prompt { width: 4; }
    ClozeInput Input { width: 36; }
    ClozeInput #passage { margin: 0 0 1 0; }
    """

    def compose(self) -> ComposeResult:
        """The text, as many fields as a cloze may have gaps, complaint."""
        yield Sheet(id="passage")
        for _ in range(_MOST_GAPS):
            with Vertical(classes="gap"):
                yield Sheet(classes="prompt")
                yield Input(compact=True, select_on_focus=False)
        yield Sheet(id="complaint")

    @property
    def fields(self) -> list[Input]:
        """The fields of this card's gaps, in order."""
        return [gap.query_one(Input) for gap in self.query(".gap") if gap.display]

    @property
    def field(self) -> Input:
        """The first gap that is empty, else the first."""
        return next((each for each in self.fields if not each.value), self.fields[0])

    @property
    def text(self) -> str:
        """What is typed, gap by gap; nothing if nothing is typed in any of them."""
        typed = [each.value.strip() for each in self.fields]
        return "\n".join(typed) if any(typed) else ""

    def begin(self, shown: Shown, language: Language) -> None:
        """Empty the gaps for another card."""
        self.relabel(shown, language)
        for each in self.query(Input):
            each.value = ""
        self.show_complaint(None)

    def relabel(self, shown: Shown, language: Language) -> None:
        """Show the text, and number its gaps."""
        if not isinstance(shown.card.answer, Cloze) or shown.passage is None:
            return
        count = len(shown.card.answer.blanks)
        text = shown.passage.said_in(language)
        self.query_one("#passage", Sheet).show(lambda width: formulas_in(text, width, language))
        for place, gap in enumerate(self.query(".gap")):
            gap.display = place < count
            gap.query_one(Sheet).show(_prompt(place, count))
            gap.query_one(Input).placeholder = words.FILL_A_GAP.said_in(language)

    def complain(self, message: str, caret: int | None) -> None:  # noqa: ARG002 - of no one gap
        """Say what is not understood."""

        def lines(width: int) -> list[Content]:
            return prose(f"! {message}", width, "$warning")

        self.show_complaint(lines)

    def enter(self) -> None:
        """Hand over what was typed; while a gap further on is empty, go there instead."""
        fields = self.fields
        here = next((at for at, each in enumerate(fields) if each.has_focus), len(fields))
        following = next((each for each in fields[here + 1 :] if not each.value.strip()), None)
        if self.text and following is not None:
            following.focus()
        else:
            super().enter()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Withdraw the complaint: what is typed now is something else."""
        event.stop()
        self.show_complaint(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed, or go on to the next gap."""
        event.stop()
        self.enter()


def _prompt(place: int, count: int) -> Setter:
    number = plain(f"{place + 1} › " if count > 1 else "› ")
    return lambda _width: [number]

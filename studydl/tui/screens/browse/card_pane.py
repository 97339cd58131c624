"""The card beside the list: looked at, never asked; or its derivation in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl import cards
from studydl.tui import words as common
from studydl.tui.derivation_lines import derivation_lines
from studydl.tui.plain import plain
from studydl.tui.screens.browse.facts import answer_part, question_part
from studydl.tui.typeset import prose
from studydl.tui.widgets.choice import Choice, Options
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studydl.language import Language, Text
    from studydl.tui.screens.browse.facts import Facts
    from studydl.tui.widgets.sheet import Setter
    from studydl.verification.derivation_report import DerivationReport

__all__ = ["CardPane"]


class CardPane(VerticalScroll, can_focus=False):
    """Cards change in place."""

    def compose(self) -> ComposeResult:
        """Question, options, answer with everything else."""
        yield Sheet(id="question")
        yield Options(id="options")
        yield Sheet(id="answer")

    def show_card(self, facts: Facts, language: Language) -> None:
        """Show a card with its answer."""
        self.border_title = plain("")
        options = self.query_one("#options", Options)
        options.display = bool(facts.shown.options)
        if facts.shown.options:
            options.offer(_answered(facts), language)
        self._show("#question", lambda width: question_part(facts, language, width))
        self._show("#answer", lambda width: answer_part(facts, language, width))

    def show_derivation(self, report: DerivationReport, language: Language) -> None:
        """Show all steps of a derivation in the place of the card."""
        steps = len(report.steps)
        self._show_alone(lambda width: derivation_lines(report, steps, language, width), language)

    def say(self, text: str, language: Language) -> None:
        """Say in the place of the derivation why there is none, or that it is on its way."""
        self._show_alone(lambda width: prose(text, width, "$quiet"), language)

    def clear(self) -> None:
        """Show nothing: there is no card."""
        self.border_title = plain("")
        self.query_one("#options").display = False
        for selector in ("#question", "#answer"):
            self._show(selector, lambda _width: [])

    def _show_alone(self, setter: Setter, language: Language) -> None:
        title: Text = common.DERIVATION
        self.border_title = plain(title.said_in(language))
        self.query_one("#options").display = False
        self._show("#question", setter)
        self._show("#answer", lambda _width: [])

    def _show(self, selector: str, setter: Setter) -> None:
        self.query_one(selector, Sheet).show(setter)


def _answered(facts: Facts) -> Choice:
    answer, options = facts.shown.card.answer, facts.shown.options
    right = answer.right if isinstance(answer, cards.Choice) else ()
    places = frozenset(place for place, option in enumerate(options) if option in right)
    return Choice(options, places, frozenset(), revealed=True)

"""The four grades, each with the time until the card comes back, the proposed one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.plain import clickable, joined, plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from studydl.language import Language
    from studydl.memory import Grade, Interval

__all__ = ["GradeBar"]

_WIDEST = 20


class GradeBar(Sheet):
    """Before the answer is seen a quiet hint stands in its place, so that nothing jumps."""

    DEFAULT_CSS = """
    GradeBar { height: 1; margin: 0 0 1 0; padding: 0 2; }
    """

    def offer(
        self, intervals: Mapping[Grade, Interval], proposed: Grade, language: Language
    ) -> None:
        """Offer the grades."""
        labels = {
            grade: (words.GRADES[grade].said_in(language), interval.label())
            for grade, interval in intervals.items()
        }
        self.show(lambda width: [_offered(labels, proposed, width)])

    def hint(self, text: str) -> None:
        """Say what to do instead."""
        self.show(lambda _width: [plain(f" {text}", "$quiet")])


def _offered(labels: Mapping[Grade, tuple[str, str]], proposed: Grade, width: int) -> Content:
    buttons = [_button(grade, *label, marked=grade is proposed) for grade, label in labels.items()]
    share = min(width // len(buttons), _WIDEST)
    # Every button starts at its own column, whatever the intervals are.
    return joined(*(button.pad_right(max(share - button.cell_length, 1)) for button in buttons))


def _button(grade: Grade, name: str, interval: str, *, marked: bool) -> Content:
    sign = "›" if marked else " "
    block = "bold $background on $primary" if marked else ""
    content = joined(
        plain(f"{sign}{grade.value} {name} ", block),
        plain(f"{interval} ", block or "$quiet"),
    )
    return clickable(content, f"screen.grade({grade.value})")

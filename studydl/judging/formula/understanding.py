"""What was typed, as a formula of the card: or where it stops being one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.expressions import ExpressionFault, Vocabulary, parse, read, to_latex
from studydl.judging.judgement import Judgement, Verdict
from studydl.judging.quoting import prose
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards import Formula
    from studydl.cards.expressions import Expression

__all__ = ["Meaning", "Understood", "meanings_of", "understand", "vocabulary_of"]


class Understood(NamedTuple):
    """A typed formula that could be read.

    Attributes:
        expression: The tree.
        latex: How it is drawn, without dollar signs.
        remarks: Where it could have been meant otherwise.
    """

    expression: Expression
    latex: str
    remarks: tuple[Text, ...]

    @property
    def drawn(self) -> str:
        """The formula between dollar signs, as texts have it."""
        return f"${self.latex}$"


class Meaning(NamedTuple):
    """A name of a card that abbreviates a formula."""

    name: str
    expression: Expression


def vocabulary_of(formula: Formula) -> Vocabulary:
    """Return the names that a card lets people write.

    Raises:
        StudyError: If the card's names cannot be told apart or are no names.
    """
    return Vocabulary([each.name for each in formula.variables], formula.functions)


def meanings_of(formula: Formula) -> tuple[Meaning, ...]:
    """Return what the card's abbreviations stand for, each in the names before it.

    Raises:
        StudyError: If the card's names cannot be told apart or are no names.
        ExpressionFault: If one of them is no formula of the names before it.
    """
    before: list[str] = []
    meanings = []
    for variable in formula.variables:
        if variable.meaning:
            allowed = Vocabulary(before, formula.functions)
            meanings.append(Meaning(variable.name, parse(variable.meaning, allowed)))
        before.append(variable.name)
    return tuple(meanings)


def understand(formula: Formula, typed: str) -> Judgement | Understood:
    """Read what was typed; what is no formula of the card is judged invalid, with its place.

    Any text is answered at once: its length, depth and numbers are bounded.

    Raises:
        StudyError: If the card itself cannot be used.
    """
    try:
        reading = read(typed, vocabulary_of(formula))
    except ExpressionFault as fault:
        # The sentence quotes what was typed.
        feedback = Text(*map(prose, fault.sentence))
        return Judgement(Verdict.INVALID, feedback, caret=fault.at)
    return Understood(reading.expression, to_latex(reading.expression), reading.remarks)

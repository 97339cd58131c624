"""A card's own formula, as a text that is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions import ExpressionFault, parse, to_latex
from studydl.errors import StudyError
from studydl.judging.formula.understanding import vocabulary_of
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards import Formula

__all__ = ["formula_text"]


def formula_text(formula: Formula) -> Text:
    """Return the formula of a card between dollar signs.

    A formula that cannot be read, which `studydl check` reports, is shown as the deck writes it:
    a broken card must not end a sitting.
    """
    try:
        drawn = f"${to_latex(parse(formula.source, vocabulary_of(formula)))}$"
    except (ExpressionFault, StudyError):
        drawn = formula.source.replace("$", r"\$")
    return Text(drawn, drawn)

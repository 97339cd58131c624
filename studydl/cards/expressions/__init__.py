r"""Formulas as people type them, read safely into a tree of our own; runs nothing that it reads.

    >>> from studydl.cards.expressions import Vocabulary, read, to_latex, to_text
    >>> reading = read("1/2x", Vocabulary(["x"]))
    >>> to_text(reading.expression), to_latex(reading.expression)
    ('(1/2)*x', '\\frac{1}{2} \\cdot x')
    >>> reading.remarks[0].en
    'read as (1/2)*x; write 1/(2*x) if that is meant'

A text goes through four hands: `tokens` cuts it (`macros` reads its LaTeX), `names` looks words
up in the card's vocabulary, `parser` finds the grouping, `building` makes the nodes within bounds.
"""

from studydl.cards.expressions.faults import ExpressionFault
from studydl.cards.expressions.latex import to_latex
from studydl.cards.expressions.parser import Reading, parse, read
from studydl.cards.expressions.text import to_text
from studydl.cards.expressions.tree import (
    Binary,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Operator,
    Variable,
    calls_used,
    names_used,
    size,
    walk,
)
from studydl.cards.expressions.vocabulary import ALIASES, BASE, CONSTANTS, FUNCTIONS, Vocabulary

__all__ = [
    "ALIASES",
    "BASE",
    "CONSTANTS",
    "FUNCTIONS",
    "Binary",
    "Call",
    "Constant",
    "Expression",
    "ExpressionFault",
    "Negative",
    "Number",
    "Operator",
    "Reading",
    "Variable",
    "Vocabulary",
    "calls_used",
    "names_used",
    "parse",
    "read",
    "size",
    "to_latex",
    "to_text",
    "walk",
]

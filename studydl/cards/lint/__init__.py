"""What is wrong with decks beyond their shape: as questions, between each other, by their claims.

- `linter` asks all the others and gives each finding its place in a file.
- `texts` and `formulas` look at every text, `questions`, `shown_numbers` and `duplicates` at what
  makes a card hard to learn from.
- `blanks`, `parameters`, `numbers`, `formula_answers` and `programs` look at one kind of answer.
- `known` looks up the names of claims, misconceptions, quantities and derivations.
"""

from studydl.cards.lint.formulas import FormulaFault
from studydl.cards.lint.linter import lint

__all__ = ["FormulaFault", "lint"]

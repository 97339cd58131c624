"""Is this formula the card's? Understood in the process that draws, decided in the worker.

What is imported from here loads no SymPy: `understand` reads what was typed, and
`judgement_from_json` takes what the worker answered. The worker's half is `decision`, with
`meaning` as the only module that builds SymPy's expressions, from our own tree and never from text.
"""

from studydl.judging.formula.text import formula_text
from studydl.judging.formula.understanding import Understood, understand
from studydl.judging.formula.wire import judgement_from_json

__all__ = ["Understood", "formula_text", "judgement_from_json", "understand"]

"""What a card lets people write: its variables, and the functions that it allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.expressions.greek import SPELLINGS
from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "ALIASES",
    "BASE",
    "CONSTANTS",
    "FUNCTIONS",
    "MAX_NAME",
    "Vocabulary",
    "Word",
    "WordKind",
]

FUNCTIONS = {
    **dict.fromkeys(("exp", "ln", "sqrt", "abs", "factorial"), 1),
    **dict.fromkeys(("sin", "cos", "tan", "sinh", "cosh", "tanh"), 1),
    **dict.fromkeys(("sign", "sigmoid", "softplus", "relu", "erf"), 1),
    **dict.fromkeys(("min", "max"), 2),
}
"""Every function that can be understood, and how many arguments it takes."""

ALIASES = {"log": "ln", "σ": "sigmoid", "sigma": "sigmoid", "ReLU": "relu", "sgn": "sign"}
"""Other spellings of functions."""

BASE = frozenset({"exp", "ln", "sqrt", "abs", "factorial"})
"""The functions that every card knows."""

CONSTANTS = {"e": "e", "pi": "pi", "π": "pi"}

HIDDEN = frozenset({"σ", "sigma"})
"""Spellings of functions that a variable may take for itself."""

MAX_VARIABLES = 40
MAX_NAME = 40
MAX_PARTS = 4
"""Of a name: each doubles the ways to type it."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_PART = re.compile(r"[A-Za-z]+|[0-9]+")


class WordKind(Enum):
    """What a word stands for."""

    VARIABLE = auto()
    CONSTANT = auto()
    FUNCTION = auto()


class Word(NamedTuple):
    """What one spelling stands for."""

    kind: WordKind
    name: str


@dataclass(frozen=True, slots=True, init=False)
class Vocabulary:
    """The names that an answer may be made of.

    Attributes:
        variables: As the tree names them, such as ``x``, ``beta_1``, ``sigma``, ``y_hat``.
        functions: `BASE` and what the card adds to it.
        words: What every spelling stands for: ``β1``, ``β_1``, ``beta1`` and ``beta_1`` are one
            variable. A variable named ``e`` or ``pi`` hides the constant, one named ``sigma`` the
            function.
    """

    variables: tuple[str, ...]
    functions: frozenset[str]
    words: Mapping[str, Word] = field(compare=False, repr=False)

    def __init__(self, variables: Iterable[str], functions: Iterable[str] = ()) -> None:
        """Collect the names.

        Args:
            variables: Letters, digits and underscores, beginning with a letter, in ASCII. A
                mapping is read for its keys.
            functions: Of `FUNCTIONS`, or spelled as in `ALIASES`.

        Raises:
            StudyError: If a function is unknown, or a variable has no name that can be typed, or
                the name of another one or of a function.
        """
        allowed = frozenset(_function(name) for name in functions) | BASE
        words = {word: Word(WordKind.CONSTANT, name) for word, name in CONSTANTS.items()}
        words |= {name: Word(WordKind.FUNCTION, name) for name in allowed}
        words |= {
            alias: Word(WordKind.FUNCTION, name)
            for alias, name in ALIASES.items()
            if name in allowed
        }
        names = tuple(dict.fromkeys(variables))
        if len(names) > MAX_VARIABLES:
            raise StudyError(f"{len(names)} variables", hint=f"at most {MAX_VARIABLES} of them")
        for name in names:
            _declare(name, words)
        object.__setattr__(self, "variables", names)
        object.__setattr__(self, "functions", allowed)
        object.__setattr__(self, "words", words)


def _function(name: str) -> str:
    known = ALIASES.get(name, name)
    if known not in FUNCTIONS:
        hint = f"known are {', '.join(sorted(FUNCTIONS))}"
        raise StudyError(f"{name!r} is not a function of formulas", hint=hint)
    return known


def _declare(name: str, words: dict[str, Word]) -> None:
    parts = _PART.findall(name)
    if not _NAME.fullmatch(name) or len(name) > MAX_NAME or len(parts) > MAX_PARTS:
        hint = "write a letter, then letters, digits and single underscores, such as beta_1"
        raise StudyError(f"{name[:40]!r} cannot name a variable", hint=hint)
    for spelling in _spellings(parts):
        known = words.get(spelling)
        if known and known.kind is not WordKind.CONSTANT and spelling not in HIDDEN:
            hint = "give it another name"
            raise StudyError(f"the variable {name!r} could be taken for {known.name!r}", hint=hint)
    words |= dict.fromkeys(_spellings(parts), Word(WordKind.VARIABLE, name))


def _spellings(parts: list[str]) -> Iterator[str]:
    """Yield every way to type a name: Greek letters or their names, with or without ``_``."""
    for first, *others in product(*(SPELLINGS.get(part, (part,)) for part in parts)):
        for joints in product(("", "_"), repeat=len(others)):
            yield first + "".join(map("".join, zip(joints, others, strict=True)))

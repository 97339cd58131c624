"""The kinds of answers a card may have: plain data, read on the way to the first card.

Named tuples and not data classes: making a class of those takes eight times as long, and all of
this is loaded before the first card is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from studydl.language import Text

__all__ = [
    "Answer",
    "Blank",
    "Choice",
    "Cloze",
    "Code",
    "Distractor",
    "Form",
    "Formula",
    "Mistake",
    "Number",
    "Parameter",
    "Recall",
    "Slip",
    "Variable",
]


class Recall(NamedTuple):
    """An answer that the learner says and grades; ``text`` is the model answer."""

    text: Text

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "recall"


class Distractor(NamedTuple):
    """A wrong option that follows from a misconception of the card's claim."""

    text: Text
    misconception: str


class Choice(NamedTuple):
    """An answer that is picked among options.

    Attributes:
        correct: The right option.
        distractors: The wrong ones.
        also: Further right options; if there are any, all the right ones have to be picked.
    """

    correct: Text
    distractors: tuple[Distractor, ...]
    also: tuple[Text, ...] = ()

    @property
    def right(self) -> tuple[Text, ...]:
        """Every right option."""
        return (self.correct, *self.also)

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "choice"


class Slip(NamedTuple):
    """A wrong word for a blank that people are known to write.

    Attributes:
        words: How it is written, in either language.
        because: Why it is wrong.
    """

    words: tuple[str, ...]
    because: Text


class Blank(NamedTuple):
    """A gap in a text.

    Attributes:
        en: What fills it in the English text; the first is shown as the answer.
        zh: What fills it in the Chinese text.
        mistakes: Known wrong words.
    """

    en: tuple[str, ...]
    zh: tuple[str, ...]
    mistakes: tuple[Slip, ...] = ()


class Cloze(NamedTuple):
    """A text with gaps, ``[[1]]`` to ``[[n]]``, each of which stands once in either language."""

    text: Text
    blanks: tuple[Blank, ...]

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "cloze"


class Mistake(NamedTuple):
    """A known wrong number or formula.

    Attributes:
        source: As a person types it.
        because: What went wrong, said to the learner.
        misconception: The misconception of the card's claim that it shows, if it does.
    """

    source: str
    because: Text
    misconception: str | None = None


class Parameter(NamedTuple):
    """What a question draws anew at each review: one of a few values, as the deck writes them."""

    name: str
    values: tuple[str, ...]


class Number(NamedTuple):
    """An answer that is a number.

    Attributes:
        source: The value as the deck writes it, ``1/4`` or ``0.25``; with parameters, arithmetic
            in them, or empty if the implementation alone tells.
        value: What that is, exactly where it is rational; zero while parameters are not drawn.
        tolerance: How far an answer may be off, or None: then it is as exact as it was written.
        unit: What the number counts, shown behind it.
        vary: What is drawn at each review; empty for a question that is always the same.
        computed: The quantity of the claim that computes the value with the parameters.
        mistakes: Known wrong answers.
    """

    source: str
    value: Fraction | float
    tolerance: Fraction | None = None
    unit: Text | None = None
    vary: tuple[Parameter, ...] = ()
    computed: str | None = None
    mistakes: tuple[Mistake, ...] = ()

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "number"


class Variable(NamedTuple):
    """A name that a formula may use.

    Attributes:
        name: As it is typed: ``x``, ``beta_1``.
        values: What it stands for: ``real``, ``positive``, ``nonnegative``, ``negative``,
            ``integer`` (1, 2, ...), ``count`` (0, 1, 2, ...) or an open interval ``(0, 1)``.
        meaning: What it abbreviates, as typed, in the variables before it; empty if nothing.
    """

    name: str
    values: str = "real"
    meaning: str = ""


class Form(NamedTuple):
    """What a formula must look like, beside its value.

    Attributes:
        only: The names it may use; empty for all.
        without: The functions it may not use.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Formula(NamedTuple):
    """An answer that is a formula.

    Attributes:
        source: As a person types it: ``s(1 - s)``.
        variables: The names it may use.
        functions: The functions it may use beyond the common ones.
        form: What it must look like beside its value, if it matters.
        mistakes: Known wrong answers.
        line: The line of the card's derivation that says the same, from 1; 0 for the last.
    """

    source: str
    variables: tuple[Variable, ...]
    functions: tuple[str, ...] = ()
    form: Form | None = None
    mistakes: tuple[Mistake, ...] = ()
    line: int = 0

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "formula"


class Code(NamedTuple):
    """An answer that is a function in Python, measured by the verifiers of claims.

    Attributes:
        function: The name that the learner defines.
        part: The part of the claims' implementation that it replaces; None if it is the whole.
        starter: What the learner begins with; it fails.
        solution: What the card shows as its answer; it passes.
        also: Further claims that measure it, beside the card's own.
    """

    function: str
    part: str | None
    starter: str
    solution: str
    also: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The word for it in decks."""
        return "code"


Answer = Recall | Choice | Cloze | Number | Formula | Code

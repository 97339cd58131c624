"""What a deck may say of each kind of answer: tables for the reader and the published schema."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from studydl.cards.answers import (
    Answer,
    Blank,
    Choice,
    Cloze,
    Code,
    Distractor,
    Form,
    Formula,
    Mistake,
    Number,
    Parameter,
    Recall,
    Slip,
    Variable,
)
from studydl.cards.shapes import Amount, BothLanguages, Constant, Count, Program, Word
from studydl.cards.structures import Field, Kinds, Many, Named, Record

__all__ = ["ANSWER"]

MOST_VALUES = 16
"""Of one parameter; a question has no more than a few dozen variants to be checked."""

_TEXT = BothLanguages()
_SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG = Word("an id of small letters, digits and hyphens", _SLUG_PATTERN, "forgot-the-root")
_CLAIM = Word("chapter.slug", rf"{_SLUG_PATTERN}\.{_SLUG_PATTERN}", "optimizers.adam-first-step")
_NAME = Word("a name", r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*", "beta_1")
_IDENTIFIER = Word("a name in Python", r"[A-Za-z_][A-Za-z0-9_]*", "sigmoid_gradient")
_EXPRESSION = Word("a formula as it is typed", example='"s(1 - s)"')
_WORDS = Many(Word("a word or a few", example="square root"), "words", least=1, distinct=True)
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_VALUES = Word(
    "what a variable stands for",
    r"real|positive|nonnegative|negative|integer|count|"
    rf"\({_NUMBER}, {_NUMBER}\)",
    'real, positive, integer or "(0, 1)"',
)


def _kind(name: str) -> Field:
    return Field("kind", Constant(name), "how the answer is judged")


def _recall(values: dict[str, Any]) -> Recall:
    return Recall(values["text"])


def _distractor(values: dict[str, Any]) -> Distractor:
    return Distractor(values["text"], values["misconception"])


def _choice(values: dict[str, Any]) -> Choice:
    return Choice(values["correct"], values["distractors"], values.get("also", ()))


def _slip(values: dict[str, Any]) -> Slip:
    return Slip((*values["en"], *values["zh"]), values["because"])


def _blank(values: dict[str, Any]) -> Blank:
    return Blank(values["en"], values["zh"], values.get("mistakes", ()))


def _cloze(values: dict[str, Any]) -> Cloze:
    return Cloze(values["text"], values["blanks"])


def _wrong_number(values: dict[str, Any]) -> Mistake:
    source, _ = values["value"]
    return Mistake(source, values["because"], values.get("misconception"))


def _number(values: dict[str, Any]) -> Number:
    source, value = values.get("value", ("", Fraction(0)))
    _, tolerance = values.get("tolerance", ("", None))
    return Number(source, value, tolerance, values.get("unit"), mistakes=values.get("mistakes", ()))


def _varied(values: dict[str, Any]) -> Number:
    _, tolerance = values.get("tolerance", ("", None))
    vary = tuple(
        Parameter(name, tuple(source for source, _ in drawn)) for name, drawn in values["vary"]
    )
    source, unit = values.get("value", ""), values.get("unit")
    return Number(source, Fraction(0), tolerance, unit, vary, values["computed"])


def _wrong_formula(values: dict[str, Any]) -> Mistake:
    return Mistake(values["value"], values["because"], values.get("misconception"))


def _form(values: dict[str, Any]) -> Form:
    return Form(values.get("only", ()), values.get("without", ()))


def _formula(values: dict[str, Any]) -> Formula:
    free = [Variable(name, drawn) for name, drawn in values["variables"]]
    named = [Variable(name, meaning=meaning) for name, meaning in values.get("where", ())]
    return Formula(
        values["value"],
        (*free, *named),
        values.get("functions", ()),
        values.get("form"),
        values.get("mistakes", ()),
        values.get("line", 0),
    )


def _code(values: dict[str, Any]) -> Code:
    part, also = values.get("part"), values.get("also", ())
    return Code(values["function"], part, values["starter"], values["solution"], also)


_DISTRACTOR = Record(
    "a distractor",
    (
        Field("text", _TEXT, "a wrong option that somebody would believe"),
        Field("misconception", _SLUG, "the misconception of the card's claim that leads to it"),
    ),
    _distractor,
)
_SLIP = Record(
    "a known wrong word",
    (
        Field("en", _WORDS, "how it is written in English"),
        Field("zh", _WORDS, "how it is written in Chinese"),
        Field("because", _TEXT, "why it is wrong"),
    ),
    _slip,
)
_BLANK = Record(
    "a blank",
    (
        Field("en", _WORDS, "what fills it in the English text; the first is shown"),
        Field("zh", _WORDS, "what fills it in the Chinese text; the first is shown"),
        Field("mistakes", Many(_SLIP, "known wrong words", most=4), "known slips", required=False),
    ),
    _blank,
)


def _mistake_fields(value: Field) -> tuple[Field, ...]:
    return (
        value,
        Field("because", _TEXT, "what went wrong, said to the learner"),
        Field("misconception", _SLUG, "the claim's misconception that it shows", required=False),
    )


_WRONG_NUMBER = Record(
    "a known wrong number",
    _mistake_fields(Field("value", Amount(), "the wrong number")),
    _wrong_number,
)
_WRONG_FORMULA = Record(
    "a known wrong formula",
    _mistake_fields(Field("value", _EXPRESSION, "the wrong formula, as it is typed")),
    _wrong_formula,
)
_FORM = Record(
    "the form of a formula",
    (
        Field("only", Many(_NAME, "names"), "the names it may use", required=False),
        Field("without", Many(_NAME, "functions"), "functions it may not use", required=False),
    ),
    _form,
)
_TOLERANCE = Field("tolerance", Amount(width=True), "how far it may be off", required=False)
_UNIT = Field("unit", _TEXT, "what it counts", required=False)

_NUMBERS: Record[Answer] = Record(
    "a number answer",
    (
        _kind("number"),
        Field("value", Amount(), 'the number: 0.25, 1e-3 or exactly, "1/4"'),
        _TOLERANCE,
        _UNIT,
        Field(
            "mistakes",
            Many(_WRONG_NUMBER, "known wrong numbers", most=6),
            "answers that are known to be wrong, each with its reason",
            required=False,
        ),
    ),
    _number,
)
_VARIED_NUMBERS: Record[Answer] = Record(
    "a number answer with vary:",
    (
        _kind("number"),
        Field(
            "vary",
            Named(
                _NAME,
                Many(Amount(), "values", least=1, most=MOST_VALUES),
                "the parameters, {name: [values]},",
                most=4,
            ),
            "what is drawn at each review; [[name]] in the texts shows it",
        ),
        Field("computed", _SLUG, "the quantity of the claim that computes the answer"),
        Field(
            "value",
            Word("arithmetic in the parameters", example='"1 - beta^t"'),
            "the same by hand: a second opinion that `studydl check` compares for every variant",
            required=False,
        ),
        _TOLERANCE,
        _UNIT,
    ),
    _varied,
)

ANSWER: Kinds[Answer] = Kinds(
    {
        "recall": Record(
            "a recall answer",
            (_kind("recall"), Field("text", _TEXT, "the model answer")),
            _recall,
        ),
        "choice": Record(
            "a choice",
            (
                _kind("choice"),
                Field("correct", _TEXT, "the right option"),
                Field(
                    "also",
                    Many(_TEXT, "right options", least=1, most=3),
                    "further right options; then all the right ones have to be picked",
                    required=False,
                ),
                Field(
                    "distractors",
                    Many(_DISTRACTOR, "distractors", least=2, most=5),
                    "the wrong options, two to five",
                ),
            ),
            _choice,
        ),
        "cloze": Record(
            "a cloze",
            (
                _kind("cloze"),
                Field("text", _TEXT, "a text with the gaps [[1]], [[2]], ... in either language"),
                Field("blanks", Many(_BLANK, "blanks", least=1, most=4), "what fills the gaps"),
            ),
            _cloze,
        ),
        "number": _NUMBERS,
        "formula": Record(
            "a formula answer",
            (
                _kind("formula"),
                Field("value", _EXPRESSION, 'the formula, as it is typed: "s(1 - s)"'),
                Field(
                    "variables",
                    Named(_NAME, _VALUES, "the variables, {x: real, n: integer},", most=12),
                    "the names that the formula may use, and what they stand for",
                ),
                Field(
                    "where",
                    Named(_NAME, _EXPRESSION, 'abbreviations, {s: "1/(1 + e^-x)"},', most=6),
                    "names that abbreviate formulas in the variables",
                    required=False,
                ),
                Field(
                    "functions",
                    Many(_NAME, "functions", distinct=True),
                    "functions it may use beyond exp, ln, log, sqrt and abs",
                    required=False,
                ),
                Field("form", _FORM, "what it must look like beside its value", required=False),
                Field(
                    "line",
                    Count("a line of the derivation"),
                    "the line of the derivation that says the same; else the last",
                    required=False,
                ),
                Field(
                    "mistakes",
                    Many(_WRONG_FORMULA, "known wrong formulas", most=8),
                    "answers that are known to be wrong, each with its reason",
                    required=False,
                ),
            ),
            _formula,
        ),
        "code": Record(
            "a code answer",
            (
                _kind("code"),
                Field("function", _IDENTIFIER, "the function that the learner writes"),
                Field(
                    "part",
                    _IDENTIFIER,
                    "which part of the claim's implementation it replaces, if not the whole",
                    required=False,
                ),
                Field("starter", Program(), "what the learner begins with; it has to fail"),
                Field("solution", Program(), "the answer that the card shows; it has to pass"),
                Field(
                    "also",
                    Many(_CLAIM, "claims", distinct=True),
                    "further claims that measure it",
                    required=False,
                ),
            ),
            _code,
        ),
    },
    variants={("number", "vary"): _VARIED_NUMBERS},
)

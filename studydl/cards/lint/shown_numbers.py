"""Whether an explanation shows the number that its card asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.arithmetic import ArithmeticFault, Calculation, calculate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.answers import Number

__all__ = ["shows"]

FEWEST_DIGITS = 2
"""A rounding to one digit is not the number any more: the 1 of ``s(1-s)`` is not 0.632."""
FLOAT_NOISE = 1e-9
SMALL = 10
"""Whole numbers up to this are often said in words, "zero" or "twice": they are not looked for."""

_LATEX = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\\(?:left|right)(?![a-z])|\\[,;! ]", " "),
        (r"\\sqrt\s*\{([^{}]+)\}", r"sqrt(\1)"),
        (r"\^\s*\{([^{}]+)\}", r"^(\1)"),
        (r"\\[td]?frac\s*\{([^{}]+)\}\s*\{([^{}]+)\}", r"((\1)/(\2))"),
        (r"\\[td]?frac\s*(\d)\s*(\d)", r"(\1/\2)"),
        (r"\\(?:times|cdot)(?![a-z])", "*"),
        (r"\\(ln|log|exp|pi)(?![a-z])", r" \1"),
        (r"\\%", "%"),
    )
)
MOST_NESTED = 4
"""A fraction within a fraction is unwrapped from the inside, this often."""
_SIDES = re.compile(r"[$=]|≈|<|>|≤|≥|\\[a-z]+|[,，;；:：。？?!]\s*|\.\s|\.$")
_LITERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?(?:\s*[*×]\s*10\^\(?-?[0-9]+\)?)?\s*%?")
_FRACTION = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*/\s*[0-9]+(?:\.[0-9]+)?")
_WORDS = re.compile(r"half|third|quarter|fifth|tenth|hundredth|thousandth|percent|一半|分之")


def shows(text: str, number: Number) -> bool:
    """Tell whether a text shows a number: as a decimal, a rounding of it, a fraction, a formula.

    A text with fractions in words ("one quarter") is believed.
    """
    value = number.value
    if -SMALL <= value <= SMALL and value == int(value):
        return True
    return _WORDS.search(text) is not None or any(_is(shown, number) for shown in _numbers(text))


def _numbers(text: str) -> Iterator[Calculation]:
    for pattern, plain in _LATEX * MOST_NESTED:
        text = pattern.sub(plain, text)
    candidates = [*_SIDES.split(text), *_FRACTION.findall(text), *_LITERAL.findall(text)]
    for candidate in candidates:
        if re.search("[0-9]", candidate) is None:
            continue
        try:
            yield calculate(candidate.strip())
        except ArithmeticFault:
            continue


def _is(shown: Calculation, number: Number) -> bool:
    value = float(number.value)
    try:
        off = abs(abs(float(shown.value)) - abs(value))
    except OverflowError:
        return False
    # The text may round the card's value, and the card may round the text's.
    roundings = [
        float(written.unit) / 2
        for written in (shown.written, calculate(number.source).written)
        if written and written.digits >= FEWEST_DIGITS
    ]
    slack = max(FLOAT_NOISE * abs(value), float(number.tolerance or 0), *roundings)
    return off <= slack * (1 + FLOAT_NOISE)

r"""What a word or a short formula says, apart from how it is spelled.

``Mini-batches``, ``the mini batch`` and ``minibatch`` say the same, as do ``$\gamma$``, ``gamma``
and ``γ``. Nothing that could change the meaning is dropped: ``biased`` is not ``unbiased``,
``n-1`` is not ``n1``, ``x²`` is not ``x_2``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studydl.cards.characters import respell
from studydl.cards.expressions.greek import MACROS

__all__ = ["Said", "is_near", "said"]

FEWEST_LETTERS = 5
"""Of a word in which one letter may be a slip; in a shorter one it makes another word."""

_GREEK = {name.casefold(): letter for name, letter in reversed(MACROS.items())}
_BRACES = str.maketrans({"{": "(", "}": ")", "√": " sqrt ", "′": "'", "’": "'"})
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+(?:\.[0-9]+)?|'|[-+*/^=<>≤≥≠%!|()]")
_HELD = re.compile(r"\(([^\W_]+)\)|(?<=\^)\((-[^\W_]+)\)")
_BRITISH = re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![suia])s$|(?<=[sxz])es$|(?<=[cs]h)es$")


class Said(NamedTuple):
    """A text as it is compared.

    Attributes:
        forms: The ways to read it; two texts say the same if they share one.
        words: Its parts, in order.
    """

    forms: frozenset[str]
    words: tuple[str, ...]

    def same_as(self, other: Said) -> bool:
        """Tell whether two texts say the same."""
        return not self.forms.isdisjoint(other.forms)


def said(text: str) -> Said:
    """Return what a text says; of one without letters, digits or signs, it is nothing."""
    spelled = respell(text).text.casefold().replace("$", " ").replace("\\", " ")
    spelled = spelled.translate(_BRACES)
    tokens = [_read(token) for token in _TOKEN.finditer(spelled)]
    words = tuple(_without_articles([token for token in tokens if token]))
    joined = (_joined(words), _joined(_without_hyphens(words)))
    # The words apart tell which letters begin one; forms are what is compared as a whole.
    return Said(frozenset(form for each in joined for form in _numbers_of(each)), words)


def is_near(typed: Said, expected: Said) -> bool:
    """Tell whether one text is the other with a single letter mistyped in a long word.

    A letter put before a word, taken from its front or exchanged there makes another word
    (``asymmetric``), and so does a digit.
    """
    own, right = (_without_hyphens(each.words) for each in (typed, expected))
    if len(own) != len(right):
        return False
    differing = [pair for pair in zip(own, right, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    [(word, other)] = differing
    # The word that belongs there has to be long; Chinese has no letters to mistype.
    is_long = len(other) >= FEWEST_LETTERS and other.isascii() and other.isalpha()
    return is_long and word.isalpha() and _is_one_slip(word, other)


def _read(token: re.Match[str]) -> str:
    word = token[0]
    if word == "'":
        # A prime belongs to a symbol, as in f'; any other apostrophe is spelling.
        return "'" if _is_prime(token) else ""
    if word == "-" and _joins(token):
        return "‐"
    return _GREEK.get(word) or (_BRITISH.sub("iz", word) if len(word) > FEWEST_LETTERS else word)


def _is_prime(apostrophe: re.Match[str]) -> bool:
    before = re.search(r"([^\W\d_]+)'*$", apostrophe.string[: apostrophe.start()])
    return before is not None and not _is_word(before[1])


def _joins(hyphen: re.Match[str]) -> bool:
    """Tell a hyphen, which joins words, from a minus sign between symbols or with space around."""
    before = re.search(r"[^\W_]+$", hyphen.string[: hyphen.start()])
    after = re.match(r"[^\W_]+", hyphen.string[hyphen.end() :])
    return (
        before is not None
        and after is not None
        and any(_is_word(each[0]) for each in (before, after))
    )


def _is_word(text: str) -> bool:
    """Tell a word from a symbol: a letter, Greek or not, or a number."""
    return len(text) > 1 and text.isalpha() and text not in _GREEK


def _without_articles(words: list[str]) -> list[str]:
    kept = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if not (_is_word(following) and word in ("a", "an", "the")):
            kept.append(word)
    return kept


def _without_hyphens(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word != "‐")


def _joined(words: tuple[str, ...]) -> str:
    return _HELD.sub(lambda held: held[1] or held[2], "".join(words).replace("‐", "-"))


def _numbers_of(form: str) -> tuple[str, ...]:
    """Return a form, and its singular if it looks like a plural."""
    return (form, _PLURAL.sub("", form))


def _is_one_slip(word: str, other: str) -> bool:
    """Tell whether one letter behind the first is added, left out or wrong, or two are swapped."""
    if word[:1] != other[:1]:
        return False
    short, long = sorted((word, other), key=len)
    if len(short) != len(long):
        rests = (long[:at] + long[at + 1 :] for at in range(1, len(long)))
        return short in rests
    places = [at for at in range(len(word)) if word[at] != other[at]]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        return word[first] == other[second] and word[second] == other[first]
    return len(places) == 1

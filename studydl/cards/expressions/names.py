"""Runs of letters to the names of a card, also where several are written as one: ``2pix``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions import refusals
from studydl.cards.expressions.token import Kind, Token
from studydl.cards.expressions.vocabulary import ALIASES, FUNCTIONS, MAX_NAME, WordKind
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studydl.cards.expressions.vocabulary import Vocabulary, Word

__all__ = ["resolved"]

_KINDS = {
    WordKind.VARIABLE: Kind.VARIABLE,
    WordKind.CONSTANT: Kind.CONSTANT,
    WordKind.FUNCTION: Kind.FUNCTION,
}
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "infty", "oo"})


def resolved(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[Token], tuple[Text, ...]]:
    """Return the tokens with every run of letters looked up, and what was taken apart.

    Raises:
        ExpressionFault: At a name that the vocabulary does not have.
    """
    found: list[Token] = []
    remarks: list[Text] = []
    for place, token in enumerate(tokens):
        if token.kind is not Kind.NAME:
            found.append(token)
        elif word := vocabulary.words.get(token.text):
            found.append(token._replace(kind=_KINDS[word.kind], text=word.name))
        else:
            called = tokens[place + 1].text in ("(", "[")
            words = _taken_apart(token, vocabulary, called=called)
            found.extend(_pieces(token, words, vocabulary.words))
            apart = " ".join(words)
            remarks.append(Text(f"{token.text} is read as {apart}", f"{token.text} 读作 {apart}"))
    return found, tuple(remarks)


def _taken_apart(token: Token, vocabulary: Vocabulary, *, called: bool) -> list[str]:
    name = token.text
    if name.casefold() in _NOT_FINITE:
        raise refusals.not_finite(token.at, name)
    known = ALIASES.get(name, name) in FUNCTIONS
    words = None if known else _only_way(name, vocabulary.words)
    if words is None:
        raise refusals.unknown_name(token.at, name, vocabulary, called=called)
    return words


def _only_way(name: str, words: Mapping[str, Word]) -> list[str] | None:
    """Return the words that make up a run of letters, if there is exactly one way."""
    # For each place: how many ways lead there, and where the last word of one of them begins.
    ways, begins = [1], [0]
    for end in range(1, len(name) + 1):
        starts = [
            start
            for start in range(max(0, end - MAX_NAME), end)
            if ways[start] and name[start:end] in words
        ]
        # Two ways are as bad as more of them.
        ways.append(min(2, sum(ways[start] for start in starts)))
        begins.append(starts[0] if starts else 0)
    if ways[-1] != 1:
        return None
    found: list[str] = []
    end = len(name)
    while end:
        found.append(name[begins[end] : end])
        end = begins[end]
    return found[::-1]


def _pieces(token: Token, spelled: list[str], words: Mapping[str, Word]) -> Iterator[Token]:
    offset = 0
    for piece in spelled:
        # A macro or an accent is longer as it was typed than as it is spelled.
        at = min(token.at + offset, token.end - 1)
        offset += len(piece)
        word = words[piece]
        end = token.end if offset == len(token.text) else min(token.at + offset, token.end)
        yield Token(_KINDS[word.kind], word.name, at, end)

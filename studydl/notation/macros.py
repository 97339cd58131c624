r"""What the macros with arguments mean: each reader takes the parser behind its own macro."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.notation.alphabets import ALPHABETS
from studydl.notation.environments import environment, substack
from studydl.notation.errors import NotationError
from studydl.notation.glyphs import ACCENTS, DELIMITERS, MACROS
from studydl.notation.tree import (
    Accent,
    Binomial,
    Fenced,
    Fraction,
    Kind,
    Node,
    Root,
    Row,
    Stacked,
    Symbol,
)

if TYPE_CHECKING:
    from studydl.notation.lexer import Token
    from studydl.notation.parser import Parser

__all__ = ["IGNORED", "READERS", "Reader"]

Reader = Callable[["Parser", "Token"], Node]

# They choose between TeX's styles; a terminal has one.
IGNORED = frozenset({"\\limits", "\\nolimits", "\\displaystyle", "\\textstyle", "\\nonumber"})

_TEXT_MACROS = ("\\text", "\\textrm", "\\textbf", "\\textit", "\\mbox")
_ESCAPED = re.compile(r"\\([_%$&#{}])")


def _fraction(parser: Parser, macro: Token) -> Node:
    return Fraction(parser.argument(macro), parser.argument(macro))


def _binomial(parser: Parser, macro: Token) -> Node:
    return Binomial(parser.argument(macro), parser.argument(macro))


def _root(parser: Parser, macro: Token) -> Node:
    degree = None
    if parser.peek().text == "[":
        opener = parser.take()
        with parser.nested(opener):
            degree = parser.row(until="]")
        parser.expect("]", opener)
    return Root(parser.argument(macro), degree)


def _fenced(parser: Parser, macro: Token) -> Node:
    left = _delimiter(parser, macro)
    with parser.nested(macro):
        body = parser.row()
    return Fenced(left, body, _delimiter(parser, parser.expect("\\right", macro)))


def _middle(parser: Parser, macro: Token) -> Node:
    symbol = parser.take()
    known = MACROS.get(symbol.text)
    if symbol.text not in DELIMITERS or not isinstance(known, Symbol):
        raise _no_delimiter(macro, symbol)
    return replace(known, latex=f"\\middle{symbol.text}", kind=Kind.MIDDLE)


def _sized(parser: Parser, macro: Token) -> Node:
    """A delimiter of a chosen size: here every fence takes the size of its body."""
    symbol = parser.take()
    text = DELIMITERS.get(symbol.text)
    if not text:
        raise _no_delimiter(macro, symbol)
    if text in "|‖" and macro.text[-1] in "lr":
        return MACROS[f"\\{macro.text[-1]}{'vert' if text == '|' else 'Vert'}"]
    return MACROS[{"<": "\\langle", ">": "\\rangle"}.get(symbol.text, symbol.text)]


def _delimiter(parser: Parser, macro: Token) -> str:
    symbol = parser.take()
    if symbol.text not in DELIMITERS:
        raise _no_delimiter(macro, symbol)
    return DELIMITERS[symbol.text]


def _no_delimiter(macro: Token, symbol: Token) -> NotationError:
    found = symbol.text or "the end"
    return NotationError(
        f"{macro.text} needs a delimiter, not {found}", symbol.offset, "such as ( or \\}"
    )


def _text(parser: Parser, macro: Token) -> Node:
    raw = re.sub(r"\s+", " ", parser.raw(macro))
    words = _ESCAPED.sub(r"\1", raw)
    if "\\" in words:
        raise NotationError("a macro inside \\text", macro.offset, "close the text before it")
    return Symbol(f"\\text{{{raw}}}", words, words)


def _operator_name(parser: Parser, macro: Token) -> Node:
    raw = re.sub(r"\s+", " ", parser.raw(macro))
    words = _ESCAPED.sub(r"\1", re.sub(r"\\[,;: ]", " ", raw))
    if "\\" in words or not words.strip():
        raise NotationError("an operator's name is plain letters", macro.offset)
    latex = f"{macro.text}{{{raw}}}"
    return Symbol(latex, words, words, Kind.FUNCTION, limits=macro.text.endswith("*"))


def _alphabet(parser: Parser, macro: Token) -> Node:
    outer, parser.alphabet = parser.alphabet, macro.text
    styled = parser.argument(macro)
    parser.alphabet = outer
    return styled


def _accent(parser: Parser, macro: Token) -> Node:
    return Accent(macro.text[1:], parser.argument(macro))


def _negated(parser: Parser, macro: Token) -> Node:
    r"""`\not` and a relation: the struck glyph."""
    symbol = _ungrouped(parser.argument(macro))
    if not isinstance(symbol, Symbol) or symbol.kind is not Kind.RELATION:
        raise NotationError("\\not needs a relation behind it", macro.offset, "such as \\not\\in")
    struck = unicodedata.normalize("NFC", symbol.text + "\u0338")
    spelled = "!=" if symbol.text == "=" else f"not {symbol.ascii}"
    return Symbol(f"\\not{symbol.latex}", struck, spelled, Kind.RELATION)


def _over(parser: Parser, macro: Token) -> Node:
    above = parser.argument(macro)
    return Stacked(_ungrouped(parser.argument(macro)), None, above)


def _under(parser: Parser, macro: Token) -> Node:
    below = parser.argument(macro)
    return Stacked(_ungrouped(parser.argument(macro)), below, None)


def _ungrouped(node: Node) -> Node:
    """The symbol inside a group that holds nothing else: it keeps being a relation."""
    return node.items[0] if isinstance(node, Row) and len(node.items) == 1 else node


READERS: dict[str, Reader] = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), _fraction),
    "\\binom": _binomial,
    "\\sqrt": _root,
    "\\left": _fenced,
    "\\middle": _middle,
    **{f"\\{size}{side}": _sized for size in ("big", "Big", "bigg", "Bigg") for side in "lrm"},
    **dict.fromkeys(("\\big", "\\Big", "\\bigg", "\\Bigg"), _sized),
    "\\begin": environment,
    "\\substack": substack,
    **dict.fromkeys(_TEXT_MACROS, _text),
    **dict.fromkeys(("\\operatorname", "\\operatorname*"), _operator_name),
    **dict.fromkeys(ALPHABETS, _alphabet),
    **{f"\\{name}": _accent for name in (*ACCENTS, "underbrace", "overbrace")},
    "\\not": _negated,
    **dict.fromkeys(("\\overset", "\\stackrel"), _over),
    "\\underset": _under,
}

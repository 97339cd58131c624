r"""Tokens to a tree, by recursive descent. What is not understood is refused, with its place.

The parser knows rows, groups and scripts; what a macro with arguments means is told in `macros`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.notation.alphabets import ALPHABETS
from studydl.notation.errors import NotationError
from studydl.notation.glyphs import CHARACTERS, MACROS
from studydl.notation.lexer import END, Token, tokens
from studydl.notation.macros import IGNORED, READERS
from studydl.notation.pairs import paired
from studydl.notation.tree import Kind, Node, Row, Scripts, Symbol, kind_of, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Parser", "parse"]

MAX_DEPTH = 24

_ROW_ENDS = frozenset({END, "}", "&", "\\\\", "\\end", "\\right"})
_STRAY = {
    "}": "there is no { before it",
    "&": "columns need an environment such as \\begin{aligned}",
    "\\\\": "several rows need an environment such as \\begin{aligned}",
    "\\end": "there is no \\begin before it",
    "\\right": "there is no \\left before it",
}


def parse(latex: str) -> Node:
    """Reads a formula.

    Args:
        latex: The source, without the dollars around it.

    Returns:
        Its tree.

    Raises:
        NotationError: The source is not in the subset: an unknown macro, an unclosed brace,
            a second superscript, nesting that is too deep ... The error carries the place.
    """
    parser = Parser(latex)
    formula = parser.row()
    last = parser.peek()
    if last.text != END:
        raise NotationError(f"unexpected {last.text}", last.offset, _STRAY[last.text])
    return formula


class Parser:
    """A position in a list of tokens, and the readers of every construct."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.alphabet: str | None = None  # the macro whose letters are read
        self._tokens = tokens(source)
        self._position = 0
        self._depth = 0

    def peek(self) -> Token:
        """The next token, which stays."""
        return self._tokens[self._position]

    def take(self) -> Token:
        """The next token, which is consumed. `END` is never passed."""
        token = self._tokens[self._position]
        self._position += token.text != END
        return token

    def expect(self, text: str, opener: Token) -> Token:
        """Consumes `text`, which closes what `opener` opened."""
        token = self.take()
        if token.text != text:
            raise NotationError(f"{opener.text} is not closed", opener.offset, f"{text} is missing")
        return token

    def row(self, *, until: str = END) -> Node:
        """Nodes up to the end of the group, cell or formula, or up to the token `until`."""
        depth = self._depth
        items: list[Node] = []
        while (token := self.peek()).text not in _ROW_ENDS and token.text != until:
            if token.text in IGNORED:
                self.take()
                continue
            item = self._scripts(self._base(token))
            items.append(item)
            # Plain delimiters nest too: `paired` makes fences of them.
            if kind_of(item) is Kind.OPENING:
                self._deepen(token)
            elif kind_of(item) is Kind.CLOSING:
                self._depth = max(depth, self._depth - 1)
        self._depth = depth
        return row_of(paired(items))

    def group(self, opener: Token) -> Node:
        """The row after an opening brace, and its closing brace."""
        with self.nested(opener):
            inside = self.row()
        self.expect("}", opener)
        return inside

    def argument(self, macro: Token) -> Node:
        """What follows `macro` as its argument: a group, a single character or a macro."""
        token = self.peek()
        if token.text in _ROW_ENDS or token.text in {"^", "_", "'"}:
            raise NotationError(f"{macro.text} lacks its argument", macro.offset, "write {...}")
        if len(token.text) > 1 and token.text[0].isdigit():
            # TeX takes one digit: \frac12 is a half.
            self._tokens[self._position : self._position + 1] = [
                Token(rest.text, token.offset + 1 + rest.offset)
                for rest in tokens(token.text[1:])[:-1]
            ]
            return self._symbol(token.text[0])
        with self.nested(token):
            return row_of([self._base(token)])

    def raw(self, macro: Token) -> str:
        """The source between the braces that follow `macro`, as it is written."""
        opener = self.take()
        if opener.text != "{":
            raise NotationError(f"{macro.text} lacks its argument", macro.offset, "write {...}")
        level = 1
        while level:
            token = self.take()
            if token.text == END:
                raise NotationError("{ is not closed", opener.offset, "} is missing")
            level += {"{": 1, "}": -1}.get(token.text, 0)
        return self.source[opener.end : token.offset]

    @contextmanager
    def nested(self, token: Token) -> Iterator[None]:
        """One level deeper, within bounds: the drawing recurses as deep as the tree."""
        depth = self._depth
        self._deepen(token)
        yield
        self._depth = depth

    def _deepen(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotationError(f"nested more than {MAX_DEPTH} levels deep", token.offset)

    def _base(self, token: Token) -> Node:
        if token.text in {"^", "_"}:
            raise NotationError(
                f"{token.text} has nothing to stand on", token.offset, f"write {{}}{token.text}"
            )
        self.take()
        if token.text == "{":
            return self.group(token)
        if token.text == "'":
            raise NotationError("a prime has nothing to stand on", token.offset, "write \\prime")
        if token.text in READERS:
            return READERS[token.text](self, token)
        if token.text[0] == "\\":
            return self._macro(token)
        return self._symbol(self._word(token) if self.alphabet else token.text)

    def _macro(self, token: Token) -> Node:
        known = MACROS.get(token.text)
        if known is None:
            raise NotationError(f"unknown macro {token.text}", token.offset, _nearest(token.text))
        return self._styled(known) if isinstance(known, Symbol) else known

    def _symbol(self, text: str) -> Node:
        known = CHARACTERS.get(text) or Symbol(text, text, text)
        return self._styled(known) if isinstance(known, Symbol) else known

    def _styled(self, symbol: Symbol) -> Symbol:
        """`symbol` in the alphabet in force, where that alphabet has its letters."""
        if self.alphabet is None or symbol.kind is not Kind.ORDINARY:
            return symbol
        text = "".join(map(ALPHABETS[self.alphabet], symbol.text))
        if text == symbol.text and not symbol.latex.isalnum():
            return symbol
        return replace(symbol, latex=f"{self.alphabet}{{{symbol.latex}}}", text=text)

    def _word(self, token: Token) -> str:
        """The letters from `token` on: under an alphabet they are one word."""
        end = token.end
        while token.text.isalnum() and self.peek().text.isalnum() and self.peek().offset == end:
            end = self.take().end
        return self.source[token.offset : end]

    def _scripts(self, base: Node) -> Node:
        """`base` with the scripts and primes that follow it, at most one of each."""
        sub: Node | None = None
        sup: Node | None = None
        while (token := self.peek()).text in {"^", "_", "'"} or token.text in IGNORED:
            if token.text in IGNORED:
                self.take()
            elif token.text == "_":
                if sub is not None:
                    raise _second("subscript", token)
                sub = self.argument(self.take())
            else:
                if sup is not None:
                    raise _second("superscript", token)
                sup = self._primes() if token.text == "'" else self.argument(self.take())
        return base if sub is None and sup is None else Scripts(base, sub, sup)

    def _primes(self) -> Node:
        """Primes, and the superscript that TeX lets follow them."""
        found: list[Node] = []
        while self.peek().text == "'":
            self.take()
            found.append(MACROS["\\prime"])
        if self.peek().text == "^":
            sup = self.argument(self.take())
            found += sup.items if isinstance(sup, Row) else (sup,)
        return row_of(found)


def _nearest(macro: str) -> str:
    import difflib  # only a mistake needs it, and it is slow to load

    names = [name[1:] for name in (*MACROS, *READERS)]
    close = difflib.get_close_matches(macro[1:], names, n=3, cutoff=0.5)
    close.sort(key=lambda name: abs(len(name) + 1 - len(macro)))
    return f"did you mean \\{close[0]}?" if close else ""


def _second(name: str, token: Token) -> NotationError:
    return NotationError(f"a second {name} on one symbol", token.offset, "group them with braces")

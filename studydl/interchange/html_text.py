"""HTML as Anki keeps it, as a text of a deck: prose, with LaTeX between dollar signs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from studydl.notation import check

__all__ = ["text_of"]

_BREAKS = {"br", "p", "div", "li", "tr", "hr", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4"}
_SILENT = {"style", "script"}
_FORMULA = re.compile(
    r"\\\((?P<a>.{1,4000}?)\\\)|\\\[(?P<b>.{1,4000}?)\\\]"
    r"|\[\$\](?P<c>.{1,4000}?)\[/\$\]|\[\$\$\](?P<d>.{1,4000}?)\[/\$\$\]"
    r"|\[latex\](?P<e>.{1,4000}?)\[/latex\]",
    re.DOTALL | re.IGNORECASE,
)
_DISPLAYED = {"b", "d"}
_UNPRINTABLE = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NAMES = 60


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag == "img":
            name = dict(attrs).get("src") or ""
            self.parts.append(f"(image: {name[:_NAMES]})")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BREAKS - {"br", "hr"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def text_of(told: str, *, is_html: bool = True) -> str:
    """Return a field of a note as a deck writes it; a formula that cannot be drawn stays as it is.

    Args:
        told: The field.
        is_html: Whether it is HTML, or plain text.
    """
    if is_html:
        reader = _Reader()
        reader.feed(told)
        reader.close()
        told = "".join(reader.parts)
    told = _UNPRINTABLE.sub("", told.replace("\r", "").replace("\t", "    "))
    parts, last = [], 0
    for found in _FORMULA.finditer(told):
        parts += [_prose(told[last : found.start()]), _formula(found)]
        last = found.end()
    return _tidy("".join([*parts, _prose(told[last:])]))


def _formula(found: re.Match[str]) -> str:
    name = found.lastgroup or "a"
    latex = " ".join(found[name].split()).removeprefix("$").removesuffix("$").strip()
    sign = "$$" if name in _DISPLAYED else "$"
    drawn = f"{sign}{latex}{sign}"
    return _prose(found[name]) if not latex or check(drawn) else drawn


def _prose(text: str) -> str:
    # A sign of dollars would begin a formula, two brackets a gap.
    return text.replace("$", r"\$").replace("[[", "[ [").replace("]]", "] ]")


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

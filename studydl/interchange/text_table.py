"""Notes in a table of text, as Anki's import of text reads them, as cards of the learner's own."""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn

from studydl.errors import StudyError
from studydl.interchange.notes import card_of
from studydl.interchange.own_cards import OwnCard, gap_numbers, own_card, own_cloze, own_id

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_table"]

_MOST_BYTES = 1 << 26
_HEADER = re.compile(r"#([a-z ]{1,30}):(.{0,2000})", re.IGNORECASE)
_SEPARATORS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_HTML = re.compile(
    r"<(?:br|b|i|div|p|ul|li|img|span|sub|sup)\b|&(?:nbsp|lt|gt|amp);", re.IGNORECASE
)
_MOST_FIELDS = 1000


class _Layout(NamedTuple):
    """What the headers say: column numbers count from 1."""

    separator: str
    is_html: bool
    tags: tuple[str, ...]
    columns: dict[str, int]

    def special(self, row: list[str], name: str) -> str:
        place = self.columns.get(name, 0)
        return row[place - 1].strip() if 0 < place <= len(row) else ""

    def fields(self, row: list[str]) -> list[str]:
        special = set(self.columns.values())
        return [each for place, each in enumerate(row, start=1) if place not in special]


def read_table(stream: IO[bytes], name: str, separator: str | None = None) -> list[OwnCard]:
    """Read a table: the first field is the question, the second the answer, others explain.

    Args:
        stream: The file.
        name: What to call it in a sentence.
        separator: What stands between fields, unless a header says; None to guess.

    Raises:
        StudyError: It cannot be read as a table.
    """
    content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        _refuse("this table is larger than 64 MB", name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("this table is not UTF-8", name)
    if "\0" in text:
        _refuse("this is no table of text", name)
    layout, rest = _layout(text, separator)
    cards: dict[str, OwnCard] = {}
    try:
        for row in csv.reader(io.StringIO(rest, newline=""), delimiter=layout.separator):
            if len(row) > _MOST_FIELDS:
                _refuse(f"a row of this table has {len(row)} fields", name)
            cards.update((card.id, card) for card in _cards(row, layout))
    except csv.Error as error:
        _refuse(f"this table cannot be read: {error}", name)
    return list(cards.values())


def _layout(text: str, separator: str | None) -> tuple[_Layout, str]:
    told: dict[str, str] = {}
    while text.startswith("#"):
        line, _, rest = text.partition("\n")
        found = _HEADER.fullmatch(line.rstrip("\r"))
        if found is None:
            break
        told[found[1].strip().lower()] = found[2]
        text = rest
    named = told.get("separator", "").strip("\r\n")
    chosen = _SEPARATORS.get(named.strip().lower(), named if len(named) == 1 else None)
    if chosen is None or chosen in '"\r\n':
        chosen = separator or _guessed(text)
    says_html = told.get("html", "").strip().lower()
    is_html = says_html == "true" if says_html else _HTML.search(text) is not None
    columns = {
        key.removesuffix(" column"): int(value)
        for key, value in told.items()
        if key.endswith(" column") and value.strip().isdecimal()
    }
    return _Layout(chosen, is_html, tuple(told.get("tags", "").split()), columns), text


def _guessed(text: str) -> str:
    first = text.partition("\n")[0]
    return max("\t;,|", key=first.count) if any(each in first for each in "\t;,|") else "\t"


def _cards(row: list[str], layout: _Layout) -> Iterator[OwnCard]:
    fields = layout.fields(row)
    if not any(field.strip() for field in fields):
        return
    # Without an identity of its own a note is known by its first field, as in Anki.
    guid = layout.special(row, "guid") or f"table {fields[0].strip()}"
    if card_of(guid) is not None:
        return
    tags = (*layout.tags, *layout.special(row, "tags").split())
    between = "<br>" if layout.is_html else "\n"
    question, answer, *others = [*fields, ""]
    if numbers := gap_numbers(question):
        rest = between.join(field for field in fields[1:] if field.strip())
        for number in numbers:
            id_ = own_id(guid, number - 1)
            yield own_cloze(id_, question, number, rest, tags, is_html=layout.is_html)
        return
    rest = between.join(field for field in others if field.strip())
    sides = (question, answer, rest)
    yield own_card(own_id(guid, 0), sides, tags, is_html=layout.is_html)


def _refuse(what: str, name: str) -> NoReturn:
    raise StudyError(what, where=name, hint="nothing was taken in")

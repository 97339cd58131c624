r"""A card's text in parts: prose, `$...$` inline, `$$...$$` displayed. `\$` is a dollar."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from studydl.notation.errors import NotationError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Part", "PartKind", "parts"]

_PROSE = re.compile(r"(?:\\\$|[^$])+")
_FORMULA = re.compile(
    r"\$\$(?P<displayed>(?:\\.|[^$\\])+)\$\$|\$(?P<inline>(?:\\.|[^$\\])+)\$", re.DOTALL
)


class PartKind(Enum):
    """What a stretch of a text is."""

    PROSE = auto()
    INLINE = auto()
    DISPLAYED = auto()


class Part(NamedTuple):
    """A stretch of a text: its words or its LaTeX, and where that begins."""

    kind: PartKind
    content: str
    offset: int


def parts(text: str) -> Iterator[Part]:
    """The parts of `text` in order.

    Raises:
        NotationError: A dollar opens a formula that never ends, or an empty one.
    """
    place = 0
    while place < len(text):
        if match := _PROSE.match(text, place):
            yield Part(PartKind.PROSE, match.group().replace("\\$", "$"), place)
        elif match := _FORMULA.match(text, place):
            name = "inline" if match["displayed"] is None else "displayed"
            if not match[name].strip():
                raise NotationError("an empty formula", place, "write \\$ for a dollar sign")
            kind = PartKind.INLINE if name == "inline" else PartKind.DISPLAYED
            yield Part(kind, match[name], match.start(name))
        else:
            raise NotationError(
                "this $ opens a formula that is not closed", place, "write \\$ for a dollar sign"
            )
        place = match.end()

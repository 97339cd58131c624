"""Which options of a choice a typed text means."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from studydl.judging.choice import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.language import Text

__all__ = ["picked_options"]

MAX_LENGTH = 2000
"""Of a typed option; none is nearly as long."""

_BETWEEN = re.compile(r"[\s,;&+/、，；和与]+|\band\b")


def picked_options(options: Sequence[Text], typed: str, *, several: bool) -> set[int] | None:
    """Return the indices of the options that are meant, or None.

    Where the options are themselves letters or numbers, an input that names some options and reads
    like others means neither.

    Args:
        options: In the order in which they are shown.
        typed: What was typed.
        several: Whether more than one may be meant.
    """
    if len(typed) > MAX_LENGTH:
        return None
    texts = [{_plain(said) for said in option} for option in options]
    labels = _by_labels if several else _by_label
    readings = [labels(_plain(typed), len(texts)), _by_text(_plain(typed), texts)]
    if several:
        readings.append(_by_texts(typed, texts))
    found = [each for each in readings if each]
    agree = bool(found) and all(each == found[0] for each in found)
    return found[0] if agree and (several or len(found[0]) == 1) else None


def _by_label(typed: str, count: int) -> set[int]:
    label = typed.strip("().、: ")
    places = {name: at for at in range(count) for name in (LETTERS[at], str(at + 1))}
    return {places[label]} if label in places else set()


def _by_labels(typed: str, count: int) -> set[int]:
    """Read ``a c``, ``ac``, ``a, c`` and ``(a) (c)``; nothing if a part is no option."""
    found: set[int] = set()
    for part in _BETWEEN.split(typed):
        bare = part.strip("().、:")
        read = [_by_label(label, count) for label in bare]
        if not all(read):
            return set()
        found = found.union(*read)
    return found


def _by_text(typed: str, texts: Sequence[set[str]]) -> set[int]:
    return {index for index, said in enumerate(texts) if typed in said}


def _by_texts(typed: str, texts: Sequence[set[str]]) -> set[int]:
    """Read the texts of options with ``;`` between them; nothing if one of them is no option."""
    read = [_by_text(_plain(part), texts) for part in re.split("[;；\n]", typed) if part.strip()]
    return set[int]().union(*read) if read and all(read) else set()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("$", "").split())

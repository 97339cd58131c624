"""What a term looks for: text in which some characters are wild."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import NamedTuple

from studydl.cards.search import folded

__all__ = ["ANY", "ONE", "Pattern"]

ANY = "\ue000"
"""Stands for any text. A character that no one types; queries with it are read without it."""
ONE = "\ue001"
"""Stands for any one character."""


class Pattern(NamedTuple):
    """Text as it was typed, quotes and escapes resolved."""

    text: str

    @property
    def literal(self) -> str | None:
        """The text, folded, if nothing in it is wild."""
        return None if ANY in self.text or ONE in self.text else folded(self.text)

    @property
    def like(self) -> str:
        """The text, folded, as a pattern of LIKE with a backslash as its escape."""
        escaped = re.sub(r"([%_\\])", r"\\\1", folded(self.text))
        return escaped.replace(ANY, "%").replace(ONE, "_")

    @property
    def typed(self) -> str:
        """The text, folded, as it would be typed."""
        return folded(self.text).replace(ANY, "*").replace(ONE, "_")

    def fits_tag(self, tag: str) -> bool:
        """Return whether a tag is as the pattern says, or stands below one that is."""
        # Not a regular expression of ours: whatever is wild, this one does not go astray.
        wild = folded(self.text).replace("[", "[[]").replace("?", "[?]").replace("*", "[*]")
        wild = wild.replace(ANY, "*").replace(ONE, "?")
        return any(fnmatchcase(folded(tag), each) for each in (wild, f"{wild}::*"))

    def fits(self, text: str) -> bool:
        """Return whether the pattern is somewhere in a text."""
        parts = {ANY: ".*", ONE: "."}
        wild = "".join(parts.get(each) or re.escape(each) for each in folded(self.text))
        return re.search(wild, folded(text), re.DOTALL) is not None

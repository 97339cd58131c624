"""What a learner typed, or a learner's code printed, as a part of our own sentences."""

from __future__ import annotations

__all__ = ["printable", "prose"]


def printable(text: str) -> str:
    """Return text without what could steer a terminal or turn the direction of reading."""
    return "".join(each if each.isprintable() or each in "\n\t" else "�" for each in text)


def prose(text: str) -> str:
    """Return text as it may stand in a sentence: a dollar in it opens no formula."""
    return printable(text).replace("$", r"\$")

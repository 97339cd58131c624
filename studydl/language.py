"""The two languages of the cards and of the interface, and a text in both."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Language", "Text", "preferred_language"]


class Language(StrEnum):
    """A language that cards and interface speak."""

    ENGLISH = "en"
    CHINESE = "zh"


class Text(NamedTuple):
    """One text in both languages."""

    en: str
    zh: str

    def said_in(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language is Language.CHINESE else self.en


def preferred_language(chosen: str = "auto", environment: dict[str, str] | None = None) -> Language:
    """Return the language that was chosen, else the one that the environment asks for.

    That is Chinese for a ``zh`` locale, else English. ``LC_ALL`` outranks ``LC_MESSAGES``, which
    outranks ``LANG``, as POSIX has it.

    Args:
        chosen: A language, or ``auto``.
        environment: The variables; those of the process by default.
    """
    if chosen != "auto":
        return Language(chosen)
    variables = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            return Language.CHINESE if value.lower().startswith("zh") else Language.ENGLISH
    return Language.ENGLISH

"""A line of tags: what it says, which tags the cards have already, how a tag is completed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from studydl.language import Text
from studydl.memory.tags import TagChange, TagError, change_told

if TYPE_CHECKING:
    from collections.abc import Collection

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.tui.screens.base import StudyScreen

__all__ = ["HINT", "NO_TAG_CHANGED", "TAGS_NOW", "TagSuggester", "change_in", "prompt"]

_PROMPT = Text("your tags", "自定标签")
_PROMPT_BEHIND = Text("your tags: {tags}", "自定标签：{tags}")
HINT = Text(
    "word adds, -word takes away; Enter keeps it, esc leaves it",
    "词 添加，-词 去掉；回车确定，esc 放弃",
)
TAGS_NOW = Text("Your tags: {tags}", "自定标签：{tags}")
NO_TAG_CHANGED = Text(
    "That changes no tag of yours; those of a deck stand in its file.",
    "你的标签没有变化；卡组自带的标签写在卡组文件里。",
)
_LAST_WORD = re.compile(r"-?([^\s,，、;；]+)\Z")


def prompt(screen: StudyScreen, cards: Collection[str]) -> str:
    """Return what stands before the field: the tags that the cards have, and how many have each."""
    by_card = screen.desk.memory.tags_by_card()
    counts = Counter(tag for card in cards for tag in by_card.get(card, ()))
    named = [
        tag if each == len(cards) else f"{tag} {each}/{len(cards)}" for tag, each in _in(counts)
    ]
    if not named:
        return screen.desk.say(_PROMPT)
    return screen.desk.say(_PROMPT_BEHIND, tags=", ".join(named))


def _in(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the tags that most cards have first."""
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def change_in(screen: StudyScreen, line: str) -> TagChange | None:
    """Return what a line asks for; None if a word of it can be no tag, which is then said."""
    try:
        return change_told(line)
    except TagError as error:
        told = error.told.said_in(screen.desk.language)
        screen.notify(told, markup=False, severity="error", timeout=10)
        return None


class TagSuggester(Suggester):
    """Completes the last word of a line; the arrow to the right takes it over."""

    def __init__(self, memory: Memory, library: Library) -> None:
        """Complete by the tags that the learner has given until now, then by those of the decks."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = [*memory.tags(), *library.tags()]

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last word completed, or None."""
        begun = _LAST_WORD.search(value)
        if begun is None:
            return None
        word = begun[1].casefold()
        fitting = (tag for tag in self._tags if tag.casefold().startswith(word))
        return next((value + tag[len(begun[1]) :] for tag in fitting if len(tag) > len(word)), None)

"""What a learner's own tag may be, and what a line of them asks for."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from studydl.errors import StudyError
from studydl.language import Text

__all__ = ["LONGEST_TAG", "TagChange", "TagError", "change_told", "checked_tag"]

LONGEST_TAG = 60
"""So many characters a tag has at most."""

_LEVELS = "::"
_APART = re.compile(r"[\s,，、;；]+")
_AWAY = "-"
_BARRED = frozenset('"*()\\,，、;；')
"""Signs by which searches or lists of tags are read."""
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})

_EXAMPLE = Text(
    "write one word, such as `exam` or `exam::hard`", "请写一个词，如 `考试` 或 `考试::难`"
)


class TagError(StudyError):
    """A word that can be no tag.

    Attributes:
        told: The sentence in both languages.
    """

    def __init__(self, what: Text) -> None:
        """Say what is wrong with it."""
        super().__init__(what.en, hint=_EXAMPLE.en)
        self.told = Text(f"{what.en} ({_EXAMPLE.en})", f"{what.zh}（{_EXAMPLE.zh}）")


class TagChange(NamedTuple):
    """What a line asks for."""

    added: tuple[str, ...]
    """Tags that the cards are to have."""
    removed: tuple[str, ...]
    """Tags that they are to have no more."""


def change_told(line: str) -> TagChange:
    """Return what a line of tags asks for; ``-word`` takes a tag away.

    Of a tag that is given and taken, what stands last counts.

    Args:
        line: Words with spaces or commas between them.

    Raises:
        TagError: One of them can be no tag.
    """
    wanted: dict[str, bool] = {}
    for word in filter(None, _APART.split(line)):
        tag = checked_tag(word.removeprefix(_AWAY))
        wanted[tag] = not word.startswith(_AWAY)
    added = tuple(tag for tag, is_wanted in wanted.items() if is_wanted)
    return TagChange(added, tuple(tag for tag in wanted if tag not in added))


def checked_tag(word: str) -> str:
    """Return a word as a tag: in the one form in which Unicode composes it.

    Raises:
        TagError: It can be no tag.
    """
    tag = unicodedata.normalize("NFC", word)
    if fault := _fault(tag):
        raise TagError(fault)
    return tag


def _fault(tag: str) -> Text | None:
    if any(sign.isspace() or unicodedata.category(sign) in _INVISIBLE for sign in tag):
        return Text(
            "a tag has no space and nothing invisible in it", "标签里不能有空格或不可见字符"
        )
    if len(tag) > LONGEST_TAG:
        return Text(
            f"a tag has at most {LONGEST_TAG} characters, this one has {len(tag)}",
            f"标签最多 {LONGEST_TAG} 个字符，这个有 {len(tag)} 个",
        )
    if barred := next((sign for sign in tag if sign in _BARRED), None):
        return Text(f"a tag has no {barred} in it: {tag}", f"标签里不能有 {barred}：{tag}")
    if tag.startswith(_AWAY):
        return Text(f"a tag does not begin with -: {tag}", f"标签不能以 - 开头：{tag}")
    if not tag or tag.startswith(":") or tag.endswith(":") or not all(tag.split(_LEVELS)):
        shown = tag or _AWAY
        return Text(
            f"a tag, or a level of it, has no name: {shown}", f"标签或其中一层没有名称：{shown}"
        )
    return None

"""What an action is: where it can be carried out, by which keys, in which words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studydl.language import Text

__all__ = ["Action", "Place"]


class Place(StrEnum):
    """Where an action can be carried out."""

    HOME = "home"
    REVIEW = "review"
    BREAK_IT = "break_it"
    WHAT_IF = "what_if"
    NOTES = "notes"
    MAP = "map"
    BROWSE = "browse"
    STATISTICS = "statistics"
    VERIFY = "verify"
    SETTINGS = "settings"
    HELP = "help"
    EVERYWHERE = "everywhere"


class Action(NamedTuple):
    """Something that a person can do.

    Attributes:
        name: The action as Textual runs it, ``grade(1)``.
        place: The screen whose action it is.
        keys: The keys, the one that is shown first.
        label: One word, for the footer and the palette.
        help: One sentence.
        rank: Which give way first in a narrow footer: the highest; None never stands there.
        shown_as: How its keys are written where they stand for several actions together.
    """

    name: str
    place: Place
    keys: tuple[str, ...]
    label: Text
    help: Text
    rank: int | None = None
    shown_as: str = ""

    @property
    def method(self) -> str:
        """The action without its arguments."""
        return self.name.partition("(")[0]

    @property
    def id(self) -> str:
        """The name by which a keymap can give it other keys."""
        return f"{self.place}.{self.name}"

    @property
    def namespace(self) -> str:
        """Whose action it is, in the words of Textual."""
        return "app" if self.place is Place.EVERYWHERE else "screen"

    def key_for(self, *, typing: bool) -> str | None:
        """Return the key to show; while somebody types, letters and the space bar are text."""
        if self.shown_as and not typing:
            return self.shown_as
        fitting = (key for key in self.keys if not (typing and _is_text(key)))
        key = next(fitting, None)
        return None if key is None else _SHOWN_KEYS.get(key, key)

    def written_keys(self) -> str:
        """Return all keys, as the help lists them."""
        return self.shown_as or " ".join(_SHOWN_KEYS.get(key, key) for key in self.keys)


_SHOWN_KEYS = {
    "escape": "esc",
    "question_mark": "?",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "ctrl+e": "^e",
    "ctrl+r": "^r",
    "ctrl+p": "^p",
    "ctrl+q": "^q",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def _is_text(key: str) -> bool:
    return len(key) == 1 or key in {"space", "question_mark"}

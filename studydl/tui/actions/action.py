"""What an action is: where it can be carried out, by which keys, in which words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studydl.language import Text

__all__ = ["Action", "Place", "shown_key"]


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
        return None if key is None else shown_key(key)

    def written_keys(self) -> str:
        """Return all keys, as the help lists them."""
        return self.shown_as or " ".join(map(shown_key, self.keys))


_PUNCTUATION = {
    "apostrophe": "'",
    "asterisk": "*",
    "backslash": "\\",
    "colon": ":",
    "comma": ",",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "full_stop": ".",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "plus": "+",
    "question_mark": "?",
    "quotation_mark": '"',
    "right_square_bracket": "]",
    "semicolon": ";",
    "slash": "/",
    "underscore": "_",
}
_SHOWN_KEYS = {
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
    **_PUNCTUATION,
}


def shown_key(key: str) -> str:
    """Return a key as it is written for people."""
    if key.startswith("ctrl+"):
        return f"^{shown_key(key.removeprefix('ctrl+'))}"
    is_function = key[:1] == "f" and key[1:].isdigit()
    return key.upper() if is_function else _SHOWN_KEYS.get(key, key)


def _is_text(key: str) -> bool:
    return len(key) == 1 or key == "space" or key in _PUNCTUATION

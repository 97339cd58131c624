"""What all screens have in common: the desk, the keys that are legal now, the last row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.actions import parse
from textual.screen import Screen

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of
from studydl.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from studydl.errors import StudyError
    from studydl.language import Text
    from studydl.tui.actions.action import Action
    from studydl.tui.desk import Desk

__all__ = ["StudyScreen"]


class StudyScreen(Screen[None]):
    """A screen that draws what is on the desk and offers what can be done.

    Attributes:
        desk: The learner's desk.
        subject: What is wanted here: a card's id, a claim's id, a section, a query; or nothing.
    """

    PLACE: ClassVar[Place]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (96, "-wide")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, desk: Desk) -> None:
        """Draw what is on a desk."""
        super().__init__()
        self.desk = desk
        self.subject = ""
        if self._keys:
            from studydl.tui.rebinding import rebind

            rebind(self, self.PLACE, self._keys)

    def fit(self, width: int) -> None:
        """Take the shape for a width from the start, instead of being laid out anew for it."""
        shapes = sorted(self.HORIZONTAL_BREAKPOINTS, reverse=True)
        self.add_class(*[name for least, name in shapes if width >= least][:1], update=False)

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        raise NotImplementedError

    async def resume(self) -> None:
        """Take notice of what has changed on the desk while another screen was shown."""

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002 - for subclasses
        """Return whether an action of this screen can be carried out now."""
        return True

    def key_for(self, action: Action) -> str | None:
        """Return the key under which the last row offers a legal action; None for not at all."""
        return None if action.rank is None else action.key_for(typing=self.is_typing)

    @property
    def is_typing(self) -> bool:
        """Whether letters are text now."""
        # Nothing takes the focus but fields.
        return self.focused is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what is not legal now, so that its key does nothing."""
        if any(action == own.method for own in actions_of(self.PLACE)):
            return self.is_legal(action, parameters)
        return True

    def offer_keys(self) -> None:
        """Show in the last row what can be done now."""
        actions = actions_of(self.PLACE, Place.EVERYWHERE, keys=self._keys)
        offered = [each for each in actions if self._can(each)]
        keys = [(each, key) for each in offered if (key := self.key_for(each)) is not None]
        self.query_one(KeyBar).offer(keys, self.desk.language)

    def say(self, text: Text, **values: object) -> None:
        """Say something in passing."""
        self.notify(self.desk.say(text, **values), markup=False, timeout=4)

    def complain(self, error: StudyError) -> None:
        """Say what cannot be done, in the sentence that tells how to mend it."""
        self.notify(str(error), markup=False, severity="error", timeout=10)

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Letters have become text."""
        self.offer_keys()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Letters are keys again."""
        self.offer_keys()

    @property
    def _keys(self) -> Mapping[str, str]:
        """The keys that the learner chose."""
        return self.desk.memory.settings.interface.keys

    def _can(self, action: Action) -> bool:
        if action.place is not self.PLACE:
            return True
        _, method, parameters = parse(action.name)
        return self.is_legal(method, parameters)

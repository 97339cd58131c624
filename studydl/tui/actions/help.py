"""What can be done in the help."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "close",
        Place.HELP,
        ("escape", "question_mark", "f1", "h"),
        Text("Close", "关闭"),
        Text("Close the help.", "关闭帮助。"),
        rank=0,
    ),
    Action(
        "scroll(1)",
        Place.HELP,
        ("j", "down", "space", "pagedown"),
        Text("Down", "向下"),
        Text("Scroll down.", "向下滚动。"),
    ),
    Action(
        "scroll(-1)",
        Place.HELP,
        ("k", "up", "pageup"),
        Text("Up", "向上"),
        Text("Scroll up.", "向上滚动。"),
    ),
)

"""Actions that several screens have: closing, scrolling, moving a cursor."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["closing", "moving", "scrolling"]


def closing(place: Place) -> Action:
    """Return the action that goes back to the screen below."""
    return Action(
        "close",
        place,
        ("escape",),
        Text("Back", "返回"),
        Text("Go back to where you came from.", "返回上一个界面。"),
        rank=1,
    )


def scrolling(place: Place) -> tuple[Action, ...]:
    """Return the actions that scroll a page."""
    return (
        Action(
            "scroll(1)",
            place,
            ("j", "down", "pagedown"),
            Text("Down", "向下"),
            Text("Scroll down.", "向下滚动。"),
        ),
        Action(
            "scroll(-1)",
            place,
            ("k", "up", "pageup"),
            Text("Up", "向上"),
            Text("Scroll up.", "向上滚动。"),
        ),
    )


def moving(place: Place) -> tuple[Action, ...]:
    """Return the actions that move the cursor of a list."""
    return (
        Action(
            "move(1)",
            place,
            ("j", "down"),
            Text("Down", "下移"),
            Text("Go to the next row.", "移到下一行。"),
        ),
        Action(
            "move(-1)",
            place,
            ("k", "up"),
            Text("Up", "上移"),
            Text("Go to the row before.", "移到上一行。"),
        ),
        Action(
            "page(1)",
            place,
            ("pagedown",),
            Text("Page down", "下一页"),
            Text("Go down by a page.", "向下翻一页。"),
        ),
        Action(
            "page(-1)",
            place,
            ("pageup",),
            Text("Page up", "上一页"),
            Text("Go up by a page.", "向上翻一页。"),
        ),
        Action(
            "edge(1)",
            place,
            ("G", "end"),
            Text("End", "末尾"),
            Text("Go to the last row.", "移到最后一行。"),
        ),
        Action(
            "edge(-1)",
            place,
            ("g", "home"),
            Text("Start", "开头"),
            Text("Go to the first row.", "移到第一行。"),
        ),
    )

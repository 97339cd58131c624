"""What can be done among the chapters."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "start",
        Place.HOME,
        ("enter", "space"),
        Text("Start", "开始"),
        Text("Study the chapter under the cursor.", "学习光标所在的章节。"),
        rank=0,
    ),
    Action(
        "move(1)",
        Place.HOME,
        ("j", "down"),
        Text("Down", "下移"),
        Text("Go to the next chapter.", "移到下一章。"),
    ),
    Action(
        "move(-1)",
        Place.HOME,
        ("k", "up"),
        Text("Up", "上移"),
        Text("Go to the previous chapter.", "移到上一章。"),
    ),
    Action(
        "resume",
        Place.HOME,
        ("escape", "h"),
        Text("Back", "返回"),
        Text("Go back to the card on the table.", "返回正在作答的卡片。"),
        rank=1,
    ),
)

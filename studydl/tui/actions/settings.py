"""What can be done in the settings."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "choose",
        Place.SETTINGS,
        ("enter", "space"),
        Text("Change", "更改"),
        Text(
            "Take the next value, after the last the first; on a key, press another for it.",
            "换成下一个值，到末尾后回到开头；对按键则按下新的键。",
        ),
        rank=0,
    ),
    Action(
        "change(1)",
        Place.SETTINGS,
        ("right",),
        Text("More", "增大"),
        Text("Take the next value.", "换成下一个值。"),
        rank=3,
    ),
    Action(
        "change(-1)",
        Place.SETTINGS,
        ("left",),
        Text("Less", "减小"),
        Text("Take the value before.", "换成上一个值。"),
        rank=3,
    ),
    Action(
        "reset",
        Place.SETTINGS,
        ("r",),
        Text("As shipped", "恢复默认"),
        Text("Take back the value or key that was shipped.", "恢复默认的值或按键。"),
        rank=4,
    ),
    Action(
        "reset_all",
        Place.SETTINGS,
        ("R",),
        Text("All keys as shipped", "恢复全部按键"),
        Text("Give every action the keys that were shipped.", "恢复全部操作的默认按键。"),
        rank=5,
    ),
    Action(
        "turn",
        Place.SETTINGS,
        ("tab",),
        Text("Keys", "按键"),
        Text("Go from the settings to the keys, or back.", "在设置和按键之间切换。"),
        rank=2,
    ),
    closing(Place.SETTINGS),
    *moving(Place.SETTINGS),
)

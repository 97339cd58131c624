"""What can be done while a claim is broken."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

_BREAK_IT = Place.BREAK_IT

ACTIONS: tuple[Action, ...] = (
    Action(
        "unveil",
        _BREAK_IT,
        ("space",),
        Text("Which breaks?", "哪项不成立？"),
        Text(
            "Show which measurements the misconception breaks; guess first.",
            "显示这个误解使哪些测量不成立；先猜一猜。",
        ),
        rank=0,
    ),
    Action(
        "open_card",
        _BREAK_IT,
        ("enter", "right"),
        Text("Look", "查看"),
        Text("Show what is under the cursor in the list's place.", "在列表处显示光标所在项。"),
        rank=0,
    ),
    Action(
        "close_card",
        _BREAK_IT,
        ("left",),
        Text("List", "列表"),
        Text("Go back to the list.", "回到列表。"),
    ),
    *moving(_BREAK_IT),
    Action(
        "scroll(1)",
        _BREAK_IT,
        ("J", "shift+down"),
        Text("Scroll down", "向下滚动"),
        Text("Scroll the picture and the measurements down.", "向下滚动图和测量值。"),
    ),
    Action(
        "scroll(-1)",
        _BREAK_IT,
        ("K", "shift+up"),
        Text("Scroll up", "向上滚动"),
        Text("Scroll the picture and the measurements up.", "向上滚动图和测量值。"),
    ),
    Action(
        "measure",
        _BREAK_IT,
        ("v",),
        Text("Measure", "实测"),
        Text("Measure everything again, with the next seed.", "换下一个种子，全部重新测量。"),
        rank=2,
    ),
    Action(
        "what_if",
        _BREAK_IT,
        ("w",),
        Text("What if", "假如"),
        Text("Turn the claim's parameters.", "调整这条论断的参数。"),
        rank=3,
    ),
    Action(
        "cancel",
        _BREAK_IT,
        ("escape",),
        Text("Cancel", "取消"),
        Text("Stop measuring.", "停止测量。"),
        rank=0,
    ),
    closing(_BREAK_IT),
)

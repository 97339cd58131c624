"""What can be done while everything is measured."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "break_it",
        Place.VERIFY,
        ("enter", "x"),
        Text("Break it", "找破绽"),
        Text(
            "Break the claim under the cursor: see its misconceptions beside the truth.",
            "查看光标所在论断的误解与真相的对照。",
        ),
        rank=2,
    ),
    Action(
        "failing",
        Place.VERIFY,
        ("f",),
        Text("Failing", "未通过"),
        Text("Show only what fails, or everything again.", "仅显示未通过的论断，或重新显示全部。"),
        rank=3,
    ),
    Action(
        "cancel",
        Place.VERIFY,
        ("c",),
        Text("Stop", "停止"),
        Text("Stop measuring; what is there stays.", "停止测量，保留已有结果。"),
        rank=0,
    ),
    Action(
        "again",
        Place.VERIFY,
        ("r",),
        Text("Measure anew", "重新实测"),
        Text("Measure everything anew, without the cache.", "不用缓存，全部重新实测。"),
        rank=0,
    ),
    *moving(Place.VERIFY),
    closing(Place.VERIFY),
)

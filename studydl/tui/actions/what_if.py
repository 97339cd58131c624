"""What can be done while a claim's parameters are turned."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "measure",
        Place.WHAT_IF,
        ("enter",),
        Text("Measure", "实测"),
        Text("Measure, and compare with your prediction.", "实测，并与你的预测对照。"),
        rank=0,
    ),
    Action(
        "choose",
        Place.WHAT_IF,
        ("enter",),
        Text("Try it", "试一试"),
        Text("Try the experiment under the cursor.", "做光标所在的实验。"),
        rank=0,
    ),
    Action(
        "turn(1)",
        Place.WHAT_IF,
        ("right",),
        Text("Turn", "转动"),
        Text("Turn the dial up.", "把旋钮调大。"),
        rank=2,
        shown_as="←→",
    ),
    Action(
        "turn(-1)",
        Place.WHAT_IF,
        ("left",),
        Text("Turn down", "调小"),
        Text("Turn the dial down.", "把旋钮调小。"),
    ),
    Action(
        "move(1)",
        Place.WHAT_IF,
        ("tab", "j", "down"),
        Text("Next", "下一个"),
        Text("Go to the next dial, then to the prediction.", "移到下一个旋钮，最后是预测。"),
        rank=3,
    ),
    Action(
        "move(-1)",
        Place.WHAT_IF,
        ("shift+tab", "k", "up"),
        Text("Previous", "上一个"),
        Text("Go to the dial before.", "移到上一个旋钮。"),
    ),
    Action(
        "others",
        Place.WHAT_IF,
        ("o",),
        Text("Others", "其他实验"),
        Text("Choose among the experiments of the chapter.", "从本章的实验中选择。"),
        rank=4,
    ),
    Action(
        "scroll(1)",
        Place.WHAT_IF,
        ("pagedown",),
        Text("Scroll down", "向下滚动"),
        Text("Scroll down.", "向下滚动。"),
    ),
    Action(
        "scroll(-1)",
        Place.WHAT_IF,
        ("pageup",),
        Text("Scroll up", "向上滚动"),
        Text("Scroll up.", "向上滚动。"),
    ),
    Action(
        "cancel",
        Place.WHAT_IF,
        ("escape",),
        Text("Stop", "停止"),
        Text("Stop measuring.", "停止测量。"),
        rank=1,
    ),
    Action(
        "leave_field",
        Place.WHAT_IF,
        ("escape",),
        Text("To the dials", "回到旋钮"),
        Text("Leave the field; the number stays.", "离开输入框，数字保留。"),
        rank=1,
    ),
    closing(Place.WHAT_IF),
)
"""Enter and escape have one legal meaning at a time."""

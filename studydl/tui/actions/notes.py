"""What can be done in the audit of the notes."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

_STATUSES = (
    Text("wrong", "错误"),
    Text("conditional", "有条件"),
    Text("in force", "成立"),
    Text("unmeasurable", "无法实测"),
    Text("unsettled or not measured yet", "未定或尚未实测"),
)


def _only(key: int, status: Text) -> Action:
    return Action(
        f"only({key})",
        Place.NOTES,
        (str(key),),
        Text(f"Only: {status.en}", f"仅看：{status.zh}"),
        Text(f"Show only statements that are {status.en}.", f"仅显示“{status.zh}”的陈述。"),
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "cancel",
        Place.NOTES,
        ("escape",),
        Text("Stop", "停止"),
        Text("Stop measuring; what was measured stays.", "停止实测，保留已有结果。"),
        rank=0,
    ),
    Action(
        "study",
        Place.NOTES,
        ("enter",),
        Text("Study", "学习"),
        Text("Study the cards of what the cursor is on.", "学习光标所在处的卡片。"),
        rank=1,
    ),
    Action(
        "enter",
        Place.NOTES,
        ("tab", "right"),
        Text("Statements", "陈述"),
        Text("Go into the statements of the section.", "进入本节的陈述。"),
        rank=2,
    ),
    Action(
        "leave",
        Place.NOTES,
        ("escape", "left", "shift+tab"),
        Text("Sections", "小节"),
        Text("Go back to the sections.", "返回小节列表。"),
        rank=2,
    ),
    Action(
        "break_it",
        Place.NOTES,
        ("x",),
        Text("Break it", "找破绽"),
        Text("Break the claim behind the statement.", "查看这条陈述背后论断的破绽。"),
        rank=3,
    ),
    Action(
        "measure",
        Place.NOTES,
        ("v",),
        Text("Measure", "实测"),
        Text("Measure the claims of the section.", "实测本节的论断。"),
        rank=4,
    ),
    Action(
        "narrow",
        Place.NOTES,
        ("f",),
        Text("Filter", "筛选"),
        Text(
            "Show only what is wrong, then only what is conditional, and so on.",
            "依次仅看错误、有条件等各类陈述。",
        ),
        rank=5,
    ),
    Action(
        "browse",
        Place.NOTES,
        ("b",),
        Text("Browse", "浏览"),
        Text("List the cards of what the cursor is on.", "列出光标所在处的卡片。"),
        rank=6,
    ),
    *(_only(key, status) for key, status in enumerate(_STATUSES, start=1)),
    Action(
        "only(0)",
        Place.NOTES,
        ("0",),
        Text("All statements", "全部陈述"),
        Text("Show all statements again.", "重新显示全部陈述。"),
    ),
    *moving(Place.NOTES),
    closing(Place.NOTES),
)

"""What can be done among the chapters."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["ACTIONS"]


def _open(place: Place, key: str, rank: int, label: Text, told: Text) -> Action:
    return Action(f"open('{place}')", Place.HOME, (key,), label, told, rank=rank)


ACTIONS: tuple[Action, ...] = (
    Action(
        "start",
        Place.HOME,
        ("enter", "space"),
        Text("Start", "开始"),
        Text(
            "Study what is under the cursor; when the day is done, learn more.",
            "学习光标所在的一项；当天任务完成后再学更多。",
        ),
        rank=0,
    ),
    Action(
        "resume",
        Place.HOME,
        ("escape", "h"),
        Text("Back", "返回"),
        Text("Go back to the card on the table.", "返回正在作答的卡片。"),
        rank=1,
    ),
    Action(
        "cram",
        Place.HOME,
        ("c",),
        Text("Cram", "突击"),
        Text(
            "Go through a whole chapter, due or not; nothing is recorded.",
            "把一章从头到尾过一遍，不论是否到期，不作记录。",
        ),
        rank=2,
    ),
    _open(
        Place.BROWSE,
        "b",
        3,
        Text("Browse", "浏览"),
        Text("Search all cards.", "搜索全部卡片。"),
    ),
    _open(
        Place.NOTES,
        "n",
        4,
        Text("Notes", "笔记"),
        Text("Study by the sections of the notes.", "按笔记的章节学习。"),
    ),
    _open(
        Place.MAP,
        "m",
        5,
        Text("Map", "知识图"),
        Text("See what builds on what.", "查看知识的先后关系。"),
    ),
    _open(
        Place.STATISTICS,
        "s",
        6,
        Text("Statistics", "统计"),
        Text("See what your reviews tell.", "查看复习记录所显示的。"),
    ),
    _open(
        Place.VERIFY,
        "v",
        7,
        Text("Verify all", "全部实测"),
        Text("Measure every claim; failures come first.", "测量全部论断，不成立的在前。"),
    ),
    _open(
        Place.SETTINGS,
        "comma",
        10,
        Text("Settings", "设置"),
        Text("Choose settings, colours and keys.", "选择设置、配色和按键。"),
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
)

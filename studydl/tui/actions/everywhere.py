"""What can be done on every screen."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["ACTIONS"]


def _go(place: Place, key: str, label: Text, told: Text) -> Action:
    return Action(f"go('{place}')", Place.EVERYWHERE, (key,), label, told)


ACTIONS: tuple[Action, ...] = (
    _go(
        Place.HOME,
        "f2",
        Text("Home", "主页"),
        Text("Go to the chapters and what is due.", "前往章节和今日任务。"),
    ),
    _go(
        Place.BROWSE,
        "f3",
        Text("Browse", "浏览"),
        Text("Search all cards, and work on many at once.", "搜索全部卡片，可批量操作。"),
    ),
    _go(
        Place.NOTES,
        "f4",
        Text("Notes", "笔记"),
        Text("See what the notes say, and where they are wrong.", "查看笔记的陈述及其错误。"),
    ),
    _go(
        Place.MAP,
        "f6",
        Text("Map", "知识图"),
        Text("See what builds on what, and where to go next.", "查看知识的先后，决定下一步。"),
    ),
    _go(
        Place.STATISTICS,
        "f7",
        Text("Statistics", "统计"),
        Text("See how your memory is doing.", "查看自己的记忆状况。"),
    ),
    _go(
        Place.VERIFY,
        "f8",
        Text("Verify all", "全部实测"),
        Text("Measure every claim.", "测量每一条论断。"),
    ),
    _go(
        Place.SETTINGS,
        "f9",
        Text("Settings", "设置"),
        Text("Change settings, colours and keys.", "更改设置、配色和按键。"),
    ),
    Action(
        "switch_language",
        Place.EVERYWHERE,
        ("l",),
        Text("中文", "English"),
        Text("Switch cards and interface to Chinese.", "将卡片和界面切换为英文。"),
        rank=8,
    ),
    Action(
        "command_palette",
        Place.EVERYWHERE,
        ("ctrl+p",),
        Text("Palette", "命令"),
        Text("Search for what to do.", "搜索操作。"),
        rank=9,
    ),
    Action(
        "help",
        Place.EVERYWHERE,
        ("question_mark", "f1"),
        Text("Help", "帮助"),
        Text("Show every key.", "显示所有按键。"),
        rank=-1,
    ),
    Action(
        "quit",
        Place.EVERYWHERE,
        ("q", "ctrl+q"),
        Text("Quit", "退出"),
        Text("Quit; every graded answer is already on disk.", "退出；评过分的作答都已存盘。"),
        rank=-1,
    ),
)

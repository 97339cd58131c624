"""What can be decided about the card that is shown: marked, mended, done again."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["MARKING"]

# Before the reveal, letters choose options: capitals always mean the card.
MARKING: tuple[Action, ...] = (
    Action(
        "keep_line",
        Place.REVIEW,
        ("enter",),
        Text("Keep", "确定"),
        Text(
            "Keep what was typed: why the card is flagged, or its tags.",
            "采用所输入的内容：标记的原因，或标签。",
        ),
        rank=0,
    ),
    Action(
        "close_line",
        Place.REVIEW,
        ("escape",),
        Text("Cancel", "取消"),
        Text("Leave the flag or the tags as they are.", "标记或标签保持不变。"),
        rank=1,
    ),
    Action(
        "flag",
        Place.REVIEW,
        ("f", "F"),
        Text("Flag", "标记"),
        Text(
            "Note what is to be mended about the card; again takes the flag away.",
            "记下卡片哪里需要修改；再按则取消标记。",
        ),
    ),
    Action(
        "tag",
        Place.REVIEW,
        ("t", "T"),
        Text("Tag", "标签"),
        Text(
            "Give the card words of your own to find it by, or take some away.",
            "给卡片加上或去掉自定标签，便于查找。",
        ),
    ),
    Action(
        "suspend",
        Place.REVIEW,
        ("s", "S"),
        Text("Suspend", "暂停"),
        Text("Show the card no more, until it is unsuspended.", "不再显示这张卡片，直到取消暂停。"),
    ),
    Action(
        "bury",
        Place.REVIEW,
        ("B", "b"),
        Text("Bury", "搁置"),
        Text("Show the card no more today.", "今天不再显示这张卡片。"),
    ),
    Action(
        "edit_card",
        Place.REVIEW,
        ("E",),
        Text("Edit card", "编辑卡片"),
        Text(
            "Open the card's deck at its line in your editor, and come back to the card.",
            "在你的编辑器中打开卡片所在的行，改完回到这张卡片。",
        ),
    ),
    Action(
        "redo",
        Place.REVIEW,
        ("U", "ctrl+y"),
        Text("Redo", "重做"),
        Text("Do again what was undone last.", "重做上一次撤销的操作。"),
    ),
)

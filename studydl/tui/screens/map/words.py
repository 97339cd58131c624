"""The words of the map, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.language import Text
from studydl.tui.screens.browse.rows import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SIGNS"]

NEXT = Text("Where to go next", "下一步")
NO_NEXT = Text("Nothing new is within reach", "暂无可以新学的卡片")
FOLDED = Text("+{count}", "+{count}")
NEEDS = Text("builds on", "前提")
OPENS = Text("leads to", "后续")
NEEDS_NOTHING = Text("nothing: you can begin here", "无：可以从这里开始")
OPENS_NOTHING = Text("nothing further", "没有后续")
UNMET = Text(
    "Enter studies it after {count} cards that it builds on.",
    "回车：先学它依赖的 {count} 张卡片，再学它。",
)
READY = Text("Enter studies it.", "回车学习这张卡片。")
IN_CHAPTER = Text("{learned} of {total} learned", "已学会 {learned} / {total}")
LEFT_SIGN = Text("on the left: what you know", "左侧：你掌握的程度")
RIGHT_SIGN = Text("on the right: what was measured", "右侧：实测的结果")
SIGNS: Mapping[Sign, Text] = {
    Sign.NEW: Text("never met", "未学"),
    Sign.LEARNING: Text("learning", "学习中"),
    Sign.KNOWN: Text("known, recall at least 90 %", "已掌握，回忆率不低于 90 %"),
    Sign.DUE: Text("fading, due for review", "正在淡忘，该复习了"),
    Sign.SUSPENDED: Text("suspended", "已暂停"),
}
NOT_MEASURED = Text("not measured yet", "尚未实测")
HOW = Text(
    "A card stands below the last of those that it builds on. Space folds what is below.",
    "卡片排在它最后一个前提的下方。空格折叠其下的内容。",
)
NO_CARDS = Text("There are no cards", "还没有卡片")

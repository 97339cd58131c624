"""The words of the audit of the notes, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.audit import Status
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AND_MORE",
    "CARDS",
    "CLAIMS",
    "FAILED",
    "FIGURE",
    "FIGURE_REFUTED",
    "MEASURED",
    "MEASURING",
    "NOTHING_HERE",
    "NO_CARDS",
    "NO_SECTION",
    "OPEN",
    "PRACTICE",
    "READING",
    "SECTIONS",
    "STATUSES",
    "STOPPED",
    "UNKNOWN",
]

STATUSES: Mapping[Status, Text] = {
    Status.WRONG: Text("wrong", "错误"),
    Status.CONDITIONAL: Text("conditional", "有条件"),
    Status.HOLDS: Text("holds", "成立"),
    Status.UNMEASURABLE: Text("unmeasurable", "无法实测"),
    Status.UNSETTLED: Text("unsettled", "未定"),
}
OPEN = Text("open", "待定")
UNKNOWN = Text("not measured yet", "尚未实测")

READING = Text("reading the audit …", "正在读取审核……")
SECTIONS = Text("section", "小节")
NOTHING_HERE = Text(
    "No statement is {status}. 0 shows all of them.", "没有“{status}”的陈述。按 0 显示全部。"
)
CLAIMS = Text("claims", "论断")
CARDS = Text("cards", "卡片")
FIGURE = Text("measured {measured}, expected {expected}", "测得 {measured}，应为 {expected}")
FIGURE_REFUTED = Text(
    "as the notes have it {measured}, expected {expected}", "照笔记得 {measured}，应为 {expected}"
)
AND_MORE = Text("and {count} more", "另有 {count} 张")
MEASURING = Text("measuring {claim}", "正在实测 {claim}")
MEASURED = Text(
    "{count} claims: {now} measured now, {kept} kept from before on the same code.",
    "{count} 条论断：{now} 条刚刚实测，{kept} 条代码未变、沿用旧结果。",
)
STOPPED = Text("Stopped; what was measured is kept.", "已停止，已测结果保留。")
FAILED = Text("{claim}: {reason}", "{claim}：{reason}")
NO_CARDS = Text("No card asks for this.", "没有与此相关的卡片。")
PRACTICE = Text(
    "None of these cards is due: this is practice, and nothing is recorded.",
    "这些卡片均未到期：本轮仅作练习，不做记录。",
)
NO_SECTION = Text("The audit has no section {section}.", "审核中没有 {section} 这一节。")

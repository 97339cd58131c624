"""The words of the screen on which a claim is broken."""

from __future__ import annotations

from studydl.language import Text

__all__ = [
    "AS_NOTES",
    "BREAKS",
    "FAR",
    "GUESS",
    "HOLDS_TOO",
    "MEASURED",
    "NOT_MEASURED",
    "NOT_REACHED",
    "NO_CLAIM",
    "NO_NUMBER",
    "YOURS",
]

MEASURED = Text("Measured", "测量值")
BREAKS = Text("Truth against misconception", "真相与误解对照")
GUESS = Text(
    "Which of these does it break? Guess, then press {key}.",
    "它会使哪一项不成立？先猜，再按 {key}。",
)
HOLDS_TOO = Text("holds for both", "两者都成立")
AS_NOTES = Text("The notes say so in section {section}.", "笔记第 {section} 节就是这么说的。")
YOURS = Text("misses by {times} tolerances", "偏差为容差的 {times} 倍")
FAR = Text("misses by far", "相差甚远")
NO_NUMBER = Text("gives no number", "得不到数值")
NOT_MEASURED = Text("not measured", "未测量")
NOT_REACHED = Text("not reached: it raised {failure}", "未能测到：抛出 {failure}")
NO_CLAIM = Text("There is no claim to break here.", "这里没有可以找破绽的论断。")

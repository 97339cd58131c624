"""The words of the review screen."""

from __future__ import annotations

from studydl.language import Text

__all__ = [
    "AGAIN_OR_SOLUTION",
    "ASKED_ANEW",
    "BURIED",
    "CARD_MINUTES",
    "COPIED",
    "DECK_IS_BROKEN",
    "FITTED",
    "FLAGGED",
    "FLAG_REASON",
    "IS_FLAGGED",
    "LEECH",
    "LEECH_DERIVATION",
    "LEECH_REQUIRES",
    "MENDED",
    "MINUTES",
    "NOT_FITTED",
    "NO_REDO",
    "REDONE",
    "SUSPENDED",
    "TAGGED",
    "UNFLAGGED",
]

# The status line.
MINUTES = Text("{minutes} min", "{minutes} 分钟")
CARD_MINUTES = Text("this card {minutes} min", "本卡 {minutes} 分钟")

# Marks.
FLAG_REASON = Text("what is to be mended?", "哪里需要修改？")
IS_FLAGGED = Text("flagged: {reason}", "已标记：{reason}")
FLAGGED = Text("Flagged. f takes the flag away.", "已标记，再按 f 取消。")
UNFLAGGED = Text("No longer flagged.", "已取消标记。")
TAGGED = Text("Tags changed. u takes that back.", "已更新标签，按 u 撤销。")
SUSPENDED = Text("Suspended: {card}. u takes that back.", "已暂停：{card}，按 u 撤销。")
BURIED = Text(
    "Buried until tomorrow: {card}. u takes that back.", "已搁置到明天：{card}，按 u 撤销。"
)
REDONE = Text("Done again: {card}", "已重做：{card}")
NO_REDO = Text("There is nothing to redo.", "没有可以重做的操作。")

# Mending.
MENDED = Text("The deck was read anew.", "卡组已重新读取。")
ASKED_ANEW = Text("The card has changed: it is asked anew.", "卡片已改，重新提问。")
DECK_IS_BROKEN = Text("the deck has an error now: {problem}", "卡组现在有错误：{problem}")

# A card that will not stay.
LEECH = Text("{card} was forgotten {lapses} times", "{card} 已忘记 {lapses} 次")
LEECH_DERIVATION = Text("derivation", "推导")
LEECH_REQUIRES = Text("what it builds on", "前置卡片")

# The end of a sitting.
FITTED = Text(
    "The scheduler was fitted to your {reviews} reviews: log loss {before} before, {after} now.",
    "已用你的 {reviews} 次复习拟合调度：对数损失由 {before} 降到 {after}。",
)
NOT_FITTED = Text(
    "The scheduler stays as it is: log loss {before}; fitted to your {reviews} reviews, {after}.",
    "调度保持不变：对数损失 {before}；用你的 {reviews} 次复习拟合后为 {after}。",
)

COPIED = Text("Copied.", "已复制。")
AGAIN_OR_SOLUTION = Text("r tries again; space shows the solution.", "r 再试一次，空格显示答案。")

"""The words of the screen of all cards, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STANDINGS"]

SEARCH_BY = Text(
    "words, is:due, kind:formula, tag:…, flag:…, prop:s<10, verdict:refuted, re:…",
    "词、is:due、kind:formula、tag:…、flag:…、prop:s<10、verdict:refuted、re:…",
)
FOUND = Text("{found} of {total}", "{found} / {total}")
MARKED = Text("{count} marked", "已选 {count}")
NONE_FOUND = Text(
    "No card fits. Fewer words find more; esc leaves the field.",
    "没有符合的卡片。词少一些，找到的更多；按 esc 离开输入框。",
)
NO_CARDS = Text("There are no cards.", "还没有卡片。")

# The card.
COMPUTED = Text(
    "The numbers are drawn anew at each review; the answer is being computed …",
    "每次复习重新抽取数值；正在计算答案……",
)
CLAIM = Text("claim", "论断")
NOT_MEASURED = Text("not measured yet; x opens it", "尚未实测，按 x 打开")
DERIVATION = Text("derivation", "推导")
SHOWS_DERIVATION = Text("d checks and shows it", "按 d 检验并显示")
SCHEDULE = Text("schedule", "日程")
MEMORY = Text("memory", "记忆")
REQUIRES = Text("builds on", "前提")
TAGS = Text("tags", "标签")
OWN_TAGS = Text("your tags", "自定标签")
WRITTEN = Text("written in", "出处")
FLAGGED = Text("flagged", "标记")
SUSPENDED = Text("suspended: never asked", "已暂停：不再提问")
NEVER_MET = Text("never met", "尚未学过")
IN_LEARNING = Text("in learning, due in {minutes} min", "学习中，{minutes} 分钟后到期")
LEARNING_NOW = Text("in learning, due now", "学习中，已到期")
DUE_TODAY = Text("due today", "今天到期")
DUE_IN = Text("due in {days} d, on {date}", "{days} 天后到期（{date}）")
OVERDUE = Text("due since {days} d, {date}", "已过期 {days} 天（{date}）")
FIGURES = Text(
    "stability {stability} d · difficulty {difficulty} · recall {recall} %",
    "稳定性 {stability} 天 · 难度 {difficulty} · 回忆率 {recall} %",
)
REVIEWS = Text("{reviews} reviews, forgotten {lapses}×", "复习 {reviews} 次，遗忘 {lapses} 次")
STANDINGS: Mapping[str, Text] = {
    "new": Text("never met", "未学"),
    "learning": Text("learning", "学习中"),
    "known": Text("known", "已掌握"),
    "due": Text("due", "到期"),
}

# What was done.
DID_SUSPEND = Text("Suspended: {count}", "已暂停：{count}")
DID_UNSUSPEND = Text("Asked again: {count}", "已恢复：{count}")
DID_FLAG = Text("Flagged: {count}", "已标记：{count}")
DID_UNFLAG = Text("Flags taken away: {count}", "已取消标记：{count}")
DID_TAG = Text("Tags changed: {count}", "已更新标签：{count}")
DID_UNDO = Text("Undone.", "已撤销。")
NO_UNDO = Text("Nothing was done here that could be undone.", "在这里还没有做过可以撤销的事。")
WHY_FLAG = Text("why", "原因")
WHY_FLAG_HINT = Text(
    "what is to be mended; Enter flags {count}, esc leaves it",
    "需要修改什么；回车标记 {count} 张，esc 放弃",
)
ALL_SUSPENDED = Text(
    "These cards are suspended; s lets them be asked again.",
    "这些卡片已暂停；按 s 恢复提问。",
)
NOT_DUE = Text(
    "Not all of them are due: answers are not recorded this time.",
    "并非全部到期：本次作答不作记录。",
)
EDITED = Text("The decks were read anew.", "已重新读取卡组。")
DECK_IS_BROKEN = Text(
    "{problem} What it concerns is left out until it is mended.",
    "{problem} 修好之前，相关卡片不会出现。",
)

"""The words of the home screen, in both languages."""

from __future__ import annotations

from studydl.language import Text

__all__: list[str] = []

RECALLED = Text("recalled", "记得")
CLAIMS = Text("claims", "论断")

# Today.
PLAN_REVIEWS = Text("{count} to review", "复习 {count} 张")
PLAN_NEW = Text("{count} new", "新卡 {count} 张")
MINUTES = Text("about {minutes} min", "约 {minutes} 分钟")
DONE_TODAY = Text("{count} answered today", "今天已答 {count} 张")
NOTHING = Text("nothing is due", "没有到期的卡片")
REVIEWS = Text("to review", "待复习")
NEW_CARDS = Text("new cards", "新卡")
ANSWERED = Text("answered", "已作答")
LAST_DAYS = Text("Last 14 days", "最近 14 天")
STREAK = Text("{count} days in a row", "连续 {count} 天")
ONE_DAY = Text("1 day in a row", "连续 1 天")
NO_STREAK = Text("no day in a row yet", "尚无连续学习")
WEEKDAYS = Text("M T W T F S S", "一 二 三 四 五 六 日")
WHAT_NEXT = Text("What next", "接下来")

# What the key under the cursor does.
GO_ON = Text(
    "A sitting is under way, {count} left. {start} goes on with it.",
    "本轮还剩 {count} 张，按 {start} 继续。",
)
READY = Text(
    "{start} starts with what is due, then new cards.",
    "按 {start} 开始：先复习到期的卡片，再学新卡。",
)
LEARN_MORE = Text(
    "Nothing is due today. {start} learns {count} more new cards; on a chapter, {cram} crams it.",
    "今天没有到期的卡片。按 {start} 再学 {count} 张新卡；选中一章后按 {cram} 突击。",
)
ALL_DONE = Text(
    "Every card has been met, and none is due. On a chapter, {cram} crams it.",
    "卡片都已学过，且没有到期的。选中一章后按 {cram} 突击。",
)
UPCOMING = Text("Due next: {cards}, in {days} d.", "下次到期：{days} 天后 {cards} 张。")
CHAPTER = Text(
    "{start} studies this chapter: {due} due, {new} new, whatever the day's limits.",
    "按 {start} 学习本章：到期 {due} 张，新卡 {new} 张，不受每日上限。",
)
CHAPTER_DONE = Text(
    "Nothing is left in this chapter today. {cram} crams it, and records nothing.",
    "本章今天没有可学的了。按 {cram} 突击，不作记录。",
)

# The first run.
WELCOME = Text("Flashcards that prove themselves", "会自证的记忆卡片")
WHAT_IT_IS = Text(
    "Behind every card stands a claim that this program measures on real code, behind every"
    " formula a derivation whose steps are checked. Recall, answer, grade: a card comes back just"
    " before you would forget it.",
    "每张卡片背后都有一条论断，由本程序在真实代码上测量；每个公式背后都有逐步检验的推导。"
    "回想、作答、评分：卡片会在你将要忘记时再次出现。",
)
KEY_START = Text("start; each answer is saved at once", "开始学习，每次作答立即存盘")
KEY_MEASURE = Text("doubt a card? measure its claim", "怀疑一张卡片？当场测量")
KEY_HELP = Text("every key, wherever you are", "随时查看全部按键")
SIGN_HOLDS = Text("every claim held when last measured", "上次测量时全部成立")
SIGN_REFUTED = Text("so many were refuted", "有这么多条被否定")
SIGN_OPEN = Text("not measured yet", "尚未测量")

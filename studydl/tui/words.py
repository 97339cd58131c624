"""The words of the interface, in both languages. What a name in braces stands for is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.language import Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GRADES", "HINTS", "KINDS", "PLACES", "PROOFS", "VERDICTS", "filled"]


def filled(text: Text, language: Language, **values: object) -> str:
    """Return a text in one language with its braces filled in."""
    return text.said_in(language).format_map(values)


GRADES: Mapping[int, Text] = {
    1: Text("Again", "重来"),
    2: Text("Hard", "困难"),
    3: Text("Good", "良好"),
    4: Text("Easy", "简单"),
}
KINDS: Mapping[str, Text] = {
    "recall": Text("recall", "回忆"),
    "choice": Text("choice", "选择"),
    "cloze": Text("cloze", "填空"),
    "number": Text("number", "数值"),
    "formula": Text("formula", "公式"),
    "code": Text("code", "代码"),
}

# The status line.
LEFT = Text("{count} left", "剩 {count}")

# The card and its answer.
TYPE_A_NUMBER = Text("type a number", "输入一个数")
TYPE_A_FORMULA = Text("type a formula", "输入公式")
FILL_A_GAP = Text("fill the gap", "填空")
READ_AS = Text("read as {understood}", "读作 {understood}")
JUDGING = Text("judging … esc cancels", "正在判定……按 esc 取消")
UNKNOWN = Text("The answer could not be computed.", "答案无法算出。")
PRINTED = Text("Your code printed", "你的代码输出")
PROTECTION = Text(
    "Protection: {level}. It prevents accidents, not attacks.",
    "保护级别：{level}。能防意外，不能防攻击。",
)
MORE_ROWS = Text("and {count} more", "另有 {count} 项")
FOLLOWS_FROM = Text(
    "This follows from a misconception, {misconception}. v measures it.",
    "这来自一个误解：{misconception}。按 v 实测。",
)
NOTES_SECTION = Text("notes {section}", "笔记 {section}")
UNVERIFIED = Text("◌ unverified: this card stands on no claim", "◌ 未经验证：这张卡片没有论断支撑")
UNDRAWABLE = Text("the formula cannot be drawn", "公式无法绘制")
HINTS: Mapping[str, Text] = {
    "recall": Text("Recall the answer, then press space.", "先回想答案，再按空格键。"),
    "choice": Text("Choose by letter; space gives up.", "按字母作答，按空格键放弃。"),
    "several": Text(
        "Letters pick, Enter judges; space gives up.", "字母选取，回车判定；空格放弃。"
    ),
    "cloze": Text(
        "Tab moves, Enter judges; empty, it reveals.", "Tab 换空，回车判定，留空显示答案。"
    ),
    "number": Text("Enter judges; empty, it reveals.", "回车判定，留空则显示答案。"),
    "formula": Text("Enter judges; empty, it reveals.", "回车判定，留空则显示答案。"),
    "code": Text("^r judges; ^e opens your editor.", "^r 判定；^e 打开你的编辑器。"),
}

# The end of a sitting.
DONE = Text("Done for now", "本轮完成")
ANSWERED = Text("answered", "已作答")
RECALLED = Text("recalled", "答对率")
TIME = Text("time", "用时")
MINUTES = Text("{minutes} min {seconds} s", "{minutes} 分 {seconds} 秒")
MISSED = Text("Missed at least once", "至少答错一次")
MORE_MISSED = Text("and {count} more", "另有 {count} 张")
NEXT_REVIEWS = Text("Due next: {cards}, in {days} d.", "下次到期：{days} 天后 {cards} 张。")
REPORT = Text("report", "小结")
NO_REVIEWS = Text("Nothing is planned yet.", "尚无复习计划。")
AFTER_DONE = Text(
    "Enter goes to the chapters, u takes the last answer back.",
    "回车前往章节列表，u 撤销上一次作答。",
)

# Home.
CHAPTERS = Text("Chapters", "章节")
TODAY = Text("Today", "今日")
DUE = Text("due", "到期")
NEW = Text("new", "新卡")
TOTAL = Text("cards", "总数")
NO_CARDS = Text(
    "There are no cards. Put a deck, a YAML file, into {folder} and start again.",
    "还没有卡片。请把卡组（YAML 文件）放入 {folder} 后重新启动。",
)
PROBLEMS = Text(
    "Deck errors: {count}. `studydl check` lists them.",
    "卡组错误：{count} 处，用 `studydl check` 查看。",
)

# Evidence.
EVIDENCE = Text("evidence", "实测")
CLAIM = Text("Claim", "论断")
MEASURING = Text("measuring", "正在测量")
STARTING = Text("starting", "正在启动")
VERDICTS: Mapping[str, Text] = {
    "verified": Text("verified", "成立"),
    "refuted": Text("refuted", "不成立"),
    "undecided": Text("undecided", "未定"),
    "error": Text("error", "出错"),
}
EXACT = Text("exact", "精确")
MARGIN = Text("margin", "裕度")
CORRECT = Text("Correct.", "正确。")
MEASURED = Text("Measured", "测量值")
TRUTH = Text("the truth", "真相")
REJECTED = Text("Rejected misconceptions", "被否定的误解")
CHOSEN = Text("Your choice", "你的选择")
NOT_REJECTED = Text("was not rejected", "未被否定")
RAISED = Text("raised {failure}", "抛出异常 {failure}")
CONTROLS = Text("controls", "对照")
SEED = Text("seed {seed}", "种子 {seed}")
SECONDS = Text("{seconds} s", "{seconds} 秒")
REPRODUCE = Text("Reproduce", "复现")

# Derivation.
DERIVATION = Text("derivation", "推导")
DERIVING = Text("checking every step", "正在逐步检验")
STEP_OF = Text("step {step} of {total}", "第 {step} 步，共 {total} 步")
HIDDEN = Text("what comes next?", "下一步是什么？")
PROOFS: Mapping[str, Text] = {
    "definition": Text("definition", "定义"),
    "symbolic": Text("symbolic", "符号验证"),
    "numeric": Text("numeric, 30 digits, {points} points", "数值验证，30 位，{points} 个点"),
    "unequal": Text("does not follow", "推不出"),
    "undecided": Text("undecided", "未定"),
}
DIFFERS = Text("at {at}: {left} against {right}", "在 {at} 处：{left} 与 {right} 不等")
COMPARED = Text("Against the implementation", "与实现比较")

# Messages.
WORKER_DIED = Text(
    "The measuring process ended: {reason}. It was started again.",
    "测量进程已结束：{reason}。已重新启动。",
)
TOO_LONG = Text("The measurement took too long and was stopped.", "测量超时，已停止。")
TRY_AGAIN = Text("{key} tries again, esc closes.", "{key} 重试，esc 关闭。")
STOPPED = Text("Stopped.", "已停止。")
UNDONE = Text("Undone: {card}", "已撤销：{card}")
NO_UNDO = Text("There is nothing to undo.", "没有可以撤销的作答。")
QUIT_AGAIN = Text("Press ctrl+c again to quit.", "再按一次 ctrl+c 退出。")

# Help and palette.
PLACES: Mapping[str, Text] = {
    "review": Text("While a card is shown", "答题时"),
    "home": Text("Among the chapters", "章节列表"),
    "break_it": Text("Break it", "找出破绽"),
    "what_if": Text("What if", "假如"),
    "notes": Text("Notes", "笔记审核"),
    "map": Text("Map", "知识图"),
    "browse": Text("Browse", "浏览"),
    "statistics": Text("Statistics", "统计"),
    "verify": Text("Verify all", "全部实测"),
    "settings": Text("Settings", "设置"),
    "help": Text("Help", "帮助"),
    "everywhere": Text("Everywhere", "任何时候"),
}
HELP_TITLE = Text("Help", "帮助")
PALETTE_SEARCH = Text("Search for what to do …", "搜索操作……")
STUDY_CHAPTER = Text("Study: {chapter}", "学习：{chapter}")
STUDY_CHAPTER_HELP = Text("Start with what is due in this chapter", "从本章到期的卡片开始")
USE_THEME = Text("Theme: {theme}", "主题：{theme}")
USE_THEME_HELP = Text("Change the colours", "更换配色")

"""What the plain session says, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studydl.judging import Verdict
from studydl.language import Language
from studydl.memory import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PlainWords", "words_in"]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words of one language."""

    left: str
    answer_prompt: str
    prompts: Mapping[str, str]
    answer: str
    unknown: str
    understood: str
    printed: str
    protection: str
    verdicts: Mapping[Verdict, str]
    not_judged: str
    try_again: str
    grades: Mapping[Grade, str]
    grade_help: str
    help: str
    reveal_first: str
    only_code: str
    no_derivation: str
    unverified: str
    undone: str
    no_undo: str
    redone: str
    no_redo: str
    nothing_due: str
    nothing_answered: str
    report: str
    missed: str
    marked: Mapping[str, str]
    flag_reason: str
    tags: str
    no_tags: str
    no_tag_changed: str
    leech: str
    optimised: str
    not_optimised: str


_ENGLISH = PlainWords(
    left="left",
    answer_prompt="answer, or Enter to reveal (:? for help) > ",
    prompts={
        "several": "letters of all that are right, such as a c; Enter reveals (:? for help) > ",
        "cloze": "what fills the gaps, with ; between; Enter reveals (:? for help) > ",
        "formula": "a formula, such as 2x^2; Enter reveals (:? for help) > ",
        "code": ":edit, the path of a file, or code ended by a single dot; Enter reveals > ",
    },
    answer="Answer",
    unknown="The answer could not be computed.",
    understood="Read as",
    printed="Your code printed",
    protection="Protection",
    verdicts={
        Verdict.CORRECT: "✓",
        Verdict.WRONG: "✗ wrong.",
        Verdict.INVALID: "! not understood.",
        Verdict.UNDECIDED: "?",
    },
    not_judged="! not judged.",
    try_again="Try again, `:edit` begins with what you wrote; Enter shows the solution.",
    grades={
        Grade.AGAIN: "Again",
        Grade.HARD: "Hard",
        Grade.GOOD: "Good",
        Grade.EASY: "Easy",
    },
    grade_help="Type 1, 2, 3 or 4, or Enter for the grade in brackets. :? for help.",
    help=(
        ":v measures the card's claim, :d walks its derivation, :u undoes what was done last,"
        " :redo does it again, :q quits; :suspend, :bury, :flag REASON and :unflag mark the card;"
        " :tag WORD -WORD gives it tags of your own and takes them, :untag WORD takes them;"
        " :edit writes code in your editor. :v and :d wait until the answer is revealed."
    ),
    reveal_first="Reveal the answer first: press Enter.",
    only_code="Only code is written in an editor; type this answer.",
    no_derivation="This card has no derivation.",
    unverified="unverified: this card stands on no claim",
    undone="Undone: {card}.",
    no_undo="There is nothing to undo.",
    redone="Done again: {card}.",
    no_redo="There is nothing to redo.",
    nothing_due="Nothing is due. `studydl quiz activations` studies a chapter all the same.",
    nothing_answered="Nothing was answered.",
    report="{answered} answered, {percent} % recalled, {minutes:.1f} minutes.",
    missed="Missed: {cards}",
    marked={
        "suspend": "Suspended: {card}. :u takes that back.",
        "bury": "Buried until tomorrow: {card}. :u takes that back.",
        "flag": "Flagged: {card}.",
        "unflag": "No longer flagged: {card}.",
    },
    flag_reason="Say why: `:flag the explanation has a typo`.",
    tags="Your tags of {card}: {tags}",
    no_tags="none",
    no_tag_changed="That changes no tag of yours; those of a deck stand in its file.",
    leech="{card} was forgotten {lapses} times. What it rests on may help:",
    optimised=(
        "The scheduler was fitted to your {items} reviews: log loss {before:.4f} before,"
        " {after:.4f} now."
    ),
    not_optimised=(
        "The scheduler was fitted to your {items} reviews and stays as it was: log loss"
        " {before:.4f}, fitted {after:.4f}."
    ),
)

_CHINESE = PlainWords(
    left="剩余",
    answer_prompt="请作答，或按回车看答案（:? 查看帮助）> ",
    prompts={
        "several": "请输入所有正确选项的字母，如 a c；按回车看答案（:? 查看帮助）> ",
        "cloze": "请填空，多个空以 ; 分隔；按回车看答案（:? 查看帮助）> ",
        "formula": "请输入公式，如 2x^2；按回车看答案（:? 查看帮助）> ",
        "code": ":edit、文件路径，或以单独一个点结束的代码；按回车看答案 > ",
    },
    answer="答案",
    unknown="答案无法算出。",
    understood="读作",
    printed="你的代码输出",
    protection="保护级别",
    verdicts={
        Verdict.CORRECT: "✓",
        Verdict.WRONG: "✗ 错误。",
        Verdict.INVALID: "! 无法理解。",
        Verdict.UNDECIDED: "?",
    },
    not_judged="! 未判定。",
    try_again="请再试一次，`:edit` 从你写的代码开始；按回车看答案。",
    grades={
        Grade.AGAIN: "重来",
        Grade.HARD: "困难",
        Grade.GOOD: "良好",
        Grade.EASY: "简单",
    },
    grade_help="请输入 1、2、3 或 4，按回车则选方括号中的等级。:? 查看帮助。",
    help=(
        ":v 实测卡片的论断，:d 逐步推导，:u 撤销上一步，:redo 重做，:q 退出；"
        ":suspend 暂停、:bury 搁置、:flag 原因 标记、:unflag 取消标记；"
        ":tag 词 -词 加减自定标签，:untag 词 去掉标签；:edit 在编辑器里写代码。"
        ":v 和 :d 需先看答案。"
    ),
    reveal_first="请先按回车看答案。",
    only_code="只有代码在编辑器里写，这个答案请直接输入。",
    no_derivation="这张卡片没有推导。",
    unverified="未经验证：这张卡片没有论断支撑",
    undone="已撤销：{card}。",
    no_undo="没有可以撤销的作答。",
    redone="已重做：{card}。",
    no_redo="没有可以重做的操作。",
    nothing_due="今天没有到期的卡片。用 `studydl quiz activations` 仍可学习某一章。",
    nothing_answered="没有作答。",
    report="共作答 {answered} 次，答对率 {percent}%，用时 {minutes:.1f} 分钟。",
    missed="未答对：{cards}",
    marked={
        "suspend": "已暂停：{card}。:u 可撤销。",
        "bury": "已搁置到明天：{card}。:u 可撤销。",
        "flag": "已标记：{card}。",
        "unflag": "已取消标记：{card}。",
    },
    flag_reason="请写明原因，如 `:flag 解释里有错字`。",
    tags="{card} 的自定标签：{tags}",
    no_tags="无",
    no_tag_changed="你的标签没有变化；卡组自带的标签写在卡组文件里。",
    leech="{card} 已忘记 {lapses} 次。不妨回头看看它的依据：",
    optimised="调度参数已按你的 {items} 次复习拟合：对数损失由 {before:.4f} 降为 {after:.4f}。",
    not_optimised=(
        "已按你的 {items} 次复习试拟合，调度参数保持不变："
        "对数损失为 {before:.4f}，拟合后为 {after:.4f}。"
    ),
)


def words_in(language: Language) -> PlainWords:
    """Return the words of a language."""
    return _CHINESE if language is Language.CHINESE else _ENGLISH

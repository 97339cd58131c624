"""The sentences about characters and names that a formula cannot hold."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from studydl.cards.expressions.faults import ExpressionFault
from studydl.cards.expressions.vocabulary import ALIASES, FUNCTIONS, WordKind
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards.expressions.vocabulary import Vocabulary

__all__ = [
    "foreign_letter",
    "not_finite",
    "number_too_long",
    "subscript",
    "unknown_character",
    "unknown_macro",
    "unknown_name",
]

_LONGEST_QUOTED = 24
_MOST_MEANT = 3

_COMPARISON = (
    Text("a formula holds no comparison", "公式中不能有比较符号"),
    Text("write one side only", "请只写一边"),
)
_QUOTE = (
    Text("a formula holds no quotation marks", "公式中不能有引号"),
    Text("write names without them", "名称不加引号"),
)
_REFUSED = {
    "==": (
        Text("== compares, a formula does not", "== 是比较，公式中不能有"),
        Text("write one side only", "请只写一边"),
    ),
    "!=": (
        Text("!= compares, a formula does not", "!= 是比较，公式中不能有"),
        Text("write one side only; a factorial has a space behind it", "请只写一边"),
    ),
    "=": (
        Text("only a name may stand before =", "= 前面只能是一个名称"),
        Text("write the right side only", "请只写等号右边"),
    ),
    **dict.fromkeys(("<", ">", "≤", "≥", "≠", "≈", "≡", "∼"), _COMPARISON),
    **dict.fromkeys(("'", '"', "`", "’", "‘", "“", "”", "′", "″"), _QUOTE),
    ".": (
        Text("a point stands only within a number", "点号只能用在数中"),
        Text("write 0.5; multiply with *", "例如 0.5；相乘请写 *"),
    ),
    ";": (
        Text("a formula holds no semicolon", "公式中不能有分号"),
        Text("write one formula", "请只写一个公式"),
    ),
    "_": (
        Text("a name does not begin with _", "名称不能以 _ 开头"),
        Text("a subscript follows its letter: x_1", "下标写在字母后面：x_1"),
    ),
    "%": (
        Text("a formula holds no percent sign", "公式中不能有百分号"),
        Text("write 0.5 for 50%", "50% 请写 0.5"),
    ),
    "$": (
        Text("a formula needs no $ around it", "公式两边不需要 $"),
        Text("leave it out", "请删去它"),
    ),
    "∞": (
        Text("infinity is not a number here", "无穷大在这里不是数"),
        Text("a finite formula is asked for", "需要一个有限的公式"),
    ),
}
_LOOKALIKES = dict(
    zip(
        "аеорсхуіѕјкАВЕКМНОРСТХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "aeopcxyisjkABEKMHOPCTXISJABEZHIKMNOPTYXo",
        strict=True,
    )
)


def unknown_character(at: int, found: str) -> ExpressionFault:
    """A character, or a few, that belong to no formula."""
    if found in _REFUSED:
        return ExpressionFault(at, *_REFUSED[found])
    if unicodedata.category(found[0]) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
        code = f"U+{ord(found[0]):04X}"
        what = Text(f"an invisible character, {code}", f"不可见字符 {code}")
        return ExpressionFault(at, what, Text("delete it", "请删去它"))
    what = Text(f"{found} has no meaning in a formula", f"{found} 在公式中没有意义")
    hint = Text("use + - * / ^ and brackets", "请用 + - * / ^ 和括号")
    return ExpressionFault(at, what, hint)


def foreign_letter(at: int, letter: str) -> ExpressionFault:
    """A letter of another alphabet, which may look like one of ours."""
    script = unicodedata.name(letter, "UNKNOWN").split()[0].capitalize()
    what = Text(
        f"no name has the letter {letter} ({script})", f"名称中没有字母 {letter}（{script}）"
    )
    if latin := _LOOKALIKES.get(letter):
        hint = Text(f"type the Latin {latin}", f"请输入拉丁字母 {latin}")
    else:
        hint = Text("names are Latin or Greek", "名称用拉丁或希腊字母")
    return ExpressionFault(at, what, hint)


def number_too_long(at: int) -> ExpressionFault:
    """More digits than any formula needs."""
    what = Text("a number with too many digits", "这个数的位数过多")
    return ExpressionFault(at, what, Text("no such number is asked for", "这里不需要这样的数"))


def subscript(at: int) -> ExpressionFault:
    """A subscript that is no word."""
    what = Text("a subscript is made of letters and digits", "下标由字母和数字组成")
    return ExpressionFault(at, what, Text("such as x_1 or w_{ij}", "例如 x_1 或 w_{ij}"))


def unknown_macro(at: int, macro: str) -> ExpressionFault:
    """A LaTeX macro that means nothing here."""
    quoted = _quoted(macro)
    what = Text(f"{quoted} is not understood", f"不认识 {quoted}")
    hint = Text(
        r"of LaTeX, \frac, \sqrt, \cdot, \left, Greek letters and functions are",
        r"LaTeX 中可用 \frac、\sqrt、\cdot、\left、希腊字母和函数",
    )
    return ExpressionFault(at, what, hint)


def not_finite(at: int, name: str) -> ExpressionFault:
    """NaN and infinity by name."""
    what = Text(f"{name} is not a number here", f"{name} 在这里不是数")
    return ExpressionFault(at, what, Text("a finite formula is asked for", "需要一个有限的公式"))


def unknown_name(at: int, name: str, vocabulary: Vocabulary, *, called: bool) -> ExpressionFault:
    """A name that the card does not have, with the one that may be meant."""
    known = _known(vocabulary)
    quoted = _quoted(name)
    if ALIASES.get(name, name) in FUNCTIONS:
        what = Text(f"{quoted} is not used on this card", f"这张卡片不用 {quoted}")
        return ExpressionFault(at, what, Text(f"known here are {known}", f"这里可用 {known}"))
    if called:
        what = Text(f"there is no function {quoted} here", f"这里没有函数 {quoted}")
    else:
        what = Text(f"{quoted} is not known here", f"这里不认识 {quoted}")
    if meant := _meant(name, vocabulary):
        hint = Text(f"did you mean {' or '.join(meant)}?", f"是不是 {' 或 '.join(meant)}？")
        return ExpressionFault(at, what, hint)
    return ExpressionFault(at, what, Text(f"known here are {known}", f"这里可用 {known}"))


def _known(vocabulary: Vocabulary) -> str:
    return ", ".join([*vocabulary.variables, "e", "pi", *sorted(vocabulary.functions)])


def _meant(name: str, vocabulary: Vocabulary) -> list[str]:
    """Return what a name is close to: in other case, without its subscript, misspelled."""
    # Half of what loading this room costs, and only a misspelled name needs it.
    from difflib import get_close_matches

    for word, meaning in vocabulary.words.items():
        if word.casefold() == name.casefold():
            return [meaning.name]
    letters = name.rstrip("0123456789")
    known = vocabulary.words.get(letters)
    if letters != name and known and known.kind is WordKind.VARIABLE:
        digits = name[len(letters) :]
        return [f"{letters}^{digits}", f"{digits}*{letters}"]
    if indexed := _indexed(name, vocabulary):
        return indexed
    close = get_close_matches(name[:_LONGEST_QUOTED], vocabulary.words, 1, 0.7)
    return [vocabulary.words[word].name for word in close]


def _indexed(name: str, vocabulary: Vocabulary) -> list[str]:
    """Return the variables that a name is without their subscript: ``v`` for ``v_t``."""
    spelled = {
        word: meaning.name
        for word, meaning in vocabulary.words.items()
        if meaning.kind is WordKind.VARIABLE and word.startswith(f"{name}_")
    }
    return list(dict.fromkeys(spelled.values()))[:_MOST_MEANT]


def _quoted(name: str) -> str:
    return name if len(name) <= _LONGEST_QUOTED else f"{name[:_LONGEST_QUOTED]}…"

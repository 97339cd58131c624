"""The sentences about how a formula is put together, each with its place."""

from __future__ import annotations

from studydl.cards.expressions.faults import ExpressionFault
from studydl.language import Text

__all__ = [
    "empty",
    "empty_brackets",
    "exponent_too_large",
    "factorial_of",
    "factorial_twice",
    "macro_argument",
    "mismatched",
    "missing_argument",
    "missing_before",
    "missing_operator",
    "power_of_function",
    "stray_comma",
    "too_deep",
    "too_large",
    "too_long",
    "too_many_parts",
    "trailing",
    "unclosed",
    "unopened",
    "wrong_count",
]


def too_long(at: int) -> ExpressionFault:
    """The text has more characters than a formula typed by hand."""
    what = Text(f"longer than {at} characters", f"超过 {at} 个字符")
    return ExpressionFault(at, what, Text("write a shorter formula", "请写短一些的公式"))


def too_deep(at: int) -> ExpressionFault:
    """Too many brackets, powers or signs stand inside one another."""
    what = Text("nested too deeply", "嵌套过深")
    return ExpressionFault(at, what, Text("use fewer brackets", "请减少括号层数"))


def too_many_parts(at: int, most: int) -> ExpressionFault:
    """The tree would be too large."""
    what = Text(f"more than {most} numbers, names and operations", f"数、名称和运算超过 {most} 个")
    return ExpressionFault(at, what, Text("write a shorter formula", "请写短一些的公式"))


def empty(at: int) -> ExpressionFault:
    """Nothing was typed."""
    what = Text("there is no formula yet", "还没有输入公式")
    return ExpressionFault(at, what, Text("such as x^2 + 1", "例如 x^2 + 1"))


def trailing(at: int, operator: str) -> ExpressionFault:
    """An operator at the end of what it stands in."""
    what = Text(f"nothing follows the {operator}", f"{operator} 后面没有内容")
    return ExpressionFault(
        at, what, Text("add what follows it, or remove it", "请补上后面的部分，或删去它")
    )


def missing_before(at: int, operator: str) -> ExpressionFault:
    """An operator without its left operand."""
    what = Text(f"something is missing before {operator}", f"{operator} 前缺少内容")
    return ExpressionFault(
        at, what, Text("write a number, a name or a bracket", "请写一个数、名称或括号")
    )


def empty_brackets(at: int, opening: str, closing: str) -> ExpressionFault:
    """Brackets around nothing."""
    what = Text(
        f"there is nothing between {opening} and {closing}", f"{opening} 和 {closing} 之间没有内容"
    )
    return ExpressionFault(at, what, Text("fill or remove them", "请填入内容或删去括号"))


def unclosed(at: int, opening: str, closing: str) -> ExpressionFault:
    """A bracket that is opened only; the place is where."""
    what = Text(f"this {opening} is not closed", f"这个 {opening} 没有闭合")
    return ExpressionFault(at, what, Text(f"add the missing {closing}", f"请补上 {closing}"))


def unopened(at: int, closing: str) -> ExpressionFault:
    """A bracket that is closed only."""
    what = Text(f"this {closing} closes nothing", f"这个 {closing} 没有对应的左括号")
    return ExpressionFault(at, what, Text("remove it, or open it before", "请删去它，或补上左括号"))


def mismatched(at: int, opening: str, found: str, wanted: str) -> ExpressionFault:
    """A bracket closed by one of another shape."""
    what = Text(f"{opening} is closed by {found}", f"{opening} 用 {found} 闭合")
    return ExpressionFault(at, what, Text(f"write {wanted}", f"请写 {wanted}"))


def missing_argument(at: int, function: str) -> ExpressionFault:
    """A function of nothing."""
    what = Text(f"{function} needs an argument", f"{function} 需要参数")
    return ExpressionFault(at, what, Text(f"such as {function}(2)", f"例如 {function}(2)"))


def wrong_count(at: int, function: str, wanted: int, given: int) -> ExpressionFault:
    """A function of too many or too few."""
    plural = "argument" if wanted == 1 else "arguments"
    what = Text(
        f"{function} takes {wanted} {plural}, not {given}",
        f"{function} 需要 {wanted} 个参数，而不是 {given} 个",
    )
    example = ", ".join("ab"[:wanted])
    return ExpressionFault(
        at, what, Text(f"such as {function}({example})", f"例如 {function}({example})")
    )


def power_of_function(at: int, function: str) -> ExpressionFault:
    """``exp^x`` and ``tanh^-1(x)``, which have two readings."""
    what = Text(f"{function}^ can be read in two ways", f"{function}^ 有两种读法")
    plain = "e^x" if function == "exp" else f"1/{function}(x)"
    hint = Text(
        f"write {function}(x) and put powers behind: {function}(x)^2, {plain}",
        f"请先写 {function}(x)，再写次幂：{function}(x)^2、{plain}",
    )
    return ExpressionFault(at, what, hint)


def stray_comma(at: int) -> ExpressionFault:
    """A comma that separates no arguments."""
    what = Text("a comma stands only between arguments", "逗号只能用来分隔参数")
    hint = Text(
        "write a point for decimals, no comma for thousands: 0.25, 1234",
        "小数点用 .，千位不加逗号：0.25、1234",
    )
    return ExpressionFault(at, what, hint)


def missing_operator(at: int, number: str) -> ExpressionFault:
    """A number behind something."""
    what = Text(f"an operator is missing before {number}", f"{number} 前缺少运算符")
    hint = Text("write * to multiply, ^ for a power", "相乘请写 *，乘方请写 ^")
    return ExpressionFault(at, what, hint)


def macro_argument(at: int, macro: str) -> ExpressionFault:
    r"""``\frac`` or ``\sqrt`` without what it draws."""
    what = Text(f"{macro} needs an argument", f"{macro} 需要参数")
    example = {r"\frac": r"\frac{1}{2}", r"\sqrt": r"\sqrt{x}"}.get(macro, f"{macro}(x)")
    return ExpressionFault(at, what, Text(f"such as {example}", f"例如 {example}"))


def too_large(at: int) -> ExpressionFault:
    """A number that grows beyond bounds."""
    what = Text("this comes to too large a number, or to none", "这个数过大或没有定义")
    return ExpressionFault(at, what, Text("no such number is asked for", "这里不需要这么大的数"))


def exponent_too_large(at: int, most: int) -> ExpressionFault:
    """An exponent that no formula has."""
    what = Text(f"an exponent beyond {most}", f"指数超过 {most}")
    return ExpressionFault(
        at, what, Text(f"powers go from -{most} to {most}", f"次幂应在 -{most} 到 {most} 之间")
    )


def factorial_of(at: int, most: int) -> ExpressionFault:
    """A factorial of what has none, or of a number that is too large."""
    what = Text(
        f"a factorial takes a whole number from 0 to {most}",
        f"阶乘只用于 0 到 {most} 的整数",
    )
    return ExpressionFault(at, what, Text("such as 5! or n!", "例如 5! 或 n!"))


def factorial_twice(at: int) -> ExpressionFault:
    """Two exclamation marks, which mean the double factorial."""
    what = Text("!! is not understood", "不认识 !!")
    return ExpressionFault(
        at, what, Text("write (n!)! for a factorial of a factorial", "阶乘的阶乘请写 (n!)!")
    )

"""What the learner reads at each rung, made of the facts that the child found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studydl.judging.code.rung import Rung
from studydl.judging.quoting import prose
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.verification.evidence import Measurement

__all__ = ["message", "remark", "values_message"]

_WIDEST = 72
"""Characters of a line that are quoted."""

_TEMPLATES: dict[Rung, Text] = {
    Rung.PASSED: Text("Correct: every measurement holds.", "正确：每一项测量都成立。"),
    Rung.UNREADABLE: Text(
        "This text cannot be read as a program: {error_en}.",
        "这段文本无法当作程序来读：{error_zh}。",
    ),
    Rung.SYNTAX: Text(
        "This is not Python yet{place}: {error}{quote}", "这还不是 Python{place}：{error}{quote}"
    ),
    Rung.IMPORT: Text(
        "Your code stops while it is loaded{place}: {error}", "你的代码在加载时出错{place}：{error}"
    ),
    Rung.UNDEFINED: Text(
        "Your code does not define {name}; {near}.", "你的代码没有定义 {name}；{near}。"
    ),
    Rung.NOT_A_FUNCTION: Text(
        "{name} is not a function but of type {got}: define it with def {name}(...).",
        "{name} 不是函数，而是 {got}：请用 def {name}(...) 来定义。",
    ),
    Rung.SIGNATURE: Text(
        "{name} is called in another way than it is defined: {problems}. Expected: {expected}",
        "{name} 的参数与调用方式不符：{problems}。应为：{expected}",
    ),
    Rung.PATCHES: Text(
        "Your code replaces {name}, with which everything here is computed: leave it as it is.",
        "你的代码改动了 {name}，而这里的一切都靠它计算：请不要改动它。",
    ),
    Rung.FORBIDDEN: Text(
        "Your code reaches beyond its temporary folder{place}: {error}. Other files, processes,"
        " signals and the network are out of its reach while it is judged.",
        "你的代码越出了它的临时目录{place}：{error}。评判期间不能接触其他文件、进程、信号和网络。",
    ),
    Rung.RAISES: Text(
        "{call} raises an exception{place}: {error}", "{call} 抛出异常{place}：{error}"
    ),
    Rung.NOTHING: Text(
        "{call} returns None{where}: is a return statement missing?",
        "{call} 返回了 None{where}：是不是漏了 return？",
    ),
    Rung.KIND: Text(
        "{call} returns something that is not a number or an array{where}: {got}, where"
        " {expected} is expected.",
        "{call} 返回的既不是数也不是数组{where}：得到 {got}，应为 {expected}。",
    ),
    Rung.STRUCTURE: Text(
        "{call} returns the wrong structure{where}: {got}, where {expected} is expected.",
        "{call} 返回的结构不对{where}：得到 {got}，应为 {expected}。",
    ),
    Rung.SHAPE: Text(
        "{call} returns the wrong shape{where}: {got}, where {expected} is expected.",
        "{call} 返回的形状不对{where}：得到 {got}，应为 {expected}。",
    ),
    Rung.DTYPE: Text(
        "{call} returns numbers of the wrong kind{where}: {got}, where {expected} is expected.",
        "{call} 返回的数据类型不对{where}：得到 {got}，应为 {expected}。",
    ),
    Rung.NOT_FINITE: Text(
        "{call} returns a number that is not finite{where}: {got}, where the size is {expected}.",
        "{call} 返回了非有限的数{where}：得到 {got}，而正确值的大小是 {expected}。",
    ),
    Rung.CHANGES_INPUT: Text(
        "{call} changes its argument {name}: compute a new array instead of writing into it.",
        "{call} 改动了它的参数 {name}：请计算一个新数组，不要写进传入的数组。",
    ),
    Rung.NOT_DETERMINISTIC: Text(
        "{call} gives another result when it is called again with the same arguments: draw random"
        " numbers from the generator that is handed in only, and keep nothing between calls.",
        "用相同的参数再次调用 {call}，结果不同：随机数只能取自传入的生成器，"
        "调用之间不要保留任何状态。",
    ),
    Rung.TOO_SLOW: Text(
        "Your code does not finish within {limit} seconds{place}: is there a loop that never ends?",
        "你的代码没有在 {limit} 秒内结束{place}：有没有不会结束的循环？",
    ),
    Rung.OUT_OF_MEMORY: Text(
        "Your code runs out of memory{place}: it may use {limit} MB.",
        "你的代码内存不足{place}：最多可用 {limit} MB。",
    ),
    Rung.FLOOD: Text(
        "Your code prints too much, more than {limit} KB: remove what it prints.",
        "你的代码输出太多，超过 {limit} KB：请去掉这些输出。",
    ),
    Rung.ENDED: Text(
        "Your code ends the process itself before the measuring is done: return a result instead.",
        "你的代码在测量完成之前就结束了进程：请改为返回结果。",
    ),
    Rung.KILLED: Text(
        "Your code crashes Python itself ({signal}).", "你的代码使 Python 本身崩溃（{signal}）。"
    ),
    Rung.MACHINERY: Text(
        "This could not be judged, through no fault of yours: {error}.",
        "无法评判，这不是你的问题：{error}。",
    ),
}

_SIGNATURE = {
    "missing": Text("it does not take {names}", "缺少参数 {names}"),
    "extra": Text("nothing is handed over for {names}", "没有值传给 {names}"),
    "no_default": Text("a default is missing: {names}", "缺少默认值：{names}"),
    "misplaced": Text("in another place stands {names}", "{names} 的位置不对"),
}


def message(rung: Rung, facts: Mapping[str, Any], source: str) -> Text:
    """Return the sentence for a rung.

    Args:
        rung: Where the judging ended.
        facts: What was found.
        source: The learner's text, to quote the line that is meant.
    """
    where = str(facts.get("where", "result")).removeprefix("result")
    composed: dict[str, Text] = {
        "place": _place(facts, source),
        "quote": _quote(facts, source),
        "where": Text(f" in result{where}", f"（result{where}）") if where else Text("", ""),
        "problems": _problems(facts),
        "near": _near(facts),
    }
    template = _TEMPLATES[rung]
    said = []
    for language, form in enumerate(template):
        known = {key: _plain(value) for key, value in facts.items()}
        said.append(
            form.format_map(known | {key: each[language] for key, each in composed.items()})
        )
    return Text(*said)


def values_message(failing: Sequence[Measurement], total: int) -> Text:
    """Return what is said about measurements that do not hold: how many, and the worst of them."""
    worst = min(failing, key=lambda each: each.margin)
    name, at = _plain(worst.name), _plain(worst.worst_input)
    expected = f"{'' if worst.relation == '=' else worst.relation + ' '}{worst.expected:.6g}"
    off = abs(worst.measured - worst.expected)
    counts = f"{len(failing)}", f"{total}"
    return Text(
        f"{counts[0]} of {counts[1]} measurements fail, most of all {name}"
        f"{f' at input {at}' if at else ''}: measured {worst.measured:.6g}, expected {expected},"
        f" off by {off:.3g} where {worst.tolerance:.3g} is allowed.",
        f"{counts[1]} 项测量中有 {counts[0]} 项不成立，偏差最大的是 {name}"
        f"{f'（输入 {at}）' if at else ''}：测得 {worst.measured:.6g}，应为 {expected}，"
        f"相差 {off:.3g}，允许 {worst.tolerance:.3g}。",
    )


def remark(slowness: float) -> Text:
    """Return what is said about a right answer that takes very much longer than the reference."""
    return Text(
        f"It takes {slowness:.0f} times as long as the reference: can a loop become an operation"
        " on whole arrays?",
        f"耗时是参考实现的 {slowness:.0f} 倍：能不能把循环换成对整个数组的运算？",
    )


def _plain(value: Any) -> str:
    return prose(str(value))


def _place(facts: Mapping[str, Any], source: str) -> Text:
    number, column = int(facts.get("line", 0)), int(facts.get("column", 0))
    line = _plain(_cut(_line(source, number).strip(), 0))
    if not line:
        return Text("", "")
    if column:
        return Text(f" at line {number}, column {column}", f"，第 {number} 行第 {column} 列")
    return Text(f" at line {number} ({line})", f"（第 {number} 行：{line}）")


def _quote(facts: Mapping[str, Any], source: str) -> Text:
    """Return the faulty line with a caret below the place."""
    line, column = _line(source, int(facts.get("line", 0))), int(facts.get("column", 0))
    if not line or not column:
        return Text("", "")
    start = max(0, column - _WIDEST // 2)
    quoted = f"\n{_plain(_cut(line, start))}\n{' ' * (column - 1 - start)}^"
    return Text(quoted, quoted)


def _cut(line: str, start: int) -> str:
    """Return as much of a line as fits on a screen."""
    rest = line[start:]
    return rest if len(rest) <= _WIDEST else f"{rest[:_WIDEST]}…"


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return lines[number - 1].rstrip().expandtabs(1) if 1 <= number <= len(lines) else ""


def _problems(facts: Mapping[str, Any]) -> Text:
    found = [(form, _plain(facts[key])) for key, form in _SIGNATURE.items() if facts.get(key)]
    return Text(
        "; ".join(form.en.format(names=names) for form, names in found),
        "；".join(form.zh.format(names=names) for form, names in found),
    )


def _near(facts: Mapping[str, Any]) -> Text:
    if near := _plain(facts.get("near", "")):
        return Text(f"did you mean {near}", f"你是不是想写 {near}")
    if defined := _plain(facts.get("defined", "")):
        return Text(f"it defines {defined}", f"它定义了 {defined}")
    return Text("it defines no function", "它没有定义任何函数")

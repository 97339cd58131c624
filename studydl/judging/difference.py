"""How a wrong number differs from the right one, in the words that show where the mistake is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards.arithmetic import Value

__all__ = ["difference"]

_NOTHING = Text("", "")


def difference(yours: Value, expected: Value) -> Text:
    """Return how a number differs from the expected one: by sign, factor, power of ten, percent.

    Empty where nothing sensible can be said, as beside an expected zero.
    """
    try:
        own, right = float(yours), float(expected)
        ratio = own / right
    except (OverflowError, ZeroDivisionError):
        return _NOTHING
    if own == 0 or not math.isfinite(ratio) or ratio == 0:
        return _NOTHING
    if ratio < 0:
        return _other_sign(-ratio)
    return _known_slip(own, right) or _factor(ratio)


def _other_sign(ratio: float) -> Text:
    if _near(ratio, 1):
        return Text("only the sign differs", "仅符号相反")
    return Text("the sign differs too", "符号也相反")


def _known_slip(own: float, right: float) -> Text | None:
    if _near(own * right, 1):
        return Text("that is the reciprocal", "这是它的倒数")
    if _near(own + right, 1):
        return Text("that is one minus the expected value", "这是 1 减去正确值")
    return None


def _factor(ratio: float) -> Text:
    power = round(math.log10(ratio))
    if power and _near(ratio, 10.0**power):
        size, size_zh = ("large", "大") if power > 0 else ("small", "小")
        percent = ", perhaps percent for a fraction" if abs(power) == 2 else ""
        percent_zh = "，也许混淆了百分数" if abs(power) == 2 else ""
        return Text(
            f"too {size} by a power of ten, 10^{abs(power)}{percent}",
            f"{size_zh}了 10^{abs(power)} 倍{percent_zh}",
        )
    for factor in range(2, 10):
        if _near(ratio, factor):
            return Text(f"{factor} times too large", f"是正确值的 {factor} 倍")
        if _near(ratio, 1 / factor):
            return Text(f"{factor} times too small", f"是正确值的 1/{factor}")
    if 0.1 < ratio < 10:
        percent = f"{abs(ratio - 1) * 100:.3g} %"
        large = ratio > 1
        return Text(
            f"{percent} too {'large' if large else 'small'}",
            f"偏{'大' if large else '小'} {percent}",
        )
    return Text(f"{ratio:.3g} times the expected value", f"是正确值的 {ratio:.3g} 倍")


def _near(value: float, target: float) -> bool:
    return math.isclose(value, target, rel_tol=1e-6)

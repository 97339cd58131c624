"""The words of the screen on which a claim's parameters are turned, in both languages."""

from __future__ import annotations

from studydl.language import Text

__all__ = [
    "ASKING",
    "CHOOSE",
    "CURVE_WAITS",
    "FACTOR_HIGH",
    "FACTOR_LOW",
    "HISTORY",
    "MEASURED",
    "MEASURING",
    "MISTAKEN",
    "NONE",
    "NONE_OF_ITS_OWN",
    "NOT_PREDICTED",
    "OFF",
    "PREDICTED",
    "PREDICTION",
    "PREDICT_FIRST",
    "RIGHT",
    "TRUTH",
    "WRONGLY",
]

TRUTH = Text("truth", "真相")
ASKING = Text("asking what can be tried …", "正在查询可做的实验……")
MEASURING = Text("measuring … esc cancels", "正在测量……按 esc 取消")
PREDICTION = Text("your prediction", "你的预测")
PREDICT_FIRST = Text(
    "Predict first: a guess is enough. Enter once more measures without one.",
    "先预测，猜一个也行。再按一次 Enter 则直接测量。",
)
CURVE_WAITS = Text(
    "First a prediction, then the truth: turn the dials, type a number, press Enter.",
    "先预测，再看真相：转动旋钮，输入一个数，按 Enter。",
)
PREDICTED = Text("predicted", "预测")
MEASURED = Text("measured", "实测")
NOT_PREDICTED = Text("not predicted", "未预测")
RIGHT = Text("right, within a tenth", "正确，误差在一成以内")
FACTOR_HIGH = Text("{factor} times too large", "偏大，是实测的 {factor} 倍")
FACTOR_LOW = Text("{factor} times too small", "偏小，实测是它的 {factor} 倍")
OFF = Text("off by {difference}", "相差 {difference}")
MISTAKEN = Text("That is what `{name}` comes to: {why}", "这正是 `{name}` 的结果：{why}")
WRONGLY = Text("computed wrongly, it would be", "若算错，会得到")
HISTORY = Text("predictions of this visit", "本次的预测")
CHOOSE = Text("Experiments", "实验")
NONE_OF_ITS_OWN = Text(
    "This claim has no experiment. These of its chapter have:",
    "这条论断没有实验。同一章里有实验的是：",
)
NONE = Text("There is nothing to try in this chapter.", "这一章没有可做的实验。")

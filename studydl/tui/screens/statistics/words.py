"""The words of the statistics, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "ANSWERED_TODAY",
    "CALIBRATION",
    "CALIBRATION_TOLD",
    "CALIBRATION_TOO_FEW",
    "CARDS_KNOWN",
    "COUNT",
    "EMPTY",
    "FORECAST_TOLD",
    "GATHERING",
    "GROUPS",
    "HARD_CARD",
    "HOURS_TOLD",
    "LONGEST",
    "LOOKING_AT",
    "MODEL",
    "NONE_YET",
    "OBSERVED",
    "PERIODS",
    "PREDICTED",
    "SECTIONS",
    "STREAK",
    "TOTAL",
    "WEEKDAYS",
]

EMPTY = Text(
    "Nothing has been answered yet. Enter goes to the chapters; what you answer there is counted"
    " here: what is due when, how much you recall, how well the model knows you.",
    "还没有作答记录。按回车前往章节列表；作答之后，这里会显示何时到期、记住多少，以及模型有多准。",
)
GATHERING = Text("reading the log", "正在读取记录")
LOOKING_AT = Text("Of the chapter {chapter}", "仅看章节：{chapter}")
NONE_YET = Text("none yet", "暂无")

SECTIONS: Mapping[str, Text] = {
    "today": Text("Today", "今天"),
    "forecast": Text("Due in the next 30 days", "未来 30 天到期"),
    "calendar": Text("Answers a day", "每天作答"),
    "retention": Text("Recalled at the first review of a day", "每天首次复习的答对率"),
    "buttons": Text("Answers, last year", "最近一年的评分"),
    "calibration": Text("Predicted and observed recall", "预测与实际的答对率"),
    "retrievability": Text("Chance of recall now", "当前可回忆概率"),
    "intervals": Text("Intervals in days", "间隔（天）"),
    "stability": Text("Stability in days", "稳定性（天）"),
    "difficulty": Text("Difficulty", "难度"),
    "hours": Text("Hours of the day, last 30 days", "一天中的时段，最近 30 天"),
    "hardest": Text("Most often forgotten", "最常忘记"),
}

ANSWERED_TODAY = Text(
    "{answers} answered, {percent} recalled, {minutes:.0f} min, {new} new, {due} due",
    "作答 {answers} 次，答对 {percent}，{minutes:.0f} 分钟，新卡 {new} 张，到期 {due} 张",
)
STREAK = Text("days in a row", "连续天数")
LONGEST = Text("most in a row, last year", "一年内最长连续")
CARDS_KNOWN = Text("cards met", "学过的卡片")
COUNT = Text("all", "共计")
TOTAL = Text("answers in all", "作答总数")
FORECAST_TOLD = Text(
    "{today} today ({backlog} overdue), {week} within 7 days, {month} within 30",
    "今天 {today} 张（逾期 {backlog}），7 天内 {week} 张，30 天内 {month} 张",
)
PERIODS: Mapping[str, Text] = {
    "week": Text("7 days", "7 天"),
    "month": Text("30 days", "30 天"),
    "year": Text("365 days", "365 天"),
}
GROUPS: Mapping[str, Text] = {
    "learning": Text("learning", "学习中"),
    "young": Text("young", "未熟"),
    "mature": Text("mature", "成熟"),
    "all": Text("all", "全部"),
}
HOURS_TOLD = Text("busiest at {hour}:00: {answers} answers", "{hour}:00 最忙：作答 {answers} 次")
HARD_CARD = Text(
    "forgotten {lapses}×, difficulty {difficulty:.1f}", "忘记 {lapses} 次，难度 {difficulty:.1f}"
)
MODEL = Text("a perfect model", "完美模型")
OBSERVED = Text("observed", "实际")
PREDICTED = Text("predicted", "预测")
CALIBRATION: Sequence[Text] = (
    Text("predicted", "预测"),
    Text("recalled", "答对"),
    Text("reviews", "次数"),
)
CALIBRATION_TOLD = Text(
    "{count} reviews, log loss {loss:.4f}, RMSE {rmse:.4f}",
    "{count} 次复习，对数损失 {loss:.4f}，RMSE {rmse:.4f}",
)
CALIBRATION_TOO_FEW = Text(
    "No card has been reviewed on a later day yet.", "还没有隔天复习过的卡片。"
)
WEEKDAYS: Sequence[Text] = (
    Text("Mo", "一"),
    Text("Tu", "二"),
    Text("We", "三"),
    Text("Th", "四"),
    Text("Fr", "五"),
    Text("Sa", "六"),
    Text("Su", "日"),
)

"""Every setting: its place in the file, its words, what it may be, by which steps it is changed.

The file is read and written by this table, the screen of settings is drawn from it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.language import Text
from studydl.memory.settings_sorts import COUNT, SHARE, TIME, TIMES, Sort, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.memory.settings import Settings

__all__ = ["ENTRIES", "INTERFACE", "KEYS", "Entry", "Section", "value_of"]

INTERFACE = "interface"
KEYS = "keys"
"""The two tables of the file; all else stands above them."""


class Section(NamedTuple):
    """Settings that stand together.

    Attributes:
        holder: The part of `Settings` whose fields they are; nothing for its own.
        title: What is read above them.
    """

    holder: str
    title: Text


class Entry(NamedTuple):
    """One setting.

    Attributes:
        name: Its name in the file.
        field: Its name in the settings.
        section: Where it stands.
        sort: How its value is written.
        title: What it is called.
        sentence: What it does.
        allowed: What it may be, in both languages the same.
        ladder: The values that one goes through step by step; others can be written by hand.
    """

    name: str
    field: str
    section: Section
    sort: Sort
    title: Text
    sentence: Text
    allowed: str
    ladder: tuple[Any, ...]

    @property
    def table(self) -> str:
        """The table of the file in which it stands; nothing for none."""
        return INTERFACE if self.section.holder == INTERFACE else ""

    def next(self, value: object, direction: int) -> object:
        """Return the value one step up or down the ladder; the last one stays."""
        if value in self.ladder:
            place = self.ladder.index(value) + direction
        elif isinstance(value, int | float):
            place = sum(each < value for each in self.ladder) - (direction < 0)
        else:
            place = 0
        return self.ladder[min(max(place, 0), len(self.ladder) - 1)]


def value_of(settings: Settings, entry: Entry) -> Any:
    """Return what the settings say of an entry."""
    holder = getattr(settings, entry.section.holder) if entry.section.holder else settings
    return getattr(holder, entry.field)


_SHOWN = Section(INTERFACE, Text("Interface", "界面"))
_DAY = Section("", Text("A study day", "每日学习"))
_SCHEDULE = Section("schedule", Text("Scheduling", "复习安排"))
_BACKUPS = Section("", Text("Backups", "备份"))

_LANGUAGES = ("auto", "en", "zh")
_THEMES = ("studydl-dark", "studydl-light", "terminal")
_MATHS = ("unicode", "ascii")
_A_DAY = (*range(51), *range(55, 101, 5), *range(110, 301, 10), *range(350, 1001, 50), 9999)
_KEPT = tuple(range(31))

_LIST = (
    Entry(
        "language",
        "language",
        _SHOWN,
        one_of(*_LANGUAGES),
        Text("Language", "语言"),
        Text(
            "The language of cards and interface; auto is that of LANG.",
            "卡片和界面的语言；auto 表示跟随 LANG。",
        ),
        " · ".join(_LANGUAGES),
        _LANGUAGES,
    ),
    Entry(
        "theme",
        "theme",
        _SHOWN,
        one_of(*_THEMES),
        Text("Colours", "配色"),
        Text("Dark, light, or the colours of your terminal.", "深色、浅色，或沿用终端自己的颜色。"),
        " · ".join(_THEMES),
        _THEMES,
    ),
    Entry(
        "math",
        "math",
        _SHOWN,
        one_of(*_MATHS),
        Text("Formulas", "公式"),
        Text(
            "How formulas are drawn; ascii if your font lacks their signs.",
            "公式的画法；若字体缺少数学符号，可选 ascii。",
        ),
        " · ".join(_MATHS),
        _MATHS,
    ),
    Entry(
        "new_per_day",
        "new_per_day",
        _DAY,
        COUNT,
        Text("New cards a day", "每日新卡"),
        Text("How many new cards a study day brings.", "每个学习日最多学多少张新卡。"),
        "≥ 0",
        _A_DAY,
    ),
    Entry(
        "reviews_per_day",
        "reviews_per_day",
        _DAY,
        COUNT,
        Text("Reviews a day", "每日复习"),
        Text("How many reviews a study day brings.", "每个学习日最多复习多少张卡片。"),
        "≥ 0",
        _A_DAY,
    ),
    Entry(
        "learn_ahead",
        "learn_ahead_s",
        _DAY,
        TIME,
        Text("Learn ahead", "提前学习"),
        Text(
            "How early a learning card comes when nothing else is left.",
            "没有其他卡片时，学习中的卡片可提前多久出现。",
        ),
        "≥ 0s",
        tuple(60 * minutes for minutes in (0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120)),
    ),
    Entry(
        "leech_threshold",
        "leech_threshold",
        _DAY,
        COUNT,
        Text("Leech", "难记卡"),
        Text("A card forgotten so often is a leech.", "忘记达到这个次数的卡片算作难记卡。"),
        "≥ 1",
        tuple(range(1, 31)),
    ),
    Entry(
        "rollover_hour",
        "rollover_hour",
        _DAY,
        COUNT,
        Text("Day starts at", "每日起始"),
        Text("The hour at which a study day starts.", "学习日从几点开始。"),
        "0 – 23",
        tuple(range(24)),
    ),
    Entry(
        "desired_retention",
        "desired_retention",
        _SCHEDULE,
        SHARE,
        Text("Retention", "目标记忆率"),
        Text(
            "The chance of recall at which a card comes back.",
            "记得的概率降到此值时，卡片再次出现。",
        ),
        "0.70 – 0.99",
        tuple(hundredth / 100 for hundredth in range(70, 100)),
    ),
    Entry(
        "learning_steps",
        "learning_steps",
        _SCHEDULE,
        TIMES,
        Text("Learning steps", "学习步骤"),
        Text("The time between the first reviews of a new card.", "新卡最初几次复习之间的间隔。"),
        "1s – 12h",
        ((), (60,), (600,), (60, 600), (60, 300, 900), (60, 600, 3600), (600, 3600)),
    ),
    Entry(
        "relearning_steps",
        "relearning_steps",
        _SCHEDULE,
        TIMES,
        Text("Relearning steps", "重学步骤"),
        Text("The time between the reviews of a forgotten card.", "忘记后重新学习时的复习间隔。"),
        "1s – 12h",
        ((), (60,), (300,), (600,), (1800,), (600, 3600)),
    ),
    Entry(
        "maximum_interval",
        "maximum_interval",
        _SCHEDULE,
        COUNT,
        Text("Longest interval", "最长间隔"),
        Text("The longest interval in days.", "两次复习之间最多相隔多少天。"),
        "1 – 36500",
        tuple(chain((30, 60, 90, 120, 180, 270), (365, 730, 1095, 1825, 3650, 7300, 36_500))),
    ),
    Entry(
        "daily_backups",
        "daily_backups",
        _BACKUPS,
        COUNT,
        Text("Daily backups", "每日备份"),
        Text("How many days' backups of the log are kept.", "保留多少天的每日备份。"),
        "≥ 1",
        _KEPT[1:],
    ),
    Entry(
        "weekly_backups",
        "weekly_backups",
        _BACKUPS,
        COUNT,
        Text("Weekly backups", "每周备份"),
        Text("How many weeks' backups, beside them.", "另外保留多少周的每周备份。"),
        "≥ 0",
        _KEPT,
    ),
    Entry(
        "monthly_backups",
        "monthly_backups",
        _BACKUPS,
        COUNT,
        Text("Monthly backups", "每月备份"),
        Text("How many months' backups, beside them.", "另外保留多少个月的每月备份。"),
        "≥ 0",
        _KEPT,
    ),
)

ENTRIES: Mapping[str, Entry] = {entry.name: entry for entry in _LIST}
"""All settings by their names, in the order in which they are listed."""

"""What can be done among the statistics."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

_NUMBERED = 9


def _jump(place: int) -> Action:
    return Action(
        f"jump({place})",
        Place.STATISTICS,
        (str(place + 1),),
        Text("Section", "栏目"),
        Text("Go to the section with this number.", "前往对应编号的栏目。"),
        rank=2 if place == 0 else None,
        shown_as=f"1–{_NUMBERED}" if place == 0 else "",
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "start",
        Place.STATISTICS,
        ("enter",),
        Text("Chapters", "章节"),
        Text("Go to the chapters, where something can be answered.", "前往章节列表，开始作答。"),
        rank=0,
    ),
    Action(
        "browse(-1)",
        Place.STATISTICS,
        ("enter",),
        Text("Hardest cards", "最难的卡片"),
        Text("List the cards that you forget most often.", "列出最常忘记的卡片。"),
        rank=3,
    ),
    Action(
        "next_section(1)",
        Place.STATISTICS,
        ("tab",),
        Text("Next section", "下一栏"),
        Text("Go to the next section.", "前往下一栏。"),
        rank=4,
    ),
    Action(
        "next_section(-1)",
        Place.STATISTICS,
        ("shift+tab",),
        Text("Section before", "上一栏"),
        Text("Go to the section before.", "前往上一栏。"),
    ),
    *(_jump(place) for place in range(_NUMBERED)),
    Action(
        "next_chapter(1)",
        Place.STATISTICS,
        ("f",),
        Text("Chapter", "按章节"),
        Text(
            "Count the cards of the next chapter only; after the last one, all again.",
            "仅统计下一章的卡片，最后一章之后恢复全部。",
        ),
        rank=5,
    ),
    Action(
        "next_chapter(-1)",
        Place.STATISTICS,
        ("F",),
        Text("Chapter before", "上一章"),
        Text("Count the cards of the chapter before only.", "仅统计上一章的卡片。"),
    ),
    *scrolling(Place.STATISTICS),
    closing(Place.STATISTICS),
)

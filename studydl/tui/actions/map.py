"""What can be done on the map of prerequisites."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "study",
        Place.MAP,
        ("enter",),
        Text("Study", "学习"),
        Text(
            "Study the card, after what it builds on and was never met.",
            "学习这张卡片；未学过的前提排在前面。",
        ),
        rank=0,
    ),
    Action(
        "open_card",
        Place.MAP,
        ("right",),
        Text("Open", "打开"),
        Text("Show the card in the place of the map.", "在地图的位置显示卡片。"),
        rank=1,
    ),
    Action(
        "close_card",
        Place.MAP,
        ("left",),
        Text("Map", "地图"),
        Text("Go back to the map.", "回到地图。"),
    ),
    Action(
        "fold",
        Place.MAP,
        ("space",),
        Text("Fold", "折叠"),
        Text("Fold what builds on this, or unfold it.", "折叠或展开其下的内容。"),
        rank=3,
    ),
    Action(
        "chapter(1)",
        Place.MAP,
        ("]", "tab"),
        Text("Next chapter", "下一章"),
        Text("Go to the next chapter.", "移到下一章。"),
        rank=4,
    ),
    Action(
        "chapter(-1)",
        Place.MAP,
        ("[", "shift+tab"),
        Text("Chapter before", "上一章"),
        Text("Go to the chapter before.", "移到上一章。"),
    ),
    Action(
        "browse",
        Place.MAP,
        ("b",),
        Text("Card", "卡片"),
        Text("Look at the card with its answer.", "查看这张卡片及其答案。"),
        rank=5,
    ),
    Action(
        "break_it",
        Place.MAP,
        ("x", "v"),
        Text("Break it", "找破绽"),
        Text("Measure the card's claim, and try to break it.", "实测卡片的论断，试着推翻它。"),
        rank=6,
    ),
    Action(
        "what_if",
        Place.MAP,
        ("w",),
        Text("What if", "假如"),
        Text("Change the numbers of what the card is about.", "改变卡片所说内容的数值。"),
        rank=7,
    ),
    Action(
        "notes",
        Place.MAP,
        ("n",),
        Text("Notes", "笔记"),
        Text("Open the section of the notes.", "打开笔记中的这一节。"),
        rank=7,
    ),
    *moving(Place.MAP),
    Action(
        "scroll(1)",
        Place.MAP,
        ("J", "ctrl+down"),
        Text("Scroll card", "滚动卡片"),
        Text("Scroll the card down.", "向下滚动卡片。"),
    ),
    Action(
        "scroll(-1)",
        Place.MAP,
        ("K", "ctrl+up"),
        Text("Scroll card up", "向上滚动卡片"),
        Text("Scroll the card up.", "向上滚动卡片。"),
    ),
    closing(Place.MAP),
)

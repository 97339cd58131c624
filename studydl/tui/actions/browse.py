"""What can be done among all cards."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, moving

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (
    Action(
        "choose",
        Place.BROWSE,
        ("enter",),
        Text("Study", "学习"),
        Text(
            "Study the marked cards, or the one under the cursor.",
            "学习选中的卡片，或光标所在的卡片。",
        ),
        rank=0,
    ),
    Action(
        "open_card",
        Place.BROWSE,
        ("right",),
        Text("Open", "打开"),
        Text("Show the card in the place of the list.", "在列表的位置显示卡片。"),
        rank=1,
    ),
    Action(
        "close_card",
        Place.BROWSE,
        ("left",),
        Text("List", "列表"),
        Text("Go back to the list.", "回到列表。"),
    ),
    Action(
        "search",
        Place.BROWSE,
        ("/",),
        Text("Search", "搜索"),
        Text(
            "Type what to look for; Enter or esc leaves the field.",
            "输入要找的内容；回车或 esc 离开。",
        ),
        rank=2,
    ),
    Action(
        "mark",
        Place.BROWSE,
        ("space",),
        Text("Mark", "选取"),
        Text("Mark the card and go on to the next.", "选取这张卡片并移到下一张。"),
        rank=3,
    ),
    Action(
        "mark_all",
        Place.BROWSE,
        ("a",),
        Text("All", "全选"),
        Text("Mark all that were found, or none.", "全部选取，或全部取消。"),
        rank=8,
    ),
    Action(
        "suspend",
        Place.BROWSE,
        ("s",),
        Text("Suspend", "暂停"),
        Text("Ask these cards no more, or again.", "不再提问这些卡片，或恢复提问。"),
        rank=4,
    ),
    Action(
        "flag",
        Place.BROWSE,
        ("f",),
        Text("Flag", "标记"),
        Text(
            "Note that they are to be mended, and why; or no more.", "注明需要修改及原因；或取消。"
        ),
        rank=5,
    ),
    Action(
        "tag",
        Place.BROWSE,
        ("t",),
        Text("Tag", "标签"),
        Text(
            "Give these cards words of your own to find them by, or take some away.",
            "给这些卡片加上或去掉自定标签，便于查找。",
        ),
        rank=6,
    ),
    Action(
        "undo",
        Place.BROWSE,
        ("u",),
        Text("Undo", "撤销"),
        Text("Take back what was done here last.", "撤销在这里做的上一步。"),
        rank=9,
    ),
    Action(
        "edit",
        Place.BROWSE,
        ("e",),
        Text("Edit", "编辑"),
        Text("Open the card's deck in your editor.", "用你的编辑器打开这张卡片的卡组。"),
        rank=7,
    ),
    Action(
        "derive",
        Place.BROWSE,
        ("d",),
        Text("Derive", "推导"),
        Text("Check the card's derivation and show it.", "检验并显示这张卡片的推导。"),
        rank=8,
    ),
    Action(
        "break_it",
        Place.BROWSE,
        ("x", "v"),
        Text("Break it", "找破绽"),
        Text("Measure the card's claim, and try to break it.", "实测卡片的论断，试着推翻它。"),
        rank=6,
    ),
    Action(
        "what_if",
        Place.BROWSE,
        ("w",),
        Text("What if", "假如"),
        Text("Change the numbers of what the card is about.", "改变卡片所说内容的数值。"),
        rank=9,
    ),
    Action(
        "notes",
        Place.BROWSE,
        ("n",),
        Text("Notes", "笔记"),
        Text("Open the section of the notes.", "打开笔记中的这一节。"),
        rank=9,
    ),
    Action(
        "map",
        Place.BROWSE,
        ("m",),
        Text("Map", "知识图"),
        Text("See what the card builds on, and what on it.", "查看它的前提和后续。"),
        rank=9,
    ),
    *moving(Place.BROWSE),
    Action(
        "scroll(1)",
        Place.BROWSE,
        ("J", "ctrl+down"),
        Text("Scroll card", "滚动卡片"),
        Text("Scroll the card down.", "向下滚动卡片。"),
    ),
    Action(
        "scroll(-1)",
        Place.BROWSE,
        ("K", "ctrl+up"),
        Text("Scroll card up", "向上滚动卡片"),
        Text("Scroll the card up.", "向上滚动卡片。"),
    ),
    closing(Place.BROWSE),
)

"""Where the card that is shown leads, once its answer is known."""

from __future__ import annotations

from studydl.language import Text
from studydl.tui.actions.action import Action, Place

__all__ = ["LEADING"]

LEADING: tuple[Action, ...] = (
    Action(
        "break_it",
        Place.REVIEW,
        ("x",),
        Text("Break it", "找破绽"),
        Text(
            "Put a misconception in the place of the truth, and see what turns red.",
            "用一个误解替换正确实现，看哪项测量变红。",
        ),
        rank=4,
    ),
    Action(
        "what_if",
        Place.REVIEW,
        ("w",),
        Text("What if", "假如"),
        Text(
            "Turn the parameters of what the card stands on: predict, then see.",
            "改变卡片所依据的参数：先预测，再看结果。",
        ),
        rank=6,
    ),
    Action(
        "notes",
        Place.REVIEW,
        ("n",),
        Text("Notes", "笔记"),
        Text("See the card's section of the notes.", "查看卡片所在的笔记小节。"),
    ),
    Action(
        "copy",
        Place.REVIEW,
        ("y",),
        Text("Copy", "复制"),
        Text("Copy the answer, formulas as LaTeX.", "复制答案，公式为 LaTeX。"),
    ),
    Action(
        "derive_leech",
        Place.REVIEW,
        ("D",),
        Text("Its derivation", "其推导"),
        Text(
            "Walk through the derivation of the card that is forgotten again and again.",
            "走一遍那张屡次忘记的卡片的推导。",
        ),
    ),
    Action(
        "leech_requires",
        Place.REVIEW,
        ("P",),
        Text("Its basis", "其前置"),
        Text(
            "See the cards on which the card builds that is forgotten again and again.",
            "查看那张屡次忘记的卡片所依赖的卡片。",
        ),
    ),
)

"""What can be done while a card is shown."""

from __future__ import annotations

from studydl.judging import LETTERS
from studydl.language import Text
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.leading import LEADING
from studydl.tui.actions.marking import MARKING

__all__ = ["ACTIONS"]


def _option(place: int) -> Action:
    letter = LETTERS[place]
    return Action(
        f"choose({place})",
        Place.REVIEW,
        (letter, str(place + 1)),
        Text("Choose", "选择"),
        Text(
            "Choose an option; it is judged at once. Of several right ones, pick each.",
            "选择一个选项，立即判定；若正确的不止一个，逐个选取。",
        ),
        rank=1 if place == 0 else None,
        shown_as="a–i" if place == 0 else "",
    )


def _grade(grade: int) -> Action:
    return Action(
        f"grade({grade})",
        Place.REVIEW,
        (str(grade),),
        Text("Grade", "评分"),
        Text(
            "Grade your answer: again, hard, good, easy.",
            "给自己的回答评分：重来、困难、良好、简单。",
        ),
        rank=1 if grade == 1 else None,
        shown_as="1–4" if grade == 1 else "",
    )


# Of two actions on one key the first legal one is carried out.
_ANSWERING: tuple[Action, ...] = (
    Action(
        "reveal",
        Place.REVIEW,
        ("space", "enter"),
        Text("Reveal", "显示"),
        Text("Reveal the answer.", "显示答案。"),
        rank=0,
    ),
    *map(_option, range(len(LETTERS))),
    Action(
        "judge",
        Place.REVIEW,
        ("enter",),
        Text("Judge", "判定"),
        Text(
            "Judge what is typed or picked; an empty field reveals the answer.",
            "判定所输入或选取的内容；留空则显示答案。",
        ),
        rank=0,
    ),
    Action(
        "judge_code",
        Place.REVIEW,
        ("ctrl+r", "f5"),
        Text("Judge", "判定"),
        Text("Judge the code in the editor.", "判定编辑框里的代码。"),
        rank=0,
    ),
    Action(
        "edit",
        Place.REVIEW,
        ("ctrl+e",),
        Text("Editor", "编辑器"),
        Text(
            "Write the code in your own editor, $VISUAL or $EDITOR.",
            "在自己的编辑器（$VISUAL 或 $EDITOR）里写代码。",
        ),
        rank=1,
    ),
    Action(
        "next_gap",
        Place.REVIEW,
        ("tab",),
        Text("Next gap", "下一空"),
        Text("Go to the next gap; shift+tab goes back.", "移到下一个空；shift+tab 返回。"),
        rank=1,
    ),
    Action(
        "cancel_judging",
        Place.REVIEW,
        ("escape",),
        Text("Cancel", "取消"),
        Text("Stop judging; what is typed stays.", "停止判定，保留所输入的内容。"),
        rank=0,
    ),
    Action(
        "leave_field",
        Place.REVIEW,
        ("escape",),
        Text("Leave field", "离开输入框"),
        Text("Leave the field, so that letters are keys again.", "离开输入框，字母恢复为快捷键。"),
        rank=6,
    ),
    Action(
        "try_again",
        Place.REVIEW,
        ("r",),
        Text("Try again", "再试"),
        Text(
            "Change what is wrong before you see the solution; it costs nothing more.",
            "看答案之前先改正，不再额外扣分。",
        ),
        rank=0,
    ),
    Action(
        "type",
        Place.REVIEW,
        ("i", "tab"),
        Text("Type", "输入"),
        Text("Go back into the field to type an answer.", "回到输入框作答。"),
        rank=1,
    ),
    Action(
        "accept",
        Place.REVIEW,
        ("space", "enter"),
        Text("Accept", "采纳"),
        Text("Give the proposed grade, the marked one.", "采纳建议的评分（已标出）。"),
        rank=0,
    ),
    *map(_grade, range(1, 5)),
    Action(
        "measure",
        Place.REVIEW,
        ("v",),
        Text("Measure", "实测"),
        Text(
            "Measure the card's claim now; again with the next seed.",
            "立即测量这张卡片的论断；再按则换下一个种子。",
        ),
        rank=2,
    ),
    Action(
        "derive",
        Place.REVIEW,
        ("d",),
        Text("Derive", "推导"),
        Text("Walk through the card's derivation, step by step.", "逐步走一遍这张卡片的推导。"),
        rank=3,
    ),
    Action(
        "next_step",
        Place.REVIEW,
        ("space", "j", "down"),
        Text("Next step", "下一步"),
        Text("Show the next step of the derivation.", "显示推导的下一步。"),
        rank=0,
    ),
    Action(
        "previous_step",
        Place.REVIEW,
        ("k", "up"),
        Text("Step back", "上一步"),
        Text("Hide the last step of the derivation again.", "重新隐藏推导的最后一步。"),
    ),
    Action(
        "close_pane",
        Place.REVIEW,
        ("escape",),
        Text("Close", "关闭"),
        Text(
            "Close the side pane, or stop what is being measured.",
            "关闭侧栏，或停止正在进行的测量。",
        ),
        rank=1,
    ),
    Action(
        "scroll(1)",
        Place.REVIEW,
        ("j", "down", "pagedown"),
        Text("Down", "向下"),
        Text("Scroll down what is too long to be seen at once.", "向下滚动过长的内容。"),
    ),
    Action(
        "scroll(-1)",
        Place.REVIEW,
        ("k", "up", "pageup"),
        Text("Up", "向上"),
        Text("Scroll up.", "向上滚动。"),
    ),
    Action(
        "undo",
        Place.REVIEW,
        ("u",),
        Text("Undo", "撤销"),
        Text(
            "Take back the last answer, or what was last done to a card.",
            "撤销上一次作答，或对卡片的上一个操作。",
        ),
        rank=5,
    ),
    Action(
        "home",
        Place.REVIEW,
        ("h", "escape"),
        Text("Home", "主页"),
        Text("Go to the chapters; the sitting stays open.", "前往章节列表，本轮保留。"),
        rank=7,
    ),
    Action(
        "finish",
        Place.REVIEW,
        ("enter", "space"),
        Text("Chapters", "章节"),
        Text("After the last card: go to the chapters.", "做完最后一张后：前往章节列表。"),
        rank=0,
    ),
)
ACTIONS: tuple[Action, ...] = (*MARKING[:2], *_ANSWERING, *MARKING[2:], *LEADING)

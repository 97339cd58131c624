"""What the machine says about an answer. The learner has the last word."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from studydl.language import Text

if TYPE_CHECKING:
    from typing import Final

__all__ = ["AGAIN", "GOOD", "HARD", "Judgement", "Verdict", "undecided"]

AGAIN: Final = 1
HARD: Final = 2
GOOD: Final = 3


class Verdict(StrEnum):
    """How an answer was judged.

    ``undecided`` never counts against the learner; ``invalid`` costs nothing and asks again.
    """

    CORRECT = "correct"
    WRONG = "wrong"
    UNDECIDED = "undecided"
    INVALID = "invalid"


class Judgement(NamedTuple):
    """The verdict on one answer, with its reasons.

    Attributes:
        verdict: Right, wrong, not for the machine to say, or not to be understood.
        feedback: What the learner reads.
        proposed_grade: From 1, again, to 3, good; None where the machine proposes none.
        understood: How the input was read; empty if it could not be.
        caret: Index of the character at fault in an invalid input, where there is one.
        misconception: The misconception of the card's claim that the answer shows, if it does.
    """

    verdict: Verdict
    feedback: Text
    proposed_grade: int | None = None
    understood: str = ""
    caret: int | None = None
    misconception: str | None = None


def undecided(answer: Text, understood: str = "") -> Judgement:
    """Leave the judging to the learner, with the card's own answer beside."""
    feedback = Text(f"The answer: {answer.en}", f"答案：{answer.zh}")
    return Judgement(Verdict.UNDECIDED, feedback, understood=understood)

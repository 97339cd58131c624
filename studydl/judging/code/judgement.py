"""What the machine says about an answer in code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studydl.judging.code.rung import Rung, verdict_of
from studydl.judging.judgement import AGAIN, GOOD, Judgement, Verdict
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.verification.evidence import Measurement

__all__ = ["CodeJudgement", "Row"]

_GRADES = {Verdict.CORRECT: GOOD, Verdict.WRONG: AGAIN}


@dataclass(frozen=True, slots=True)
class Row:
    """One number that was measured on the learner's function, and the claim that measured it."""

    claim: str
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class CodeJudgement:
    """The verdict on a learner's function, with its reasons.

    Attributes:
        rung: The first rung of the ladder that fails, or that all of them hold.
        message: What the learner reads about it.
        details: Everything that was measured, claim by claim, as far as the measuring came.
        misconception: The misconception of the claims that measures the very same, or None.
        why: Why someone would believe it.
        remark: What a right answer could do better, or None.
        line: The line of the learner's text that the message is about, from 1, or 0.
        column: The place in that line, from 1, or 0.
        output: What the learner's code printed.
        protection: The level that was reached, ``process+rlimits+landlock(ABI 7)`` at best; empty
            if no process took part.
        seconds: From handing the text over to the verdict.
    """

    rung: Rung
    message: Text
    details: tuple[Row, ...] = ()
    misconception: str | None = None
    why: Text | None = None
    remark: Text | None = None
    line: int = 0
    column: int = 0
    output: str = ""
    protection: str = ""
    seconds: float = 0.0

    @property
    def verdict(self) -> Verdict:
        """Right, wrong, not to be measured at all, or not to be judged by us."""
        return verdict_of(self.rung)

    @property
    def judgement(self) -> Judgement:
        """The judgement as of any other card: its feedback says all of the above in one text."""
        said = [each for each in (self.message, self._recognised(), self.remark) if each]
        feedback = Text("\n".join(each.en for each in said), "\n".join(each.zh for each in said))
        grade = _GRADES.get(self.verdict)
        return Judgement(self.verdict, feedback, grade, misconception=self.misconception)

    def _recognised(self) -> Text | None:
        if self.misconception is None or self.why is None:
            return None
        return Text(
            f"Known as {self.misconception}: {self.why.en}",
            f"这是已知的误解 {self.misconception}：{self.why.zh}",
        )

"""Judges whatever is answered in a sitting: in this process, in the worker, or in the sandbox.

Imported with the first card that cannot be judged at once; the first card does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Code, Formula
from studydl.errors import StudyError
from studydl.judging import Judgement, Verdict
from studydl.judging.examiner import Examiner
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.judging.code import CodeJudgement, Runner
    from studydl.judging.examiner import Process
    from studydl.language import Language
    from studydl.session.shown import Shown

__all__ = ["Outcome", "Panel"]


class Outcome(NamedTuple):
    """What came of an answer.

    Attributes:
        shown: The card with its answer known, if it could be.
        judgement: The verdict, with its reasons.
        code: Of an answer in code, everything that was measured.
    """

    shown: Shown
    judgement: Judgement
    code: CodeJudgement | None = None

    def remarks(self, answer: str) -> tuple[Text, ...]:
        """Return where a typed formula could have been meant otherwise, and how it was read."""
        if not isinstance(self.shown.card.answer, Formula):
            return ()
        from studydl.judging.formula import understand

        understood = understand(self.shown.card.answer, answer)
        return () if isinstance(understood, Judgement) else understood.remarks


class Panel:
    """The examiner and the sandbox. Takes no notice of what is on the table meanwhile."""

    def __init__(self, process: Process) -> None:
        """Judge with a worker that serves the calls of verification and of the examiner.

        It starts with the first answer that takes it.
        """
        self._examiner = Examiner(process)
        self._sandbox: Runner | None = None

    async def known(self, shown: Shown) -> Shown:
        """Return what is shown with its answer known; of most cards it is.

        Raises:
            StudyError: If the answer cannot be computed.
        """
        if shown.is_known:
            return shown
        return shown._replace(card=await self._examiner.resolve(shown.card, shown.parameters))

    async def prepare(self, shown: Shown) -> None:
        """Start the sandbox for a card that will take it, ahead of the answer."""
        if isinstance(shown.card.answer, Code):
            from studydl.judging.code import task_of

            await self._runner().prepare(task_of(shown.card, shown.card.answer))

    async def judge(self, shown: Shown, answer: str, language: Language) -> Outcome:
        """Judge an answer. If what judges fails, the answer is left to the learner."""
        try:
            shown = await self.known(shown)
            if isinstance(shown.card.answer, Code) and answer.strip():
                return await self._measure(shown, shown.card.answer, answer)
        except (StudyError, OSError) as error:
            return Outcome(shown, _left_to_the_learner(error))
        judgement = await self._examiner.judge(
            shown.card, answer, seed=shown.seed, language=language
        )
        return Outcome(shown, judgement)

    async def close(self) -> None:
        """End the sandbox; the worker belongs to whoever handed it in."""
        if self._sandbox is not None:
            await self._sandbox.close()

    async def _measure(self, shown: Shown, code: Code, answer: str) -> Outcome:
        from studydl.judging.code import task_of

        found = await self._runner().judge(answer, task_of(shown.card, code))
        return Outcome(shown, found.judgement, found)

    def _runner(self) -> Runner:
        if self._sandbox is None:
            from studydl.judging.code import Runner

            self._sandbox = Runner()
        return self._sandbox


def _left_to_the_learner(error: Exception) -> Judgement:
    """Return the judgement where the machine failed: it says why, and decides nothing."""
    why = str(error).replace("$", r"\$").rstrip(".")
    unable = Text(
        f"The machine could not judge this: {why}. Judge it yourself.",
        f"机器无法判定：{why}。请自行判断。",
    )
    return Judgement(Verdict.UNDECIDED, unable)

"""Judges a learner's code in a fresh process, with a spare one ready if there is time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studydl.judging.code.judgement import CodeJudgement
from studydl.judging.code.messages import message
from studydl.judging.code.outcome import judgement_of, undecided
from studydl.judging.code.process import Child, StartError
from studydl.judging.code.rung import Rung
from studydl.judging.code.task import LIMITS, LONGEST_SOURCE

if TYPE_CHECKING:
    from studydl.judging.code.task import CodeTask, Limits

__all__ = ["Runner", "judge_code", "judge_code_blocking", "judge_misconception"]


class Runner:
    """Judges answers one after another, each in a process of its own.

    `prepare` starts the next process ahead of its answer, so that the judging takes no longer than
    the measuring. A process that was prepared for another task is ended unused.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        """Judge within limits."""
        self._limits = limits
        self._spare: Child | None = None
        self._busy = asyncio.Lock()

    async def prepare(self, task: CodeTask, *, seed: int = 0) -> None:
        """Start a process that measures what is known of a task and waits for its answer."""
        async with self._busy:
            self._spare = await self._child(task, seed)

    async def judge(self, source: str, task: CodeTask, *, seed: int = 0) -> CodeJudgement:
        """Judge a learner's text.

        Args:
            source: The text.
            task: What it has to define.
            seed: The seed of the measuring.

        Raises:
            StudyError: If the task names claims that do not exist or take no such function.
        """
        if unreadable := _unreadable(source):
            return unreadable
        return await self._judge("source", source, task, seed)

    async def judge_misconception(
        self, name: str, task: CodeTask, *, seed: int = 0
    ) -> CodeJudgement:
        """Judge a misconception, ``claim/name``, as if a learner had written it.

        Raises:
            StudyError: If the task's claims have none of that name.
        """
        return await self._judge("misconception", name, task, seed)

    async def close(self) -> None:
        """End the spare process."""
        async with self._busy:
            spare, self._spare = self._spare, None
            if spare is not None:
                await spare.close()

    async def _child(self, task: CodeTask, seed: int) -> Child:
        """Return the spare process if it is one for this task, else another."""
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.is_running and (spare.task, spare.seed) == (task, seed):
                return spare
            await spare.close()
        return await Child(task, seed, self._limits).start()

    async def _judge(self, kind: str, text: str, task: CodeTask, seed: int) -> CodeJudgement:
        async with self._busy:
            child = await self._child(task, seed)
        try:
            await child.ready()
            ending = await child.judge(kind, text)
        except StartError as error:
            return undecided(str(error))
        finally:
            await child.close()
        return judgement_of(ending, text if kind == "source" else "", self._limits)


async def judge_code(
    source: str, task: CodeTask, *, limits: Limits = LIMITS, seed: int = 0
) -> CodeJudgement:
    """Judge a learner's text in a fresh process.

    Raises:
        StudyError: If the task names claims that do not exist or take no such function.
    """
    return await Runner(limits).judge(source, task, seed=seed)


async def judge_misconception(
    name: str, task: CodeTask, *, limits: Limits = LIMITS, seed: int = 0
) -> CodeJudgement:
    """Judge a misconception, ``claim/name``, as if a learner had written it: it has to fail.

    Raises:
        StudyError: If the task's claims have none of that name.
    """
    return await Runner(limits).judge_misconception(name, task, seed=seed)


def judge_code_blocking(
    source: str, task: CodeTask, *, limits: Limits = LIMITS, seed: int = 0
) -> CodeJudgement:
    """Judge a learner's text where no event loop runs; as `judge_code`."""
    return asyncio.run(judge_code(source, task, limits=limits, seed=seed))


def _unreadable(source: str) -> CodeJudgement | None:
    """Refuse what no compiler should be handed."""
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        reason = "it is not valid UTF-8", "不是有效的 UTF-8"
    else:
        if size <= LONGEST_SOURCE and "\0" not in source:
            return None
        kilobytes = f"{LONGEST_SOURCE // 1024} KB"
        reason = f"it is longer than {kilobytes}", f"长度超过 {kilobytes}"
        if size <= LONGEST_SOURCE:
            reason = "it contains a null character", "其中有空字符"
    facts = dict(zip(("error_en", "error_zh"), reason, strict=True))
    return CodeJudgement(Rung.UNREADABLE, message(Rung.UNREADABLE, facts, ""))

"""Is this function right: a learner's code, measured by the verifiers in a fresh process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.judging.code.judgement import CodeJudgement, Row
from studydl.judging.code.protection import protection
from studydl.judging.code.rung import Rung
from studydl.judging.code.runner import (
    Runner,
    judge_code,
    judge_code_blocking,
    judge_misconception,
)
from studydl.judging.code.task import LIMITS, CodeTask, Limits

if TYPE_CHECKING:
    from studydl.cards import Card, Code
    from studydl.judging.judgement import Judgement

__all__ = [
    "LIMITS",
    "CodeJudgement",
    "CodeTask",
    "Limits",
    "Row",
    "Rung",
    "Runner",
    "judge_code",
    "judge_code_answer",
    "judge_code_blocking",
    "judge_misconception",
    "protection",
    "task_of",
]


def task_of(card: Card, code: Code) -> CodeTask:
    """Return what a card of this kind asks to be written."""
    assert card.claim is not None  # noqa: S101 - a card of this kind has one, or was not read
    return CodeTask((card.claim, *code.also), code.function, code.part)


async def judge_code_answer(card: Card, code: Code, answer: str) -> Judgement:
    """Judge the answer to a card, as of any other kind."""
    return (await judge_code(answer, task_of(card, code))).judgement

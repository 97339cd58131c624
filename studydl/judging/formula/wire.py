"""A judgement as JSON data and back: it travels from the worker to the process that draws."""

from __future__ import annotations

from typing import Any

from studydl.judging.judgement import Judgement, Verdict
from studydl.language import Text

__all__ = ["judgement_from_json", "judgement_to_json"]


def judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    """Return the judgement as JSON data."""
    return {
        "verdict": judgement.verdict,
        "feedback": judgement.feedback._asdict(),
        "proposed_grade": judgement.proposed_grade,
        "understood": judgement.understood,
        "caret": judgement.caret,
        "misconception": judgement.misconception,
    }


def judgement_from_json(data: dict[str, Any]) -> Judgement:
    """Return the judgement that `judgement_to_json` wrote."""
    return Judgement(
        verdict=Verdict(data["verdict"]),
        feedback=Text(**data["feedback"]),
        proposed_grade=data["proposed_grade"],
        understood=data["understood"],
        caret=data["caret"],
        misconception=data["misconception"],
    )

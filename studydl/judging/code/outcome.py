"""What the end of a child process comes to, for the learner."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError
from studydl.judging.code.judgement import CodeJudgement, Row
from studydl.judging.code.messages import message, remark, values_message
from studydl.judging.code.process import End, Ending
from studydl.judging.code.rung import Rung
from studydl.judging.quoting import printable
from studydl.language import Text
from studydl.verification.evidence import Measurement

if TYPE_CHECKING:
    from studydl.judging.code.task import Limits

__all__ = ["judgement_of", "undecided"]

_SLOW = 50.0
"""How many times the reference's time is worth a remark, unless it is an instant anyway."""
_INSTANT = 0.25


def judgement_of(ending: Ending, source: str, limits: Limits) -> CodeJudgement:
    """Return the judgement of a text, whatever became of the process that measured it.

    Raises:
        StudyError: If the child was asked for something that does not exist.
    """
    known: dict[str, Any] = {
        "output": printable(ending.output),
        "protection": ending.frames.get("level", ""),
        "seconds": ending.seconds,
    }
    rung, facts = _rung_of(ending, limits)
    if rung is Rung.MACHINERY:
        return undecided(str(facts["error"]), **known)
    result = ending.frames.get("result", {}) if ending.end is End.TOLD else {}
    rows = tuple(_row(each) for each in result.get("rows", ()))
    failing = [each.measurement for each in rows if not each.measurement.holds]
    slow = rung is Rung.PASSED and result["slowness"] > _SLOW and result["seconds"] > _INSTANT
    return CodeJudgement(
        rung,
        values_message(failing, len(rows)) if rung is Rung.VALUES else message(rung, facts, source),
        details=rows,
        misconception=result.get("misconception"),
        why=Text(**result["why"]) if result.get("why") else None,
        remark=remark(result["slowness"]) if slow else None,
        line=int(facts.get("line", 0)),
        column=int(facts.get("column", 0)),
        **known,
    )


def undecided(reason: str, **known: Any) -> CodeJudgement:
    """Return the judgement where the machinery failed and not the learner."""
    said = message(Rung.MACHINERY, {"error": reason.rstrip(".")}, "")
    return CodeJudgement(Rung.MACHINERY, said, **known)


def _rung_of(ending: Ending, limits: Limits) -> tuple[Rung, dict[str, Any]]:
    """Return where the judging ended, with what the message about it needs."""
    if ending.end is End.FLOODED:
        return Rung.FLOOD, {"limit": limits.output // 1024}
    if ending.end is End.OUT_OF_TIME:
        return Rung.TOO_SLOW, {"limit": f"{limits.wall:g}"}
    if ending.end is End.DIED:
        return _death(ending, limits)
    if "unusable" in ending.frames:
        raise StudyError(ending.frames["unusable"])
    if "result" not in ending.frames:
        return Rung.MACHINERY, {"error": ending.frames.get("broken", "nothing was found")}
    rung, facts = Rung(ending.frames["result"]["rung"]), ending.frames["result"]["facts"]
    if rung is Rung.TOO_SLOW:
        facts = facts | {"limit": limits.cpu}
    if rung is Rung.OUT_OF_MEMORY:
        facts = facts | {"limit": limits.memory // 2**20}
    return rung, facts


def _death(ending: Ending, limits: Limits) -> tuple[Rung, dict[str, Any]]:
    """Tell apart what the learner's code did to the process, and what befell it from outside."""
    if "level" not in ending.frames:
        return Rung.MACHINERY, {"error": "the judging process died before it began"}
    if ending.code >= 0:
        return Rung.ENDED, {}
    number = -ending.code
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    if name in {"SIGKILL", "SIGXCPU"} and ending.seconds >= limits.cpu:
        return Rung.TOO_SLOW, {"limit": limits.cpu}
    if name in {"SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"}:
        return Rung.MACHINERY, {"error": f"something ended the judging process with {name}"}
    return Rung.KILLED, {"signal": name}


def _row(data: dict[str, Any]) -> Row:
    values = dict(data)
    return Row(values.pop("claim"), Measurement.from_json(values))

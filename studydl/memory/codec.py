"""Events read back from JSON, each field checked: what is nonsense never reaches the log."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from studydl.errors import StudyError
from studydl.memory.events import (
    RECORD_VERSION,
    Act,
    Deed,
    Event,
    ParameterSet,
    Review,
    Undo,
    canonical,
)
from studydl.memory.model import Grade
from studydl.memory.settings import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["event_from_json"]

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_HALF_A_SIGN = re.compile(r"[\ud800-\udfff]")
_FIRST_DAY, _LAST_DAY = -25_567, 2_900_000  # 1900 to 9909: beyond, dates end
_DAY_MS = 86_400_000
_WORD = 1 << 63

Check: TypeAlias = "tuple[str, Callable[[Any], bool]]"


def _whole(low: int, high: int) -> Check:
    return (
        f"a whole number from {low} to {high}",
        lambda value: type(value) is int and low <= value <= high,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and (value.isascii() or _HALF_A_SIGN.search(value) is None)


def _is_finite(value: object) -> bool:
    return type(value) in {int, float} and math.isfinite(value)  # type: ignore[arg-type]


def _are_names(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(_is_text(name) and name for name in value)
        and value == sorted(set(value))
    )


def _are_words(value: Any) -> bool:
    # No more is asked of tags: what is invisible or composed depends on the version of Unicode.
    return _are_names(value) and all(word.split() == [word] for word in value)


_NAME: Check = ("a text that is not empty", lambda value: bool(value) and _is_text(value))
_TEXT: Check = ("a text", _is_text)
_TEXT_OR_NONE: Check = ("a text or null", lambda value: value is None or _is_text(value))
_ID: Check = (
    "an identifier of UUID version 7",
    lambda value: isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None,
)
_MOMENT = _whole(_FIRST_DAY * _DAY_MS, _LAST_DAY * _DAY_MS)
_DAY = _whole(_FIRST_DAY, _LAST_DAY)
_COUNT = _whole(0, 1 << 53)
_CARDS: Check = ("a sorted list of different card ids", _are_names)
_TAGS: Check = ("a sorted list of different words", _are_words)
_NUMBER: Check = ("a finite number", _is_finite)
_FLAG: Check = ("true or false", lambda value: isinstance(value, bool))
_OBJECT: Check = ("an object", lambda value: isinstance(value, dict))
_WEIGHTS: Check = (
    "a list of 21 finite numbers",
    lambda value: isinstance(value, list) and len(value) == 21 and all(map(_is_finite, value)),
)

_ALL: dict[str, Check] = {
    "id": _ID,
    "version": _whole(1, _WORD - 1),
    "utc_offset": _whole(-1439, 1439),
    "device": _NAME,
}
_FIELDS: dict[str, dict[str, Check]] = {
    "review": {
        **_ALL,
        "card": _NAME,
        "grade": _whole(1, 4),
        "reviewed_at": _MOMENT,
        "day": _DAY,
        "duration_ms": _COUNT,
        "answer": _TEXT_OR_NONE,
        "verdict": _TEXT_OR_NONE,
        "seed": _whole(-_WORD, _WORD - 1),
        "scheduler": _NAME,
        "parameters": _NAME,
    },
    "undo": {**_ALL, "undoes": _ID, "undone_at": _MOMENT},
    "act": {
        **_ALL,
        "deed": (f"one of {', '.join(Deed)}", lambda value: value in list(Deed)),
        "day": _DAY,
        "acted_at": _MOMENT,
        "content": _OBJECT,
    },
    "parameters": {"id": _NAME, "content": _OBJECT},
}
_CONTENTS: dict[Deed, dict[str, Check]] = {
    Deed.SUSPEND: {"cards": _CARDS},
    Deed.UNSUSPEND: {"cards": _CARDS},
    Deed.BURY: {"cards": _CARDS},
    Deed.UNBURY: {"cards": _CARDS},
    Deed.FLAG: {"cards": _CARDS, "reason": _TEXT},
    Deed.UNFLAG: {"cards": _CARDS},
    Deed.TAG: {"cards": _CARDS, "tags": _TAGS},
    Deed.UNTAG: {"cards": _CARDS, "tags": _TAGS},
    Deed.MORE: {"new": _COUNT, "reviews": _COUNT},
    Deed.RESCHEDULE: {"parameters": _NAME},
    Deed.OPTIMISE: {
        "weights": _WEIGHTS,
        "items": _COUNT,
        "before": _NUMBER,
        "after": _NUMBER,
        "kept": _FLAG,
    },
}


def event_from_json(told: Mapping[str, Any]) -> Event:
    """Return the event that ``Event.to_json`` has told.

    Raises:
        StudyError: It is no event, or one of a newer studydl; the sentence says what is wrong.
    """
    kind = told.get("kind") if isinstance(told, dict) else None
    if not isinstance(kind, str) or kind not in _FIELDS:
        known = ", ".join(_FIELDS)
        raise StudyError(
            f"this is no event: its kind is {kind!r}", hint=f"a kind is one of {known}"
        )
    fields = {name: value for name, value in told.items() if name != "kind"}
    where = f"{kind} {fields.get('id')}"
    _require_version(fields.get("version"), _known_version(kind, fields.get("deed")), where)
    _require(fields, _FIELDS[kind], where)
    if kind == "review":
        return Review(**fields | {"grade": Grade(fields["grade"])})
    if kind == "undo":
        return _undo(fields, where)
    if kind == "act":
        return _act(fields, where)
    return _parameters(fields, where)


def _known_version(kind: str, deed: Any) -> int:
    return Deed(deed).version if kind == "act" and deed in list(Deed) else RECORD_VERSION


def _require_version(version: object, known: int, where: str) -> None:
    if type(version) is int and version > known:
        raise StudyError(
            f"this event has version {version}, this studydl knows {known}",
            where=where,
            hint="install a newer studydl",
        )


def _require(given: Mapping[str, Any], expected: Mapping[str, Check], where: str) -> None:
    for name in given.keys() - expected.keys():
        fields = ", ".join(expected)
        raise StudyError(f"an event has no field {name!r}", where=where, hint=f"it has {fields}")
    for name, (meaning, holds) in expected.items():
        if name not in given:
            raise StudyError(f"the field {name!r} is missing", where=where, hint=f"write {meaning}")
        if not holds(given[name]):
            shown = repr(given[name])
            shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
            raise StudyError(
                f"{shown} cannot be the field {name!r}", where=where, hint=f"write {meaning}"
            )


def _undo(fields: dict[str, Any], where: str) -> Undo:
    if fields["undoes"] >= fields["id"]:
        raise StudyError("an undo names an event that is not older", where=where)
    return Undo(**fields)


def _act(fields: dict[str, Any], where: str) -> Act:
    deed = Deed(fields["deed"])
    _require(fields["content"], _CONTENTS[deed], where)
    return Act(**fields | {"deed": deed, "content": canonical(fields["content"])})


def _parameters(fields: dict[str, Any], where: str) -> ParameterSet:
    content = canonical(fields["content"])
    try:
        schedule = Schedule.from_content(content)
        valid = schedule.content() == content and schedule.identity() == fields["id"]
    except (TypeError, ValueError) as error:
        raise StudyError("these are no parameters of scheduling", where=where) from error
    if not valid or schedule.weights is None or len(schedule.weights) != 21:
        raise StudyError("the id of these parameters is not that of their content", where=where)
    return ParameterSet(fields["id"], content)

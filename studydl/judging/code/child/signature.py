"""Compares the parameters of the learner's function with those of the reference."""

from __future__ import annotations

import inspect
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from studydl.judging.code.child.fault import Fault
from studydl.judging.code.rung import Rung

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["check_signature"]

_BY_PLACE = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_GATHERS = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


def check_signature(own: Callable[..., Any], reference: Callable[..., Any], name: str) -> None:
    """Refuse a function that cannot be called in every way in which the reference can.

    Raises:
        Fault: With the parameters that are missing, needed beyond the reference's, without a
            default, or in another place.
    """
    wanted = inspect.signature(reference).parameters
    try:
        got = inspect.signature(own).parameters
    except (TypeError, ValueError):
        # Some callables of C do not tell; the first call shows what they take.
        return
    problems = {
        "missing": _missing(got, wanted),
        "extra": [
            each.name
            for each in got.values()
            if each.name not in wanted
            and each.kind not in _GATHERS
            and each.default is Parameter.empty
        ],
        "no_default": [
            f"{each.name}={each.default!r}"
            for each in wanted.values()
            if each.default is not Parameter.empty
            and each.name in got
            and got[each.name].default is Parameter.empty
        ],
        "misplaced": _misplaced(got, wanted),
    }
    if any(problems.values()):
        facts = {key: ", ".join(names) for key, names in problems.items()}
        raise Fault(Rung.SIGNATURE, name=name, expected=f"def {name}{_bare(wanted)}:", **facts)


def _missing(got: Mapping[str, Parameter], wanted: Mapping[str, Parameter]) -> list[str]:
    kinds = {each.kind for each in got.values()}
    missing = []
    for each in wanted.values():
        if each.name in got and got[each.name].kind is not Parameter.POSITIONAL_ONLY:
            continue
        by_keyword = Parameter.VAR_KEYWORD in kinds
        by_place = each.kind not in _BY_PLACE or Parameter.VAR_POSITIONAL in kinds
        if not (by_keyword and by_place):
            missing.append(each.name)
    return missing


def _misplaced(got: Mapping[str, Parameter], wanted: Mapping[str, Parameter]) -> list[str]:
    if any(each.kind is Parameter.VAR_POSITIONAL for each in got.values()):
        return []
    places = [each.name for each in got.values() if each.kind in _BY_PLACE]
    wanted_places = [each.name for each in wanted.values() if each.kind in _BY_PLACE]
    return [
        name
        for index, name in enumerate(wanted_places)
        if name in got and places[index : index + 1] != [name]
    ]


def _bare(parameters: Mapping[str, Parameter]) -> str:
    """Write parameters without their annotations, as short as a learner would."""
    bare = [each.replace(annotation=Parameter.empty) for each in parameters.values()]
    return str(Signature(bare))

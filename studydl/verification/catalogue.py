"""Finds claims and derivations in installed packages, through entry points.

The entry-point groups ``studydl.claims`` and ``studydl.derivations`` map the name of a chapter to a
module or package. Whatever claims or derivations stand at the top level there belong to the
chapter. Decks never name code, so that loading a deck runs none.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from studydl.errors import StudyError
from studydl.verification.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from studydl.verification.derivation import Derivation

__all__ = ["all_claims", "all_derivations", "find_claim", "find_derivation"]

_CLAIMS = "studydl.claims"
_DERIVATIONS = "studydl.derivations"


class _Named(Protocol):
    """Claims and derivations have an id."""

    @property
    def id(self) -> str: ...


_Kind = TypeVar("_Kind", bound=_Named)


def all_claims() -> dict[str, Claim]:
    """Return every claim of every chapter by id, in the order in which they are written."""
    return {id_: found for name in _chapters(_CLAIMS) for id_, found in _claims_of(name).items()}


def all_derivations() -> dict[str, Derivation]:
    """Return every derivation of every chapter by id, in the order in which they are written."""
    chapters = _chapters(_DERIVATIONS)
    return {id_: found for name in chapters for id_, found in _derivations_of(name).items()}


def find_claim(id_: str) -> Claim:
    """Return one claim, loading no chapter but its own.

    Raises:
        StudyError: If there is none of that id; the sentence names the nearest.
    """
    chapter = id_.partition(".")[0]
    found = _claims_of(chapter) if chapter in _chapters(_CLAIMS) else {}
    return found[id_] if id_ in found else _none("claim", id_, found or all_claims())


def find_derivation(id_: str) -> Derivation:
    """Return one derivation, loading no chapter but its own.

    Raises:
        StudyError: If there is none of that id; the sentence names the nearest.
    """
    chapter = id_.partition(".")[0]
    found = _derivations_of(chapter) if chapter in _chapters(_DERIVATIONS) else {}
    return found[id_] if id_ in found else _none("derivation", id_, found or all_derivations())


def _none(kind: str, id_: str, known: Mapping[str, Any]) -> Any:
    near = difflib.get_close_matches(id_, known, n=1, cutoff=0.4)
    hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known) or 'none'}"
    raise StudyError(f"there is no {kind} `{id_}`", hint=hint)


@cache
def _chapters(group: str) -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=group)}


@cache
def _claims_of(chapter: str) -> dict[str, Claim]:
    return _collect(_chapters(_CLAIMS)[chapter], Claim)


@cache
def _derivations_of(chapter: str) -> dict[str, Derivation]:
    from studydl.verification.derivation import Derivation

    return _collect(_chapters(_DERIVATIONS)[chapter], Derivation)


def _collect(entry: EntryPoint, kind: type[_Kind]) -> dict[str, _Kind]:
    found: dict[str, _Kind] = {}
    for module in _modules(entry):
        for value in vars(module).values():
            if not isinstance(value, kind):
                continue
            id_ = value.id
            if found.get(id_, value) is not value:
                raise StudyError(f"two definitions of `{id_}`", where=module.__name__)
            if id_.partition(".")[0] != entry.name:
                raise StudyError(
                    f"`{id_}` stands in a foreign chapter",
                    where=entry.value,
                    hint=f"its id has to begin with `{entry.name}.`",
                )
            found[id_] = value
    return found


def _modules(entry: EntryPoint) -> Iterator[ModuleType]:
    """Import a chapter: its module, and if that is a package the modules in it."""
    try:
        module = importlib.import_module(entry.value)
    except ImportError as error:
        hint = "install the package again, or remove it"
        raise StudyError(
            f"the chapter `{entry.name}` cannot be imported: {error}", where=entry.value, hint=hint
        ) from error
    yield module
    for part in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield importlib.import_module(f"{entry.value}.{part.name}")

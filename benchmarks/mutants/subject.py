"""What is put to the test: the modules of a chapter, and the claims that have to notice."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.verification.claim import Claim

from .generate import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["Subject", "chapters"]

_NN, _CLAIMS = "studydl.nn", "studydl.claims"


@dataclass(frozen=True, slots=True)
class Subject:
    """A chapter.

    Attributes:
        chapter: Its name.
        nn: The module or package under study.
        claims: The package whose claims are measured.
    """

    chapter: str
    nn: str
    claims: str

    @classmethod
    def of(cls, chapter: str) -> Subject:
        """Return the subject of one chapter of studydl."""
        return cls(chapter, f"{_NN}.{chapter}", f"{_CLAIMS}.{chapter}")

    def sources(self) -> list[Source]:
        """Parse the modules under study, in the order of their names."""
        return [self.source(name) for name, _ in self._modules()]

    def source(self, name: str) -> Source:
        """Parse one module by its name below the package under study."""
        return Source.read(name, Path(str(self.module(name).__file__)))

    def module(self, name: str) -> ModuleType:
        """Import one module by its name below the package under study."""
        return _imported(dict(self._modules())[name])

    def find_claims(self) -> dict[str, Claim]:
        """Import the claims of the chapter, in the order in which they are written.

        Raises:
            StudyError: If one of their modules cannot be imported.
        """
        found: dict[str, Claim] = {}
        for name in self.claim_modules():
            for value in vars(_imported(name)).values():
                if isinstance(value, Claim):
                    found.setdefault(value.id, value)
        return found

    def claim_modules(self) -> list[str]:
        """Return the names of the modules in which the chapter's claims stand."""
        return [self.claims, *(f"{self.claims}.{part}" for part in _parts(self.claims))]

    def _modules(self) -> Iterator[tuple[str, str]]:
        yield self.chapter, self.nn
        for part in _parts(self.nn):
            yield f"{self.chapter}.{part}", f"{self.nn}.{part}"


def chapters() -> list[str]:
    """Return the chapters that have both an implementation and claims."""
    with_claims = set(_parts(_CLAIMS))
    return [name for name in _parts(_NN) if name in with_claims]


def _parts(package: str) -> list[str]:
    path = getattr(_imported(package), "__path__", ())
    return sorted(part.name for part in pkgutil.iter_modules(path))


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:  # whatever a module raises while somebody is writing it
        what = f"cannot be imported: {type(error).__name__}: {error}"
        raise StudyError(what, where=name, hint="mend it, then run again") from error

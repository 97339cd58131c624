"""What a claim is, and how one is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.random import Generator

from studydl.language import Text
from studydl.verification.evidence import Measurement, Series

if TYPE_CHECKING:
    from studydl.verification.experiment import Experiment

__all__ = ["Claim", "Misconception", "Quantity", "Verifier", "claim", "misconception", "quantity"]

Verifier: TypeAlias = Callable[
    [Any, Generator], Iterator[Measurement] | Iterator[Measurement | Series]
]
"""Measures an implementation that is handed to it, with a random generator of its own."""

_CLAIM_ID = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FEWEST_MISCONCEPTIONS = 2


@dataclass(frozen=True, slots=True)
class Misconception:
    """A plausible wrong implementation, which the verifier has to reject by what it measures.

    Attributes:
        name: A slug, unique within its claim.
        implementation: Takes the place of the reference.
        why: Why someone would believe it.
        notes: The section of the notes that states it so, or an empty string.
    """

    name: str
    implementation: Any
    why: Text
    notes: str = ""

    def __post_init__(self) -> None:
        """Refuse a name that a deck could not write."""
        if not _SLUG.fullmatch(self.name):
            raise ValueError(f"expected a slug such as `forgot-the-root`, got {self.name!r}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that an implementation of a claim computes with given parameters.

    Attributes:
        name: A slug, unique within its claim: what a card's ``computed:`` names.
        compute: Takes the implementation, then the parameters by name; returns a float.
    """

    name: str
    compute: Callable[..., float]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that a measurement can confirm or refute.

    Attributes:
        id: ``chapter.slug``.
        statement: The sentence, in both languages, with the convention that it assumes.
        notes: The section of the notes that it comes from.
        implementation: The reference: a function, or a named tuple of functions.
        misconceptions: At least two.
        sources: The primary literature, with the section.
        verifier: What measures it.
        quantities: What its implementation can be asked for, for cards with drawn parameters.
        experiments: What can be predicted of its implementation, with parameters as dials.
    """

    id: str
    statement: Text
    notes: str
    implementation: Any
    misconceptions: tuple[Misconception, ...]
    sources: tuple[str, ...]
    verifier: Verifier
    quantities: tuple[Quantity, ...] = ()
    experiments: tuple[Experiment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a claim that could not be told apart, traced or rejected."""
        names = [each.name for each in self.misconceptions]
        if not _CLAIM_ID.fullmatch(self.id):
            raise ValueError(f"expected an id such as `activations.relu-value`, got {self.id!r}")
        if len(names) < _FEWEST_MISCONCEPTIONS or len(set(names)) < len(names):
            raise ValueError(f"{self.id}: expected two or more misconceptions of different names")
        if not self.sources:
            raise ValueError(f"{self.id}: expected at least one source")
        if len({each.name for each in self.experiments}) < len(self.experiments):
            raise ValueError(f"{self.id}: expected experiments of different names")

    @property
    def chapter(self) -> str:
        """The chapter that the claim belongs to."""
        return self.id.partition(".")[0]

    def generator(self, seed: int) -> Generator:
        """Return the claim's own stream of random numbers, which no other claim can shift."""
        return np.random.Generator(
            np.random.PCG64DXSM(np.random.SeedSequence([seed, crc32(self.id.encode())]))
        )


def claim(
    id: str,  # noqa: A002 - the word that cards and people use for it
    *,
    en: str,
    zh: str,
    notes: str,
    on: Any,
    misconceptions: Iterable[Misconception],
    sources: Iterable[str],
    quantities: Iterable[Quantity] = (),
    experiments: Iterable[Experiment] = (),
) -> Callable[[Verifier], Claim]:
    """Make a claim of the verifier below it.

    Args:
        id: ``chapter.slug``.
        en: The sentence in English, with every number that the verifier measures.
        zh: The same sentence in Chinese.
        notes: The section of the notes.
        on: The reference implementation.
        misconceptions: At least two wrong implementations.
        sources: At least one primary source, with its section.
        quantities: What the implementation can be asked for.
        experiments: What can be predicted of it, with parameters as dials.
    """

    def decorate(verifier: Verifier) -> Claim:
        return Claim(
            id,
            Text(en, zh),
            notes,
            on,
            tuple(misconceptions),
            tuple(sources),
            verifier,
            tuple(quantities),
            tuple(experiments),
        )

    return decorate


def misconception(
    name: str, *, en: str, zh: str, notes: str = ""
) -> Callable[[Callable[..., Any]], Misconception]:
    """Make a misconception of the function below it; ``en`` and ``zh`` say why it is believed."""

    def decorate(implementation: Callable[..., Any]) -> Misconception:
        return Misconception(name, implementation, Text(en, zh), notes)

    return decorate


def quantity(name: str) -> Callable[[Callable[..., float]], Quantity]:
    """Make a quantity of the function below it: ``(implementation, *, beta, t) -> float``."""

    def decorate(compute: Callable[..., float]) -> Quantity:
        return Quantity(name, compute)

    return decorate

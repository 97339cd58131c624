"""Random numbers that are independent of each other, each with finitely many values.

Every expectation over them is a finite sum, exact at every precision. What nothing is said about is
left as it comes: a skewed distribution refutes a step that takes for granted a symmetry which the
domain does not promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import sympy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator
    from numpy.typing import NDArray

    from studydl.verification.intervals import Interval

__all__ = [
    "Bernoulli",
    "Centred",
    "Choices",
    "Independent",
    "Law",
    "Outcomes",
    "RandomMember",
    "RandomNumbers",
    "Standardized",
    "Symmetric",
]

_OUTCOMES = 3


class Outcomes(NamedTuple):
    """What may come of some random numbers, as floats: one row an outcome.

    Attributes:
        values: Shape (outcomes,) of one number, (outcomes, count) of several.
        probabilities: Shape (outcomes,), of sum 1.
    """

    values: NDArray[np.float64]
    probabilities: NDArray[np.float64]

    def joint(self, count: int) -> Outcomes:
        """Return the outcomes of several independent numbers of this one law."""
        values = list(product(self.values, repeat=count))
        probabilities = [prod(each) for each in product(self.probabilities, repeat=count)]
        return Outcomes(np.array(values), np.array(probabilities))

    def mean(self, quantity: NDArray[np.floating[Any]]) -> float:
        """Return the expectation of a quantity, given with one number an outcome."""
        return float(np.sum(self.probabilities * quantity))

    def variance(self, quantity: NDArray[np.floating[Any]]) -> float:
        """Return the variance of a quantity, given with one number an outcome."""
        return self.mean((quantity - self.mean(quantity)) ** 2)


class Law(NamedTuple):
    """The values of a random number, each with its probability.

    A tuple, like all that is no single number: it has no value outside an expectation.
    """

    values: tuple[Fraction, ...]
    probabilities: tuple[Fraction, ...]

    def as_floats(self) -> Outcomes:
        """Return values and probabilities as arrays."""
        return Outcomes(*(np.array(each, dtype=np.float64) for each in self))

    def __str__(self) -> str:
        """Return the values with their probabilities, as ``{0: 0.3, 1: 0.7}``."""
        pairs = zip(self.values, self.probabilities, strict=True)
        return f"{{{', '.join(f'{float(v):.6g}: {float(p):.6g}' for v, p in pairs)}}}"


@dataclass(frozen=True, slots=True)
class Independent:
    """Random numbers of one law, of which nothing else is known.

    A symbol stands for one of them, an ``IndexedBase`` for as many as are asked for. They are
    independent of each other and of everything else that is random, as all of this module are.
    """

    values: Interval

    def draw(self, rng: Generator, _known: Mapping[str, Any]) -> Law:
        """Draw the values, equally likely."""
        return _equally_likely([self.values.draw(rng) for _ in range(_OUTCOMES)])


@dataclass(frozen=True, slots=True)
class Centred:
    """Random numbers of one law with expectation 0, but not symmetric about it."""

    values: Interval

    def draw(self, rng: Generator, _known: Mapping[str, Any]) -> Law:
        """Draw values, and take away their mean."""
        values = [self.values.draw(rng) for _ in range(_OUTCOMES)]
        mean = sum(values, Fraction(0)) / _OUTCOMES
        return _equally_likely([value - mean for value in values])


@dataclass(frozen=True, slots=True)
class Symmetric:
    """Random numbers of one law in which each value is as likely as its negative.

    Attributes:
        values: Where the values come from before they are mirrored.
    """

    values: Interval

    def draw(self, rng: Generator, _known: Mapping[str, Any]) -> Law:
        """Draw two values, and their negatives with the same probabilities."""
        first, second = self.values.draw(rng), self.values.draw(rng)
        share = Fraction(int(rng.integers(1, 9)), 20)
        rest = Fraction(1, 2) - share
        return Law((first, -first, second, -second), (share, share, rest, rest))


@dataclass(frozen=True, slots=True)
class Standardized:
    """Random numbers of one law with expectation 0 and variance 1, but not symmetric.

    Attributes:
        values: Where the first of the two values comes from; it must not hold 0.
    """

    values: Interval

    def draw(self, rng: Generator, _known: Mapping[str, Any]) -> Law:
        """Draw a value v, beside which there is only -1/v that gives these two moments."""
        first = self.values.draw(rng)
        share = 1 / (1 + first**2)
        return Law((first, -1 / first), (share, 1 - share))


@dataclass(frozen=True, slots=True)
class Bernoulli:
    """Random numbers that are 1 with a given probability, and 0 otherwise.

    Attributes:
        probability: An expression in symbols that the domain names before these numbers.
    """

    probability: Any

    def draw(self, _rng: Generator, known: Mapping[str, Any]) -> Law:
        """Return the law for the values that the symbols have."""
        values = {
            symbol: sympy.Rational(known[symbol.name]) for symbol in self.probability.free_symbols
        }
        with sympy.evaluate(True):
            chance = self.probability.xreplace(values).doit()
        one = Fraction(int(chance.p), int(chance.q))
        return Law((Fraction(0), Fraction(1)), (1 - one, one))


RandomNumbers: TypeAlias = Independent | Centred | Symmetric | Standardized | Bernoulli


def _equally_likely(values: list[Fraction]) -> Law:
    return Law(tuple(values), (Fraction(1, len(values)),) * len(values))


class Choices:
    """Walks through all outcomes of those random numbers that an expression turns out to need.

    A number is chosen when it is first asked for. `advance` chooses the next value of the last
    one, and forgets it after its last value, as the hands of a clock go.
    """

    def __init__(self) -> None:
        self._chosen: dict[tuple[str, int], int] = {}
        self._laws: dict[tuple[str, int], tuple[Fraction, ...]] = {}

    def choose(self, key: tuple[str, int], probabilities: tuple[Fraction, ...]) -> int:
        """Return which value a random number has in the present outcome."""
        self._laws[key] = probabilities
        return self._chosen.setdefault(key, 0)

    def probability(self) -> Fraction:
        """Return the probability of the present outcome."""
        return prod((self._laws[key][k] for key, k in self._chosen.items()), start=Fraction(1))

    def count(self) -> int:
        """Return how many outcomes the numbers chosen so far have together."""
        return prod(len(self._laws[key]) for key in self._chosen)

    def advance(self) -> bool:
        """Go on to the next outcome; return whether there is one."""
        while self._chosen:
            key, last = self._chosen.popitem()
            if last + 1 < len(self._laws[key]):
                self._chosen[key] = last + 1
                return True
        return False


_TOGETHER = ("", 0)
"""The one choice on which all dependent random sequences hang."""


@dataclass(frozen=True, slots=True, eq=False)
class RandomMember:
    """The random numbers of one name, in one outcome."""

    name: str
    numbers: Law | tuple[tuple[Fraction, ...], ...]
    choices: Choices

    def entry(self, index: int, *others: int) -> Fraction | None:
        """Return the number at an index (0 for a symbol's only one), or None if there is none."""
        if others:
            return None
        if isinstance(self.numbers, Law):
            law = self.numbers
            return law.values[self.choices.choose((self.name, index), law.probabilities)]
        if not 1 <= index <= len(self.numbers[0]):
            return None
        count = len(self.numbers)
        together = self.choices.choose(_TOGETHER, (Fraction(1, count),) * count)
        return self.numbers[together][index - 1]

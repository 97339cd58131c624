"""Whether two expressions are equal on a domain.

Points decide: one at which the values differ is proof of it, and can be shown. SymPy only
strengthens what the points agree on, never refuses it: ``simplify(a - b)`` gives up on
``tanh(x) = 2 sigma(2x) - 1`` and on ``log(e^x + e^y) = x + log(1 + e^(y-x))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mpmath

from studydl.verification.derivation_report import Counterexample, Proof, Relation
from studydl.verification.evaluation import evaluate, prepare
from studydl.verification.symbolic import is_symbolically_true

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator

    from studydl.verification.domain import Domain, Point

__all__ = ["FEWEST_POINTS", "Equality", "decide"]

_POINTS = 24
_MOST_TRIES = 64
FEWEST_POINTS = 8
"""Fewer points than this decide nothing: undefined values agree on nothing."""

_RELATIVE = mpmath.mpf("1e-20")
"""Values of thirty correct digits differ by this much only if they are different. There is no
absolute part: 1/2004! and 1/2006! are both tiny, and different."""


@dataclass(frozen=True, slots=True)
class Equality:
    """What was found about two expressions.

    Attributes:
        kind: ``symbolic`` or ``numeric`` if they are equal (or the bound holds), ``unequal``, or
            ``undecided`` if too few points have a value on both sides, or some on one side only.
        points: How many points had a value on both sides.
        counterexample: A point where they differ, or else one where only one side has a value.
    """

    kind: Proof
    points: int
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Whether they are equal, or the bound holds."""
        return self.kind in {Proof.SYMBOLIC, Proof.NUMERIC}


def decide(
    left: Any,
    right: Any,
    domain: Domain,
    rng: Generator,
    *,
    definitions: Mapping[Any, Any] | None = None,
    relation: Relation = Relation.EQUAL,
) -> Equality:
    """Decide whether ``left = right``, or ``left ≤ right``, on the whole domain.

    Args:
        left: A SymPy expression; derivatives, sums and limits in it may be unevaluated.
        right: Another.
        domain: What their symbols stand for.
        rng: Draws the points.
        definitions: What other names in them stand for.
        relation: ``=``, or a bound.
    """
    left, right = domain.grant(left), domain.grant(right)
    names = domain.grant_names(definitions or {})
    sampled = _sample(left, right, domain, rng, names, relation)
    if sampled.kind is not Proof.NUMERIC:
        return sampled
    if is_symbolically_true(left, right, domain, names, relation):
        return Equality(Proof.SYMBOLIC, sampled.points)
    return sampled


def _sample(
    left: Any,
    right: Any,
    domain: Domain,
    rng: Generator,
    definitions: Mapping[Any, Any],
    relation: Relation,
) -> Equality:
    upper, lower = prepare(left, definitions), prepare(right, definitions)
    agreed = 0
    one_sided = None
    for _ in range(_MOST_TRIES):
        point = domain.draw(rng)
        values = evaluate(upper, point, definitions), evaluate(lower, point, definitions)
        if None in values:
            if values != (None, None):
                one_sided = one_sided or _counterexample(point, *values)
            continue
        if not _agree(*values, relation):
            return Equality(Proof.UNEQUAL, agreed + 1, _counterexample(point, *values))
        agreed += 1
        if agreed == _POINTS:
            break
    enough = agreed >= FEWEST_POINTS and one_sided is None
    return Equality(Proof.NUMERIC if enough else Proof.UNDECIDED, agreed, one_sided)


def _agree(left: Any, right: Any, relation: Relation) -> bool:
    if (left < right and relation is Relation.AT_MOST) or (
        left > right and relation is Relation.AT_LEAST
    ):
        return True
    return bool(abs(left - right) <= _RELATIVE * max(abs(left), abs(right)))


def _counterexample(point: Point, left: Any, right: Any) -> Counterexample:
    """Write both values with as many digits as it takes to see that they differ."""
    for digits in (6, 12, 20, 30):
        written = [_written(value, digits) for value in (left, right)]
        if written[0] != written[1]:
            break
    return Counterexample(str(point), *written)


def _written(value: Any, digits: int) -> str:
    return "" if value is None else str(mpmath.nstr(value, digits))

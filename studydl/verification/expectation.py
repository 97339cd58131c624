"""The value of an expectation, a variance or a covariance: exact sums over all outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from studydl.verification.definitions import COVARIANCE, EXPECTATION, VARIANCE
from studydl.verification.evaluation_rules import Rule, UndefinedError
from studydl.verification.randomness import Choices, Law, RandomMember

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from studydl.verification.evaluation import Evaluator
    from studydl.verification.evaluation_rules import Scope

__all__ = ["EXPECTATION_RULES"]

_MOST_OUTCOMES = 2_000


def _mean(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return walk.arithmetic.fsum(
        probability * value for probability, (value,) in _outcomes(walk, node.args, scope)
    )


def _variance(walk: Evaluator, node: Any, scope: Scope) -> Any:
    (of,) = node.args
    return _covariance_of(walk, (of, of), scope)


def _covariance(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return _covariance_of(walk, node.args, scope)


def _covariance_of(walk: Evaluator, both: tuple[Any, Any], scope: Scope) -> Any:
    """Return the mean product of the deviations of two quantities from their means."""
    outcomes = list(_outcomes(walk, both, scope))
    total = walk.arithmetic.fsum
    first, second = (total(p * values[k] for p, values in outcomes) for k in (0, 1))
    return total(p * (a - first) * (b - second) for p, (a, b) in outcomes)


def _outcomes(
    walk: Evaluator, quantities: tuple[Any, ...], scope: Scope
) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each outcome's probability, and what each of the quantities is there.

    An expectation inside another one is a number, whatever has been chosen around it.
    """
    choices = Choices()
    is_left = True
    while is_left:
        # New ones for each outcome, because what is computed from the same ones is kept.
        random = {
            name: RandomMember(name, numbers, choices)
            for name, numbers in walk.point.values.items()
            if _is_random(numbers)
        }
        values = [walk.value(each, {**scope, **random}) for each in quantities]
        if choices.count() > _MOST_OUTCOMES:
            raise UndefinedError("too many outcomes")
        yield walk.real(choices.probability()), values
        is_left = choices.advance()


def _is_random(numbers: Any) -> TypeGuard[Law | tuple[tuple[Fraction, ...], ...]]:
    return isinstance(numbers, tuple) and isinstance(numbers[0], tuple)


EXPECTATION_RULES: dict[type, Rule] = {
    EXPECTATION: _mean,
    VARIANCE: _variance,
    COVARIANCE: _covariance,
}

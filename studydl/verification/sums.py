"""One form for sums over the members of sequences, so that equal ones are written alike.

SymPy carries sums out, and gives up on one over the members of a sequence of unknown length. Here
such a sum is taken apart instead: term by term, factors without the index in front, a Kronecker
delta contracted, the index renamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from sympy.core.function import AppliedUndef

from studydl.verification.domain import Index

if TYPE_CHECKING:
    from studydl.verification.domain import Domain

__all__ = ["has_indexed_sums", "with_normal_sums"]


def has_indexed_sums(expression: Any) -> bool:
    """Whether there is a sum that only `with_normal_sums` can take apart."""
    members = (sympy.Indexed, AppliedUndef)
    return any(node.function.has(*members) for node in expression.atoms(sympy.Sum))


def with_normal_sums(expression: Any, domain: Domain) -> Any:
    """Return the expression expanded, each sum in it a sum of products that hold its index."""
    if not expression.args:
        return expression
    parts = [with_normal_sums(each, domain) for each in expression.args]
    if not isinstance(expression, sympy.Sum):
        rebuilt = expression.func(*parts)
        return sympy.expand(rebuilt) if isinstance(rebuilt, sympy.Expr) else rebuilt
    summed, *ranges = parts
    for index, low, high in ranges:
        summed = _sum_of_terms(summed, index, low, high, domain)
    return summed


def _sum_of_terms(body: Any, index: Any, low: Any, high: Any, domain: Domain) -> Any:
    terms = sympy.Add.make_args(sympy.expand(body))
    return sympy.expand(sympy.Add(*(_sum(each, index, low, high, domain) for each in terms)))


def _sum(term: Any, index: Any, low: Any, high: Any, domain: Domain) -> Any:
    """Return the sum of a product over an index."""
    outside, inside = term.as_independent(index, as_Add=False)
    for factor in sympy.Mul.make_args(inside):
        place = _place_of(factor, index)
        if place is not None and _runs_through(place, low, high, domain):
            return (outside * inside / factor).xreplace({index: place})
    if inside == 1:
        return outside * (high - low + 1)
    depth = len({each for each in inside.atoms(sympy.Dummy) if each in _INDICES})
    renamed = _INDICES[depth] if depth < len(_INDICES) else index
    return outside * sympy.Sum(inside.xreplace({index: renamed}), (renamed, low, high))


_INDICES = [sympy.Dummy(f"index_{depth}", integer=True) for depth in range(8)]
"""The index of a sum that holds no other one, of a sum around it, and so on."""


def _place_of(factor: Any, index: Any) -> Any:
    """Return the other index of a Kronecker delta of this one, or None."""
    if not isinstance(factor, sympy.KroneckerDelta) or index not in factor.args:
        return None
    first, second = factor.args
    return second if first == index else first


def _runs_through(place: Any, low: Any, high: Any, domain: Domain) -> bool:
    """Whether a sum surely has a term at a place: an index that goes up to where the sum ends."""
    values = domain.sets.get(str(place))
    return low == 1 and isinstance(values, Index) and str(values.upto) == str(high)

"""Exact proofs that take bounded time: they strengthen what sampled points agree on.

SymPy's algorithms cannot be interrupted, so the size of what they are given is bounded instead.
A failure to prove means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy
from sympy.core.function import AppliedUndef

from studydl.verification.definitions import (
    COVARIANCE,
    EXPECTATION,
    VARIANCE,
    Definitions,
    expand_definitions,
)
from studydl.verification.derivation_report import Relation
from studydl.verification.evaluation import prepare
from studydl.verification.partial import Partial
from studydl.verification.sums import has_indexed_sums, with_normal_sums

if TYPE_CHECKING:
    from studydl.verification.domain import Domain

__all__ = ["is_symbolically_true"]

_MOST_OPERATIONS = 120
_LARGEST_DEGREE = 24
_LARGEST_FACTORIAL = 1_000
_FACTORIALS = (sympy.factorial, sympy.gamma)


def is_symbolically_true(
    left: Any, right: Any, domain: Domain, definitions: Definitions, relation: Relation
) -> bool:
    """Return whether the relation was proved for every point of the domain at once."""
    if left == right:
        return True
    if not (_is_small(left) and _is_small(right)):
        return False
    try:
        return _is_proved(left, right, domain, definitions, relation)
    except Exception:  # noqa: BLE001 - whatever SymPy trips over, the sampled points still stand
        return False


def _is_proved(
    left: Any, right: Any, domain: Domain, definitions: Definitions, relation: Relation
) -> bool:
    written_out = _expanded(left - right, definitions)
    if relation is Relation.EQUAL and has_indexed_sums(written_out):
        either = (left - right, written_out)
        return any(sympy.factor_terms(with_normal_sums(each, domain)) == 0 for each in either)
    difference = _closed_form(left, domain, definitions) - _closed_form(right, domain, definitions)
    if relation is Relation.AT_MOST:
        return bool((-difference).is_nonnegative)
    if relation is Relation.AT_LEAST:
        return bool(difference.is_nonnegative)
    return _is_zero(difference)


def _closed_form(expression: Any, domain: Domain, definitions: Definitions) -> Any:
    """Return the expression evaluated, with its names expanded and its sums carried out."""
    closed = _rebuilt(_expanded(expression, definitions)).doit()
    return closed.replace(
        lambda node: isinstance(node, sympy.Eq) and domain.excludes(*node.args),
        lambda _node: sympy.false,
    )


def _expanded(expression: Any, definitions: Definitions) -> Any:
    """Return the expression with its names written out, and its derivatives carried out."""
    prepared = expand_definitions(prepare(expression, definitions), definitions)
    return _differentiated(prepared, definitions)


def _differentiated(expression: Any, definitions: Definitions) -> Any:
    """Carry out derivatives, except of what is known by a recursion or as a mean only."""
    opaque = {EXPECTATION, VARIANCE, COVARIANCE, *(name.func for name in definitions if name.args)}

    def carried_out(node: Any) -> Any:
        is_known = not any(each.func in opaque for each in node.expr.atoms(AppliedUndef))
        return _rebuilt(node.expr).diff(*node.variables) if is_known else node

    return expression.replace(lambda node: isinstance(node, Partial), carried_out)


def _rebuilt(expression: Any) -> Any:
    """Return the expression as SymPy would have built it, had it not been told to wait."""
    if not expression.args:
        return expression
    return expression.func(*map(_rebuilt, expression.args))


def _is_zero(difference: Any) -> bool:
    if difference == 0:
        return True
    if not _is_small(difference):
        return False
    as_exponentials = difference.rewrite(sympy.exp)
    return bool(sympy.cancel(sympy.together(sympy.expand(as_exponentials))) == 0)


def _is_small(expression: Any) -> bool:
    """Whether SymPy can evaluate and expand it in a moment: no towers of powers among them."""
    nodes = list(sympy.preorder_traversal(expression))
    exponents = [node.exp for node in nodes if node.is_Pow and node.exp.is_number]
    factorials = [node.args[0] for node in nodes if isinstance(node, _FACTORIALS)]
    numbers = [*exponents, *(each for each in factorials if each.is_number)]
    if not all(each.is_Number and abs(each) <= _LARGEST_FACTORIAL for each in numbers):
        return False
    degree = sum(abs(each) for each in exponents if abs(each) > 1)
    return bool(degree <= _LARGEST_DEGREE and sympy.count_ops(expression) <= _MOST_OPERATIONS)

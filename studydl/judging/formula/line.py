"""A card's formula held against a line of its derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studydl.cards.expressions import names_used, parse
from studydl.errors import StudyError
from studydl.judging.formula.meaning import built
from studydl.judging.formula.understanding import meanings_of, vocabulary_of
from studydl.verification.equality import decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.cards import Formula
    from studydl.verification.derivation import Derivation
    from studydl.verification.equality import Equality

__all__ = ["compared_with_line"]


def compared_with_line(formula: Formula, derivation: Derivation) -> Equality:
    """Compare a card's formula with the line of the derivation that it names, on its domain.

    The card's names are the derivation's: a symbol, a defined name (``sigma`` is ``sigma(x)``), an
    entry of a sequence (``z_1``, ``p_k``), a member of a recursion (``v_t``).

    Raises:
        StudyError: If there is no such line, or the derivation does not have one of the names.
        ExpressionFault: If a formula of the card is none.
    """
    steps = derivation.steps
    if formula.line > len(steps):
        raise StudyError(
            f"the derivation {derivation.id} has {len(steps)} lines, no {formula.line}"
        )
    expected = steps[formula.line - 1].expression
    expression = parse(formula.source, vocabulary_of(formula))
    meanings = meanings_of(formula)
    needed = names_used(expression)
    for name, meaning in reversed(meanings):
        if name in needed:
            needed = needed - {name} | names_used(meaning)
    symbols = {name: _known(name, derivation) for name in sorted(needed)}
    for name, meaning in meanings:
        if names_used(meaning) <= symbols.keys():
            symbols[name] = built(meaning, symbols)
    return decide(
        built(expression, symbols),
        expected,
        derivation.domain,
        # The numbers after those of the lines, which `check` draws.
        derivation.generator(0, len(steps) + 1),
        definitions=derivation.definitions,
    )


def _known(name: str, derivation: Derivation) -> Any:
    """Return what the derivation means by a name of the card.

    SymPy calls ``x_hat`` xhat, and ``lambda``, a keyword of Python, lamda.
    """
    spelled = name.replace("_hat", "hat").replace("lambda", "lamda")
    symbols = {str(each): each for each in derivation.domain.symbols}
    defined = {str(each): each for each in derivation.definitions if not each.args}
    # Of a recursion the last one stands, the rule, and not its beginning.
    functions = {str(each.func): each for each in derivation.definitions if each.args}
    if getattr(symbols.get(spelled), "is_Symbol", False):
        return symbols[spelled]
    if spelled in defined:
        return defined[spelled]
    member = _member(spelled, symbols, functions)
    if member is None and spelled not in functions:
        hint = f"its names are {', '.join([*symbols, *defined, *functions])}"
        raise StudyError(f"the derivation {derivation.id} has no {name}", hint=hint)
    return functions[spelled] if member is None else member


def _member(name: str, symbols: Mapping[str, Any], functions: Mapping[str, Any]) -> Any:
    """Return the entry of a sequence or matrix, or the member of a recursion, or None."""
    parts = name.split("_")
    for length in range(len(parts) - 1, 0, -1):
        base = "_".join(parts[:length])
        places = [int(each) if each.isdecimal() else symbols.get(each) for each in parts[length:]]
        if None in places:
            continue
        if hasattr(symbols.get(base), "label"):
            return symbols[base][tuple(places)]
        if base in functions:
            return functions[base].func(*places)
    return None

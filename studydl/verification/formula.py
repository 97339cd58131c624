"""The formulas of a report: drawn and in plain ASCII, for lines, definitions and domains."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import sympy

from studydl.verification.derivation_report import Formula
from studydl.verification.domain import (
    FreeFunction,
    Index,
    Interval,
    Matrix,
    RandomSequence,
    Sequence,
)
from studydl.verification.latex import latex
from studydl.verification.randomness import (
    Bernoulli,
    Centred,
    RandomNumbers,
    Standardized,
    Symmetric,
)

if TYPE_CHECKING:
    from studydl.verification.definitions import Definitions
    from studydl.verification.domain import Domain, SymbolSet

__all__ = ["definition_formulas", "domain_formulas", "formula"]


def formula(expression: Any) -> Formula:
    """Return the expression as it is drawn and in plain ASCII."""
    return Formula(latex(expression), str(sympy.sstr(expression, order="none")))


def definition_formulas(definitions: Definitions) -> tuple[Formula, ...]:
    """Return each definition as ``name = meaning``."""
    return tuple(
        Formula(
            f"{_defined_name(name)} = {latex(meaning)}",
            f"{formula(name).plain} = {formula(meaning).plain}",
        )
        for name, meaning in definitions.items()
    )


def _defined_name(name: Any) -> str:
    """Return the name's LaTeX; where a recursion begins, at a number, that is an index too."""
    if name.args and all(argument.is_number for argument in name.args):
        return f"{latex(sympy.Symbol(name.func.__name__))}_{{{', '.join(map(latex, name.args))}}}"
    return latex(name)


def domain_formulas(domain: Domain) -> tuple[Formula, ...]:
    """Return what each symbol stands for, as ``0 < alpha < 1``."""
    return tuple(_membership(symbol, domain.set_of(symbol)) for symbol in domain.symbols)


def _membership(symbol: Any, values: SymbolSet) -> Formula:
    if isinstance(values, RandomNumbers):
        return _law(symbol, values)
    if isinstance(values, Sequence | Matrix | RandomSequence):
        return _members(symbol, values)
    if isinstance(values, Interval):
        return _between_ends(latex(symbol), str(symbol), values)
    if isinstance(values, FreeFunction):
        name = latex(sympy.Symbol(symbol.__name__))
        return Formula(rf"{name} : \mathbb{{R}} \to \mathbb{{R}}", f"{symbol}: real -> real")
    if isinstance(values, Index):
        return Formula(
            rf"{latex(symbol)} = 1, \ldots, {latex(values.upto)}",
            f"{symbol} = 1, ..., {values.upto}",
        )
    first, second = values.low, values.low + 1
    return Formula(
        rf"{latex(symbol)} = {first}, {second}, \ldots", f"{symbol} = {first}, {second}, ..."
    )


def _members(symbol: Any, values: Sequence | Matrix | RandomSequence) -> Formula:
    name = latex(symbol.label)
    if isinstance(values, Matrix):
        members = rf"{name}_{{1 1}}, {name}_{{1 2}}, \ldots", f"{symbol}[1, 1], {symbol}[1, 2], ..."
    else:
        # What a random sequence promises is one law for all members, and no independence.
        signs = (r" \sim ", " ~ ") if isinstance(values, RandomSequence) else (", ", ", ")
        members = (
            signs[0].join([f"{name}_{{1}}", f"{name}_{{2}}", r"\ldots"]),
            signs[1].join([f"{symbol}[1]", f"{symbol}[2]", "..."]),
        )
    return _between_ends(*members, values.values)


def _law(symbol: Any, values: RandomNumbers) -> Formula:
    """Return what is known of random numbers, of which those of a sequence are independent."""
    if isinstance(symbol, sympy.IndexedBase):
        name, plain = f"{latex(symbol.label)}_{{i}}", f"{symbol}[i]"
        beginning = rf"{latex(symbol.label)}_{{1}}, {latex(symbol.label)}_{{2}}, \ldots"
        every = rf"{beginning} \text{{ i.i.d.}}", f"{symbol}[1], {symbol}[2], ... i.i.d."
    else:
        name, plain = latex(symbol), str(symbol)
        every = "", ""
    told = _known_of(name, plain, values)
    return Formula(*(", ".join(filter(None, each)) for each in zip(every, told, strict=True)))


def _known_of(name: str, plain: str, values: RandomNumbers) -> tuple[str, str]:
    mean = rf"\operatorname{{E}}\left[{name}\right]", f"E[{plain}]"
    if isinstance(values, Bernoulli):
        chance = values.probability
        return f"P({name} = 1) = {latex(chance)}", f"P({plain} = 1) = {formula(chance).plain}"
    if isinstance(values, Symmetric):
        return rf"{name} \sim -{name}", f"{plain} ~ -{plain}"
    if isinstance(values, Centred):
        return f"{mean[0]} = 0", f"{mean[1]} = 0"
    if isinstance(values, Standardized):
        variance = rf"\operatorname{{Var}}\left[{name}\right] = 1", f"Var[{plain}] = 1"
        return f"{mean[0]} = 0, {variance[0]}", f"{mean[1]} = 0, {variance[1]}"
    return rf"{name} \in \mathbb{{R}}", f"{plain} real"


def _between_ends(name: str, plain: str, values: Interval) -> Formula:
    above = "" if math.isinf(values.low) else f"{values.low:g} < "
    below = "" if math.isinf(values.high) else f" < {values.high:g}"
    if not above and not below:
        return Formula(rf"{name} \in \mathbb{{R}}", f"{plain} real")
    return Formula(above + name + below, above + plain + below)

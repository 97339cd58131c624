"""The derivative of a quantity that depends on its variable through names."""

from __future__ import annotations

from typing import Any, Self, cast

import sympy

__all__ = ["Partial"]


class Partial(sympy.Expr):  # type: ignore[misc] # SymPy has no types
    """The derivative of an expression for a symbol, or for an entry such as ``x[i]``.

    SymPy's own ``Derivative`` looks for its variable in what is written: of a mean ``mu``, which
    is defined by ``x[1], x[2], ...``, it would make 0. This one stays until its names are known.
    """

    def __new__(cls, expression: Any, variable: Any) -> Self:
        """Keep what is differentiated, and the variable, as they are written."""
        return cast("Self", super().__new__(cls, expression, variable))

    @property
    def expr(self) -> Any:
        """What is differentiated."""
        return self.args[0]

    @property
    def variables(self) -> tuple[Any, ...]:
        """The one variable, as SymPy's ``Derivative`` has several."""
        return (self.args[1],)

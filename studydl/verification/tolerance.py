"""The table of tolerances: how far a measured number may lie from the predicted one, and why.

No verifier writes a tolerance of its own. Whoever needs another one adds a row here, with its
derivation. ``rtol`` and ``atol`` are always both given, because a hidden default hides mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CENTRAL_DIFFERENCE",
    "COMPLEX_STEP",
    "EXACT",
    "FLOAT32",
    "ROUNDING",
    "TABLE",
    "Tolerance",
    "five_standard_errors",
]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """An allowed deviation ``atol + rtol * |expected|``.

    Attributes:
        basis: The name of the row.
        rtol: The relative part.
        atol: The absolute part, in the unit of what is measured.
        derivation: Where the two numbers come from.
        comfortable: The margin that a pass has to have, so that another machine passes too.
    """

    basis: str
    rtol: float
    atol: float
    derivation: str
    comfortable: float = 3.0

    def allowed(self, expected: float) -> float:
        """Return the absolute deviation that is allowed around ``expected``."""
        return self.atol + self.rtol * abs(expected)


EXACT = Tolerance(
    "exact",
    rtol=0.0,
    atol=0.0,
    derivation="Only comparisons, copies and operations with representable results: no rounding.",
)

ROUNDING = Tolerance(
    "rounding",
    rtol=1e-12,
    atol=1e-15,
    derivation=(
        "A few dozen double operations, each off by at most 1.1e-16 relative, on terms that cancel"
        " to no less than a hundredth: below 1e-12. Where the result is 0, atol is 4 ulp of 1."
    ),
)

COMPLEX_STEP = Tolerance(
    "complex step",
    rtol=1e-12,
    atol=1e-15,
    derivation=(
        "Im f(x + ih)/h with h = 1e-20 has no subtraction and a truncation error of order h^2 ="
        " 1e-40, so rounding alone is left."
    ),
)

CENTRAL_DIFFERENCE = Tolerance(
    "central difference",
    rtol=1e-7,
    atol=1e-8,
    derivation=(
        "(f(x+h) - f(x-h))/2h with h = 6e-6 = eps^(1/3): truncation h^2/6 |f'''| and rounding"
        " eps|f|/h are both near 1e-11 for |f|, |f'''| of order 1 and grow with them to 1e-8."
    ),
)

FLOAT32 = Tolerance(
    "float32",
    rtol=2e-6,
    atol=1e-7,
    derivation="Single precision rounds by 6e-8 relative; some thirty operations stay below 2e-6.",
)

TABLE = (EXACT, ROUNDING, COMPLEX_STEP, CENTRAL_DIFFERENCE, FLOAT32)


def five_standard_errors(standard_error: float) -> Tolerance:
    """Return the tolerance of a statistic whose standard error is known: five of them.

    A true claim then fails for one seed in 1.7 million. A deviation above four standard errors
    (one seed in 16,000) is already called thin.
    """
    return Tolerance(
        "five standard errors",
        rtol=0.0,
        atol=5 * standard_error,
        derivation=f"Five standard errors of {standard_error:.3g} each.",
        comfortable=1.25,
    )

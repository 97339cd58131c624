"""How a verifier states a measurement: each function compares arrays, keeps the worst element."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from studydl.verification.evidence import MARGIN_CEILING, Measurement, Series

if TYPE_CHECKING:
    from studydl.verification.tolerance import Tolerance

__all__ = ["at_least", "at_most", "curve", "equals", "exceeds", "stays_below"]

Array = NDArray[np.float64]

EFFECT = "effect size"
"""The basis of a measurement whose margin is the factor by which it clears a threshold."""


def equals(
    name: str,
    measured: ArrayLike,
    expected: ArrayLike,
    tolerance: Tolerance,
    *,
    at: ArrayLike | None = None,
) -> Measurement:
    """Measure that ``measured`` equals ``expected`` everywhere.

    Args:
        name: What is measured.
        measured: Any shape.
        expected: A scalar, or the shape of ``measured``; another shape fails the measurement.
        tolerance: A row of the table.
        at: The inputs, in the shape of ``measured``, to name the worst of them.
    """
    return _compare(name, measured, "=", expected, tolerance, at)


def at_most(
    name: str,
    measured: ArrayLike,
    bound: ArrayLike,
    tolerance: Tolerance,
    *,
    at: ArrayLike | None = None,
) -> Measurement:
    """Measure that ``measured`` is nowhere above a mathematical bound, which it may attain."""
    return _compare(name, measured, "≤", bound, tolerance, at)


def at_least(
    name: str,
    measured: ArrayLike,
    bound: ArrayLike,
    tolerance: Tolerance,
    *,
    at: ArrayLike | None = None,
) -> Measurement:
    """Measure that ``measured`` is nowhere below a mathematical bound, which it may attain."""
    return _compare(name, measured, "≥", bound, tolerance, at)


def exceeds(name: str, measured: float, threshold: float) -> Measurement:
    """Measure an effect that has to be larger than a positive threshold; the margin is their ratio.

    Raises:
        ValueError: If the threshold is not positive, so that no ratio can be taken.
    """
    _require_positive(threshold)
    return _effect(name, float(measured), "≥", threshold, float(measured) / threshold)


def stays_below(name: str, measured: float, threshold: float) -> Measurement:
    """Measure an effect that has to be smaller than a positive threshold, at any sign.

    Raises:
        ValueError: If the threshold is not positive, so that no ratio can be taken.
    """
    _require_positive(threshold)
    size = abs(float(measured))
    margin = MARGIN_CEILING if size == 0 else threshold / size
    return _effect(name, float(measured), "≤", threshold, margin)


def curve(name: str, x: ArrayLike, y: ArrayLike, *, x_label: str, y_label: str) -> Series:
    """Show a curve or profile beside the measurements.

    Args:
        name: What the curve is, as short as a formula.
        x: The positions, shape (n,).
        y: The values, shape (n,).
        x_label: What runs along the horizontal axis.
        y_label: What is plotted over it.

    Raises:
        ValueError: If ``x`` and ``y`` are not two vectors of one length.
    """
    positions, values = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if positions.ndim != 1 or positions.shape != values.shape:
        shapes = f"{positions.shape} and {values.shape}"
        raise ValueError(f"expected two vectors of one length for a curve, got {shapes}")
    return Series(name, x_label, y_label, tuple(positions.tolist()), tuple(values.tolist()))


def _require_positive(threshold: float) -> None:
    if not threshold > 0:
        raise ValueError(
            f"expected a threshold above 0 to measure an effect against, got {threshold}"
        )


def _effect(
    name: str, measured: float, relation: str, threshold: float, margin: float
) -> Measurement:
    kept = 0.0 if math.isnan(margin) else min(max(margin, 0.0), MARGIN_CEILING)
    return Measurement(name, measured, relation, threshold, 0.0, EFFECT, kept, comfortable=3.0)


def _compare(
    name: str,
    measured: ArrayLike,
    relation: str,
    expected: ArrayLike,
    tolerance: Tolerance,
    at: ArrayLike | None,
) -> Measurement:
    got, wanted = np.asarray(measured, np.float64), np.asarray(expected, np.float64)
    if wanted.shape not in ((), got.shape) or got.size == 0:
        return _wrong_shape(name, got, relation, wanted, tolerance)
    wanted = np.broadcast_to(wanted, got.shape)
    # Around an infinity there is no relative deviation to allow.
    sizes = np.where(np.isinf(wanted), 0.0, np.abs(wanted))
    allowed = tolerance.atol + tolerance.rtol * sizes
    margins = _margins(_excess(got, wanted, relation), allowed)
    worst = np.unravel_index(np.argmin(margins), margins.shape)
    return Measurement(
        name=name,
        measured=float(got[worst]),
        relation=relation,
        expected=float(wanted[worst]),
        tolerance=float(allowed[worst]),
        basis=tolerance.basis,
        margin=float(margins[worst]),
        comfortable=tolerance.comfortable,
        worst_input=_input_at(at, got.shape, worst),
    )


def _excess(got: Array, wanted: Array, relation: str) -> Array:
    """Return how far each element lies on the wrong side; NaN where that cannot be said."""
    # Equal infinities differ by NaN under subtraction, yet agree.
    with np.errstate(invalid="ignore"):
        difference = np.where(got == wanted, 0.0, got - wanted)
    if relation == "=":
        return np.abs(difference)
    return np.maximum(difference if relation == "≤" else -difference, 0.0)


def _margins(excess: Array, allowed: Array) -> Array:
    """Return allowed over actual deviation: the ceiling where there is none, 0 where it is NaN."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratios = np.where(excess == 0, MARGIN_CEILING, allowed / excess)
    return np.minimum(np.where(np.isnan(excess), 0.0, ratios), MARGIN_CEILING)


def _wrong_shape(
    name: str, got: Array, relation: str, wanted: Array, tolerance: Tolerance
) -> Measurement:
    return Measurement(
        name=f"{name}: shape {got.shape} instead of {wanted.shape}",
        measured=math.nan,
        relation=relation,
        expected=float(wanted.flat[0]) if wanted.size else math.nan,
        tolerance=tolerance.atol,
        basis=tolerance.basis,
        margin=0.0,
        comfortable=tolerance.comfortable,
    )


def _input_at(at: ArrayLike | None, shape: tuple[int, ...], worst: Any) -> str:
    if at is None:
        return ""
    inputs = np.broadcast_to(np.asarray(at), shape)
    return f"{inputs[worst]:.6g}"

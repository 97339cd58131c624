"""The mistakes that the backward passes of the normalisations invite, in a line or in the code."""

from typing import Any

import numpy as np
from sympy import KroneckerDelta, Rational, Symbol

from studydl.derivations.normalization import (
    batch_norm_gain_gradient,
    batch_norm_input_gradient,
    batch_norm_shift_gradient,
    deviation_gradient,
    layer_norm_gain_gradient,
    layer_norm_input_gradient,
    standardized_gradient,
    weight_norm_direction_gradient,
    weight_norm_growth,
    weight_norm_never_shrinks,
    weight_norm_orthogonality,
)
from studydl.derivations.normalization._terms import average, g, i, j, mu, n, s, x, xhat
from studydl.derivations.writing import as_written
from studydl.nn import normalization

gamma = Symbol("gamma", real=True)
column = Symbol("j", integer=True, positive=True)
growth = [step.expression for step in weight_norm_growth.steps]
shrinking = [step.expression for step in weight_norm_never_shrinks.steps]

with as_written():
    mean_product = average(g[j] * xhat(j), j, n)
    MISTAKEN_LINES = {
        "the 2 of the square": (deviation_gradient, 2, (1 / (2 * s)) * ((x[i] - mu) / n)),
        "the deviation instead of its inverse": (deviation_gradient, 4, (1 / n) * (xhat(i) * s)),
        "a deviation that stands still": (
            standardized_gradient,
            2,
            (KroneckerDelta(i, column) - 1 / n) / s,
        ),
        "a mean that stands still": (
            standardized_gradient,
            4,
            (1 / s) * (KroneckerDelta(i, column) - (1 / n) * (xhat(i) * xhat(column))),
        ),
        "statistics for constants": (batch_norm_input_gradient, 4, (gamma / s) * g[i]),
        "only the mean taken out": (
            batch_norm_input_gradient,
            4,
            (gamma / s) * (g[i] - average(g[j], j, n)),
        ),
        "only the part along x̂ taken out": (
            batch_norm_input_gradient,
            4,
            (gamma / s) * (g[i] - xhat(i) * mean_product),
        ),
        "a part along x̂ that is added": (
            batch_norm_input_gradient,
            4,
            (gamma / s) * (g[i] - average(g[j], j, n) + xhat(i) * mean_product),
        ),
        "the gain forgotten": (
            batch_norm_input_gradient,
            4,
            (1 / s) * (g[i] - average(g[j], j, n) - xhat(i) * mean_product),
        ),
        "a mean instead of a sum": (
            batch_norm_gain_gradient,
            2,
            average(g[j] * xhat(j), j, n),
        ),
        "the shift's gradient averaged": (batch_norm_shift_gradient, 2, average(g[j], j, n)),
        "half of Pythagoras": (weight_norm_growth, 1, shrinking[3]),
        "v that can only shrink": (weight_norm_never_shrinks, 3, Rational(1, 2) * shrinking[3]),
    }


def constant_statistics(
    x: Any, g: Any, n: int, i: int, gamma: float, epsilon: float, **_others: float
) -> float:
    deviation = np.sqrt(np.var(x[:n]) + epsilon)
    return float(gamma * g[i - 1] / deviation)


def unbiased_variance(
    x: Any, g: Any, n: int, i: int, gamma: float, epsilon: float, **_others: float
) -> float:
    deviation = np.sqrt(np.var(x[:n], ddof=1) + epsilon)
    values = (x[:n] - np.mean(x[:n])) / deviation
    g = g[:n]
    taken = np.mean(g) + values[i - 1] * np.mean(g * values)
    return float(gamma / deviation * (g[i - 1] - taken))


def statistics_of_the_batch(
    x: Any,
    g: Any,
    N: int,  # noqa: N803 - as the formula has it
    d: int,
    r: int,
    i: int,
    gamma: Any,
    beta: Any,
    epsilon: float,
) -> float:
    _, cache = normalization.batch_norm(x[:N, :d], gamma[:d], beta[:d], epsilon=epsilon)
    return float(normalization.batch_norm_backward(g[:N, :d], cache).x[r - 1, i - 1])


def gain_of_the_example(
    x: Any,
    g: Any,
    N: int,  # noqa: N803 - as the formula has it
    d: int,
    r: int,
    gamma: Any,
    beta: Any,
    epsilon: float,
    **_others: int,
) -> float:
    _, cache = normalization.layer_norm(x[:N, :d], gamma[:d], beta[:d], epsilon=epsilon)
    return float(np.sum(g[r - 1, :d] * cache.standardized.values[r - 1]))


def length_for_a_constant(v: Any, c: Any, n: int, i: int, g: float) -> float:
    return float(g / np.linalg.norm(v[:n]) * c[i - 1])


def step_along_the_weights_gradient(v: Any, c: Any, n: int, g: float, eta: float) -> float:
    moved = v[:n] - eta * g / np.linalg.norm(v[:n]) * c[:n]
    return float(moved @ moved)


def all_of_it_kept(v: Any, c: Any, n: int, g: float) -> float:
    unit = v[:n] / np.linalg.norm(v[:n])
    return float(v[:n] @ (g * unit * np.sum(unit * c[:n])))


MISTAKEN_CODE = {
    "constant statistics (batch norm input gradient)": (
        batch_norm_input_gradient,
        constant_statistics,
    ),
    "unbiased variance (batch norm input gradient)": (batch_norm_input_gradient, unbiased_variance),
    "statistics of the batch (layer norm input gradient)": (
        layer_norm_input_gradient,
        statistics_of_the_batch,
    ),
    "gain of the example (layer norm gain gradient)": (
        layer_norm_gain_gradient,
        gain_of_the_example,
    ),
    "length for a constant (weight norm direction gradient)": (
        weight_norm_direction_gradient,
        length_for_a_constant,
    ),
    "step along the weights gradient (weight norm growth)": (
        weight_norm_growth,
        step_along_the_weights_gradient,
    ),
    "all of it kept (weight norm orthogonality)": (weight_norm_orthogonality, all_of_it_kept),
}

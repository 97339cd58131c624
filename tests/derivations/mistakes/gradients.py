"""The mistakes that backpropagation, depth and clipping invite, in a line or in the code."""

from typing import Any

import numpy as np
from sympy import IndexedBase, Rational, Symbol

from studydl.derivations.gradients import (
    bias_gradient,
    clipped_direction,
    clipped_norm,
    delta_recursion,
    depth_product,
    first_weight_gradient,
    residual_product,
    residual_sum,
    sigmoid_depth_bound,
    weight_gradient,
)
from studydl.derivations.gradients._terms import a, ellprime, fprime, h, i, k, n, t, w, x
from studydl.derivations.writing import as_written, product, total
from studydl.nn import activations, gradients

m = Symbol("m", integer=True, positive=True)
W, delta, of_inputs = IndexedBase("W"), IndexedBase("delta"), IndexedBase("a")

with as_written():
    column = total(W[k, i] * delta[k], k, 1, m)
    MISTAKEN_LINES = {
        "not transposed": (
            delta_recursion,
            3,
            fprime(of_inputs[i]) * total(W[i, k] * delta[k], k, 1, m),
        ),
        "the slope forgotten": (delta_recursion, 3, column),
        "the first layer's slope twice": (delta_recursion, 3, fprime(of_inputs[i]) ** 2 * column),
        "slopes at the outputs": (
            depth_product,
            3,
            ellprime(h(n)) * product(fprime(h(t)) * w[t], t, 1, n),
        ),
        "three factors a layer": (
            depth_product,
            3,
            ellprime(h(n)) * product(fprime(a(t)) * w[t] * h(t), t, 1, n),
        ),
        "one layer too few": (
            depth_product,
            3,
            ellprime(h(n)) * product(fprime(a(t)) * w[t], t, 2, n),
        ),
        "its own weight in its derivative": (
            first_weight_gradient,
            3,
            ellprime(h(n)) * product(fprime(a(t)) * w[t], t, 1, n) * x,
        ),
        "a bound of one fifth": (
            sigmoid_depth_bound,
            3,
            product(Rational(1, 5) * abs(w[t]), t, 1, n),
        ),
        "only the branches": (
            residual_product,
            3,
            ellprime(h(n)) * product(w[t] * fprime(h(t - 1)), t, 1, n),
        ),
        "branches that add instead of multiply": (
            residual_product,
            3,
            ellprime(h(n)) * (1 + total(w[t] * fprime(h(t - 1)), t, 1, n)),
        ),
        "nothing but the identity": (residual_sum, 4, ellprime(h(n))),
    }


def not_transposed(a: Any, delta: Any, W: Any, m: int, n: int, i: int, f: Any) -> float:  # noqa: N803 - as the formula has it
    size = max(m, n)
    errors = np.zeros(size)
    errors[:m] = delta[:m]
    return float(f.slope(a[i - 1]) * (W[:size, :size] @ errors)[i - 1])


def slope_behind_the_matrix(a: Any, delta: Any, W: Any, m: int, n: int, i: int, f: Any) -> float:  # noqa: N803 - as the formula has it
    z = W[:m, :n] @ f(a[:n])
    return float(W[:m, i - 1] @ (delta[:m] * f.slope(z)))


def mean_over_examples(h: Any, delta: Any, N: int, p: int, i: int, **_others: Any) -> float:  # noqa: N803 - as the formula has it
    return float(np.mean(delta[:N, p - 1] * h[:N, i - 1]))


def errors_of_all_units(delta: Any, N: int, m: int, **_others: Any) -> float:  # noqa: N803 - as the formula has it
    return float(np.sum(delta[:N, :m]))


def slope_at_the_output(x: float, w: Any, n: int, f: Any, ell: Any) -> float:
    signals = gradients.chain_forward(x, w[:n], f)
    outputs = gradients.ChainSignals(signals.activations[1:], signals.activations)
    behind = ell.slope(signals.activations[-1])
    return float(gradients.chain_backward(behind, w[:n], outputs, f.slope).activations[0])


def tanh_in_place_of_sigmoid(w: Any, n: int, **_others: Any) -> float:
    return float(np.prod(np.abs(w[:n]) * activations.tanh_gradient(0.0)))


def without_the_skip(x: float, w: Any, n: int, f: Any, ell: Any) -> float:
    blocks = [np.array([[weight]]) for weight in w[:n]]
    signals = gradients.residual_forward([[x]], blocks, f)
    behind = ell.slope(signals.states[-1])
    backward = gradients.residual_backward(behind, blocks, signals, f.slope, skip=0.0)
    return float(backward.activations[0][0, 0])


def lossless(x: float, w: Any, n: int, f: Any, ell: Any) -> float:
    signals = gradients.residual_forward([[x]], [np.array([[each]]) for each in w[:n]], f)
    return float(ell.slope(signals.states[-1])[0, 0])


def clipped_by_value(g: Any, n: int, c: float, i: int = 0) -> float:
    (clipped,) = gradients.clip_by_value([g[:n]], limit=c)
    norm = np.linalg.norm(clipped)
    return float(clipped[i - 1] / norm if i else norm)


def always_of_length_c(c: float, **_others: Any) -> float:
    return c


MISTAKEN_CODE = {
    "not transposed (delta recursion)": (delta_recursion, not_transposed),
    "slope behind the matrix (delta recursion)": (delta_recursion, slope_behind_the_matrix),
    "mean over examples (weight gradient)": (weight_gradient, mean_over_examples),
    "errors of all units (bias gradient)": (bias_gradient, errors_of_all_units),
    "slope at the output (depth product)": (depth_product, slope_at_the_output),
    "tanh in place of sigmoid (sigmoid depth bound)": (
        sigmoid_depth_bound,
        tanh_in_place_of_sigmoid,
    ),
    "without the skip (residual product)": (residual_product, without_the_skip),
    "lossless (residual sum)": (residual_sum, lossless),
    "clipped by value (clipped norm)": (clipped_norm, clipped_by_value),
    "always of length c (clipped norm)": (clipped_norm, always_of_length_c),
    "clipped by value (clipped direction)": (clipped_direction, clipped_by_value),
}

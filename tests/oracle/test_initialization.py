"""Initialisation and the deep network beside PyTorch's, which was written by other people."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from studydl.nn import activations
from studydl.nn import initialization as nn

pytestmark = pytest.mark.oracle

SHAPES = [(400, 100), (100, 400), (30, 30)]
SLOPES = [0.0, 0.01, 0.5, math.sqrt(5)]


def rng() -> np.random.Generator:
    return np.random.default_rng(20100513)


def spread_of_normal(fill: Any, fan_in: int, fan_out: int, **options: Any) -> float:
    """Return PyTorch's standard deviation, read off the draws of one seed by their ratio."""
    torch.manual_seed(7)
    drawn = fill(torch.empty(fan_out, fan_in, dtype=torch.float64), **options)
    torch.manual_seed(7)
    return float((drawn / torch.empty(fan_out, fan_in, dtype=torch.float64).normal_()).mean())


def bound_of_uniform(fill: Any, fan_in: int, fan_out: int, **options: Any) -> float:
    torch.manual_seed(7)
    drawn = fill(torch.empty(fan_out, fan_in, dtype=torch.float64), **options)
    torch.manual_seed(7)
    return float((drawn / torch.empty(fan_out, fan_in, dtype=torch.float64).uniform_(-1, 1)).mean())


def our_spread(scheme: Any, fan_in: int, fan_out: int, **options: Any) -> float:
    drawn = scheme(rng(), fan_in, fan_out, **options)
    return float(np.mean(drawn / rng().normal(size=(fan_in, fan_out))))


def our_bound(scheme: Any, fan_in: int, fan_out: int, **options: Any) -> float:
    drawn = scheme(rng(), fan_in, fan_out, **options)
    return float(np.mean(drawn / rng().uniform(-1, 1, size=(fan_in, fan_out))))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("gain", [1.0, 5 / 3])
def test_xavier_has_the_spread_and_the_bound_of_pytorch(shape: Any, gain: float) -> None:
    theirs = spread_of_normal(torch.nn.init.xavier_normal_, *shape, gain=gain)
    assert our_spread(nn.xavier_normal, *shape, gain=gain) == pytest.approx(theirs, rel=1e-9)

    theirs = bound_of_uniform(torch.nn.init.xavier_uniform_, *shape, gain=gain)
    assert our_bound(nn.xavier_uniform, *shape, gain=gain) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fan", ["in", "out"])
@pytest.mark.parametrize("slope", SLOPES)
def test_he_has_the_spread_and_the_bound_of_pytorch(shape: Any, fan: Any, slope: float) -> None:
    ours, options = {"fan": fan, "slope": slope}, {"a": slope, "mode": f"fan_{fan}"}

    theirs = spread_of_normal(torch.nn.init.kaiming_normal_, *shape, **options)
    assert our_spread(nn.he_normal, *shape, **ours) == pytest.approx(theirs, rel=1e-9)

    theirs = bound_of_uniform(torch.nn.init.kaiming_uniform_, *shape, **options)
    assert our_bound(nn.he_uniform, *shape, **ours) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("slope", [-1.0, *SLOPES])
def test_the_gain_is_pytorchs_for_leaky_relu(slope: float) -> None:
    expected = torch.nn.init.calculate_gain("leaky_relu", slope)

    assert nn.he_gain(slope) == pytest.approx(expected, rel=1e-15)


def test_a_linear_layer_of_pytorch_starts_by_the_standard_scheme() -> None:
    torch.manual_seed(3)
    layer = torch.nn.Linear(400, 100, bias=False, dtype=torch.float64)
    torch.manual_seed(3)
    unit = torch.empty(100, 400, dtype=torch.float64).uniform_(-1, 1)

    bound = float((layer.weight.detach() / unit).mean())

    assert bound == pytest.approx(our_bound(nn.standard, 400, 100), rel=1e-9)


ACTIVATIONS = [
    (torch.tanh, activations.tanh, activations.tanh_gradient),
    (torch.relu, activations.relu, activations.relu_gradient),
    (torch.sigmoid, activations.sigmoid, activations.sigmoid_gradient),
]


@pytest.mark.parametrize(("theirs", "value", "slope"), ACTIVATIONS)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-4)])
def test_both_passes_agree_with_autograd(
    theirs: Any, value: Any, slope: Any, dtype: Any, rtol: float
) -> None:
    generator, widths = rng(), (6, 9, 4, 7, 3)
    x = generator.normal(size=(5, 6)).astype(dtype)
    c = generator.normal(size=(5, 3)).astype(dtype)
    weights = [nn.he_normal(generator, m, n).astype(dtype) for m, n in pairwise(widths)]
    signals = nn.forward(x, weights, value)
    gradients = nn.backward(c, weights, signals, slope)

    matrices = [torch.tensor(w, requires_grad=True) for w in weights]
    h, states = torch.tensor(x), []
    for matrix in matrices:
        states.append(h @ matrix)
        states[-1].retain_grad()
        h = theirs(states[-1])
    (h * torch.tensor(c)).sum().backward()

    np.testing.assert_allclose(signals.activations[-1], h.detach(), rtol=rtol, atol=rtol)
    for layer, (matrix, state) in enumerate(zip(matrices, states, strict=True)):
        np.testing.assert_allclose(signals.states[layer], state.detach(), rtol=rtol, atol=rtol)
        np.testing.assert_allclose(gradients.states[layer], state.grad, rtol=rtol, atol=rtol)
        np.testing.assert_allclose(gradients.weights[layer], matrix.grad, rtol=rtol, atol=rtol)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.regularization import lipschitz_bound, relu_network

TENT = ([[2.0, 4.0]], [0.0, -2.0])
"""Two units whose difference is a tent on [0, 1]."""


def test_a_tent_by_hand() -> None:
    x = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])

    out = relu_network(x, [TENT, ([[1.0], [-1.0]], [0.0])])

    assert out[:, 0].tolist() == [0.0, 0.5, 1.0, 0.5, 0.0]


def test_the_last_layer_is_linear() -> None:
    assert relu_network([[3.0]], [([[-1.0]], [1.0])]).tolist() == [[-2.0]]


def test_the_precision_is_kept() -> None:
    layer = np.ones((1, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)

    assert relu_network(np.ones((2, 1), dtype=np.float32), [layer, layer]).dtype == np.float32
    assert relu_network([[1000], [-1000]], [([[1]], [0])] * 2).tolist() == [[1000.0], [0.0]]


def test_layers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one layer or more, got none"):
        relu_network([[1.0]], [])
    with pytest.raises(ValueError, match=r"weights \(2, units\) and biases \(units,\) in layer 2"):
        relu_network([[1.0]], [TENT, ([[1.0]], [0.0])])
    with pytest.raises(ValueError, match=r"in layer 1, got \(1, 2\) and \(1,\)"):
        relu_network([[1.0]], [([[1.0, 2.0]], [0.0])])


def test_a_bound_by_hand() -> None:
    first = (np.diag([3.0, 1.0]), np.zeros(2))
    second = ([[4.0], [3.0]], [1.0])

    assert lipschitz_bound([first, second]) == pytest.approx(15.0)


@given(st.integers(0, 500))
def test_no_two_outputs_are_further_apart_than_the_bound_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layers = [(rng.normal(size=(2, 5)), rng.normal(size=5)), (rng.normal(size=(5, 3)), np.zeros(3))]
    a, b = rng.normal(size=(2, 1, 2))

    moved = np.linalg.norm(relu_network(a, layers) - relu_network(b, layers))
    assert moved <= lipschitz_bound(layers) * np.linalg.norm(a - b) * (1 + 1e-12)


def test_the_bound_keeps_the_precision() -> None:
    assert lipschitz_bound([(np.ones((2, 1), np.float32), np.zeros(1))]).dtype == np.float32


def test_a_bound_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="one layer or more, got none"):
        lipschitz_bound([])
    with pytest.raises(ValueError, match=r"weights in shape \(examples, features\)"):
        lipschitz_bound([([1.0], [0.0])])

"""The activations beside PyTorch's: values, gradients by autograd, and one training run."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studydl.nn import activations

pytestmark = pytest.mark.oracle

VALUES = {
    "relu": torch.relu,
    "leaky_relu": lambda x: torch.nn.functional.leaky_relu(x, 0.01),
    "sigmoid": torch.sigmoid,
    "log_sigmoid": torch.nn.functional.logsigmoid,
    "tanh": torch.tanh,
}
SLOPES = ["relu", "leaky_relu", "sigmoid", "tanh"]
PRECISION = {"float32": 2e-6, "float64": 1e-14}
X = np.concatenate([[-1000, -90, -20, -1e-6, -0.0, 0, 1e-6, 20, 90, 1000], np.linspace(-6, 6, 97)])


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("dtype", PRECISION)
def test_values_agree_with_pytorch(name, dtype) -> None:
    x = X.astype(dtype)

    ours = getattr(activations, name)(x)

    theirs = VALUES[name](torch.from_numpy(x)).numpy()
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=PRECISION[dtype], atol=1e-37)


@pytest.mark.parametrize("name", SLOPES)
def test_derivatives_agree_with_autograd(name) -> None:
    x = torch.from_numpy(X).requires_grad_()
    VALUES[name](x).sum().backward()

    ours = getattr(activations, f"{name}_gradient")(X)

    # PyTorch computes s(1 - s) and 1 - tanh², which cancel beyond 15 or so.
    np.testing.assert_allclose(ours, x.grad.numpy(), rtol=1e-12, atol=1e-16)


def test_the_leak_agrees_with_pytorch_for_other_slopes() -> None:
    x = torch.from_numpy(X).requires_grad_()
    theirs = torch.nn.functional.leaky_relu(x, 0.3)
    theirs.sum().backward()

    ours = activations.leaky_relu(X, slope=0.3), activations.leaky_relu_gradient(X, slope=0.3)

    np.testing.assert_array_equal(ours[0], theirs.detach().numpy())
    np.testing.assert_array_equal(ours[1], x.grad.numpy())


def our_path(name: str, start: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    value, slope = getattr(activations, name), getattr(activations, f"{name}_gradient")
    hidden, out = start[:, :4], start[:, 4:]
    path = []
    for _ in range(30):
        z = x @ hidden
        error = (value(z) @ out.T - y) / len(x)
        hidden_gradient = x.T @ (error @ out * slope(z))
        out = out - 0.1 * (error.T @ value(z))
        hidden = hidden - 0.1 * hidden_gradient
        path.append(hidden)
    return path


def their_path(name: str, start: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    hidden = torch.tensor(start[:, :4], requires_grad=True)
    out = torch.tensor(start[:, 4:], requires_grad=True)
    optimiser = torch.optim.SGD([hidden, out], lr=0.1)
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y)
    path = []
    for _ in range(30):
        optimiser.zero_grad()
        error = VALUES[name](inputs @ hidden) @ out.T - targets
        (error.square().sum() / (2 * len(x))).backward()
        optimiser.step()
        path.append(hidden.detach().numpy().copy())
    return path


@pytest.mark.parametrize("name", SLOPES)
def test_a_small_network_takes_the_same_thirty_steps(name) -> None:
    rng = np.random.default_rng(7)
    x, y, start = rng.normal(size=(12, 3)), rng.normal(size=(12, 3)), rng.normal(size=(3, 8))

    ours, theirs = our_path(name, start, x, y), their_path(name, start, x, y)

    assert np.abs(ours[-1] - ours[0]).max() > 1e-3
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)

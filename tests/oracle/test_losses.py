"""The losses beside PyTorch's: values, gradients by autograd, and two training runs."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studydl.nn import losses

pytestmark = pytest.mark.oracle

functional = torch.nn.functional
PRECISION = {"float32": 5e-6, "float64": 1e-13}
Z = np.array([[-1000.0, 3.0, 1000.0], [0.0, -0.7, 12.0], [-35.0, 35.0, 1e-9], [88.0, -88.0, 2.0]])
SOFT = np.array([[0.0, 1.0, 0.25], [1.0, 0.5, 0.0], [1.0, 0.125, 0.75], [0.0, 0.0, 1.0]])
LABELS = np.array([1, 0, 0, 2])
ROWS = np.array([[0.25, 0.5, 0.25], [1.0, 0.0, 0.0], [0.125, 0.125, 0.75], [0.0, 0.5, 0.5]])


def value_and_gradient(loss, predictions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = torch.from_numpy(predictions).requires_grad_()
    value = loss(x)
    value.backward()
    return value.detach().numpy(), x.grad.numpy()


@pytest.fixture(params=PRECISION)
def dtype(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_and_its_logarithm_agree_with_pytorch(name, dtype) -> None:
    z = Z.astype(dtype)

    ours, theirs = getattr(losses, name)(z), getattr(torch, name)(torch.from_numpy(z), dim=-1)

    assert ours.dtype == theirs.numpy().dtype
    np.testing.assert_allclose(ours, theirs.numpy(), rtol=PRECISION[dtype], atol=1e-37)


def test_binary_cross_entropy_agrees_with_pytorch_value_and_gradient(dtype) -> None:
    z, y = Z.astype(dtype), torch.from_numpy(SOFT.astype(dtype))

    value, gradient = value_and_gradient(
        lambda x: functional.binary_cross_entropy_with_logits(x, y), z
    )

    rtol = PRECISION[dtype]
    np.testing.assert_allclose(losses.binary_cross_entropy(z, SOFT), value, rtol=rtol)
    ours = losses.binary_cross_entropy_gradient(z, SOFT)
    np.testing.assert_allclose(ours, gradient, rtol=rtol, atol=rtol / 10)


@pytest.mark.parametrize("targets", [LABELS, ROWS], ids=["classes", "distributions"])
def test_cross_entropy_agrees_with_pytorch_value_and_gradient(targets, dtype) -> None:
    z = Z.astype(dtype)
    y = torch.from_numpy(targets if targets.ndim == 1 else targets.astype(dtype))

    value, gradient = value_and_gradient(lambda x: functional.cross_entropy(x, y), z)

    rtol = PRECISION[dtype]
    np.testing.assert_allclose(losses.cross_entropy(z, targets), value, rtol=rtol)
    ours = losses.cross_entropy_gradient(z, targets)
    np.testing.assert_allclose(ours, gradient, rtol=rtol, atol=rtol / 10)


def test_squared_error_is_half_of_pytorchs_with_half_of_its_gradient(dtype) -> None:
    a, y = Z.astype(dtype), torch.from_numpy(SOFT.astype(dtype))

    value, gradient = value_and_gradient(lambda x: functional.mse_loss(x, y) / 2, a)

    rtol = PRECISION[dtype]
    np.testing.assert_allclose(losses.squared_error(a, SOFT), value, rtol=rtol)
    np.testing.assert_allclose(losses.squared_error_gradient(a, SOFT), gradient, rtol=rtol)


def test_squared_error_behind_a_sigmoid_agrees_with_autograd() -> None:
    y = torch.from_numpy(SOFT)

    _, gradient = value_and_gradient(lambda x: functional.mse_loss(torch.sigmoid(x), y) / 2, Z)

    # PyTorch computes s(1 - s), which cancels beyond 15 or so.
    ours = losses.sigmoid_squared_error_gradient(Z, SOFT)
    np.testing.assert_allclose(ours, gradient, rtol=1e-10, atol=1e-16)


@pytest.mark.parametrize("s", [0.1, 1.0, 3.0])
def test_the_gaussian_likelihood_agrees_with_pytorchs_in_full(s) -> None:
    means, y = torch.from_numpy(Z / 100), torch.from_numpy(SOFT)

    theirs = functional.gaussian_nll_loss(means, y, torch.full_like(y, s * s), full=True)

    ours = losses.gaussian_negative_log_likelihood(Z / 100, SOFT, standard_deviation=s)
    np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-13)


@pytest.mark.parametrize("name", ["sigmoid", "probit"])
def test_the_chained_gradient_agrees_with_autograd(name) -> None:
    z = np.array([-2.5, -0.3, 0.0, 1.1, 3.0])
    y = np.array([1.0, 0.0, 0.25, 1.0, 0.0])
    activation = {"sigmoid": torch.sigmoid, "probit": torch.special.ndtr}[name]
    a, slope = torch.autograd.functional.jvp(
        activation, torch.from_numpy(z), torch.ones(5, dtype=torch.float64)
    )

    _, gradient = value_and_gradient(
        lambda x: functional.binary_cross_entropy(activation(x), torch.from_numpy(y)), z
    )

    ours = losses.chained_cross_entropy_gradient(a.numpy(), slope.numpy(), y)
    np.testing.assert_allclose(ours, gradient, rtol=1e-12)


def test_a_logistic_regression_takes_the_same_fifty_steps() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(20, 3)), rng.integers(0, 2, 20).astype(float)
    w = np.zeros(3)
    theirs = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([theirs], lr=0.5)

    for _ in range(50):
        w = w - 0.5 * losses.logistic_gradient(x, x @ w, y)
        optimiser.zero_grad()
        functional.binary_cross_entropy_with_logits(
            torch.from_numpy(x) @ theirs, torch.from_numpy(y)
        ).backward()
        optimiser.step()

    assert np.abs(w).max() > 0.1
    np.testing.assert_allclose(w, theirs.detach().numpy(), rtol=1e-11)


def test_a_softmax_regression_takes_the_same_fifty_steps() -> None:
    rng = np.random.default_rng(6)
    x, labels = rng.normal(size=(20, 3)), rng.integers(0, 4, 20)
    w = np.zeros((3, 4))
    theirs = torch.zeros(3, 4, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([theirs], lr=0.5)

    for _ in range(50):
        w = w - 0.5 * x.T @ losses.cross_entropy_gradient(x @ w, labels)
        optimiser.zero_grad()
        logits = torch.from_numpy(x) @ theirs
        functional.cross_entropy(logits, torch.from_numpy(labels)).backward()
        optimiser.step()

    assert np.abs(w).max() > 0.1
    np.testing.assert_allclose(w, theirs.detach().numpy(), rtol=1e-11)

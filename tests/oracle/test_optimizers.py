"""The optimisers beside PyTorch's, which were written by other people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from studydl.nn.optimizers import (
    AdaGradState,
    AdamState,
    MomentumState,
    NesterovDifferenceState,
    RMSPropState,
    adagrad,
    adam,
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    lookahead_point,
    minibatch_gradient,
    momentum,
    nesterov,
    nesterov_by_differences,
    nesterov_lookahead,
    rmsprop,
    sgd,
    step_decay,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.oracle

STEPS = 60


def ours(
    step: Callable[..., Any], state: Any, start: np.ndarray, gradients: np.ndarray, **options: float
) -> np.ndarray:
    theta, path = start, []
    for gradient in gradients:
        update, state = step(state, gradient, **options)
        theta = theta + update
        path.append(theta)
    return np.array(path)


def theirs(
    make: Callable[..., Any], start: np.ndarray, gradients: np.ndarray, **options: Any
) -> np.ndarray:
    theta = torch.tensor(start, requires_grad=True)
    optimizer, path = make([theta], **options), []
    for gradient in gradients:
        theta.grad = torch.tensor(gradient)
        optimizer.step()
        path.append(theta.detach().numpy().copy())
    return np.array(path)


@pytest.fixture(params=[(np.float64, 1e-12), (np.float32, 2e-5)], ids=["float64", "float32"])
def problem(request: pytest.FixtureRequest) -> tuple[np.ndarray, np.ndarray, float]:
    dtype, rtol = request.param
    rng = np.random.default_rng(20150507)
    start = rng.normal(size=(3, 2)).astype(dtype)
    scales = np.array([[1e-6, 1e-2], [1.0, 3.0], [40.0, 1e3]])
    return start, (rng.normal(size=(STEPS, 3, 2)) * scales).astype(dtype), rtol


@pytest.mark.parametrize(("learning_rate", "decay"), [(0.01, 0.9), (0.1, 0.5), (0.02, 0.0)])
def test_momentum_takes_the_steps_of_pytorch_at_a_constant_learning_rate(
    problem: Any, learning_rate: float, decay: float
) -> None:
    start, gradients, rtol = problem
    state = MomentumState.zeros_like(start)

    path = ours(momentum, state, start, gradients, learning_rate=learning_rate, decay=decay)
    expected = theirs(torch.optim.SGD, start, gradients, lr=learning_rate, momentum=decay)

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=rtol * np.abs(expected).max())


@pytest.mark.parametrize(
    ("learning_rate", "betas", "epsilon"),
    [(1e-3, (0.9, 0.999), 1e-8), (0.1, (0.5, 0.9), 1e-4), (0.01, (0.0, 0.99), 1e-6)],
)
def test_adam_takes_the_steps_of_pytorch(
    problem: Any, learning_rate: float, betas: tuple[float, float], epsilon: float
) -> None:
    start, gradients, rtol = problem
    options = {
        "learning_rate": learning_rate,
        "beta1": betas[0],
        "beta2": betas[1],
        "epsilon": epsilon,
    }

    path = ours(adam, AdamState.zeros_like(start), start, gradients, **options)
    expected = theirs(
        torch.optim.Adam, start, gradients, lr=learning_rate, betas=betas, eps=epsilon
    )

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=rtol)


def test_adam_by_default_is_adam_of_pytorch_by_default(problem: Any) -> None:
    start, gradients, rtol = problem

    path = ours(adam, AdamState.zeros_like(start), start, gradients)
    expected = theirs(torch.optim.Adam, start, gradients)

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=rtol)


def descend_with_autograd(make: Callable[..., Any], start: np.ndarray, **options: Any) -> Any:
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta], **options)
    for _ in range(STEPS):
        optimizer.zero_grad()
        ((1 - theta[0]) ** 2 + 5 * (theta[1] - theta[0] ** 2) ** 2).backward()
        optimizer.step()
    return theta.detach().numpy()


def valley_gradient(theta: np.ndarray) -> np.ndarray:
    off = theta[1] - theta[0] ** 2
    return np.array([-2 * (1 - theta[0]) - 20 * theta[0] * off, 10 * off])


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_a_descent_through_a_curved_valley_ends_where_autograd_takes_pytorch(name: str) -> None:
    start = np.array([-1.0, 1.5])
    theta = start
    if name == "momentum":
        state: Any = MomentumState.zeros_like(start)
        expected = descend_with_autograd(torch.optim.SGD, start, lr=0.01, momentum=0.8)
        options = {"learning_rate": 0.01, "decay": 0.8}
    else:
        state = AdamState.zeros_like(start)
        expected = descend_with_autograd(torch.optim.Adam, start, lr=0.05)
        options = {"learning_rate": 0.05}

    for _ in range(STEPS):
        update, state = (momentum if name == "momentum" else adam)(
            state, valley_gradient(theta), **options
        )
        theta = theta + update

    np.testing.assert_allclose(theta, expected, rtol=1e-9, atol=1e-9)
    assert np.abs(theta - start).max() > 0.5


def test_plain_steps_are_those_of_pytorch(problem: Any) -> None:
    start, gradients, rtol = problem

    path = start + np.cumsum([sgd(g, learning_rate=0.01) for g in gradients], axis=0)
    expected = theirs(torch.optim.SGD, start, gradients, lr=0.01)

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=rtol * np.abs(expected).max())


@pytest.mark.parametrize(("learning_rate", "decay"), [(0.01, 0.9), (0.1, 0.5)])
def test_nesterov_in_two_forms_takes_the_steps_of_pytorch(
    problem: Any, learning_rate: float, decay: float
) -> None:
    start, gradients, rtol = problem
    options = {"learning_rate": learning_rate, "decay": decay}

    library = ours(nesterov, MomentumState.zeros_like(start), start, gradients, **options)
    differences = ours(
        nesterov_by_differences,
        NesterovDifferenceState.zeros_like(start),
        start,
        gradients,
        **options,
    )
    expected = theirs(
        torch.optim.SGD, start, gradients, lr=learning_rate, momentum=decay, nesterov=True
    )

    atol = rtol * np.abs(expected).max()
    np.testing.assert_allclose(library, expected, rtol=rtol, atol=atol)
    np.testing.assert_allclose(differences, expected, rtol=rtol, atol=atol)


def test_the_lookahead_point_follows_pytorch_with_autograd() -> None:
    theta = start = np.array([-1.0, 1.5])
    state = MomentumState.zeros_like(start)
    expected = descend_with_autograd(torch.optim.SGD, start, lr=0.01, momentum=0.8, nesterov=True)

    for _ in range(STEPS):
        update, state = nesterov_lookahead(
            state, theta, valley_gradient, learning_rate=0.01, decay=0.8
        )
        theta = theta + update

    phi = lookahead_point(state, theta, decay=0.8)
    np.testing.assert_allclose(phi, expected, rtol=1e-9, atol=1e-9)
    assert np.abs(theta - expected).max() > 1e-3


@pytest.mark.parametrize(("learning_rate", "delta"), [(0.1, 1e-10), (0.01, 1e-3)])
def test_adagrad_takes_the_steps_of_pytorch(
    problem: Any, learning_rate: float, delta: float
) -> None:
    start, gradients, rtol = problem

    path = ours(
        adagrad,
        AdaGradState.zeros_like(start),
        start,
        gradients,
        learning_rate=learning_rate,
        delta=delta,
    )
    expected = theirs(torch.optim.Adagrad, start, gradients, lr=learning_rate, eps=delta)

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=rtol)


@pytest.mark.parametrize(
    ("learning_rate", "decay", "delta"), [(0.01, 0.99, 1e-8), (0.1, 0.5, 1e-3)]
)
def test_rmsprop_takes_the_steps_of_pytorch(
    problem: Any, learning_rate: float, decay: float, delta: float
) -> None:
    start, gradients, rtol = problem
    options = {"learning_rate": learning_rate, "decay": decay, "delta": delta}

    path = ours(rmsprop, RMSPropState.zeros_like(start), start, gradients, **options)
    expected = theirs(
        torch.optim.RMSprop, start, gradients, lr=learning_rate, alpha=decay, eps=delta
    )

    np.testing.assert_allclose(path, expected, rtol=rtol, atol=10 * rtol)


def test_the_mean_over_a_batch_is_the_gradient_of_the_mean_loss() -> None:
    rng = np.random.default_rng(7)
    x, y, batch = rng.normal(size=(9, 4)), rng.normal(size=9), np.array([1, 5, 5, 8])
    theta = torch.tensor(rng.normal(size=4), requires_grad=True)
    residuals = x @ theta.detach().numpy() - y

    gradient = minibatch_gradient(2 * residuals[:, None] * x, batch)
    predicted = torch.tensor(x[batch]) @ theta
    torch.nn.functional.mse_loss(predicted, torch.tensor(y[batch])).backward()

    np.testing.assert_allclose(gradient, theta.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ["step", "exponential", "inverse time", "cosine"])
def test_the_learning_rate_falls_as_that_of_pytorch(name: str) -> None:
    schedulers = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    make, rule = {
        "step": (
            lambda: schedulers.StepLR(optimizer, step_size=7, gamma=0.3),
            lambda t: step_decay(t, initial=0.2, factor=0.3, every=7),
        ),
        "exponential": (
            lambda: schedulers.ExponentialLR(optimizer, gamma=0.9),
            lambda t: exponential_decay(t, initial=0.2, factor=0.9),
        ),
        "inverse time": (
            lambda: schedulers.LambdaLR(optimizer, lambda t: 1 / (1 + 0.5 * t)),
            lambda t: inverse_time_decay(t, initial=0.2, rate=0.5),
        ),
        "cosine": (
            lambda: schedulers.CosineAnnealingLR(optimizer, T_max=30, eta_min=0.01),
            lambda t: cosine_decay(t, initial=0.2, steps=30, final=0.01),
        ),
    }[name]
    scheduler = make()

    for t in range(31):
        assert rule(t) == pytest.approx(scheduler.get_last_lr()[0], rel=1e-12)
        optimizer.step()
        scheduler.step()

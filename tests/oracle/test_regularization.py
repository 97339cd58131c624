"""Penalties, dropout, descent and batch statistics beside PyTorch, which others wrote."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studydl.nn.regularization import (
    Gaussian,
    batch_unit,
    batch_unit_gradient,
    descend,
    dropout,
    dropout_gradient,
    dropout_mask,
    dropout_regression,
    dropout_step,
    elastic_net,
    fit_gaussian,
    gaussian_sample,
    least_squares,
    lipschitz_bound,
    majority_vote,
    relu_network,
    ridge,
    soft_threshold,
    worst_perturbation,
)

pytestmark = pytest.mark.oracle


def examples(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(12, 4)) * np.array([1.0, 3.0, 0.5, 2.0]), rng.normal(size=12)


def loss_gradient(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The gradient of half the mean squared error, by autograd."""
    weights = torch.tensor(w, requires_grad=True)
    (0.5 * torch.nn.functional.mse_loss(torch.tensor(x) @ weights, torch.tensor(y))).backward()
    return weights.grad.numpy()


@pytest.mark.parametrize("width", [4, 20])
def test_least_squares_finds_the_weights_of_pytorch(width: int) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(12, width)), rng.normal(size=(12, 2))

    expected = torch.linalg.lstsq(torch.tensor(x), torch.tensor(y), driver="gelsd").solution

    np.testing.assert_allclose(least_squares(x, y), expected.numpy(), rtol=1e-9, atol=1e-12)


def test_at_the_ridge_fit_autograd_finds_no_slope() -> None:
    x, y = examples()
    weights = ridge(x, y, penalty=0.3)

    np.testing.assert_allclose(loss_gradient(x, y, weights), -0.3 * weights, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("l1", "l2"), [(0.2, 0.0), (0.05, 0.5), (0.15, 0.1)])
def test_at_the_elastic_net_the_slope_of_the_loss_is_a_subgradient_of_the_penalty(
    l1: float, l2: float
) -> None:
    x, y = examples()
    weights = elastic_net(x, y, l1=l1, l2=l2)
    pull = -loss_gradient(x, y, weights) - l2 * weights
    active = weights != 0

    assert active.sum() > 0
    np.testing.assert_allclose(pull[active], l1 * np.sign(weights[active]), rtol=1e-8)
    assert np.all(np.abs(pull[~active]) <= l1)


def test_soft_thresholding_is_the_softshrink_of_pytorch() -> None:
    v = np.linspace(-3, 3, 61)

    expected = torch.nn.functional.softshrink(torch.tensor(v), 0.75).numpy()

    np.testing.assert_allclose(soft_threshold(v, threshold=0.75), expected, rtol=1e-14, atol=0)


def test_descent_takes_the_steps_of_sgd() -> None:
    x, y = examples()
    weights = torch.zeros(4, dtype=torch.float64, requires_grad=True)
    optimizer, path = torch.optim.SGD([weights], lr=0.1), [np.zeros(4)]
    for _ in range(25):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(torch.tensor(x) @ weights, torch.tensor(y))
        (0.5 * loss).backward()
        optimizer.step()
        path.append(weights.detach().numpy().copy())

    ours = descend(x, y, learning_rate=0.1, steps=25)

    np.testing.assert_allclose(ours, path, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-14), (np.float32, 1e-6)])
@pytest.mark.parametrize("drop", [0.2, 0.75])
def test_dropout_with_the_mask_of_pytorch_is_its_dropout(
    dtype: type, rtol: float, drop: float
) -> None:
    torch.manual_seed(3)
    x = np.random.default_rng(0).normal(size=(30, 5)).astype(dtype)
    inputs = torch.tensor(x, requires_grad=True)
    output = torch.nn.functional.dropout(inputs, p=drop, training=True)
    mask = (output.detach() != 0).numpy()
    upstream = np.random.default_rng(1).normal(size=(30, 5)).astype(dtype)
    output.backward(torch.tensor(upstream))

    ours = dropout(x, mask, drop=drop)
    np.testing.assert_allclose(ours, output.detach().numpy(), rtol=rtol, atol=0)
    back = dropout_gradient(upstream, mask, drop=drop)
    np.testing.assert_allclose(back, inputs.grad.numpy(), rtol=rtol, atol=0)


def test_masks_drop_as_often_as_those_of_pytorch() -> None:
    torch.manual_seed(0)
    theirs = (torch.nn.functional.dropout(torch.ones(40000), p=0.2) == 0).double().mean()
    ours = (dropout_mask(np.random.default_rng(0), (40000,), drop=0.2) == 0).mean()

    # Five standard errors of the difference of two shares of 40000 draws.
    assert abs(ours - float(theirs)) < 5 * (2 * 0.2 * 0.8 / 40000) ** 0.5


def test_a_step_with_dropped_inputs_is_that_of_autograd() -> None:
    rng = np.random.default_rng(2)
    w, x = rng.normal(size=(2, 5))
    mask = np.array([1, 0, 1, 1, 0])
    weights = torch.tensor(w, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=0.05)
    thinned = torch.tensor(x * mask) / 0.8
    (0.5 * (weights @ thinned - 1.5) ** 2).backward()
    optimizer.step()

    after = dropout_step(w, x, 1.5, mask, drop=0.2, learning_rate=0.05)

    np.testing.assert_allclose(after, weights.detach().numpy(), rtol=1e-13)


def test_dropout_regression_minimises_the_loss_over_the_masks_of_pytorch() -> None:
    torch.manual_seed(1)
    x, y = examples()
    weights = torch.tensor(dropout_regression(x, y, drop=0.3), requires_grad=True)
    thinned = torch.nn.functional.dropout(torch.tensor(x).expand(20000, 12, 4), p=0.3)
    gradients = ((thinned @ weights - torch.tensor(y))[..., None] * thinned).mean(1)

    mean, error = gradients.mean(0), gradients.std(0) / 20000**0.5

    assert torch.all(mean.abs() < 5 * error)


def test_the_normalised_unit_is_batch_norm_without_epsilon() -> None:
    rng = np.random.default_rng(4)
    w, x, upstream = rng.normal(size=3), rng.normal(size=(6, 3)), rng.normal(size=6)
    weights = torch.tensor(w, requires_grad=True)
    z = (torch.tensor(x) @ weights)[:, None]
    output = torch.nn.functional.batch_norm(z, None, None, training=True, eps=1e-30)[:, 0]
    output.backward(torch.tensor(upstream))

    np.testing.assert_allclose(batch_unit(w, x), output.detach().numpy(), rtol=1e-12)
    ours = batch_unit_gradient(w, x, upstream)
    np.testing.assert_allclose(ours, weights.grad.numpy(), rtol=1e-10, atol=1e-13)


def test_a_network_and_its_bound_agree_with_pytorch() -> None:
    rng = np.random.default_rng(5)
    layers = [
        (rng.normal(size=(2, 7)), rng.normal(size=7)),
        (rng.normal(size=(7, 3)), rng.normal(size=3)),
    ]
    x = rng.normal(size=(10, 2))
    hidden = torch.relu(torch.tensor(x) @ torch.tensor(layers[0][0]) + torch.tensor(layers[0][1]))
    expected = hidden @ torch.tensor(layers[1][0]) + torch.tensor(layers[1][1])
    norms = [torch.linalg.matrix_norm(torch.tensor(w), ord=2) for w, _ in layers]

    np.testing.assert_allclose(relu_network(x, layers), expected.numpy(), rtol=1e-12)
    assert lipschitz_bound(layers) == pytest.approx(float(norms[0] * norms[1]))


def test_the_worst_perturbation_follows_the_sign_of_the_gradient() -> None:
    w = np.array([0.5, -2.0, 1.0])
    x = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    (torch.tensor(w) @ x).backward()

    ours = worst_perturbation(w, size=0.1, norm="largest")

    np.testing.assert_allclose(ours, 0.1 * torch.sign(x.grad).numpy(), rtol=1e-15)


def test_a_fitted_gaussian_and_its_samples_agree_with_pytorch() -> None:
    rng = np.random.default_rng(6)
    x, normals = rng.normal(size=(9, 3)) @ rng.normal(size=(3, 3)), rng.normal(size=(5, 3))
    gaussian = fit_gaussian(x)
    covariance = torch.cov(torch.tensor(x.T))
    theirs = torch.distributions.MultivariateNormal(torch.tensor(x.mean(0)), covariance)

    np.testing.assert_allclose(gaussian.covariance, covariance.numpy(), rtol=1e-12)
    expected = theirs.loc + torch.tensor(normals) @ theirs.scale_tril.T
    ours = gaussian_sample(Gaussian(*gaussian), normals)
    np.testing.assert_allclose(ours, expected.numpy(), rtol=1e-10)


def test_the_majority_is_the_mode_of_pytorch() -> None:
    votes = np.random.default_rng(7).choice([-1.0, 1.0], size=(5, 40))

    assert np.array_equal(majority_vote(votes), torch.mode(torch.tensor(votes), 0).values.numpy())

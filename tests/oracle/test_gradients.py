"""Networks, residual blocks, batch-normalised layers and clipping beside PyTorch's."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from studydl.nn import activations
from studydl.nn.gradients import (
    add_weight_decay,
    backward,
    chain_backward,
    chain_forward,
    clip_by_norm,
    clip_by_value,
    forward,
    global_norm,
    normalized_backward,
    normalized_forward,
    push_forward,
    residual_backward,
    residual_forward,
)

pytestmark = pytest.mark.oracle

ACTIVATIONS = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
SIZES = (4, 7, 5, 3)


def ours(name: str):
    return getattr(activations, name), getattr(activations, f"{name}_gradient")


def problem(sizes: tuple[int, ...] = SIZES):
    rng = np.random.default_rng(11)
    weights = [rng.normal(size=(n_out, n_in)) for n_in, n_out in itertools.pairwise(sizes)]
    return rng.normal(size=(6, sizes[0])), weights, rng.normal(size=(6, sizes[-1]))


def as_leaves(x: np.ndarray, weights: list[np.ndarray]):
    return torch.tensor(x, requires_grad=True), [
        torch.tensor(w, requires_grad=True) for w in weights
    ]


def assert_same_gradients(gradients, x, weights) -> None:
    np.testing.assert_allclose(gradients.activations[0], x.grad.numpy(), rtol=1e-9, atol=1e-12)
    for mine, theirs in zip(gradients.weights, weights, strict=True):
        np.testing.assert_allclose(mine, theirs.grad.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_network_has_the_gradients_of_autograd(name) -> None:
    x, weights, g = problem()
    value, slope = ours(name)
    h, leaves = as_leaves(x, weights)
    out = h
    for w in leaves:
        out = ACTIVATIONS[name](torch.nn.functional.linear(out, w))
    (out * torch.tensor(g)).sum().backward()

    signals = forward(x, weights, value)

    np.testing.assert_allclose(signals.activations[-1], out.detach().numpy(), rtol=1e-12)
    assert_same_gradients(backward(g, weights, signals, slope), h, leaves)


def test_a_chain_has_the_gradients_of_autograd() -> None:
    weights = np.array([1.5, -0.7, 2.0])
    x, w = torch.tensor(0.4, dtype=torch.float64, requires_grad=True), torch.tensor(weights)
    w.requires_grad_()
    out = x
    for each in w:
        out = torch.tanh(each * out)
    (3 * out).backward()

    value, slope = ours("tanh")
    gradients = chain_backward(3.0, weights, chain_forward(0.4, weights, value), slope)

    np.testing.assert_allclose(gradients.weights, w.grad.numpy(), rtol=1e-12)
    np.testing.assert_allclose(gradients.activations[0], x.grad.numpy(), rtol=1e-12)


def test_pushing_forward_is_the_jacobian_vector_product() -> None:
    x, weights, _ = problem()
    direction = np.random.default_rng(3).normal(size=x.shape)
    value, slope = ours("tanh")

    def network(h):
        for w in weights:
            h = torch.tanh(h @ torch.tensor(w).T)
        return h

    _, expected = torch.autograd.functional.jvp(network, torch.tensor(x), torch.tensor(direction))

    pushed = push_forward(direction, weights, forward(x, weights, value), slope)[-1]

    np.testing.assert_allclose(pushed, expected.numpy(), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("skip", [1.0, 0.5])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_residual_network_has_the_gradients_of_autograd(name, skip) -> None:
    x, weights, g = problem((5, 5, 5, 5))
    value, slope = ours(name)
    h, leaves = as_leaves(x, weights)
    out = h
    for w in leaves:
        out = skip * out + torch.nn.functional.linear(ACTIVATIONS[name](out), w)
    (out * torch.tensor(g)).sum().backward()

    signals = residual_forward(x, weights, value, skip=skip)

    np.testing.assert_allclose(signals.states[-1], out.detach().numpy(), rtol=1e-12)
    assert_same_gradients(residual_backward(g, weights, signals, slope, skip=skip), h, leaves)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_batch_normalised_network_has_the_gradients_of_autograd(name) -> None:
    x, weights, g = problem()
    value, slope = ours(name)
    h, leaves = as_leaves(x, weights)
    out = h
    for w in leaves:
        a = torch.nn.functional.linear(out, w)
        out = ACTIVATIONS[name](
            torch.nn.functional.batch_norm(a, None, None, training=True, eps=1e-5)
        )
    (out * torch.tensor(g)).sum().backward()

    signals = normalized_forward(x, weights, value)

    np.testing.assert_allclose(signals.activations[-1], out.detach().numpy(), rtol=1e-10)
    assert_same_gradients(normalized_backward(g, weights, signals, slope), h, leaves)


@pytest.mark.parametrize("max_norm", [0.01, 1.0, 1e4])
def test_clipping_by_norm_agrees_with_pytorch(max_norm) -> None:
    _, gradients, _ = problem()
    leaves = [torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in gradients]
    for leaf, gradient in zip(leaves, gradients, strict=True):
        leaf.grad = torch.tensor(gradient)
    norm = torch.nn.utils.clip_grad_norm_(leaves, max_norm)

    clipped = clip_by_norm(gradients, max_norm=max_norm)

    assert global_norm(gradients) == pytest.approx(float(norm), rel=1e-12)
    # PyTorch adds 1e-6 to the norm that it divides by.
    for mine, leaf in zip(clipped, leaves, strict=True):
        np.testing.assert_allclose(mine, leaf.grad.numpy(), rtol=1e-6)


def test_clipping_by_value_agrees_with_pytorch() -> None:
    _, gradients, _ = problem()
    leaves = [torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in gradients]
    for leaf, gradient in zip(leaves, gradients, strict=True):
        leaf.grad = torch.tensor(gradient)
    torch.nn.utils.clip_grad_value_(leaves, 0.3)

    for mine, leaf in zip(clip_by_value(gradients, limit=0.3), leaves, strict=True):
        np.testing.assert_array_equal(mine, leaf.grad.numpy())


def test_weight_decay_is_the_gradient_of_the_penalty_and_the_step_of_sgd() -> None:
    _, weights, _ = problem()
    gradients = [np.cos(w) for w in weights]
    leaves = [torch.tensor(w, requires_grad=True) for w in weights]
    optimiser = torch.optim.SGD(leaves, lr=0.1, weight_decay=0.3)
    sum(torch.sin(leaf).sum() for leaf in leaves).backward()
    optimiser.step()

    decayed = add_weight_decay(gradients, weights, strength=0.3)

    for w, g, leaf in zip(weights, decayed, leaves, strict=True):
        np.testing.assert_allclose(w - 0.1 * g, leaf.detach().numpy(), rtol=1e-12)

"""Newton, BFGS and L-BFGS beside PyTorch's L-BFGS and its Hessians."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from studydl.nn.optimizers import (
    bfgs_inverse,
    lbfgs_direction,
    newton,
)

pytestmark = pytest.mark.oracle


def bowl(theta: Any) -> Any:
    """A convex loss that is not quadratic, in the mathematics of NumPy or of PyTorch."""
    mathematics = torch if isinstance(theta, torch.Tensor) else np
    x, y, z = theta
    return mathematics.exp(x) + mathematics.exp(-2 * x) + (y - x) ** 2 + z**4 / 4 + (z - y) ** 2


def bowl_gradient(theta: np.ndarray) -> np.ndarray:
    x, y, z = theta
    return np.array(
        [
            np.exp(x) - 2 * np.exp(-2 * x) - 2 * (y - x),
            2 * (y - x) - 2 * (z - y),
            z**3 + 2 * (z - y),
        ]
    )


def bowl_minimum() -> np.ndarray:
    theta = torch.tensor([1.0, -0.5, 0.8], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [theta],
        max_iter=200,
        tolerance_grad=1e-14,
        tolerance_change=1e-16,
        line_search_fn="strong_wolfe",
    )

    def closure() -> Any:
        optimizer.zero_grad()
        loss = bowl(theta)
        loss.backward()
        return loss

    optimizer.step(closure)
    return theta.detach().numpy()


def backtracked(theta: np.ndarray, direction: np.ndarray) -> np.ndarray:
    slope, length = bowl_gradient(theta) @ direction, 1.0
    while bowl(theta + length * direction) > bowl(theta) + 1e-4 * length * slope:
        length /= 2
    return length * direction


@pytest.mark.parametrize("name", ["bfgs", "lbfgs", "newton"])
def test_second_order_methods_end_where_the_lbfgs_of_pytorch_ends(name: str) -> None:
    theta, inverse = np.array([1.0, -0.5, 0.8]), np.eye(3)
    steps, changes = np.empty((0, 3)), np.empty((0, 3))

    for _ in range(60):
        gradient = bowl_gradient(theta)
        if np.abs(gradient).max() < 1e-9:
            break
        if name == "newton":
            hessian = torch.autograd.functional.hessian(bowl, torch.tensor(theta)).numpy()
            direction = newton(gradient, hessian)
        elif name == "lbfgs":
            direction = lbfgs_direction(gradient, steps[-3:], changes[-3:])
        else:
            direction = -inverse @ gradient
        step = backtracked(theta, direction)
        change = bowl_gradient(theta + step) - gradient
        theta = theta + step
        steps, changes = np.vstack([steps, step]), np.vstack([changes, change])
        inverse = bfgs_inverse(inverse, step, change)

    np.testing.assert_allclose(theta, bowl_minimum(), rtol=0, atol=1e-8)


def test_lbfgs_takes_the_full_steps_of_pytorch() -> None:
    start = np.array([0.3, 0.2, 0.4])
    theirs_theta = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [theirs_theta], lr=1, max_iter=1, history_size=3, tolerance_grad=0, tolerance_change=0
    )

    def closure() -> Any:
        optimizer.zero_grad()
        loss = bowl(theirs_theta)
        loss.backward()
        return loss

    theta = start
    steps, changes = np.empty((0, 3)), np.empty((0, 3))
    for count in range(8):
        optimizer.step(closure)
        gradient = bowl_gradient(theta)
        # PyTorch shortens its first step to a sum of sizes of one.
        length = min(1.0, 1 / np.abs(gradient).sum()) if count == 0 else 1.0
        step = length * lbfgs_direction(gradient, steps[-3:], changes[-3:])
        change = bowl_gradient(theta + step) - gradient
        steps, changes = np.vstack([steps, step]), np.vstack([changes, change])
        theta = theta + step

        np.testing.assert_allclose(theta, theirs_theta.detach().numpy(), rtol=1e-9, atol=1e-10)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.optimizers import bfgs_inverse, lbfgs_direction, newton

vectors = arrays(np.float64, 3, elements=st.floats(-10, 10).filter(lambda x: abs(x) > 0.1))
matrices = arrays(np.float64, (3, 3), elements=st.floats(-2, 2))


def positive(root: np.ndarray) -> np.ndarray:
    return root @ root.T + np.eye(3)


def test_a_step_of_newton_by_hand() -> None:
    assert newton([4.0, -6.0], [[2.0, 0.0], [0.0, 3.0]]).tolist() == [-2.0, 2.0]
    assert newton([4.0, -6.0], [[2.0, 0.0], [0.0, 3.0]], learning_rate=0.5).tolist() == [-1.0, 1.0]


@given(vectors, matrices)
def test_a_step_of_newton_solves_its_equation(gradient: np.ndarray, root: np.ndarray) -> None:
    hessian = positive(root)

    np.testing.assert_allclose(hessian @ newton(gradient, hessian), -gradient, rtol=0, atol=1e-11)


def test_precision_is_kept_and_whole_numbers_become_double_precision() -> None:
    single = newton(np.float32([1, 2]), np.eye(2, dtype=np.float32), learning_rate=np.float64(0.5))

    assert single.dtype == np.float32
    assert newton([2, 4], [[2, 0], [0, 1]]).tolist() == [-1.0, -4.0]
    pair = np.float32([1.0, 0.5])
    assert bfgs_inverse(np.eye(2, dtype=np.float32), pair, pair).dtype == np.float32
    assert lbfgs_direction(pair, pair[None], pair[None]).dtype == np.float32


def test_a_singular_hessian_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a Hessian that is not singular"):
        newton([1.0, 1.0], [[1.0, 1.0], [1.0, 1.0]])


def test_a_hessian_that_is_not_symmetric_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a symmetric Hessian"):
        newton([1.0, 1.0], [[1.0, 0.5], [0.0, 1.0]])


@pytest.mark.parametrize(("size", "shape"), [((2,), (3, 3)), ((2, 1), (2, 2)), ((2,), (2,))])
def test_shapes_that_do_not_fit_newton_are_refused(size: tuple, shape: tuple) -> None:
    with pytest.raises(ValueError, match=r"expected a gradient of shape \(n,\) and a Hessian of"):
        newton(np.ones(size), np.ones(shape))


def test_a_learning_rate_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got 0"):
        newton([1.0], [[1.0]], learning_rate=0.0)


@given(matrices, vectors, vectors)
def test_bfgs_satisfies_the_secant_condition_and_stays_symmetric(
    root: np.ndarray, step: np.ndarray, change: np.ndarray
) -> None:
    change = change if step @ change > 0 else -change
    if step @ change < 0.5:
        change = change + step

    after = bfgs_inverse(positive(root), step, change)

    size = np.abs(after).max()
    np.testing.assert_allclose(after @ change, step, rtol=0, atol=1e-9 * max(size, 1))
    np.testing.assert_allclose(after, after.T, rtol=0, atol=1e-12 * size)


@pytest.mark.parametrize("change", [[0.0, 1.0], [-1.0, 0.0]])
def test_a_pair_without_positive_curvature_is_refused(change: list[float]) -> None:
    with pytest.raises(ValueError, match="expected a curvature step·change above 0, got"):
        bfgs_inverse(np.eye(2), [1.0, 0.0], change)
    with pytest.raises(ValueError, match="expected a curvature step·change above 0, got"):
        lbfgs_direction([1.0, 1.0], [[1.0, 0.0]], [change])


def test_shapes_that_do_not_fit_bfgs_are_refused() -> None:
    with pytest.raises(ValueError, match=r"inverse Hessian of shape \(2, 2\), got \(3, 3\)"):
        bfgs_inverse(np.eye(3), [1.0, 0.0], [1.0, 0.0])
    with pytest.raises(ValueError, match=r"one shape \(n,\), got \(2,\) and \(3,\)"):
        bfgs_inverse(np.eye(2), [1.0, 0.0], [1.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("steps", "changes"),
    [
        (np.ones((1, 3)), np.ones((1, 3))),
        (np.ones((2, 2)), np.ones((1, 2))),
        (np.ones(2), np.ones(2)),
    ],
)
def test_shapes_that_do_not_fit_lbfgs_are_refused(steps: np.ndarray, changes: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"expected a gradient of shape \(n,\) and steps and chan"):
        lbfgs_direction([1.0, 1.0], steps, changes)


def test_lbfgs_without_memory_is_steepest_descent_and_changes_nothing_handed_in() -> None:
    gradient = np.array([3.0, -4.0])

    direction = lbfgs_direction(gradient, np.empty((0, 2)), np.empty((0, 2)))

    assert direction.tolist() == [-3.0, 4.0]
    assert gradient.tolist() == [3.0, -4.0]


@given(matrices, vectors, vectors)
def test_lbfgs_goes_down_wherever_its_pairs_have_positive_curvature(
    root: np.ndarray, step: np.ndarray, gradient: np.ndarray
) -> None:
    change = positive(root) @ step

    direction = lbfgs_direction(gradient, step[None], change[None])

    assert gradient @ direction < 0


def test_large_numbers_raise_no_warning() -> None:
    with np.errstate(all="raise", under="ignore"):
        update = newton([1000.0, -1000.0], [[1e-3, 0.0], [0.0, 1000.0]])
        inverse = bfgs_inverse(np.eye(2), [1000.0, 1.0], [1000.0, -1.0])

    assert np.all(np.isfinite(update))
    assert np.all(np.isfinite(inverse))

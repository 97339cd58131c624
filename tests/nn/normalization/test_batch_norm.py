from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.normalization import (
    RunningStatistics,
    batch_norm,
    batch_norm_backward,
    batch_norm_inference,
    update_running_statistics,
)

batches = arrays(
    np.float64, st.tuples(st.integers(2, 6), st.integers(1, 3)), elements=st.floats(-1e3, 1e3)
)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def ones_and_zeros(features: int) -> tuple[np.ndarray, np.ndarray]:
    return np.ones(features), np.zeros(features)


def test_two_examples_by_hand() -> None:
    output, cache = batch_norm([[1.0, 2.0], [5.0, 2.0]], [3.0, 1.0], [10.0, 7.0], epsilon=0.0)

    assert output.tolist() == [[7.0, 7.0], [13.0, 7.0]]
    assert cache.standardized.mean.ravel().tolist() == [3.0, 2.0]
    assert cache.standardized.variance.ravel().tolist() == [4.0, 0.0]


def test_a_channel_is_one_feature_over_batch_height_and_width() -> None:
    x = np.arange(24.0).reshape(2, 3, 2, 2)

    output, cache = batch_norm(x, *ones_and_zeros(3), epsilon=0.0)

    assert cache.standardized.mean.shape == (1, 3, 1, 1)
    np.testing.assert_allclose(output.mean(axis=(0, 2, 3)), 0.0, atol=1e-15)
    np.testing.assert_allclose(output.std(axis=(0, 2, 3)), 1.0, rtol=1e-14)


@given(batches)
def test_without_epsilon_every_feature_has_mean_0_and_variance_1_or_is_0(x: np.ndarray) -> None:
    x = np.round(x)
    output, _ = batch_norm(x, *ones_and_zeros(x.shape[1]), epsilon=0.0)

    varies = np.ptp(x, axis=0) > 0
    np.testing.assert_allclose(output.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(output.var(axis=0)[varies], 1.0, rtol=1e-9)


@given(batches)
def test_the_gradient_for_the_input_sums_to_zero_over_the_batch(x: np.ndarray) -> None:
    _, cache = batch_norm(x, *ones_and_zeros(x.shape[1]))

    back = batch_norm_backward(np.cos(x), cache)

    size = 1e-10 * (1 + np.abs(back.x).max())
    np.testing.assert_allclose(back.x.sum(axis=0), 0.0, atol=size)


@given(batches)
def test_inference_with_the_statistics_of_the_batch_is_training(x: np.ndarray) -> None:
    gain, shift = np.full(x.shape[1], 1.5), np.full(x.shape[1], -0.5)
    output, cache = batch_norm(x, gain, shift)
    statistics = cache.standardized
    same = RunningStatistics(statistics.mean.ravel(), statistics.variance.ravel())

    np.testing.assert_array_equal(batch_norm_inference(x, gain, shift, same), output)


def test_running_statistics_move_by_the_momentum_towards_the_unbiased_batch() -> None:
    running = RunningStatistics.before_training(np.ones(1))
    _, cache = batch_norm([[2.0], [6.0]], [1.0], [0.0])

    after = update_running_statistics(running, cache, momentum=0.25)

    assert after.mean.tolist() == [1.0]
    assert after.variance.tolist() == [0.75 + 0.25 * 8]


def test_the_momentum_is_a_tenth_and_epsilon_a_hundred_thousandth_unless_told_otherwise() -> None:
    x, parameters = np.array([[0.0], [1e-3]]), ones_and_zeros(1)
    running = RunningStatistics.before_training(np.ones(1))
    _, cache = batch_norm(x + 10, *parameters)

    assert update_running_statistics(running, cache).mean == pytest.approx([1.00005], rel=1e-12)
    told, _ = batch_norm(x, *parameters, epsilon=1e-5)
    np.testing.assert_array_equal(batch_norm(x, *parameters)[0], told)
    np.testing.assert_array_equal(
        batch_norm_inference(x, *parameters, running),
        batch_norm_inference(x, *parameters, running, epsilon=1e-5),
    )


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(4, 3), (2, 3, 2, 2)])
def test_the_precision_of_the_input_is_kept(dtype: type, shape: tuple[int, ...]) -> None:
    x = (np.arange(np.prod(shape)) / 8).astype(dtype).reshape(shape)
    gain, shift = np.ones(3, dtype), np.zeros(3, dtype)

    output, cache = batch_norm(x, gain, shift, epsilon=np.float64(1e-3))
    back = batch_norm_backward(x, cache)
    running = update_running_statistics(RunningStatistics.before_training(gain), cache)

    assert output.dtype == batch_norm_inference(x, gain, shift, running).dtype == dtype
    assert {each.dtype for each in (*back, running.mean, running.variance)} == {np.dtype(dtype)}


def test_whole_numbers_become_double_precision() -> None:
    assert batch_norm([[1, 2], [3, 5]], [1, 1], [0, 0])[0].dtype == np.float64


def test_large_tiny_and_constant_features_raise_no_warning() -> None:
    x = np.array([[1000.0, 1e-160, 0.0, 1e150], [-1000.0, -1e-160, 0.0, -1e150]])
    for epsilon in (0.0, 1e-5):
        output, cache = batch_norm(x, *ones_and_zeros(4), epsilon=epsilon)
        back = batch_norm_backward(np.array([[1.0] * 4, [2.0] * 4]), cache)

        assert np.all(np.isfinite(output))
        assert all(np.all(np.isfinite(each)) for each in back)


def test_what_is_not_a_number_is_passed_on_and_not_hidden() -> None:
    output, _ = batch_norm([[np.nan, 1.0], [1.0, 2.0]], *ones_and_zeros(2))

    assert np.isnan(output).tolist() == [[True, False], [True, False]]


def test_a_sequence_is_refused_with_what_takes_sequences() -> None:
    with pytest.raises(ValueError, match=r"see sequence_batch_norm .* got shape \(2, 3, 4\)"):
        batch_norm(np.zeros((2, 3, 4)), *ones_and_zeros(3))


@pytest.mark.parametrize("name", ["gain", "shift"])
def test_a_parameter_that_could_only_be_broadcast_is_refused(name: str) -> None:
    parameters = {"gain": np.ones(3), "shift": np.zeros(3)} | {name: np.ones(1)}

    with pytest.raises(ValueError, match=rf"expected {name} of shape \(3,\), got shape \(1,\)"):
        batch_norm(np.ones((2, 3)), **parameters)


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(ValueError, match=r"at least one number, got shape \(0, 3\)"):
        batch_norm(np.zeros((0, 3)), *ones_and_zeros(3))


def test_a_gradient_of_another_shape_is_refused() -> None:
    _, cache = batch_norm(np.eye(3), *ones_and_zeros(3))

    with pytest.raises(ValueError, match=r"gradient of shape \(3, 3\), got shape \(3,\)"):
        batch_norm_backward(np.ones(3), cache)


def test_numbers_whose_squares_overflow_are_refused() -> None:
    with pytest.raises(ValueError, match="the sum of whose squares float32 can hold"):
        batch_norm(np.full((2, 1), 1e20, np.float32), *ones_and_zeros(1))


@pytest.mark.parametrize("epsilon", [-1e-9, np.nan, np.inf])
def test_an_epsilon_that_is_negative_or_not_finite_is_refused(epsilon: float) -> None:
    running = RunningStatistics.before_training(np.ones(2))
    with pytest.raises(ValueError, match="expected a finite epsilon of 0 or more, got"):
        batch_norm(np.eye(2), *ones_and_zeros(2), epsilon=epsilon)
    with pytest.raises(ValueError, match="expected a finite epsilon of 0 or more, got"):
        batch_norm_inference(np.eye(2), *ones_and_zeros(2), running, epsilon=epsilon)


@pytest.mark.parametrize("momentum", [-0.1, 1.1, np.nan])
def test_a_momentum_outside_zero_to_one_is_refused(momentum: float) -> None:
    _, cache = batch_norm(np.eye(2), *ones_and_zeros(2))
    running = RunningStatistics.before_training(np.ones(2))

    with pytest.raises(ValueError, match=r"expected momentum in \[0, 1\], got"):
        update_running_statistics(running, cache, momentum=momentum)


def test_a_single_number_has_no_unbiased_variance() -> None:
    _, cache = batch_norm([[1.0, 2.0]], *ones_and_zeros(2))

    with pytest.raises(ValueError, match="two or more numbers a feature"):
        update_running_statistics(RunningStatistics.before_training(np.ones(2)), cache)


def test_running_statistics_of_other_features_are_refused() -> None:
    _, cache = batch_norm(np.eye(2), *ones_and_zeros(2))

    with pytest.raises(ValueError, match="the running mean"):
        update_running_statistics(RunningStatistics.before_training(np.ones(3)), cache)
    with pytest.raises(ValueError, match="expected two vectors of one length"):
        RunningStatistics(np.zeros(2), np.ones(3))

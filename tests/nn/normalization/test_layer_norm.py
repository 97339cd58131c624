from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.normalization import layer_norm, layer_norm_backward

batches = arrays(
    np.float64, st.tuples(st.integers(1, 4), st.integers(2, 4)), elements=st.floats(-1e3, 1e3)
)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_one_example_by_hand() -> None:
    output, _ = layer_norm([[1.0, 5.0]], [3.0, 1.0], [10.0, 7.0], epsilon=0.0)

    assert output.tolist() == [[7.0, 8.0]]


@given(batches)
def test_an_example_comes_out_the_same_alone_and_in_a_batch(x: np.ndarray) -> None:
    gain, shift = np.ones(x.shape[1]), np.zeros(x.shape[1])

    together, _ = layer_norm(x, gain, shift)
    alone = [layer_norm(example[None], gain, shift)[0][0] for example in x]

    np.testing.assert_array_equal(together, alone)


@given(batches)
def test_the_gradient_of_each_example_sums_to_zero(x: np.ndarray) -> None:
    _, cache = layer_norm(x, np.ones(x.shape[1]), np.zeros(x.shape[1]))

    back = layer_norm_backward(np.cos(x), cache)

    size = 1e-10 * (1 + np.abs(back.x).max())
    np.testing.assert_allclose(back.x.sum(axis=1), 0.0, atol=size)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(2, 3), (2, 4, 3), (2, 3, 2, 2)])
def test_the_precision_of_the_input_is_kept(dtype: type, shape: tuple[int, ...]) -> None:
    x = (np.arange(np.prod(shape)) / 8).astype(dtype).reshape(shape)
    features = shape[1:] if len(shape) == 4 else shape[-1:]
    gain, shift = np.ones(features), np.zeros(features)

    output, cache = layer_norm(x, gain, shift, epsilon=np.float64(1e-3))

    assert output.dtype == dtype
    assert [each.dtype for each in layer_norm_backward(x, cache)] == [dtype] * 3


def test_whole_numbers_become_double_precision() -> None:
    assert layer_norm([[1, 2]], [1, 1], [0, 0])[0].dtype == np.float64


def test_large_and_constant_examples_raise_no_warning() -> None:
    x = np.array([[1000.0, -1000.0], [1.0, 1.0], [0.0, 0.0], [1e150, -1e150]])

    output, cache = layer_norm(x, np.ones(2), np.zeros(2), epsilon=0.0)

    assert output[0].tolist() == [1.0, -1.0]
    assert output[1:3].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert np.all(np.isfinite(layer_norm_backward(x, cache).x))


@pytest.mark.parametrize("features", [(), (2, 3), (2,)])
def test_a_gain_that_is_not_in_the_shape_of_an_example_is_refused(features) -> None:
    with pytest.raises(ValueError, match="expected "):
        layer_norm(np.ones((2, 3)), np.ones(features), np.zeros(features))


def test_a_shift_of_another_shape_than_the_gain_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected shift of shape \(3,\), got shape \(1,\)"):
        layer_norm(np.ones((2, 3)), np.ones(3), np.zeros(1))


def test_a_gradient_of_another_shape_is_refused() -> None:
    _, cache = layer_norm(np.eye(3), np.ones(3), np.zeros(3))

    with pytest.raises(ValueError, match=r"gradient of shape \(3, 3\), got shape \(3,\)"):
        layer_norm_backward(np.ones(3), cache)


def test_an_epsilon_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite epsilon of 0 or more, got -1"):
        layer_norm(np.eye(3), np.ones(3), np.zeros(3), epsilon=-1.0)


def test_the_default_epsilon_is_that_of_batch_norm() -> None:
    x = np.array([[1e-3, 2e-3]])

    told, _ = layer_norm(x, np.ones(2), np.zeros(2), epsilon=1e-5)

    np.testing.assert_array_equal(layer_norm(x, np.ones(2), np.zeros(2))[0], told)

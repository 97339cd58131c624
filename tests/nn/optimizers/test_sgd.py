from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.optimizers import epoch_batches, minibatch_gradient, sgd


def test_the_update_is_minus_the_learning_rate_times_the_gradient() -> None:
    assert sgd([4.0, -2.0, 0.0], learning_rate=0.25).tolist() == [-1.0, 0.5, 0.0]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_gradient_is_kept(dtype: type) -> None:
    gradient = np.array([[1.0], [-2.0]], dtype=dtype)

    assert sgd(gradient, learning_rate=np.float64(0.1)).dtype == dtype
    assert minibatch_gradient(gradient, [0, 1, 1]).dtype == dtype


def test_whole_numbers_become_double_precision() -> None:
    assert sgd([3, 4], learning_rate=0.5).tolist() == [-1.5, -2.0]
    assert minibatch_gradient([[1, 2], [2, 5]], [0, 1]).tolist() == [1.5, 3.5]


def test_a_single_number_is_a_parameter_too() -> None:
    assert np.shape(sgd(2.0, learning_rate=0.5)) == ()
    assert float(minibatch_gradient([2.0, 4.0], [1])) == 4.0


def test_large_gradients_raise_no_warning() -> None:
    with np.errstate(all="raise", under="ignore"):
        update = sgd([1000.0, -1000.0, 1e300, 1e-300], learning_rate=0.1)

    assert np.all(np.isfinite(update))


@pytest.mark.parametrize("learning_rate", [0.0, -0.1, np.nan, np.inf])
def test_a_learning_rate_that_is_not_positive_and_finite_is_refused(learning_rate: float) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got"):
        sgd([1.0], learning_rate=learning_rate)


def test_a_gradient_that_is_not_of_real_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the gradient to hold real numbers"):
        sgd(["a"], learning_rate=0.1)


def test_a_row_that_comes_twice_counts_twice() -> None:
    per_example = np.array([[0.0, 3.0], [6.0, 9.0]])

    assert minibatch_gradient(per_example, [1, 1, 0]).tolist() == [4.0, 7.0]


def test_the_gradients_of_one_example_keep_their_shape() -> None:
    per_example = np.arange(24.0).reshape(2, 3, 4)

    assert np.array_equal(minibatch_gradient(per_example, [1]), per_example[1])


@pytest.mark.parametrize("batch", [[], 2, [[0, 1]], [0.0, 1.0], [True, False]])
def test_a_batch_that_is_no_vector_of_row_numbers_is_refused(batch: object) -> None:
    with pytest.raises(ValueError, match="expected a batch of one or more whole numbers"):
        minibatch_gradient(np.zeros((3, 2)), batch)


@pytest.mark.parametrize("row", [-1, 3])
def test_a_row_that_is_not_there_is_refused(row: int) -> None:
    with pytest.raises(ValueError, match=r"expected rows from 0 to 2, got \[0, "):
        minibatch_gradient(np.zeros((3, 2)), [0, row])


def test_a_single_number_is_no_gradient_per_example() -> None:
    with pytest.raises(ValueError, match="expected one gradient a row, got a single number"):
        minibatch_gradient(1.0, [0])


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 10))
def test_an_epoch_holds_every_example_once_in_batches_of_the_size_asked_for(
    examples: int, batch_size: int, seed: int
) -> None:
    batch_size = min(batch_size, examples)

    batches = epoch_batches(np.random.default_rng(seed), examples, batch_size)

    assert sorted(np.concatenate(batches).tolist()) == list(range(examples))
    assert [len(batch) for batch in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert 1 <= len(batches[-1]) <= batch_size


def test_an_epoch_is_shuffled_by_the_generator_and_by_nothing_else() -> None:
    first, again = (
        np.concatenate(epoch_batches(np.random.default_rng(4), 50, 7)) for _ in range(2)
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, np.arange(50))


@pytest.mark.parametrize(("examples", "batch_size"), [(10, 0), (10, 11), (0, 1)])
def test_a_batch_size_that_the_examples_cannot_fill_is_refused(
    examples: int, batch_size: int
) -> None:
    with pytest.raises(ValueError, match="expected a batch_size from 1 to the number of examples"):
        epoch_batches(np.random.default_rng(0), examples, batch_size)

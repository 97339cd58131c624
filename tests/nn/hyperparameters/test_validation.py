from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.hyperparameters import Fold, Selection, cross_validated_error, k_fold, select


@st.composite
def splits(draw):
    examples = draw(st.integers(2, 30))
    folds = draw(st.integers(2, examples))
    seed = draw(st.integers(0, 2**32 - 1))
    return examples, k_fold(np.random.default_rng(seed), examples, folds)


@given(splits())
def test_every_example_validates_once_and_trains_in_all_other_folds(split) -> None:
    examples, folds = split

    assert sorted(np.concatenate([fold.validation for fold in folds])) == list(range(examples))
    for fold in folds:
        assert sorted(np.concatenate(fold)) == list(range(examples))


@given(splits())
def test_no_fold_is_more_than_one_example_larger_than_another(split) -> None:
    _, folds = split
    sizes = [len(fold.validation) for fold in folds]

    assert max(sizes) - min(sizes) <= 1


def test_the_examples_are_shuffled() -> None:
    folds = k_fold(np.random.default_rng(1), 100, 2)

    assert 20 < np.sum(folds[0].validation < 50) < 30


def test_the_error_is_the_mean_over_the_folds() -> None:
    folds = [Fold(np.array([0, 1]), np.array([2])), Fold(np.array([2]), np.array([0, 1]))]

    error = cross_validated_error(lambda train, held: 10.0 * train[0] + len(held), folds)

    assert error == (1.0 + 22.0) / 2


def test_the_choice_is_made_by_validation_and_reported_from_the_test_set() -> None:
    assert select([0.2, 0.9, 0.4], [0.8, 0.5, 0.95]) == Selection(1, 0.9, 0.5)


def test_of_equals_the_first_is_chosen() -> None:
    assert select([1, 3, 3], [4, 5, 6]) == Selection(1, 3.0, 5.0)


@pytest.mark.parametrize("folds", [1, 0, -2, 6])
def test_too_few_or_too_many_folds_are_refused(folds) -> None:
    with pytest.raises(
        ValueError, match=f"expected from 2 folds to one for each of 5, got {folds}"
    ):
        k_fold(np.random.default_rng(0), 5, folds)


def test_no_folds_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="expected at least one fold"):
        cross_validated_error(lambda _train, _held: 0.0, [])


@pytest.mark.parametrize(
    ("validation", "test"), [([], []), ([1.0], [1.0, 2.0]), (1.0, 1.0), ([[1.0]], [[1.0]])]
)
def test_scores_that_are_not_two_vectors_of_one_length_are_refused(validation, test) -> None:
    with pytest.raises(ValueError, match="expected two vectors of one length, of 1 or more, got"):
        select(validation, test)


def test_scores_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="expected the test scores to hold real numbers"):
        select([1.0], ["good"])

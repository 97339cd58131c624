"""Which result to believe: folds to validate on, and a choice that leaves the test set alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.nn.hyperparameters._inputs import floating

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator
    from numpy.typing import ArrayLike

__all__ = ["Fold", "Selection", "cross_validated_error", "k_fold", "select"]

Indices: TypeAlias = NDArray[np.intp]


class Fold(NamedTuple):
    """The numbers of the examples to train on, and of those to validate on."""

    training: Indices
    validation: Indices


class Selection(NamedTuple):
    """Which candidate was chosen, its score where it was chosen, and its score elsewhere."""

    chosen: int
    validation_score: float
    test_score: float


def k_fold(rng: Generator, examples: int, folds: int) -> tuple[Fold, ...]:
    """Return the splits of cross-validation: shuffled, each example validated on exactly once.

    Shapes:
        Validation: examples / folds each, the first few one more if that is no whole number;
        training: the rest.

    Confusable with:
        Repeated random splits, in which an example may validate twice or never.

    Reference:
        Hastie, Tibshirani & Friedman 2009, section 7.10.1.

    Raises:
        ValueError: If there are fewer than two folds, or more than examples.
    """
    if not 2 <= folds <= examples:
        raise ValueError(f"expected from 2 folds to one for each of {examples}, got {folds}")
    parts = np.array_split(rng.permutation(examples), folds)
    return tuple(Fold(np.concatenate(parts[:k] + parts[k + 1 :]), parts[k]) for k in range(folds))


def cross_validated_error(
    error: Callable[[Indices, Indices], float], folds: Sequence[Fold]
) -> float:
    """Return the mean over the folds of the error on validation after training on the rest.

    Args:
        error: Trains on the examples of the first numbers, returns the error on the second.
        folds: What `k_fold` returned.

    Equation:
        1/k Σ error(training, validation)

    Confusable with:
        The error on a single fold, which judges by a kth of the examples.

    Reference:
        Hastie, Tibshirani & Friedman 2009, equation 7.48.

    Raises:
        ValueError: If there is no fold.
    """
    if not folds:
        raise ValueError("expected at least one fold")
    return float(sum(error(fold.training, fold.validation) for fold in folds) / len(folds))


def select(validation_scores: ArrayLike, test_scores: ArrayLike) -> Selection:
    """Choose the candidate of the highest validation score, and tell its score on the test set.

    Shapes:
        validation_scores, test_scores: (candidates,).

    Equation:
        i = argmax validation; report test(i)

    Confusable with:
        The highest test score, which choosing has made too high to report.

    Reference:
        Hastie, Tibshirani & Friedman 2009, section 7.2; Goodfellow, Bengio & Courville 2016,
        section 5.3.

    Raises:
        ValueError: If the scores are not two vectors of one length, of 1 or more.
    """
    validation = floating("validation scores", validation_scores)
    test = floating("test scores", test_scores)
    if validation.ndim != 1 or validation.shape != test.shape or validation.size == 0:
        shapes = f"{validation.shape} and {test.shape}"
        raise ValueError(f"expected two vectors of one length, of 1 or more, got {shapes}")
    best = int(np.argmax(validation))
    return Selection(best, float(validation[best]), float(test[best]))

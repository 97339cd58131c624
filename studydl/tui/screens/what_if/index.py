"""Which cards have something to predict, known without asking the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.answers import Number

if TYPE_CHECKING:
    from studydl.cards import Card

__all__ = ["WITH_EXPERIMENTS", "has_experiment"]

WITH_EXPERIMENTS = frozenset(
    (
        "activations.leaky-relu-inactive-path",
        "activations.leaky-relu-revival",
        "activations.relu-mean",
        "activations.relu-sparsity",
        "activations.sigmoid-saturation-spread",
        "activations.sigmoid-weights",
        "gradients.clip-by-norm",
        "gradients.penalty-does-not-clip",
        "gradients.residual-derivative",
        "gradients.shared-matrix",
        "gradients.weight-scale",
        "hyperparameters.learning-rate-range",
        "hyperparameters.log-range",
        "hyperparameters.selection-optimism",
        "initialization.he-mean-square",
        "initialization.random-depth",
        "initialization.sigmoid-fades",
        "initialization.variance-factor",
        "initialization.xavier-tanh",
        "losses.cross-entropy-minimum",
        "losses.equal-logits",
        "losses.learning-slowdown",
        "losses.noisy-labels",
        "losses.softmax-scale",
        "losses.squared-error-slope",
        "normalization.batch-statistics-noise",
        "normalization.conditioning",
        "normalization.layer-norm-unlike-features",
        "normalization.small-changes-compound",
        "normalization.standardizing",
        "normalization.weight-norm-length-grows",
        "optimizers.adagrad-constant-gradient",
        "optimizers.adam-epsilon-place",
        "optimizers.adam-forgets-a-burst",
        "optimizers.decay-reach",
        "optimizers.momentum-averages-noise",
        "optimizers.momentum-valley",
        "optimizers.rmsprop-constant-gradient",
        "regularization.bootstrap-distinct",
        "regularization.double-descent",
        "regularization.dropout-noise",
        "regularization.early-stopping-error",
        "regularization.l1-soft-threshold",
        "regularization.majority-vote",
    )
)
"""The claims of studydl with an experiment; a test of the contracts holds it to the catalogue."""
_CHAPTERS = frozenset(claim.partition(".")[0] for claim in WITH_EXPERIMENTS)


def has_experiment(card: Card) -> bool:
    """Tell whether a card has parameters of its own, or a claim with an experiment.

    Of a chapter that another package brings nothing is known before it is asked: it may have one.
    """
    drawn = isinstance(card.answer, Number) and card.answer.computed is not None
    if drawn or card.claim is None:
        return drawn
    return card.claim in WITH_EXPERIMENTS or card.claim.partition(".")[0] not in _CHAPTERS

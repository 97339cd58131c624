"""Wrong cross-entropies that several claims have to reject."""

from __future__ import annotations

from typing import Any

import numpy as np

from studydl.claims.losses.pair import BOTH, both
from studydl.nn.activations import sigmoid
from studydl.nn.losses import softmax

__all__ = [
    "bounded_like_a_square",
    "clamps_the_logarithm",
    "clips_the_probability",
    "counts_in_bits",
    "counts_mistakes",
    "distributions",
    "label_probabilities",
    "logarithm_of_the_probability",
    "lost_the_minus",
    "mean_probability",
    "only_the_ones",
    "sums_the_batch",
]


def distributions(z: Any, y: Any) -> Any:
    """Return targets as rows."""
    labels = np.asarray(y)
    return labels if labels.ndim == 2 else np.eye(np.shape(z)[1])[labels]


def label_probabilities(z: Any, y: Any) -> Any:
    """Return the probability that each binary label is given."""
    p = sigmoid(z)
    return np.where(np.asarray(y) == 1, p, 1 - p)


def row_probabilities(z: Any, y: Any) -> Any:
    """Return the probability that each class is given."""
    return np.sum(distributions(z, y) * softmax(z), axis=1)


def _of_probabilities(floor: float, lowest: float) -> tuple[Any, Any]:
    """Return both losses computed from probabilities above a floor and logarithms above another."""

    def log(p: Any) -> Any:
        return np.maximum(np.log(np.clip(p, floor, 1 - floor)), lowest)

    def binary(z: Any, y: Any) -> Any:
        with np.errstate(over="ignore"):
            p, target = 1 / (1 + np.exp(-np.asarray(z))), np.asarray(y)
        return -np.mean(target * log(p) + (1 - target) * log(1 - p))

    def multiclass(z: Any, y: Any) -> Any:
        return -np.mean(np.sum(distributions(z, y) * log(softmax(z)), axis=1))

    return binary, multiclass


lost_the_minus = both(
    "lost-the-minus",
    lambda z, y: -BOTH.binary(z, y),
    lambda z, y: -BOTH.multiclass(z, y),
    "The mean logarithm of the probabilities is taken without its minus sign.",
    "取概率对数的平均时漏掉了负号。",
)
only_the_ones = both(
    "only-the-ones",
    lambda z, y: np.mean(np.asarray(y) * np.logaddexp(0, -np.asarray(z))),
    BOTH.multiclass,
    "-y log p is taken for the whole loss; examples with the label 0 then cost nothing.",
    "以为 -y log p 就是全部损失，于是标签为 0 的样本不产生损失。",
)
counts_in_bits = both(
    "counts-in-bits",
    lambda z, y: BOTH.binary(z, y) / np.log(2),
    lambda z, y: BOTH.multiclass(z, y) / np.log(2),
    "Information is counted in bits, with logarithms to base two.",
    "按信息论的习惯用以二为底的对数，以比特计。",
)
bounded_like_a_square = both(
    "bounded-like-a-square",
    lambda z, y: np.mean((sigmoid(z) - np.asarray(y)) ** 2) / 2,
    lambda z, y: np.mean(np.sum((softmax(z) - distributions(z, y)) ** 2, axis=1)) / 2,
    "A wrong answer is expected to cost a limited amount, as with the squared error.",
    "以为答错的代价有上限，就像平方误差那样。",
)
mean_probability = both(
    "mean-probability",
    lambda z, y: 1 - np.mean(label_probabilities(z, y)),
    lambda z, y: 1 - np.mean(row_probabilities(z, y)),
    "To maximise the probability of the labels is taken to mean their mean probability.",
    "把“最大化标签的概率”理解成最大化概率的平均值。",
)
counts_mistakes = both(
    "counts-mistakes",
    lambda z, y: np.mean((np.asarray(z) > 0) != (np.asarray(y) > 0.5)),
    lambda z, y: np.mean(np.argmax(z, axis=1) != np.argmax(distributions(z, y), axis=1)),
    "What is minimised is taken to be the share of wrong answers.",
    "以为最小化的就是答错的比例。",
)
sums_the_batch = both(
    "sums-the-batch",
    lambda z, y: BOTH.binary(z, y) * np.size(z),
    lambda z, y: BOTH.multiclass(z, y) * len(z),
    "The losses of a batch are added up instead of averaged.",
    "把一个批次的损失相加，而不是取平均。",
)
logarithm_of_the_probability = both(
    "logarithm-of-the-probability",
    *_of_probabilities(0.0, -np.inf),
    "Probability first, logarithm second is right on paper; in a computer the probability"
    " underflows, and log(0) is infinite.",
    "先算概率再取对数，在纸面上是对的；但在计算机里概率会下溢，log(0) 是无穷大。",
)
clips_the_probability = both(
    "clips-the-probability",
    *_of_probabilities(1e-15, -np.inf),
    "Clipping the probability at 1e-15 avoids the infinity, and is thought to cost nothing.",
    "把概率截断在 1e-15 就避免了无穷大，于是以为没有任何代价。",
)
clamps_the_logarithm = both(
    "clamps-the-logarithm",
    *_of_probabilities(0.0, -100.0),
    "Logarithms below -100 are replaced by -100, as PyTorch's loss of probabilities does.",
    "把小于 -100 的对数一律换成 -100，PyTorch 以概率为输入的损失就是这样做的。",
)

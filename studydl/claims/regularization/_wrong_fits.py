"""Wrong ways to fit a linear model, which several claims have to reject."""

from __future__ import annotations

from typing import Any

import numpy as np

from studydl.claims.regularization._exact import fitted
from studydl.nn import regularization as nn
from studydl.verification.claim import misconception

__all__ = ["first_examples", "half_the_features", "one_by_one", "penalised"]


@misconception(
    "first-examples",
    en="Once the examples suffice to fix the weights, further ones are thought to add nothing.",
    zh="以为样本数足以确定权重之后，再多的样本就不起作用了。",
)
def first_examples(x: Any, y: Any) -> Any:
    """Look at no more examples than twice the weights."""
    enough = 2 * x.shape[1]
    return nn.least_squares(x[:enough], np.eye(len(y))[:enough] @ y)


@misconception(
    "one-by-one",
    en="Each weight is taken to be its feature's own correlation with the target.",
    zh="把每个权重当成该特征自己与目标的相关程度，不管其他特征。",
)
def one_by_one(x: Any, y: Any) -> Any:
    """Regress on each feature as if the others were not there."""
    return (x.T @ y) / np.sum(x**2, axis=0).reshape(-1, *[1] * (y.ndim - 1))


@misconception(
    "penalised",
    en="A penalised fit, which never follows the labels fully, is taken for least squares.",
    zh="把带惩罚项、不会完全追随标签的拟合当成最小二乘。",
)
def penalised(x: Any, y: Any) -> Any:
    """Fit with an L2 penalty of 1, by one equation an example instead of one a weight."""
    count = len(x)
    return x.T @ fitted(x @ x.T / count + np.eye(count), y / count)


@misconception(
    "idle-weights",
    en="Weights beyond what the task needs are thought to stay idle.",
    zh="以为超出任务所需的权重会自己闲置不用。",
)
def half_the_features(x: Any, y: Any) -> Any:
    """Fit with the first half of the features only."""
    used = (x.shape[1] + 1) // 2
    weights = nn.least_squares(x[:, :used], y)
    return np.concatenate([weights, np.zeros((x.shape[1] - used, *weights.shape[1:]))])

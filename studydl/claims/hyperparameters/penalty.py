"""Ridge's penalty, a hyperparameter: why what learns the weights cannot learn it as well."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.nn import hyperparameters as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import at_least, curve, equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["learnt_and_set", "training_error"]

Array: TypeAlias = NDArray[np.float64]

_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 5.3"
_RIDGE = "Hastie, Tibshirani & Friedman 2009, section 3.4.1"


@misconception(
    "no-penalty",
    en="The penalty is thought to change what the loss is, not which weights come out.",
    zh="以为惩罚项只改变损失的数值，不改变学到的权重。",
)
def no_penalty(inputs: Any, targets: Any, *, penalty: float) -> Any:  # noqa: ARG001 - the belief
    return nn.ridge(inputs, targets, penalty=0.0)


@misconception(
    "penalty-on-the-mean",
    en="The penalty is put beside the mean of the squares instead of their sum, and so counts n"
    " times as much.",
    zh="把惩罚项加在平方的均值而不是总和旁边，于是它的作用变成 n 倍。",
)
def penalty_on_the_mean(inputs: Any, targets: Any, *, penalty: float) -> Any:
    return nn.ridge(inputs, targets, penalty=len(inputs) * penalty)


@misconception(
    "shrinks-all-alike",
    en="All weights are thought to shrink by one factor, 1/(1 + penalty).",
    zh="以为所有权重都按同一个因子 1/(1 + 惩罚系数) 缩小。",
)
def shrinks_all_alike(inputs: Any, targets: Any, *, penalty: float) -> Any:
    return nn.ridge(inputs, targets, penalty=0.0) / (1 + penalty)


@misconception(
    "wrong-sign",
    en="The penalty enters with the wrong sign, so that it makes the weights longer.",
    zh="惩罚项的符号写反了，权重反而变长。",
)
def wrong_sign(inputs: Any, targets: Any, *, penalty: float) -> Any:
    x, y = np.asarray(inputs), np.asarray(targets)
    return np.linalg.solve(x.T @ x - penalty * np.eye(x.shape[1]), x.T @ y)


def _problem(rng: Generator) -> tuple[Array, Array]:
    """Return well conditioned inputs, and noisy targets of weights that are not near 0."""
    inputs = rng.uniform(-1, 1, size=(14, 3)) + np.tile(2 * np.eye(3), (5, 1))[:14]
    return inputs, inputs @ [1.0, -2.0, 1.5] + rng.normal(scale=0.3, size=14)


def _squares(residuals: Array) -> float:
    return float(np.sum(residuals**2))


@claim(
    "hyperparameters.training-error-prefers-no-penalty",
    en="The training error cannot choose a penalty: it grows with the penalty, so it always prefers"
    " 0. Inputs 1 and 2 with targets 2 and 2 give the weight 1.2 without a penalty and 1 at penalty"
    " 1: the squared error grows from 0.8 to 1, while on the held-out input 1 with target 1 it"
    " falls from 0.04 to 0.",
    zh="训练误差不能用来选惩罚系数：它随惩罚系数增大而增大，因此总是偏爱 0。"
    "输入 1 和 2、目标都是 2 时，无惩罚的权重为 1.2，惩罚系数取 1 时权重为 1："
    "训练集上的平方误差从 0.8 升到 1，而在留出的输入 1、目标 1 上则从 0.04 降到 0。",
    notes="Z.3",
    on=nn.ridge,
    misconceptions=[no_penalty, penalty_on_the_mean, shrinks_all_alike, wrong_sign],
    sources=[_GOODFELLOW, _RIDGE],
)
def training_error(ridge: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Measure both errors by exact fractions, then the training error of random problems."""
    x, y = np.array([[1.0], [2.0]]), np.array([2.0, 2.0])
    for penalty in (0, 1):
        weight = ridge(x, y, penalty=float(penalty))
        w = Fraction(6, 5 + penalty)
        trained = _squares(x @ weight - y)
        held_out = _squares(weight - 1)
        label = f"penalty {penalty}, x = 1, 2, y = 2, 2"
        yield equals(f"w, {label}", weight, [float(w)], ROUNDING)
        exact = float((w - 2) ** 2 + (2 * w - 2) ** 2)
        yield equals(f"Σ(xw - y)², {label}", trained, exact, ROUNDING)
        yield equals(f"(w - 1)², held out, {label}", held_out, float((w - 1) ** 2), ROUNDING)
    penalties = np.array([0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0])
    for _ in range(3):
        x, y = _problem(rng)
        weights = [ridge(x, y, penalty=float(penalty)) for penalty in penalties]
        errors = np.array([_squares(x @ w - y) for w in weights])
        yield at_least("training error, next penalty - this", np.diff(errors), 0.0, ROUNDING)
        solved = [np.linalg.inv(x.T @ x + p * np.eye(3)) @ (x.T @ y) for p in penalties]
        exact_errors = [_squares(x @ w - y) for w in solved]
        yield equals("training error", errors, exact_errors, ROUNDING, at=penalties)
    yield curve("training error", penalties, errors, x_label="penalty", y_label="Σ(xw - y)²")


@claim(
    "hyperparameters.learnt-and-set",
    en="Training makes the loss's gradient for the weights 0; its gradient for the penalty is then"
    " the weights' squared length, never negative, so descent would remove the penalty instead of"
    " choosing it: inputs 1 and 2 with targets 2 and 2 give 1.44 at penalty 0, and 1 at penalty 1.",
    zh="训练使损失对权重的梯度为 0；此时损失对惩罚系数的梯度是权重长度的平方，不会为负，"
    "所以梯度下降只会去掉惩罚，而不是选出惩罚系数："
    "输入 1 和 2、目标都是 2 时，它在惩罚系数为 0 处等于 1.44，为 1 处等于 1。",
    notes="Z.3",
    on=nn.ridge,
    misconceptions=[no_penalty, penalty_on_the_mean, shrinks_all_alike, wrong_sign],
    sources=[_GOODFELLOW, "Bengio 2012, section 3"],
)
def learnt_and_set(ridge: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure both gradients, the second by central differences of the least loss."""
    x, y = np.array([[1.0], [2.0]]), np.array([2.0, 2.0])

    def least_loss(penalties: Array) -> Array:
        solved = [(p, ridge(x, y, penalty=float(p))) for p in penalties]
        return np.array([_squares(x @ w - y) + p * _squares(w) for p, w in solved])

    weight = ridge(x, y, penalty=0.0)
    yield equals("∂L/∂penalty = w², penalty 0", _squares(weight), 1.44, ROUNDING)
    yield equals("Σx(xw - y), penalty 0, x = 1, 2, y = 2, 2", x.T @ (x @ weight - y), 0.0, ROUNDING)
    slope = central_difference(least_loss, np.array([1.0]))
    yield equals("∂L/∂penalty, penalty 1", slope, 1.0, CENTRAL_DIFFERENCE)
    x, y = _problem(rng)
    penalties = np.array([0.5, 2.0, 8.0])
    slopes = central_difference(least_loss, penalties)
    weights = [ridge(x, y, penalty=float(penalty)) for penalty in penalties]
    lengths = [_squares(w) for w in weights]
    yield equals("∂L/∂penalty = |w|²", slopes, lengths, CENTRAL_DIFFERENCE, at=penalties)
    pulls = [x.T @ (y - x @ w) / (p * w) for p, w in zip(penalties, weights, strict=True)]
    yield equals("xᵀ(y - xw) / (penalty w)", pulls, 1.0, ROUNDING)

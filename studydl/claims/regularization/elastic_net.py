"""Both penalties at once (notes 3.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization._exact import orthogonal_columns
from studydl.nn import regularization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["elastic_net"]


@misconception(
    "l1-alone",
    en="The L2 part is thought to be idle once L1 has chosen the features.",
    zh="以为 L1 选好特征之后，L2 部分就不起作用了。",
)
def l1_alone(x: Any, y: Any, *, l1: float, l2: float) -> Any:  # noqa: ARG001 - it leaves L2 out
    """Forget the L2 part."""
    return nn.lasso(x, y, penalty=l1)


@misconception(
    "l2-alone",
    en="With L2 added, no weight is thought to become exactly zero any more.",
    zh="以为加上 L2 之后，就再没有权重会恰好为零。",
)
def l2_alone(x: Any, y: Any, *, l1: float, l2: float) -> Any:
    """Turn all of the penalty into L2."""
    return nn.ridge(x, y, penalty=l1 + l2)


@misconception(
    "features-of-one-size",
    en="The update for features of mean square 1 is used for features of any size.",
    zh="对任意大小的特征都套用均方为 1 时的更新公式。",
)
def features_of_one_size(x: Any, y: Any, *, l1: float, l2: float) -> Any:
    """Fit rescaled features, and forget to scale the weights back."""
    return nn.elastic_net(x / np.sqrt(np.mean(x**2, axis=0)), y, l1=l1, l2=l2)


@claim(
    "regularization.elastic-net",
    en="The elastic net, L1 and L2 together, keeps copies of a feature and still drops weak ones:"
    " where L1 of strength 1 alone gives two copies the weights 1.25 and 0, adding L2 of strength 2"
    " gives each 0.5, and a weak third feature gets exactly 0 from both.",
    zh="弹性网把 L1 与 L2 合在一起，既保留互为副本的特征，又能去掉弱的特征："
    "只用强度 1 的 L1，两个副本的权重为 1.25 和 0；再加上强度 2 的 L2，各为 0.5；"
    "而第三个较弱的特征在两种情况下都恰好为 0。",
    notes="3.2.1",
    on=nn.elastic_net,
    misconceptions=[l1_alone, l2_alone, features_of_one_size],
    sources=["Zou & Hastie 2005, section 2.3, lemma 2"],
)
def elastic_net(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Fit two copies of mean square 4 and a third feature; then check random minima.

    At a minimum the slope of the smooth part, taken from the definition, balances a subgradient of
    l1 |w|.
    """
    columns = orthogonal_columns()
    x = np.stack([2 * columns[:, 0], 2 * columns[:, 0], columns[:, 1] / 2], axis=1)
    y = 3 * columns[:, 0] + columns[:, 1]
    both, alone = fit(x, y, l1=1.0, l2=2.0), fit(x, y, l1=1.0, l2=0.0)
    yield equals("w of L1 = 1, L2 = 2", both, [0.5, 0.5, 0.0], ROUNDING)
    yield equals("third w of L1 = 1, L2 = 2", both[2], 0.0, EXACT)
    yield equals("w of L1 = 1 alone", alone, [1.25, 0.0, 0.0], ROUNDING)
    for _ in range(2):
        x = rng.normal(size=(9, 3)) * np.array([1.0, 2.0, 0.5])
        y = x @ np.array([1.0, -2.0, 0.1]) + rng.normal(size=9)
        w = fit(x, y, l1=0.25, l2=0.5)
        pull = x.T @ (y - x @ w) / 9 - 0.5 * w
        balanced = np.where(w == 0, 0.25, pull * np.sign(w))
        yield equals("pull · sign w where w ≠ 0, l1 = 0.25", 1 + balanced, 1.25, ROUNDING)
        yield at_most("|pull|, l1 = 0.25", np.abs(pull), 0.25, ROUNDING)
        tiny = 2.0**-40
        scaled = fit(x, tiny * y, l1=tiny * 0.25, l2=0.5)
        yield equals("w of tiny targets / tiny", scaled / tiny, w, ROUNDING)

"""How dropout draws its masks (notes 3.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.regularization.dropout_layer import SRIVASTAVA
from studydl.nn import regularization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["dropout_mask"]


@misconception(
    "keeps-with-p",
    en="p is read as the probability of keeping, as in the paper, where PyTorch drops with p.",
    zh="像论文那样把 p 读成保留概率，而 PyTorch 的 p 是丢弃概率。",
    notes="3.2.2",
)
def keeps_with_p(rng: Any, shape: Any, *, drop: float) -> Any:
    """Swap the two probabilities."""
    return (rng.random(shape) < drop).astype(float)


@misconception(
    "an-exact-share",
    en="In each row exactly the share p of the units is thought to be dropped.",
    zh="以为每一行恰好丢弃比例为 p 的单元。",
)
def exact_share(rng: Any, shape: Any, *, drop: float) -> Any:
    """Drop the lowest of each row."""
    ranks = np.argsort(np.argsort(rng.random(shape), axis=-1), axis=-1)
    return (ranks >= round(drop * shape[-1])).astype(float)


@misconception(
    "one-mask-a-batch",
    en="One mask is drawn and used for all examples of the batch.",
    zh="只抽一个掩码，整个批次的样本共用。",
)
def one_mask(rng: Any, shape: Any, *, drop: float) -> Any:
    """Repeat the first row's mask."""
    return np.broadcast_to(nn.dropout_mask(rng, shape[1:], drop=drop), shape).copy()


@misconception(
    "always-another-subnetwork",
    en="“A different subnetwork each time” is taken literally: no mask follows itself.",
    zh="把“每次都会产生不同的子网络”当真：同一个掩码不会连续出现。",
    notes="3.2.2",
)
def always_another(rng: Any, shape: Any, *, drop: float) -> Any:
    """Flip one unit where a mask would follow itself."""
    mask = nn.dropout_mask(rng, shape, drop=drop)
    for row in range(1, len(mask)):
        if np.all(mask[row] == mask[row - 1]):
            mask[row, 0] = 1 - mask[row, 0]
    return mask


@claim(
    "regularization.dropout-mask",
    en="Each unit of each example is dropped by itself: with p = 0.2 a share of 0.2 of the units,"
    " and two neighbours are both kept with probability 0.64. So not every step has a new"
    " subnetwork: over 5 units, a mask follows itself with probability 0.145.",
    zh="每个样本的每个单元独立地决定是否丢弃：p = 0.2 时，丢弃比例为 0.2，"
    "两个相邻单元同时保留的概率为 0.64。"
    "因此并不是每一步都得到新的子网络：5 个单元时，相邻两步掩码相同的概率为 0.145。",
    notes="3.2.2",
    on=nn.dropout_mask,
    misconceptions=[keeps_with_p, exact_share, one_mask, always_another],
    sources=[f"{SRIVASTAVA}, sections 2 and 4"],
)
def dropout_mask(draw: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Draw many masks over five units; pairs that share no unit are independent."""
    rows = 30000
    mask = draw(rng, (rows, 5), drop=0.2)
    error = five_standard_errors((0.2 * 0.8 / mask.size) ** 0.5)
    yield equals("share dropped, p = 0.2", np.mean(mask == 0), 0.2, error)
    yield equals("share kept", np.mean(mask == 1), 0.8, error)
    both = np.concatenate([mask[:, 0] * mask[:, 1], mask[:, 2] * mask[:, 3]])
    error = five_standard_errors((0.64 * 0.36 / (2 * rows)) ** 0.5)
    yield equals("P(both of two kept)", np.mean(both), 0.64, error)
    same = np.all(mask[::2] == mask[1::2], axis=1)
    chance = (0.2**2 + 0.8**2) ** 5
    error = five_standard_errors((chance * (1 - chance) / (rows / 2)) ** 0.5)
    yield equals("P(mask = last mask), 5 units", np.mean(same), chance, error)

"""What a cross-entropy is worth: its sign, its minimum, and its value far out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studydl.claims.losses import oracle
from studydl.claims.losses._quantities import cost_of_probability
from studydl.claims.losses._wrong_values import (
    bounded_like_a_square,
    clamps_the_logarithm,
    clips_the_probability,
    counts_in_bits,
    logarithm_of_the_probability,
    lost_the_minus,
    only_the_ones,
)
from studydl.claims.losses.pair import BOTH
from studydl.verification.claim import claim
from studydl.verification.measure import at_least, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.claims.losses.pair import CrossEntropies
    from studydl.verification.evidence import Measurement

__all__ = ["from_logits", "non_negative"]


@claim(
    "losses.cross-entropy-non-negative",
    en="With discrete labels the cross-entropy is never below 0, for it is the mean of minus the"
    " logarithm of the labels' probabilities: a label that is certain costs 0, one of probability"
    " 0.5 costs 0.693, one of probability 0.01 costs 4.61, and there is no upper limit.",
    zh="标签离散时，交叉熵不会小于 0，因为它是标签概率的负对数的平均："
    "确定无疑的标签代价为 0，概率 0.5 的标签代价为 0.693，概率 0.01 的标签代价为 4.61，没有上限。",
    notes="Z.5",
    on=BOTH,
    misconceptions=[lost_the_minus, only_the_ones, counts_in_bits, bounded_like_a_square],
    sources=[
        "Goodfellow, Bengio & Courville 2016, sections 3.13 and 6.2.2.2",
        "Cover & Thomas 2006, lemma 2.1.1",
    ],
    quantities=[cost_of_probability],
)
def non_negative(losses: CrossEntropies, rng: Generator) -> Iterator[Measurement]:
    """Measure three probabilities for either label, both ends, and the sign of many losses."""
    for p in (0.5, 0.01):
        odds = math.log(p / (1 - p))
        yield equals(f"C, label 1, p = {p}", losses.binary([odds], [1]), -math.log(p), ROUNDING)
        yield equals(f"C, label 0, p = {p}", losses.binary([-odds], [0]), -math.log(p), ROUNDING)
        rest = math.log((1 - p) / 2)
        row = np.array([[rest, math.log(p), rest]])
        several = losses.multiclass(row, np.array([1]))
        yield equals(f"C, of 3 classes, p = {p}", several, -math.log(p), ROUNDING)
    yield equals("C, z = 1000, label 1", losses.binary([1000.0], [1]), 0.0, EXACT)
    yield equals("C, z = 1000, label 0", losses.binary([1000.0], [0]), 1000.0, ROUNDING)
    z = rng.normal(scale=8, size=(30, 4))
    each = [losses.binary(row[:1], row[1:2] > 0) for row in z]
    yield at_least("C, binary", each, 0.0, EXACT, at=z[:, 0])
    labels = rng.integers(0, 4, size=30)
    rows = [losses.multiclass(z[i : i + 1], labels[i : i + 1]) for i in range(30)]
    yield at_least("C, of 4 classes", rows, 0.0, EXACT)


@claim(
    "losses.cross-entropy-from-logits",
    en="Computed from logits, the cross-entropy is exact where the probability has underflowed: a"
    " logit that is wrong by 1000 costs 1000 and a right one costs 0, where the way over the"
    " probability gives infinity and clipping it at 1e-15 gives no more than 34.5.",
    zh="直接由 logit 计算时，即使概率已经下溢，交叉熵依然精确："
    "方向错误、大小为 1000 的 logit 代价就是 1000，方向正确则代价为 0；"
    "先算概率会得到无穷大，把概率截断在 1e-15 则最多只有 34.5。",
    notes="Z.5",
    on=BOTH,
    misconceptions=[
        logarithm_of_the_probability,
        clips_the_probability,
        clamps_the_logarithm,
        bounded_like_a_square,
    ],
    sources=["Goodfellow, Bengio & Courville 2016, sections 6.2.2.2 and 6.2.2.3"],
)
def from_logits(losses: CrossEntropies, rng: Generator) -> Iterator[Measurement]:
    """Compare with fifty digits from -1000 to 1000, for certain and for soft targets.

    Beside the size of the logit: log(1 + e^z) - yz is as good a formula, though its terms cancel.
    """
    z = np.array([-1000.0, -300.0, -36.0, 36.0, 300.0, 1000.0, *rng.uniform(-30, 30, size=12)])
    size = np.maximum(np.abs(z), 1)
    for y in (0.0, 0.3, 1.0):
        measured = [losses.binary([logit], [y]) for logit in z]
        exact = [oracle.binary_loss(logit, y) for logit in z] / size
        yield equals(f"C(z)/max(1, |z|), y = {y}", measured / size, exact, ROUNDING, at=z)
        # Two logits of which one is 0 are the binary case.
        rows = [losses.multiclass([[0.0, logit]], [[1 - y, y]]) for logit in z]
        yield equals(f"C(0, z)/max(1, |z|), y = {y}", rows / size, exact, ROUNDING, at=z)
    yield equals("C(-1000), y = 1", losses.binary([-1000.0], [1]), 1000.0, ROUNDING)
    yield equals("C(1000), y = 1", losses.binary([1000.0], [1]), 0.0, EXACT)
    clipped = clips_the_probability.implementation.binary([-1000.0], [1])
    yield equals("C(-1000), p ≥ 1e-15", clipped, -math.log(1e-15), ROUNDING)
    batch = np.array([-1000.0, 2.0, 1000.0])
    mean = math.fsum(oracle.binary_loss(logit, 1) for logit in batch) / 3
    yield equals("C of a batch, n = 3", losses.binary(batch, [1, 1, 1]), mean, ROUNDING)

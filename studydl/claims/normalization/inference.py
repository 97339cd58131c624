"""What batch norm keeps of its training for inference."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._quantities import kept_variance, running_mean_of_two
from studydl.claims.normalization.oracle import array
from studydl.language import Text
from studydl.nn.normalization import (
    RunningStatistics,
    batch_norm,
    batch_norm_inference,
    update_running_statistics,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["inference", "unbiased_over_batches"]

_INFERENCE = "Ioffe & Szegedy 2015, section 3.1, algorithm 2"


class _Network(NamedTuple):
    """A batch norm with what it keeps for inference."""

    forward: Callable[..., Any]
    update: Callable[..., Any]
    inference: Callable[..., Any]


_NETWORK = _Network(batch_norm, update_running_statistics, batch_norm_inference)


def _wrong(name: str, en: str, zh: str, **parts: Any) -> Misconception:
    return Misconception(name, _NETWORK._replace(**parts), Text(en, zh))


def _batch_at_inference(
    x: Any, gain: Any, shift: Any, _running: Any, *, epsilon: float = 1e-5
) -> Any:
    return batch_norm(x, gain, shift, epsilon=epsilon)[0]


def _old_by_momentum(running: Any, cache: Any, *, momentum: float = 0.1) -> Any:
    return update_running_statistics(running, cache, momentum=1 - momentum)


def _biased(running: Any, cache: Any, *, momentum: float = 0.1) -> Any:
    right = update_running_statistics(running, cache, momentum=momentum)
    batch = cache.standardized.variance.ravel()
    return RunningStatistics(right.mean, (1 - momentum) * running.variance + momentum * batch)


def _root_of_variance(running: Any, cache: Any, *, momentum: float = 0.1) -> Any:
    right = update_running_statistics(running, cache, momentum=1.0)
    deviation = (1 - momentum) * np.sqrt(running.variance) + momentum * np.sqrt(right.variance)
    mean = (1 - momentum) * running.mean + momentum * right.mean
    return RunningStatistics(mean, deviation**2)


_OLD_BY_MOMENTUM = _wrong(
    "momentum-of-the-old-value",
    "In another convention the momentum weighs the old value; its 0.9 is this 0.1.",
    "另一种约定里动量是旧值的权重，那里的 0.9 就是这里的 0.1。",
    update=_old_by_momentum,
)
_BIASED = _wrong(
    "keeps-the-biased-variance",
    "The batch is divided by the biased deviation, so the biased variance is kept as well.",
    "训练时除以有偏标准差，于是也把有偏方差累积下来。",
    update=_biased,
)


@claim(
    "normalization.batch-norm-inference",
    en="At inference batch norm uses statistics kept from training, so no example depends on"
    " another. With 0.1 the weight of a new batch, the batch 2, 4, 4, 4, 5, 5, 7, 9 takes the"
    " running mean from 0 to 0.5 and the running variance from 1 to 1.357.",
    zh="推理时 Batch Norm 用训练中累积的统计量，样本之间互不影响。新 batch 的权重为 0.1 时，"
    "一批数 2、4、4、4、5、5、7、9 把滑动均值从 0 变为 0.5，把滑动方差从 1 变为 1.357。",
    notes="2.3",
    on=_NETWORK,
    misconceptions=[
        _wrong(
            "normalises-by-the-test-batch",
            "Training code is run at inference, and the batch at hand is normalised by itself.",
            "推理时照搬训练代码，用当前 batch 自身的统计量。",
            inference=_batch_at_inference,
        ),
        _OLD_BY_MOMENTUM,
        _BIASED,
        _wrong(
            "forgets-the-old-value",
            "The statistics of the last batch seem to be enough.",
            "以为只要最后一个 batch 的统计量就够了。",
            update=lambda r, c, *, momentum=0.1: update_running_statistics(  # noqa: ARG005 - ignored
                r, c, momentum=1.0
            ),
        ),
    ],
    sources=[_INFERENCE, "PyTorch documentation, torch.nn.BatchNorm1d, for the convention"],
    quantities=[running_mean_of_two],
)
def inference(network: _Network, rng: Generator) -> Iterator[Measurement]:
    """Follow two batches, then normalise by what was kept, alone and in company."""
    column = array(2, 4, 4, 4, 5, 5, 7, 9)[:, None]
    one, zero = np.ones(1), np.zeros(1)
    running = RunningStatistics(zero, one)
    means, variances = (0.5, 0.95), (0.9 + 3.2 / 7, 0.81 + 0.09 * 32 / 7 + 3.2 / 7)
    for step in (0, 1):
        yield equals(
            f"μ before batch {step + 1}, 2, 4, 4, 4, 5, 5, 7, 9",
            running.mean,
            [(0, 0.5)[step]],
            ROUNDING,
        )
        _, cache = network.forward(column, one, zero)
        # The first step takes the default weight, which is to be the same 0.1.
        options = {"momentum": 0.1} if step else {}
        running = network.update(running, cache, **options)
        yield equals(f"μ after batch {step + 1}, weight 0.1", running.mean, [means[step]], ROUNDING)
        yield equals(
            f"σ² after batch {step + 1}, from 1", running.variance, [variances[step]], ROUNDING
        )
    kept = RunningStatistics(array(2, -1), array(8.75, 0.75))
    x, gain, shift = rng.normal(size=(3, 2)), array(2, 3), array(1, -1)
    output = network.inference(x, gain, shift, kept, epsilon=0.25)
    expected = (x - array(2, -1)) / array(3, 1) * gain + shift
    yield equals("γ (x - μ)/√(σ² + ε) + β, kept μ, σ²", output, expected, ROUNDING)
    alone = network.inference(x[:1], gain, shift, kept, epsilon=0.25)
    yield equals("the first example alone", alone, output[:1], EXACT)


@claim(
    "normalization.unbiased-over-batches",
    en="The variance kept for inference is the batch's times n/(n - 1): over all batches of 2 from"
    " the population 0, 3, 6 it is 6 on average, as the population's; the batches' own, biased"
    " variance is 3 on average.",
    zh="留给推理用的方差是 batch 方差乘以 n/(n - 1)：对总体 0、3、6 的所有大小为 2 的 batch，"
    "它的平均值是 6，与总体方差相同；而 batch 自身的有偏方差平均只有 3。",
    notes="2.3",
    on=_NETWORK,
    misconceptions=[
        _BIASED,
        _OLD_BY_MOMENTUM,
        _wrong(
            "averages-deviations",
            "The deviations of the batches are averaged, and the average is squared.",
            "先对各 batch 的标准差求平均，再平方。",
            update=_root_of_variance,
        ),
    ],
    sources=[_INFERENCE],
    quantities=[kept_variance],
)
def unbiased_over_batches(network: _Network, _: Generator) -> Iterator[Measurement]:
    """Average over all nine batches of two that can be drawn with replacement."""
    running, biased = RunningStatistics(np.zeros(2), np.ones(2)), 0.0
    for count, pair in enumerate(itertools.product((0.0, 3.0, 6.0), repeat=2), start=1):
        x = np.array(pair)[:, None] * array(1, 10)
        _, cache = network.forward(x, np.ones(2), np.zeros(2), epsilon=1.0)
        biased += float(cache.standardized.variance.ravel()[0]) / 9
        running = network.update(running, cache, momentum=1 / count)
    yield equals(
        "E[n/(n - 1) σ²_B], n = 2, population 0, 3, 6", running.variance, array(6, 600), ROUNDING
    )
    yield equals("E[σ²_B]", biased, 3.0, ROUNDING)
    yield equals("E[μ_B]", running.mean, array(3, 30), ROUNDING)

"""Effects credited to normalisation that can be measured without training (notes 2.7)."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._experiments import condition_after_norm
from studydl.claims.normalization._quantities import perturbation_gain
from studydl.claims.normalization._wrong_batch_norm import (
    divides_by_the_variance,
    identity_layer,
    maps_to_the_unit_interval,
)
from studydl.claims.normalization.oracle import Array, array
from studydl.language import Text
from studydl.nn.normalization import RunningStatistics, batch_norm, batch_norm_inference
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["amplifies_small_features", "conditioning", "training_noise"]


@claim(
    "normalization.conditioning",
    en="Standardised inputs condition the problem: for a linear layer on two independent features"
    " of deviations 1 and 100, the ratio of the largest to the smallest curvature is 10000, and 1"
    " after batch norm, so that one learning rate suits both.",
    zh="标准化的输入改善问题的条件数：线性层的两个独立特征标准差为 1 与 100 时，"
    "最大与最小曲率之比是 10000；经过 Batch Norm 后是 1，同一个学习率对两者都合适。",
    notes="2.7",
    on=batch_norm,
    misconceptions=[
        maps_to_the_unit_interval,
        divides_by_the_variance,
        identity_layer,
    ],
    sources=[
        "LeCun, Bottou, Orr & Müller 1998, section 4.3",
        "Ioffe & Szegedy 2015, section 2",
    ],
    experiments=[condition_after_norm],
)
def conditioning(norm: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Compare the curvatures of the mean squared error, the eigenvalues of E[x xᵀ]."""
    x = np.array([[1.0, 100], [1, -100], [-1, 100], [-1, -100]])
    yield equals("κ, deviations 1 and 100", _condition(x), 10000.0, ROUNDING)
    for name, moved in (("", x), (" of features moved by 50", x + 50)):
        output, _ = norm(moved, np.ones(2), np.zeros(2), epsilon=0.0)
        yield equals(f"κ after batch norm{name}", _condition(output), 1.0, ROUNDING)
        yield equals(f"curvature after batch norm{name}", np.mean(output**2), 1.0, ROUNDING)


def _condition(x: Array) -> float:
    """Return the ratio of the eigenvalues of E[x xᵀ] for two features; NaN goes through."""
    (a, b), (_, d) = x.T @ x / len(x)
    middle, apart = (a + d) / 2, np.sqrt(((a - d) / 2) ** 2 + b * b)
    return float(np.divide(middle + apart, middle - apart))


def _as_in_training(x: Any, gain: Any, shift: Any, _running: Any, *, epsilon: float = 1e-5) -> Any:
    return batch_norm(x, gain, shift, epsilon=epsilon)[0]


@misconception(
    "damps-perturbations",
    en="The notes say that a small perturbation of the input makes no large change of the result.",
    zh="笔记说输入的微小扰动不会造成结果的巨大变化。",
    notes="2.7",
)
def damps_perturbations(
    x: Any, gain: Any, shift: Any, running: Any, *, epsilon: float = 1e-5
) -> Any:
    deviation = np.maximum(np.sqrt(running.variance + epsilon), 1.0)
    return gain * (x - running.mean) / deviation + shift


@claim(
    "normalization.amplifies-small-features",
    en="Batch norm does not damp perturbations in general: at inference it multiplies them by γ/σ,"
    " by 0.01 where the feature's deviation is 100, but by 1000 where it is 0.001 (ε = 0). The"
    " default ε of 1e-5 caps the factor at 316 γ.",
    zh="Batch Norm 并不总能抑制扰动：推理时它把扰动乘以 γ/σ，特征标准差为 100 时是 0.01 倍，"
    "为 0.001 时则放大 1000 倍（ε = 0）。默认的 ε = 1e-5 把倍数限制在 316 γ。",
    notes="2.7",
    on=batch_norm_inference,
    misconceptions=[
        damps_perturbations,
        Misconception(
            "passes-perturbations-on",
            lambda x, gain, shift, running, *, epsilon=1e-5: (  # noqa: ARG005 - as the reference
                gain * (x - running.mean) + shift
            ),
            Text("Only the mean is thought to be taken away.", "以为只减去了均值。"),
        ),
        Misconception(
            "as-in-training",
            _as_in_training,
            Text(
                "The batch at hand is thought to be normalised by itself at inference too.",
                "以为推理时也用当前 batch 自身的统计量。",
            ),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, algorithm 2", "Galloway et al. 2019, section 1"],
    quantities=[perturbation_gain],
)
def amplifies_small_features(layer: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Measure the slope of the inference map at three deviations."""
    deviations = array(100, 1, 0.001)
    running, ones = RunningStatistics(array(5, 0, 0), deviations**2), np.ones(3)
    x = np.array([[5.0, 0, 0], [5.5, 0.5, 0.5]])
    output = layer(x, ones, np.zeros(3), running, epsilon=0.0)
    slopes = (output[1] - output[0]) / 0.5
    for slope, factor in zip(slopes, (0.01, 1.0, 1000.0), strict=True):
        yield equals(f"Δy/Δx, σ = {1 / factor:g}, ε = 0", slope, factor, ROUNDING)
    still = RunningStatistics(np.zeros(3), np.zeros(3))
    output = layer(x - array(5, 0, 0), ones, np.zeros(3), still)
    slopes = (output[1] - output[0]) / 0.5
    yield equals("Δy/Δx, σ = 0, ε = 1e-5", slopes, 1 / math.sqrt(1e-5), ROUNDING)
    yield equals("whole part of it", np.floor(slopes[0]), 316.0, EXACT)


class _Modes(NamedTuple):
    """Batch norm in training and at inference."""

    training: Callable[..., Any]
    inference: Callable[..., Any]


def _scatter(norm: Callable[[Array], Array], companions: int) -> float:
    """Return how much an example of value 1 scatters over all companies of -1 and 1."""
    companies = np.array(list(itertools.product((-1.0, 1.0), repeat=companions))).T
    batches = np.concatenate([np.ones((1, companies.shape[1])), companies])
    first = norm(batches)[0]
    return float(np.sqrt(np.mean((first - np.mean(first)) ** 2)))


def _exact_scatter(size: int) -> float:
    """Return the same from the chances that j of the others are -1, all alike giving 0."""
    chances = [math.comb(size - 1, j) / 2 ** (size - 1) for j in range(size)]
    # With j others of -1, μ = 1 - 2j/n and σ² = 1 - μ².
    values = [0.0] + [math.sqrt(j / (size - j)) for j in range(1, size)]
    mean = math.fsum(c * v for c, v in zip(chances, values, strict=True))
    return math.sqrt(math.fsum(c * (v - mean) ** 2 for c, v in zip(chances, values, strict=True)))


def _fixed(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    running = RunningStatistics(np.zeros(x.shape[1]), np.ones(x.shape[1]))
    return batch_norm_inference(x, gain, shift, running, epsilon=epsilon), None


def _per_example(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    del epsilon
    return np.tanh(x) * gain + shift, None


_MODES = _Modes(batch_norm, batch_norm_inference)


@claim(
    "normalization.training-noise",
    en="In training batch norm adds noise: an example's output depends on its company. An example"
    " of value 1 scatters by 0.471 among all batches of 4 drawn from ±1, by 0.325 among those of"
    " 10, and by 0 at inference. Hence a regularising effect, which fades as batches grow.",
    zh="训练时 Batch Norm 带来噪声：样本的输出取决于同批的其他样本。值为 1 的样本，"
    "在由 ±1 组成的所有大小为 4 的 batch 中输出的标准差是 0.471，大小为 10 时是 0.325，推理时为 0。"
    "由此产生的正则化作用随 batch 增大而减弱。",
    notes="2.7",
    on=_MODES,
    misconceptions=[
        Misconception(
            "training-is-deterministic",
            _Modes(_fixed, batch_norm_inference),
            Text(
                "The output is thought to depend on the example alone.",
                "以为输出只取决于样本自己。",
            ),
        ),
        Misconception(
            "noise-at-inference-too",
            _Modes(batch_norm, _as_in_training),
            Text(
                "Inference is thought to be as noisy as training.",
                "以为推理时也同样有噪声。",
            ),
        ),
        Misconception(
            "company-does-not-matter",
            _Modes(_per_example, batch_norm_inference),
            Text(
                "The regularising is put down to a bounded output, not to noise.",
                "把正则化归因于输出有界，而不是噪声。",
            ),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3.4", "Luo et al. 2019, section 2"],
)
def training_noise(modes: _Modes, _: Generator) -> Iterator[Measurement]:
    """Put an example of value 1 into every company, of 3 and of 9 others."""

    def training(x: Array) -> Array:
        features = x.shape[1]
        output = modes.training(x, np.ones(features), np.zeros(features), epsilon=0.0)[0]
        return np.asarray(output)

    def inference(x: Array) -> Array:
        features = x.shape[1]
        kept = RunningStatistics(np.zeros(features), np.ones(features))
        return np.asarray(modes.inference(x, np.ones(features), np.zeros(features), kept))

    for size in (4, 10):
        name = f"deviation of x̂(1), batch of {size}"
        yield equals(name, _scatter(training, size - 1), _exact_scatter(size), ROUNDING)
    yield equals("deviation at inference", _scatter(inference, 3), 0.0, EXACT)
    kept = RunningStatistics(array(1), array(4))
    output = modes.inference(array(3, 5)[:, None], array(2), array(0), kept, epsilon=0.0)
    yield equals("inference by μ = 1, σ = 2", output.ravel(), array(2, 4), EXACT)

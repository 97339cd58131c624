"""How many random trials are enough, and how draws spread over orders of magnitude."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.claims.hyperparameters._experiments import share_of_draws
from studydl.claims.hyperparameters._quantities import chance_of_a_hit
from studydl.language import Text
from studydl.nn import hyperparameters as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["best_five_percent", "log_range"]

Array: TypeAlias = NDArray[np.float64]


class _Hits(NamedTuple):
    """The chance that one of so many trials is among the best, and the trials themselves."""

    chance: Callable[..., Any]
    random: Callable[..., Any]


_HITS = _Hits(nn.chance_of_a_hit, nn.random_points)


@claim(
    "hyperparameters.best-five-percent",
    en="One of n random trials is among the best 5% with the probability 1 - 0.95^n, whatever the"
    " number of hyperparameters: 0.954 for 60 trials. 59 are the fewest with more than 0.95.",
    zh="n 次随机试验中至少有一次落入最好的 5%，概率是 1 - 0.95^n，与超参数个数无关："
    "60 次试验时为 0.954。要超过 0.95，最少需要 59 次。",
    notes="Z.4",
    on=_HITS,
    misconceptions=[
        Misconception(
            "chances-add-up",
            _HITS._replace(chance=lambda share, trials: min(1.0, share * trials)),
            Text(
                "The chances of the trials are added: twenty trials would make sure of it.",
                "把各次试验的概率相加：以为二十次就必中。",
            ),
        ),
        Misconception(
            "all-hit",
            _HITS._replace(chance=lambda share, trials: 1 - share**trials),
            Text(
                "The chance that not all trials hit is taken for the chance that one hits.",
                "把“并非每次都命中”的概率当成“至少一次命中”的概率。",
            ),
        ),
        Misconception(
            "chance-of-a-miss",
            _HITS._replace(chance=lambda share, trials: (1 - share) ** trials),
            Text(
                "The chance that every trial misses is not taken from 1.",
                "求出了全部落空的概率，却没有用 1 去减。",
            ),
        ),
    ],
    sources=["Zheng 2015, section on hyperparameter tuning", "Bengio 2012, section 3.4"],
    quantities=[chance_of_a_hit],
)
def best_five_percent(hits: _Hits, rng: Generator) -> Iterator[Measurement]:
    """Measure three numbers of trials by their formula, and one by searching."""
    for trials in (58, 59, 60):
        expected = 1 - math.exp(trials * math.log1p(-0.05))
        chance = hits.chance(0.05, trials)
        yield equals(f"P(a hit), best 5%, n = {trials}", chance, expected, ROUNDING)
    fewest = next((n for n in range(1, 100) if hits.chance(0.05, n) > 0.95), 0)
    yield equals("fewest n with P > 0.95", fewest, 59, EXACT)
    yield equals("P(a hit), best 1/4, n = 2", hits.chance(0.25, 2), 7 / 16, ROUNDING)
    searches, box = 300, [(0.0, 1.0), (2.0, 4.0)]
    # The best 5% of this response, the product of both scales, lie above its quantile 0.95.
    found = 0
    threshold = _product_quantile(0.95)
    for _ in range(searches):
        points = hits.random(rng, box, 10)
        found += bool(np.any(points[:, 0] * (points[:, 1] - 2) / 2 > threshold))
    expected = 1 - 0.95**10
    error = math.sqrt(expected * (1 - expected) / searches)
    share = found / searches
    yield equals("share of searches, n = 10", share, expected, five_standard_errors(error))


def _product_quantile(probability: float) -> float:
    """Return the quantile of the product of two uniform numbers, P(uv ≤ q) = q - q log q."""
    low, high = 1e-9, 1.0
    for _ in range(60):
        q = (low + high) / 2
        low, high = (q, high) if q - q * math.log(q) < probability else (low, q)
    return low


class _Draws(NamedTuple):
    """Draws whose logarithm is uniform, and uniform draws, each of (rng, low, high, size)."""

    logarithmic: Callable[..., Any]
    uniform: Callable[..., Any]


def _uniform(rng: Generator, low: float, high: float, size: int) -> Array:
    return np.array(nn.random_points(rng, [(low, high)], size)[:, 0])


def _wrong_base(rng: Generator, low: float, high: float, size: int) -> Array:
    return np.asarray(np.exp(rng.uniform(math.log10(low), math.log10(high), size=size)))


def _uniform_root(rng: Generator, low: float, high: float, size: int) -> Array:
    return rng.uniform(math.sqrt(low), math.sqrt(high), size=size) ** 2


_DRAWS = _Draws(nn.log_uniform, _uniform)


@claim(
    "hyperparameters.log-range",
    en="Drawn uniformly from 1e-4 to 1, a learning rate lies above 0.1 in a share of 0.900 of the"
    " trials: one decade of four gets nearly all. Drawn with a uniform logarithm, each decade gets"
    " 0.25 of them, and half of them lie below 0.01.",
    zh="在 1e-4 到 1 之间均匀抽取学习率，有 0.900 的试验大于 0.1："
    "四个数量级中的一个几乎占了全部。"
    "若让对数均匀分布，每个数量级各占 0.25，一半的值小于 0.01。",
    notes="Z.4",
    on=_DRAWS,
    misconceptions=[
        Misconception(
            "uniform-is-even",
            _DRAWS._replace(logarithmic=_uniform),
            Text(
                "Uniform draws are thought to try small and large values alike.",
                "以为均匀抽样对大的值和小的值一视同仁。",
            ),
        ),
        Misconception(
            "mixes-the-bases",
            _DRAWS._replace(logarithmic=_wrong_base),
            Text(
                "The exponent is drawn between decimal logarithms, the power taken of e.",
                "指数在常用对数之间抽取，乘方时却以 e 为底。",
            ),
        ),
        Misconception(
            "uniform-root",
            _DRAWS._replace(logarithmic=_uniform_root),
            Text(
                "Any bent scale is thought to do, such as that of the square root.",
                "以为随便换一种弯曲的刻度就行，例如平方根。",
            ),
        ),
    ],
    sources=["Bengio 2012, section 3.3", "Bergstra & Bengio 2012, section 2"],
    experiments=[share_of_draws],
)
def log_range(draws: _Draws, rng: Generator) -> Iterator[Measurement]:
    """Count the draws of each decade, both ways."""
    size, edges = 8000, np.array([1e-4, 1e-3, 1e-2, 1e-1, 1.0])
    names = [f"from {low:g} to {high:g}" for low, high in itertools.pairwise(edges)]
    for kind, draw, shares in (
        ("log-uniform", draws.logarithmic, np.full(4, 0.25)),
        ("uniform", draws.uniform, np.diff(edges) / (1 - 1e-4)),
    ):
        values = draw(rng, 1e-4, 1.0, size)
        counts, _ = np.histogram(values, bins=edges)
        for name, count, share in zip(names, counts, shares, strict=True):
            tolerance = five_standard_errors(math.sqrt(share * (1 - share) / size))
            yield equals(f"share {name}, {kind}", count / size, share, tolerance)
        yield equals(f"share from 1e-4 to 1, {kind}", np.sum(counts) / size, 1.0, EXACT)
    below = np.mean(draws.logarithmic(rng, 1e-4, 1.0, size) < 0.01)
    tolerance = five_standard_errors(0.5 / math.sqrt(size))
    yield equals("share below 0.01, log-uniform", below, 0.5, tolerance)

"""A grid against random trials: how many values each tries, and how near they come."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.claims.hyperparameters._quantities import values_per_axis
from studydl.language import Text
from studydl.nn import hyperparameters as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["all_matter", "grid_distinct_values", "one_matters"]

Array: TypeAlias = NDArray[np.float64]

_BERGSTRA = "Bergstra & Bengio 2012, section 1"


class _Plans(NamedTuple):
    """Two ways to spend a number of trials: on a grid with so many a side, or at random."""

    grid: Callable[..., Any]
    random: Callable[..., Any]


_PLANS = _Plans(nn.grid_points, nn.random_points)


def _random_axes(rng: Generator, ranges: Any, trials: int) -> Array:
    """Draw the values of each axis, then combine them as a grid does."""
    per_axis = max(1, round(trials ** (1 / len(ranges))))
    axes = [rng.uniform(low, high, size=per_axis) for low, high in ranges]
    return np.array(list(itertools.product(*axes)))[:trials]


def _one_at_a_time(rng: Generator, ranges: Any, trials: int) -> Array:
    """Vary one hyperparameter after the other, the rest in the middle."""
    low, high = np.array(ranges, float).T
    points = np.tile((low + high) / 2, (trials, 1))
    for trial in range(trials):
        axis = trial % len(ranges)
        points[trial, axis] = rng.uniform(low[axis], high[axis])
    return points


def _shared_out(rng: Generator, ranges: Any, trials: int) -> Array:
    """Draw only as many points as a grid has values on an axis."""
    return np.array(nn.random_points(rng, ranges, round(trials ** (1 / len(ranges)))))


def _every_value_new(ranges: Any, per_axis: int) -> Array:
    """Give each trial a value of its own on every axis, in one order."""
    trials = per_axis ** len(ranges)
    parts = (np.arange(trials) + 0.5) / trials
    return np.stack([low + (high - low) * parts for low, high in ranges], axis=1)


def _distances(points: Array, targets: Array) -> Array:
    """Return how far each target is from the nearest point."""
    squares = sum((t[:, None] - p) ** 2 for t, p in zip(targets.T, points.T, strict=True))
    return np.asarray(np.sqrt(np.min(squares, axis=1)))


@claim(
    "hyperparameters.grid-distinct-values",
    en="A grid of n trials over d hyperparameters tries only the dth root of n values of each: 9"
    " trials over 2 of them try 3 values, 64 over 3 of them try 4. As many random trials try a new"
    " value every time: 9 and 64.",
    zh="对 d 个超参数做 n 次网格搜索，每个超参数只试了 n 的 d 次方根个值："
    "2 个超参数做 9 次试验，每个只试 3 个值；3 个超参数做 64 次试验，每个只试 4 个值。"
    "同样次数的随机搜索每次都是新值：分别为 9 个和 64 个。",
    notes="Z.4",
    on=_PLANS,
    misconceptions=[
        Misconception(
            "random-axes",
            _PLANS._replace(random=_random_axes),
            Text(
                "Random search is taken for a grid whose lines lie at random.",
                "把随机搜索理解成网格线位置随机的网格。",
            ),
        ),
        Misconception(
            "one-at-a-time",
            _PLANS._replace(random=_one_at_a_time),
            Text(
                "One hyperparameter after the other is varied, the rest held fixed.",
                "一次只改变一个超参数，其余保持不变。",
            ),
        ),
        Misconception(
            "as-many-values-as-trials",
            _PLANS._replace(grid=_every_value_new),
            Text(
                "Each trial of a grid is thought to test a new value of every hyperparameter.",
                "以为网格的每次试验都给每个超参数试了一个新值。",
            ),
        ),
    ],
    sources=[f"{_BERGSTRA} and figure 1"],
    quantities=[values_per_axis],
)
def grid_distinct_values(plans: _Plans, rng: Generator) -> Iterator[Measurement]:
    """Count the values along each axis, and see where they lie."""
    for dimensions, per_axis in ((2, 3), (3, 4)):
        ranges = [(-1.0, 3.0), (10.0, 20.0), (0.0, 1.0)][:dimensions]
        trials = per_axis**dimensions
        grid, random = plans.grid(ranges, per_axis), plans.random(rng, ranges, trials)
        for name, points, expected in (("grid", grid, per_axis), ("random", random, trials)):
            counts = [len(np.unique(axis)) for axis in points.T]
            label = f"values of each of {dimensions}, {trials} trials, {name}"
            yield equals(label, counts, expected, EXACT)
        yield equals(f"trials, grid of {per_axis}", len(grid), trials, EXACT)
    middles = [10 + 10 * (2 * k + 1) / 6 for k in range(3)]
    grid = plans.grid([(-1.0, 3.0), (10.0, 20.0)], 3)
    yield equals("grid of 3 from 10 to 20", np.sort(grid[:, 1])[::3], middles, ROUNDING)
    points = plans.random(rng, [(-1.0, 3.0), (10.0, 20.0)], 2000)
    scaled = (points - [-1.0, 10.0]) / [4.0, 10.0]
    error = math.sqrt(1 / 12 / 2000)
    yield equals("mean of u", np.mean(scaled, axis=0), 0.5, five_standard_errors(error))
    # The mean square of a uniform number is 1/3, its variance 4/45.
    error = math.sqrt(4 / 45 / 2000)
    squares = np.mean(scaled**2, axis=0)
    yield equals("mean of u²", squares, 1 / 3, five_standard_errors(error))


@claim(
    "hyperparameters.one-matters",
    en="Where only one of 3 hyperparameters matters, 64 random trials come more than 2 times as"
    " close to its best value as a grid of 64 in the middles of equal parts, which is off by 0.0625"
    " of the range on average.",
    zh="若 3 个超参数中只有一个起作用，64 次随机试验与其最优值的距离不到网格的一半，"
    "即接近程度是它的 2 倍以上；64 个点的网格（取各等分区间的中点）平均偏离取值范围的 0.0625。",
    notes="Z.4",
    on=_PLANS,
    misconceptions=[
        Misconception(
            "random-axes",
            _PLANS._replace(random=_random_axes),
            Text(
                "That the lines lie at random is thought to be what helps; with repeated values"
                " the advantage is gone.",
                "以为有帮助的是位置随机；若取值重复，优势就没有了。",
            ),
        ),
        Misconception(
            "as-many-values-as-trials",
            _PLANS._replace(grid=_every_value_new),
            Text(
                "A grid is thought to cover each axis as finely as it has points.",
                "以为网格有多少个点，就把每个坐标轴分得有多细。",
            ),
        ),
        Misconception(
            "trials-shared-out",
            _PLANS._replace(random=_shared_out),
            Text(
                "Random trials are thought to share themselves out among the hyperparameters, so"
                " that each gets the root.",
                "以为随机试验也要分摊给各个超参数，每个只得到其方根。",
            ),
        ),
    ],
    sources=[f"{_BERGSTRA} and figure 1"],
)
def one_matters(plans: _Plans, rng: Generator) -> Iterator[Measurement]:
    """Average the distance over all places where the best value may lie."""
    cube = [(0.0, 1.0)] * 3
    # The kinks of the grid's distance lie between these targets, so that their mean is exact.
    targets = ((np.arange(400) + 0.5) / 400)[:, None]
    grid = _distances(plans.grid(cube, 4)[:, :1], targets)
    yield equals("mean |x - best|, grid, 64 trials over 3", np.mean(grid), 1 / 16, ROUNDING)
    random = [_distances(plans.random(rng, cube, 64)[:, :1], targets).mean() for _ in range(24)]
    # Trials that all hit every target are no trials: a distance of 0 counts as that of the grid.
    nearest = float(np.mean(random)) or float("inf")
    yield exceeds("mean |x - best|, grid / random", float(np.mean(grid)) / nearest, 2.0)


@claim(
    "hyperparameters.all-matter",
    en="Where 2 hyperparameters matter alike, a grid of 64 trials is not worse: its mean distance"
    " to the best point is 0.048 of the range, that of 64 random trials is more than 0.1 of this"
    " larger.",
    zh="若 2 个超参数同样重要，64 次试验的网格并不差：到最优点的平均距离是取值范围的 0.048，"
    "64 次随机试验的平均距离比它还大，超出部分多于它的 0.1。",
    notes="Z.4",
    on=_PLANS,
    misconceptions=[
        Misconception(
            "random-is-always-closer",
            _PLANS._replace(random=lambda _rng, ranges, _trials: nn.grid_points(ranges, 12)),
            Text(
                "Random search is thought to beat the grid always, not only where few"
                " hyperparameters matter.",
                "以为随机搜索总比网格好，而不只是在少数超参数起作用时。",
            ),
        ),
        Misconception(
            "as-many-values-as-trials",
            _PLANS._replace(grid=_every_value_new),
            Text(
                "A plan of ever new values on every axis is thought to cover the square, too.",
                "以为每个坐标轴上都取新值的方案也能覆盖整个平面。",
            ),
        ),
        Misconception(
            "as-even-as-a-grid",
            _PLANS._replace(random=lambda _rng, ranges, _trials: nn.grid_points(ranges, 8)),
            Text(
                "Random points are thought to spread as evenly as a grid.",
                "以为随机点与网格分布得同样均匀。",
            ),
        ),
    ],
    sources=[_BERGSTRA],
)
def all_matter(plans: _Plans, rng: Generator) -> Iterator[Measurement]:
    """Average the distance over a fine grid of places, for the grid and for random trials."""
    square = [(0.0, 1.0)] * 2
    fine = (np.arange(64) + 0.5) / 64
    targets = np.array(list(itertools.product(fine, fine)))
    grid = float(np.mean(_distances(plans.grid(square, 8), targets)))
    # Each of the 64 cells holds 8 x 8 of the targets, about its middle.
    places = [(2 * k - 7) / 128 for k in range(8)]
    exact = math.fsum(math.hypot(x, y) for x in places for y in places) / 64
    yield equals("mean |x - best|, grid, 64 trials", grid, exact, ROUNDING)
    random = [
        np.mean(_distances(plans.random(rng, square, 64), rng.uniform(size=(500, 2))))
        for _ in range(12)
    ]
    yield exceeds("(random - grid) / grid, 2 that matter", float(np.mean(random)) / grid - 1, 0.1)

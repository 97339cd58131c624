"""Time and memory of one step."""

from __future__ import annotations

import resource
import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Figures = dict[str, float]
"""Seconds by the name of the step; megabytes under ``memory``."""


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """Write the seconds that the block takes under a name."""
    started = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - started


def each(step: Callable[[], object], times: int) -> list[float]:
    """Return the seconds of each of many repetitions."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return taken


def median(figures: Figures, name: str, taken: list[float]) -> None:
    """Write the median of repetitions."""
    figures[name] = statistics.median(taken)


def percentile(figures: Figures, name: str, taken: list[float]) -> None:
    """Write the value that one repetition in a hundred exceeds."""
    figures[name] = statistics.quantiles(taken, n=100)[98]


def peak_megabytes() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""One measuring of every claim: it goes on when its screen is left, and ends with the application.

It touches no widget. Whoever draws it sets `on_change`.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary

from studydl.places import cache_folder
from studydl.verification.evidence import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studydl.tui.desk import Desk
    from studydl.verification.evidence import Report

__all__ = ["RUNS", "Measuring", "Run", "Stage", "own_pool"]

WORST_FIRST = (Verdict.REFUTED, Verdict.ERROR, Verdict.UNDECIDED, Verdict.VERIFIED)
_TRUSTED_AFTER = 3
"""So many measured claims tell roughly how long the others take."""


class Measuring(Protocol):
    """The processes that measure, as they are used here: `studydl.verification.pool.Pool`."""

    async def prepare(self) -> list[dict[str, Any]]:
        """Start all of them and return the list of claims."""

    async def verify(
        self,
        claims: Sequence[dict[str, Any]],
        *,
        cache: Path | None = None,
        on_report: Callable[[Report], None] = ...,
    ) -> list[Report]:
        """Judge the claims, handing over each report as it comes."""

    async def close(self) -> None:
        """End them all."""


class Stage(Enum):
    """How far a run is."""

    STARTING = "starting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


def own_pool() -> Measuring:
    """Return a worker process for each core, not yet started."""
    from studydl.verification.pool import Pool

    return Pool()


def _nobody() -> None:
    """Tell nobody."""


class Run:
    """Measures every claim once.

    Attributes:
        stage: How far it is.
        total: How many claims there are, once that is known.
        reports: What came back, in the order in which it came.
        trouble: Why nothing more comes, if it failed.
        on_change: Is called whenever one of these has changed.
    """

    def __init__(
        self, pool: Measuring, *, fresh: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Be ready to measure.

        Args:
            pool: The processes that measure.
            fresh: Measure even what was kept.
            clock: Seconds from any moment on.
        """
        self.stage = Stage.STARTING
        self.total = 0
        self.reports: list[Report] = []
        self.trouble = ""
        self.on_change: Callable[[], None] = _nobody
        self._pool = pool
        self._cache = None if fresh else cache_folder() / "evidence"
        self._clock = clock
        self._began = clock()
        self._took = 0.0

    @property
    def is_under_way(self) -> bool:
        """Whether more will come."""
        return self.stage in {Stage.STARTING, Stage.RUNNING}

    @property
    def seconds(self) -> float:
        """How long it has taken so far, or took."""
        return self._clock() - self._began if self.is_under_way else self._took

    @property
    def seconds_left(self) -> float | None:
        """How long it will go on at the pace so far; None while nobody can tell."""
        measured = sum(not each.cached for each in self.reports)
        if self.stage is not Stage.RUNNING or measured < _TRUSTED_AFTER:
            return None
        return self.seconds / len(self.reports) * (self.total - len(self.reports))

    def count(self, verdict: Verdict) -> int:
        """Return how many claims came out so."""
        return sum(each.verdict is verdict for each in self.reports)

    def rows(self, *, failing: bool) -> list[Report]:
        """Return the reports as they are listed: as they came, and in the end the worst first.

        Args:
            failing: Only what is not verified.
        """
        rows = list(self.reports)
        if not self.is_under_way:
            # What held by a hair stands before what held by far.
            rows.sort(key=lambda each: (WORST_FIRST.index(each.verdict), _margin(each)))
        return [each for each in rows if not failing or each.verdict is not Verdict.VERIFIED]

    async def measure(self) -> None:
        """Measure; a cancelled run kills its processes and keeps what it has."""
        stage = Stage.CANCELLED
        try:
            claims = await self._pool.prepare()
            self.stage, self.total = Stage.RUNNING, len(claims)
            self.on_change()
            await self._pool.verify(claims, cache=self._cache, on_report=self._heard)
            stage = Stage.DONE
        except Exception as error:  # noqa: BLE001 - a run must end with a sentence, whatever happens
            stage, self.trouble = Stage.FAILED, _told(error)
        finally:
            self._took = self.seconds
            self.stage = stage
            await self._pool.close()
            self.on_change()

    def _heard(self, report: Report) -> None:
        self.reports.append(report)
        self.on_change()


RUNS: WeakKeyDictionary[Desk, Run] = WeakKeyDictionary()
"""The last run on each desk: a screen that was closed is gone, the run is not."""


def _margin(report: Report) -> float:
    weakest = report.evidence.weakest
    return float("inf") if weakest is None else weakest.margin


def _told(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__

"""Measures many claims on all cores, each within a time limit."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from studydl.language import Text
from studydl.verification.client import Worker, WorkerError
from studydl.verification.evidence import Evidence, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["TIME_LIMIT", "Pool"]

TIME_LIMIT = 60.0
"""Seconds for one claim. The slowest honest one takes about one."""


def _unseen(_report: Report) -> None:
    """Show a report to nobody."""


class Pool:
    """As many workers as there are cores, or as many as asked for."""

    def __init__(self, size: int | None = None) -> None:
        """Make the workers; they start with `prepare` or with their first call."""
        self._workers = [Worker() for _ in range(size or os.cpu_count() or 1)]

    async def prepare(self) -> list[dict[str, Any]]:
        """Start all workers at once and return the list of claims."""
        listed, *_ = await asyncio.gather(*(worker.call("claims") for worker in self._workers))
        claims: list[dict[str, Any]] = listed
        return claims

    async def verify(
        self,
        claims: Sequence[dict[str, Any]],
        *,
        seed: int = 0,
        cache: Path | None = None,
        time_limit: float = TIME_LIMIT,
        on_report: Callable[[Report], None] = _unseen,
    ) -> list[Report]:
        """Judge the claims, handing over each report as it comes; returned in the order given."""
        waiting = asyncio.Queue[dict[str, Any]]()
        for claim in claims:
            waiting.put_nowait(claim)
        reports: dict[str, Report] = {}

        async def work(worker: Worker) -> None:
            while not waiting.empty():
                claim = waiting.get_nowait()
                report = await _judged(worker, claim, seed, cache, time_limit)
                reports[report.claim] = report
                on_report(report)

        async with asyncio.TaskGroup() as tasks:
            for worker in self._workers:
                tasks.create_task(work(worker))
        return [reports[claim["id"]] for claim in claims]

    async def close(self) -> None:
        """End all workers."""
        await asyncio.gather(*(worker.close() for worker in self._workers))


async def _judged(
    worker: Worker, claim: dict[str, Any], seed: int, cache: Path | None, time_limit: float
) -> Report:
    arguments = {"claim": claim["id"], "seed": seed, "cache": None if cache is None else str(cache)}
    try:
        answer = await worker.call("verify", arguments, time_limit=time_limit)
    except WorkerError as error:
        statement = Text(**claim["statement"])
        return Report(claim["id"], statement, Evidence((), str(error)), (), (), 0.0, seed)
    return Report.from_json(answer)

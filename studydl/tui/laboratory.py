"""The worker process of the application: measures, derives, computes, for the card that asks."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Protocol

from studydl.errors import StudyError
from studydl.tui.results import Derived, Failed, Measured, MeasurementProgressed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.message import Message

    from studydl.tui.ticket import Ticket

__all__ = ["Laboratory", "Process", "own_process"]

TIME_LIMIT = 60.0
"""Seconds after which a measurement is stopped. They take milliseconds to seconds."""

PATIENCE = 15.0
"""Seconds after which a picture is given up."""


class Process(Protocol):
    """The worker process as the application uses it: `studydl.verification.client.Worker`."""

    async def start(self) -> None:
        """Start the process if it is not running."""

    async def close(self) -> None:
        """End the process, whatever it does."""

    def call(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[Any], None] | None = None,
    ) -> Awaitable[Any]:
        """Carry out a call and return its result."""


class Laboratory:
    """Hands requests to the worker process and posts what comes back. Touches no widget."""

    def __init__(self, process: Process) -> None:
        """Work with a process, which is started by the first request or by `warm_up`."""
        self._process = process
        self._alone = asyncio.Lock()

    async def warm_up(self) -> None:
        """Start the process before it is needed."""
        # One at a time: a start beside a request, or beside the end of one, would make a second.
        async with self._alone:
            await self._process.start()

    async def close(self) -> None:
        """End the process."""
        await self._process.close()

    async def call(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[Any], None] | None = None,
    ) -> Any:
        """Carry out a call after those before it, as the process itself does."""
        async with self._alone:
            return await self._process.call(
                name, arguments, time_limit=time_limit, on_progress=on_progress
            )

    async def measure(
        self, ticket: Ticket, claim: str, seed: int, post: Callable[[Message], object]
    ) -> None:
        """Measure a claim; post the progress, then the report or the failure."""
        from studydl.verification.evidence import Report

        def progressed(data: dict[str, Any]) -> None:
            post(MeasurementProgressed(ticket, data))

        found = await self._call(ticket, "verify", {"claim": claim, "seed": seed}, post, progressed)
        if found is not None:
            post(Measured(ticket, Report.from_json(found)))

    async def derive(
        self, ticket: Ticket, derivation: str, post: Callable[[Message], object]
    ) -> None:
        """Check a derivation; post the report or the failure."""
        from studydl.verification.derivation_report import DerivationReport

        found = await self._call(ticket, "derive", {"derivation": derivation}, post, None)
        if found is not None:
            post(Derived(ticket, DerivationReport.from_json(found)))

    async def ask(
        self,
        ticket: Ticket,
        name: str,
        arguments: dict[str, Any],
        told: Callable[[Ticket, Any], Message],
        post: Callable[[Message], object],
    ) -> None:
        """Carry out a call for a screen; post what ``told`` makes of the result, or the failure."""
        found = await self._call(ticket, name, arguments, post, None)
        if found is not None:
            post(told(ticket, found))

    async def portray(self, claim: str, seed: int) -> dict[str, Any]:
        """Return a claim's portrait as JSON data; nothing if it has none or none can be made.

        A picture is an extra: what keeps it from being drawn is no trouble to tell anybody.
        """
        from studydl.verification.client import WorkerError

        with contextlib.suppress(StudyError, WorkerError):
            arguments = {"claim": claim, "seed": seed}
            found: dict[str, Any] = await self.call("portrait", arguments, time_limit=PATIENCE)
            return found
        return {}

    async def _call(
        self,
        ticket: Ticket,
        name: str,
        arguments: dict[str, Any],
        post: Callable[[Message], object],
        progressed: Callable[[Any], None] | None,
    ) -> dict[str, Any] | None:
        from studydl.verification.client import WorkerError, WorkerTimeoutError

        try:
            result: dict[str, Any] = await self.call(
                name, arguments, time_limit=TIME_LIMIT, on_progress=progressed
            )
        except StudyError as error:
            post(Failed(ticket, str(error)))
        except WorkerTimeoutError as error:
            post(Failed(ticket, str(error), too_long=True))
        except WorkerError as error:
            post(Failed(ticket, str(error), died=True))
        else:
            return result
        return None


def own_process() -> Process:
    """Return a worker process of our own, not yet started."""
    from studydl.judging.examiner import SERVICE
    from studydl.verification.client import VERIFICATION, Worker

    return Worker((*VERIFICATION, SERVICE))

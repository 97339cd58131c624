"""The parent's end of the worker process. Imports neither NumPy nor SymPy."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["VERIFICATION", "Worker", "WorkerError", "WorkerTimeoutError"]

VERIFICATION = ("studydl.verification.service",)
"""The modules whose calls a worker for claims and derivations serves."""

_LONGEST_LINE = 64 * 2**20
_LAST_WORDS = 20


class WorkerError(Exception):
    """The worker could not carry out a call: a defect in what it ran, or the process died."""


class WorkerTimeoutError(WorkerError):
    """A call took longer than its limit; the worker was killed."""


class Worker:
    """A child process that carries out one call at a time.

    It starts with the first call (or `start`). A call that runs out of time, or whose task is
    cancelled, kills it; the next call starts another.
    """

    def __init__(self, modules: Sequence[str] = VERIFICATION) -> None:
        """Serve the calls of ``modules``."""
        self._modules = tuple(modules)
        self._process: asyncio.subprocess.Process | None = None
        self._complaints: deque[str] = deque(maxlen=_LAST_WORDS)
        self._listening: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()
        self._calls = 0
        self.starts = 0

    async def start(self) -> None:
        """Start the process if it is not running."""
        if self._process is not None and self._process.returncode is None:
            return
        # A claim is measured on one thread, so that two workers do not fight over two cores.
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "studydl.verification.worker", *self._modules),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            limit=_LONGEST_LINE,
            # Ctrl-C in the terminal is for the parent, which then ends the worker in order.
            start_new_session=True,
        )
        self.starts += 1
        self._complaints.clear()
        self._listening = asyncio.create_task(self._listen(self._process))

    async def call(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[Any], None] | None = None,
    ) -> Any:
        """Carry out a call and return its result.

        Args:
            name: What to call.
            arguments: JSON data.
            time_limit: Seconds, the start of the process included; none means no limit.
            on_progress: Is handed each progress report.

        Raises:
            StudyError: If the call cannot be carried out as it is put.
            WorkerTimeoutError: If it takes longer than ``time_limit``.
            WorkerError: If what was called has a defect, or the process died.
        """
        async with self._busy:
            try:
                async with asyncio.timeout(time_limit):
                    return await self._exchange(name, arguments or {}, on_progress)
            except TimeoutError:
                await self.close()
                raise WorkerTimeoutError(f"took longer than {time_limit:g} seconds") from None
            except asyncio.CancelledError:
                await self.close()
                raise

    async def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101 - asked for
        assert process.stdout is not None  # noqa: S101 - asked for
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        # The pipes are read to their ends, or their transports would outlive the event loop.
        process.stdin.close()
        await process.stdout.read()
        if self._listening is not None:
            await self._listening
        await process.wait()

    async def _exchange(
        self, name: str, arguments: dict[str, Any], on_progress: Callable[[Any], None] | None
    ) -> Any:
        await self.start()
        process = self._process
        assert process is not None  # noqa: S101 - start() has just made one
        assert process.stdin is not None  # noqa: S101 - asked for
        assert process.stdout is not None  # noqa: S101 - asked for
        self._calls += 1
        request = {"id": self._calls, "call": name, "with": arguments}
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(json.dumps(request).encode() + b"\n")
            await process.stdin.drain()
        while line := await process.stdout.readline():
            answer = json.loads(line)
            if answer["id"] != self._calls:
                continue
            if "progress" not in answer:
                return _result_of(answer)
            if on_progress is not None:
                on_progress(answer["progress"])
        await self.close()
        raise WorkerError(self._complaints[-1] if self._complaints else "the worker died")

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Keep the last lines that the child writes to standard error: they tell why it died."""
        assert process.stderr is not None  # noqa: S101 - asked for
        while line := await process.stderr.readline():
            self._complaints.append(line.decode("utf-8", "replace").rstrip())


def _result_of(answer: dict[str, Any]) -> Any:
    if "result" in answer:
        return answer["result"]
    error = answer["error"]
    if error["usage"]:
        raise StudyError(error["message"])
    raise WorkerError(error["message"])

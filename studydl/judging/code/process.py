"""The parent's end of a child process that judges one answer."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

import studydl
from studydl.errors import StudyError
from studydl.judging.code.conversation import Conversation

if TYPE_CHECKING:
    from typing import Self

    from studydl.judging.code.task import CodeTask, Limits

__all__ = ["Child", "End", "Ending", "StartError"]

_PROGRAM = Path(__file__).parent / "child" / "__main__.py"
_FAREWELL = 5.0
"""Seconds within which a killed process has to be gone."""
_ECHO = 0.5
"""Seconds within which its pipes have to end after it; something that has left its group may hold
them, and nobody waits for that."""


class StartError(Exception):
    """The child did not get as far as being ready: no fault of the learner's."""


class End(Enum):
    """How the judging in the child ended."""

    TOLD = auto()
    DIED = auto()
    OUT_OF_TIME = auto()
    FLOODED = auto()


@dataclass(frozen=True, slots=True)
class Ending:
    """What the parent knows when the child is gone.

    Attributes:
        end: How it ended.
        frames: What the child told, by kind.
        code: The exit code of a child that died by itself; negative for a signal.
        output: What was printed.
        seconds: From handing over the answer.
    """

    end: End
    frames: dict[str, Any]
    code: int
    output: str
    seconds: float


class Child:
    """A process that measures the references of a task, waits for one answer, and judges it."""

    def __init__(self, task: CodeTask, seed: int, limits: Limits) -> None:
        """Describe the judgement; `start` starts the process."""
        self.task = task
        self.seed = seed
        self._limits = limits
        self._folder: Path | None = None
        self._transport: asyncio.SubprocessTransport | None = None
        self._conversation = Conversation(limits.output)

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and lives."""
        return self._transport is not None and not self._conversation.exited.is_set()

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._transport is not None  # noqa: S101 - it has been started
        pid: int | None = self._transport.get_pid()
        return pid or 0

    async def start(self) -> Self:
        """Start the process, which imports everything and measures what is known."""
        try:
            await self._start()
        except BaseException:
            await self.close()
            raise
        return self

    async def ready(self) -> None:
        """Wait until the child has measured what is known.

        Raises:
            StudyError: If the task names claims that do not exist or take no such function.
            StartError: If it fails or takes too long.
        """
        try:
            async with asyncio.timeout(self._limits.start):
                told = await self._conversation.frame()
        except TimeoutError:
            raise StartError(f"starting took longer than {self._limits.start:g} seconds") from None
        if told is None:
            last = self._conversation.printed.strip().splitlines()
            raise StartError(last[-1] if last else "the judging process died")
        if "unusable" in told:
            raise StudyError(told["unusable"])
        if "ready" not in told:
            raise StartError(str(told.get("broken", "the judging process said something else")))

    async def judge(self, kind: str, text: str) -> Ending:
        """Hand over the answer, and wait until it is judged or the limits are reached.

        Args:
            kind: ``source`` for a learner's text, ``misconception`` for the name of one.
            text: What it is.
        """
        started = time.perf_counter()
        self._send({"kind": kind, "text": text})
        frames: dict[str, Any] = {}
        end = await self._end_of(frames)
        seconds = time.perf_counter() - started
        if end is End.DIED:
            await _within(_FAREWELL, self._conversation.exited)
        code = self._transport.get_returncode() if self._transport is not None else None
        await self.close()
        if self._conversation.flooded.is_set():
            end = End.FLOODED
        return Ending(end, frames, code or 0, self._conversation.printed, seconds)

    async def close(self) -> None:
        """End the process and all that it started, and remove its folder."""
        transport, self._transport = self._transport, None
        if transport is not None:
            _kill(transport)
            await _within(_FAREWELL, self._conversation.exited)
            await _within(_ECHO, self._conversation.silent)
            transport.close()
            await _within(_ECHO, self._conversation.over)
        folder, self._folder = self._folder, None
        if folder is not None:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="studydl-code-"))
        self._transport, _ = await asyncio.get_running_loop().subprocess_exec(
            lambda: self._conversation,
            *(sys.executable, "-I", "-B", "-u", "-X", "utf8", str(_PROGRAM), *_import_folders()),
            cwd=self._folder,
            env=_environment(self._folder),
            # Its whole group is killed in the end, and Ctrl-C in the terminal is not for it.
            start_new_session=True,
        )
        self._send(
            {
                "nonce": self._conversation.nonce,
                "task": dataclasses.asdict(self.task),
                "seed": self.seed,
                "limits": dataclasses.asdict(self._limits),
            }
        )

    def _send(self, data: dict[str, Any]) -> None:
        assert self._transport is not None  # noqa: S101 - it has been started
        pipe = self._transport.get_pipe_transport(0)
        assert isinstance(pipe, asyncio.WriteTransport)  # noqa: S101 - of standard input
        pipe.write(json.dumps(data).encode() + b"\n")

    async def _end_of(self, frames: dict[str, Any]) -> End:
        """Gather what the child tells, until it has told everything or a limit is reached."""
        told = asyncio.create_task(self._until_told(frames))
        flooded = asyncio.create_task(self._conversation.flooded.wait())
        try:
            await asyncio.wait(
                (told, flooded), timeout=self._limits.wall, return_when=asyncio.FIRST_COMPLETED
            )
            if not told.done():
                return End.OUT_OF_TIME
            return End.TOLD if told.result() else End.DIED
        finally:
            for each in (told, flooded):
                each.cancel()
            await asyncio.gather(told, flooded, return_exceptions=True)

    async def _until_told(self, frames: dict[str, Any]) -> bool:
        while frame := await self._conversation.frame():
            frames |= frame
            if "level" not in frame:
                return True
        return False


def _import_folders() -> list[str]:
    """Return where an isolated Python finds what this one has imported."""
    packages = [each for each in sys.path if each.endswith("-packages")]
    return [*packages, *(str(Path(each).parent) for each in studydl.__path__)]


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of the child: nothing of the learner's but what Windows needs."""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "PATH": os.defpath}
    return needed | own | dict.fromkeys((*threads, "VECLIB_MAXIMUM_THREADS"), "1")


def _kill(transport: asyncio.SubprocessTransport) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            transport.kill()
        else:
            os.killpg(transport.get_pid(), signal.SIGKILL)


async def _within(seconds: float, event: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

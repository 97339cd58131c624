"""The parent's end of a child process that judges one answer."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import secrets
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

if TYPE_CHECKING:
    from typing import Self

    from studydl.judging.code.task import CodeTask, Limits

__all__ = ["Child", "End", "Ending", "StartError"]

_PROGRAM = Path(__file__).parent / "child" / "__main__.py"
_LONGEST_FRAME = 2**24
_CHUNK = 2**14
_FAREWELL = 5.0
"""Seconds within which a killed process has to be gone, and its pipes with it."""


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
        self._nonce = secrets.token_hex(16)
        self._folder: Path | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._printed = bytearray()
        self._flooded = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and lives."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> Self:
        """Start the process, which imports everything and measures what is known."""
        try:
            await self._start()
        except BaseException:
            await self.close()
            raise
        return self

    async def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="studydl-code-"))
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-B", "-u", "-X", "utf8", str(_PROGRAM), *_import_folders()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self._folder,
            env=_environment(self._folder),
            limit=_LONGEST_FRAME,
            # Its whole group is killed in the end, and Ctrl-C in the terminal is not for it.
            start_new_session=True,
        )
        self._listening = asyncio.create_task(self._listen())
        await self._send(
            {
                "nonce": self._nonce,
                "task": dataclasses.asdict(self.task),
                "seed": self.seed,
                "limits": dataclasses.asdict(self._limits),
            }
        )

    async def ready(self) -> None:
        """Wait until the child has measured what is known.

        Raises:
            StudyError: If the task names claims that do not exist or take no such function.
            StartError: If it fails or takes too long.
        """
        try:
            async with asyncio.timeout(self._limits.start):
                told = await self._frame()
        except TimeoutError:
            raise StartError(f"starting took longer than {self._limits.start:g} seconds") from None
        if told is None:
            last = self._printed.decode("utf-8", "replace").strip().splitlines()
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
        self._printed.clear()
        started = time.perf_counter()
        await self._send({"kind": kind, "text": text})
        frames: dict[str, Any] = {}
        told = asyncio.create_task(self._until_told(frames))
        flooded = asyncio.create_task(self._flooded.wait())
        try:
            await asyncio.wait(
                (told, flooded), timeout=self._limits.wall, return_when=asyncio.FIRST_COMPLETED
            )
            seconds = time.perf_counter() - started
            end = End.OUT_OF_TIME
            if told.done():
                end = End.TOLD if told.result() else End.DIED
        finally:
            for each in (told, flooded):
                each.cancel()
            await asyncio.gather(told, flooded, return_exceptions=True)
        code = await self._exit_code() if end is End.DIED else 0
        await self.close()
        if self._flooded.is_set():
            end = End.FLOODED
        output = self._printed[: self._limits.output].decode("utf-8", "replace")
        return Ending(end, frames, code, output, seconds)

    async def close(self) -> None:
        """End the process and all that it started, and remove its folder."""
        process, self._process = self._process, None
        if process is not None:
            await self._end(process)
        folder, self._folder = self._folder, None
        if folder is not None:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        _kill(process)
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            # Something that has left the group may hold the pipes; nobody waits for it.
            async with asyncio.timeout(_FAREWELL):
                if process.stdout is not None:
                    while await process.stdout.read(_CHUNK):
                        pass
                if self._listening is not None:
                    await self._listening
                await process.wait()
        if self._listening is not None:
            self._listening.cancel()

    async def _send(self, data: dict[str, Any]) -> None:
        assert self._process is not None  # noqa: S101 - it has been started
        assert self._process.stdin is not None  # noqa: S101 - asked for
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._process.stdin.write(json.dumps(data).encode() + b"\n")
            await self._process.stdin.drain()

    async def _frame(self) -> dict[str, Any] | None:
        """Return what the child tells next, or None if it will tell nothing more.

        A line without the nonce was not written by the child's own program.
        """
        assert self._process is not None  # noqa: S101 - it has been started
        assert self._process.stdout is not None  # noqa: S101 - asked for
        try:
            while line := await self._process.stdout.readline():
                nonce, _, said = line.partition(b" ")
                if nonce == self._nonce.encode():
                    frame: dict[str, Any] = json.loads(said)
                    return frame
        except ValueError:
            # A line beyond all bounds is nothing that the child's own program writes.
            return None
        return None

    async def _until_told(self, frames: dict[str, Any]) -> bool:
        while frame := await self._frame():
            frames |= frame
            if "level" not in frame:
                return True
        return False

    async def _listen(self) -> None:
        """Keep what is printed, up to the limit, and say when it is passed."""
        assert self._process is not None  # noqa: S101 - it has just been started
        assert self._process.stderr is not None  # noqa: S101 - asked for
        printed = self._process.stderr
        while chunk := await printed.read(_CHUNK):
            room = self._limits.output + 1 - len(self._printed)
            self._printed += chunk[: max(room, 0)]
            if len(self._printed) > self._limits.output:
                self._flooded.set()

    async def _exit_code(self) -> int:
        assert self._process is not None  # noqa: S101 - it has been started
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL):
                return await self._process.wait()
        return 0


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


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)

"""What a child process says and prints, as it arrives."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

__all__ = ["Conversation"]

_LONGEST_LINE = 2**24
_LAST_BYTES = 1.0
"""Seconds after a process's end within which what it had written has arrived."""
_ANSWERS, _PRINTED = 1, 2


class Conversation(asyncio.SubprocessProtocol):
    """The parent's ear: the child's own lines in order, and what the learner's code prints.

    Attributes:
        nonce: What every line of the child's own program begins with.
        flooded: Set once more than the limit has been printed.
        exited: Set once the process has ended.
        silent: Set once nothing more can be printed.
        over: Set once all pipes are closed.
    """

    def __init__(self, most_printed: int) -> None:
        """Keep what is printed up to a number of bytes."""
        self.nonce = secrets.token_hex(16)
        self.flooded = asyncio.Event()
        self.exited = asyncio.Event()
        self.silent = asyncio.Event()
        self.over = asyncio.Event()
        self._most_printed = most_printed
        self._bytes_printed = bytearray()
        self._unfinished = b""
        self._frames: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    @property
    def printed(self) -> str:
        """What was printed so far, up to the limit."""
        return self._bytes_printed.decode("utf-8", "replace")

    async def frame(self) -> dict[str, Any] | None:
        """Return what the child tells next, or None if it will tell nothing more."""
        return await self._frames.get()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take in what was written."""
        if fd == _PRINTED:
            room = self._most_printed - len(self._bytes_printed)
            self._bytes_printed += data[:room]
            if len(data) > room:
                self.flooded.set()
            return
        *lines, rest = (self._unfinished + data).split(b"\n")
        # A line beyond all bounds is nothing that the child's own program writes.
        self._unfinished = rest[:_LONGEST_LINE]
        for line in lines:
            self._take(line)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that a pipe has ended."""
        del exc
        if fd == _ANSWERS:
            self._frames.put_nowait(None)
        elif fd == _PRINTED:
            self.silent.set()

    def process_exited(self) -> None:
        """Note the end, and expect the last bytes; what it left behind may hold its pipes open."""
        self.exited.set()
        asyncio.get_running_loop().call_later(_LAST_BYTES, self._frames.put_nowait, None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that everything is closed."""
        del exc
        self.over.set()

    def _take(self, line: bytes) -> None:
        """Keep a line of the child's own program; others were forged or printed."""
        nonce, _, said = line.partition(b" ")
        if nonce == self.nonce.encode():
            self._frames.put_nowait(json.loads(said))

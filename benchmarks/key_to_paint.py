"""From a key to the paint that follows it: at rest, and while a claim is being measured.

    python benchmarks/key_to_paint.py [KEYS]

The application runs in a pseudo-terminal. A key is pressed, and the clock stops with the first byte
that the program writes. The keys scroll the help up and down; under load, every claim is being
measured behind it. Prints medians and their ratio, wanted at most 1.5.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

WANTED = 1.5
QUIET = 0.4
"""Seconds without a byte after which the screen stands still."""


class Application:
    """studydl in a pseudo-terminal of 100 by 30."""

    def __init__(self, home: str) -> None:
        """Start it on the chapters."""
        size = {"LINES": "30", "COLUMNS": "100", "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            command = [sys.executable, "-m", "studydl"]
            os.execve(command[0], command, os.environ | size | {"STUDYDL_HOME": home})  # noqa: S606
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def press(self, key: str) -> float:
        """Press a key; return the seconds until something is written."""
        self.drain(0.03)
        started = time.perf_counter()
        os.write(self._terminal, key.encode())
        if not select.select([self._terminal], [], [], 5)[0]:
            raise SystemExit(f"nothing was drawn after {key!r}")
        taken = time.perf_counter() - started
        self.drain(0.03)
        return taken

    def drain(self, quiet: float = QUIET) -> None:
        """Read until nothing was written for a while, or for two seconds at most."""
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline and select.select([self._terminal], [], [], quiet)[0]:
            os.read(self._terminal, 1 << 16)

    def close(self) -> None:
        """End it."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)


def timed(application: Application, keys: int) -> list[float]:
    """Scroll the help down and up; return the seconds from each key to its paint."""
    return [application.press("jk"[turn % 2]) for turn in range(keys)]


def main() -> None:
    """Measure at rest and under load, and print the comparison."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as home:
        application = Application(home)
        try:
            time.sleep(3)
            application.drain()
            os.write(application._terminal, b"?")  # noqa: SLF001 - our own
            application.drain()
            idle = timed(application, keys)
            os.write(application._terminal, b"\x1b")  # noqa: SLF001
            application.drain()
            os.write(application._terminal, b"\x1b[19~")  # noqa: SLF001 - F8: measure everything
            time.sleep(0.5)
            os.write(application._terminal, b"?")  # noqa: SLF001
            time.sleep(0.2)
            loaded = timed(application, keys)
        finally:
            application.close()
    for name, taken in (("at rest", idle), ("measuring everything", loaded)):
        worst = 1000 * sorted(taken)[int(0.95 * len(taken))]
        print(f"{name:<22}{1000 * statistics.median(taken):6.1f} ms, p95 {worst:.1f} ms")
    ratio = statistics.median(loaded) / statistics.median(idle)
    print(f"ratio {ratio:.2f} (wanted: at most {WANTED}), {keys} keys")


if __name__ == "__main__":
    main()

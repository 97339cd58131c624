"""Fills what the README shows of the program from the program itself.

    python benchmarks/readme.py            write README.md anew
    python benchmarks/readme.py --check    only say whether it is up to date: keys and counts

The screen is drawn by the real program in a pseudo-terminal and read by a terminal emulator
(pyte, in the extra ``bench``).
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of

README = Path(__file__).parents[1] / "README.md"
WIDTH, HEIGHT = 100, 30
CARD = "leaky-relu-gradient"
WRONG, MEASURE = b"d", b"v"
PATIENCE = 60.0


def block(name: str, text: str, readme: str) -> str:
    """Return the README with the block between two markers replaced."""
    found = rf"(<!-- {name}:[^\n]*-->\n).*?(<!-- end of {name} -->)"
    return re.sub(found, lambda match: f"{match[1]}{text}\n{match[2]}", readme, flags=re.DOTALL)


def keys() -> str:
    """Return the table of keys of the first screens, read from the registry of actions."""
    rows = ["| key | does | where |", "|---|---|---|"]
    seen = set()
    for action in actions_of(Place.HOME, Place.REVIEW, Place.EVERYWHERE):
        # Of actions that differ in an argument only, the first stands for all.
        if not action.written_keys() or (action.method, action.help) in seen:
            continue
        seen.add((action.method, action.help))
        where = "everywhere" if action.place is Place.EVERYWHERE else action.place.value
        rows.append(f"| `{action.written_keys()}` | {action.help.en} | {where} |")
    return "\n".join(rows)


def counts() -> str:
    """Return the table that ``benchmarks/counts.py`` prints."""
    sys.path.insert(0, str(Path(__file__).parent))
    import counts as counting

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        counting.main()
    return printed.getvalue().rstrip()


class Terminal:
    """The program in a pseudo-terminal, and what a person sees of it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start the program."""
        import pyte

        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._process, self._handle = pty.fork()
        if self._process == 0:
            os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))

    def press(self, key: bytes) -> None:
        """Press a key."""
        os.write(self._handle, key)

    def wait_for(self, text: str) -> str:
        """Return the screen once it shows a text and stands still."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if select.select([self._handle], [], [], 0.5)[0]:
                # pyte takes the private parameters of newer terminals for text.
                written = re.sub(rb"\x1b\[[<>=][0-9;]*[a-z]", b"", os.read(self._handle, 1 << 16))
                self._stream.feed(written)
            elif any(text in row for row in self._screen.display):
                return "\n".join(row.rstrip() for row in self._screen.display)
        raise SystemExit(f"{text!r} was not on screen within {PATIENCE:g} s")

    def close(self) -> None:
        """End the program."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._handle)


def screen() -> str:
    """Return the screen on which a wrong choice has been measured."""
    with tempfile.TemporaryDirectory() as home:
        size = {"LINES": str(HEIGHT), "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
        environment = os.environ | size | {"STUDYDL_HOME": home, "LANG": "C.UTF-8"}
        terminal = Terminal([sys.executable, "-m", "studydl", "quiz", CARD], environment)
        try:
            terminal.wait_for("derivative")
            terminal.press(WRONG)
            terminal.wait_for("Again")
            terminal.press(MEASURE)
            return terminal.wait_for("verified")
        finally:
            terminal.close()


def main() -> None:
    """Write the README anew, or check it."""
    old = README.read_text("utf-8")
    new = block("counts", counts(), block("keys", keys(), old))
    if "--check" in sys.argv:
        raise SystemExit(None if new == old else "README.md: run `python benchmarks/readme.py`")
    README.write_text(block("screen", f"```text\n{screen()}\n```", new), "utf-8")


if __name__ == "__main__":
    main()

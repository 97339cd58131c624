"""Key to paint among 20,000 cards, beside bare Textual lists of 20,000 rows.

Each program runs in a pseudo-terminal of 100 by 30. A key is written; the clock stops at the first
byte that the program writes, and for a search when the new count of hits is in what it writes.
The peers are Textual's own `OptionList` and `DataTable` with the same texts and a field above that
keeps the rows in which what is typed occurs. Prints medians, and ratios of ours to each.

    python -m benchmarks.browse [ROUNDS]
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple, Self

CARDS = 20_000
WORDS = ("softmax", "sigmoid", "momentum", "dropout", "entropy", "kernel", "ridge", "nesterov")
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|P[^\x1b]*\x1b\\|[@-_])")
COUNT = rb"\d+ of \d+"
PATIENCE = 20.0
QUIET = 0.25
"""Seconds without a byte after which a program has drawn all that it will."""

PEER = """
import sys
from textual.app import App
from textual.widgets import DataTable, Input, OptionList, Static

TEXTS = open(sys.argv[2], encoding="utf-8").read().splitlines()

class Peer(App):
    def compose(self):
        yield Input(compact=True)
        yield Static(f"{len(TEXTS)} of {len(TEXTS)}")
        yield OptionList() if sys.argv[1] == "OptionList" else DataTable(cursor_type="row")

    def on_mount(self):
        self.rows = self.query_one(sys.argv[1])
        if isinstance(self.rows, DataTable):
            self.rows.add_column("card", width=90)
        self.fill(TEXTS)
        self.rows.focus()

    def fill(self, texts):
        if isinstance(self.rows, OptionList):
            self.rows.clear_options().add_options(texts)
        else:
            self.rows.clear()
            self.rows.add_rows((text,) for text in texts)

    def on_key(self, event):
        if event.key == "slash" and self.focused is self.rows:
            event.prevent_default()
            self.query_one(Input).focus()

    def on_input_changed(self, event):
        found = [text for text in TEXTS if event.value in text]
        self.fill(found)
        self.query_one(Static).update(f"{len(found)} of {len(TEXTS)}")

Peer().run()
"""


class Keys(NamedTuple):
    """The keys of a program for the same things."""

    down: bytes
    page: bytes


OURS = Keys(b"j", b"\x1b[6~")
THEIRS = Keys(b"\x1b[B", b"\x1b[6~")


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start it."""
        self._process, self._file = pty.fork()
        if self._process == 0:
            os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._file)

    def press(self, key: bytes) -> None:
        """Write a key."""
        os.write(self._file, key)

    def until_paint(self, key: bytes) -> float:
        """Press a key; return the seconds until anything is written."""
        started = time.perf_counter()
        self.press(key)
        self._more(PATIENCE)
        taken = time.perf_counter() - started
        self.settle()
        return taken

    def until_counted(self, key: bytes) -> float:
        """Press a key; return the seconds until a count of hits is written."""
        started = time.perf_counter()
        self.press(key)
        self.await_text(COUNT)
        taken = time.perf_counter() - started
        self.settle()
        return taken

    def await_text(self, pattern: bytes) -> None:
        """Read until a text was written."""
        written = b""
        while not re.search(pattern, ESCAPES.sub(b"", written)):
            written += self._more(PATIENCE)

    def settle(self) -> None:
        """Read until nothing more comes."""
        while select.select([self._file], [], [], QUIET)[0]:
            os.read(self._file, 1 << 16)

    def _more(self, patience: float) -> bytes:
        if not select.select([self._file], [], [], patience)[0]:
            raise SystemExit(f"nothing was drawn in {patience:g} s")
        return os.read(self._file, 1 << 16)


def texts() -> list[str]:
    """Return what the cards ask: each its own number and two words."""
    count = len(WORDS)
    return [
        f"What does {WORDS[at % count]} do to {WORDS[at // count % count]} number {at:05}?"
        for at in range(CARDS)
    ]


def deck(asked: list[str]) -> str:
    """Return the YAML of a deck."""
    lines = ["chapter: activations", "title: {en: Benchmark, zh: 基准}", "cards:"]
    for at, text in enumerate(asked):
        lines += [
            f"  - id: benchmark-{at:05}",
            '    notes: "1.3"',
            f'    ask: {{en: "{text}", zh: "{text}"}}',
            "    answer: {kind: recall, text: {en: It depends., zh: 看情况。}}",
            "    explain: {en: It is made up., zh: 它是编造的。}",
            "    claim: activations.sigmoid-gradient",
            '    sources: ["Nobody 2000, section 1"]',
        ]
    return "\n".join(lines) + "\n"


def measured(terminal: Terminal, keys: Keys, rounds: int) -> dict[str, float]:
    """Return the median seconds of each kind of key."""
    down = [terminal.until_paint(keys.down) for _ in range(rounds)]
    page = [terminal.until_paint(keys.page) for _ in range(rounds)]
    terminal.press(b"/")
    terminal.settle()
    # A letter is typed and taken away again: each is a change of the query.
    letter = [terminal.until_paint(b"s" if at % 2 == 0 else b"\x7f") for at in range(rounds)]
    found = [terminal.until_counted(b"s" if at % 2 == 0 else b"\x7f") for at in range(rounds)]
    times = {"a row down": down, "a page down": page, "a letter": letter, "its hits": found}
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    """Measure ours and the peers, and print the comparison."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    asked = texts()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "decks").mkdir()
        (home / "decks" / "benchmark.yaml").write_text(deck(asked), encoding="utf-8")
        (home / "texts").write_text("\n".join(asked), encoding="utf-8")
        size = {"LINES": "30", "COLUMNS": "100", "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        environment = os.environ | size | {"STUDYDL_HOME": folder}
        program = str(Path(sys.executable).parent / "studydl")
        # The decks are compiled once, ahead of what is measured.
        subprocess.run([program, "stats"], env=environment, check=True, capture_output=True)
        found: dict[str, dict[str, float]] = {}
        with Terminal([program], environment) as terminal:
            terminal.await_text(b"Quit")
            terminal.settle()
            terminal.press(b"\x1bOR")
            terminal.await_text(COUNT)
            terminal.settle()
            found["studydl"] = measured(terminal, OURS, rounds)
        for peer in ("OptionList", "DataTable"):
            command = [sys.executable, "-c", PEER, peer, str(home / "texts")]
            with Terminal(command, environment) as terminal:
                terminal.await_text(COUNT)
                terminal.settle()
                found[peer] = measured(terminal, THEIRS, rounds)
    print(f"{CARDS} rows, {rounds} rounds, medians in ms; in brackets ours as a multiple")
    for name in found["studydl"]:
        ours = found["studydl"][name]
        peers = "   ".join(
            f"{peer} {1000 * found[peer][name]:6.1f} ({ours / found[peer][name]:.2f}x)"
            for peer in ("OptionList", "DataTable")
        )
        print(f"{name:<12} studydl {1000 * ours:6.1f}   {peers}")


if __name__ == "__main__":
    main()

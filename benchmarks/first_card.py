"""Process start to first card, 200 cards, against a bare Textual app with one Static and a Footer.

Both are started in turns in a pseudo-terminal of 100 by 30; the clock stops when the awaited text
is in what the process has written. Prints the medians and their ratio, wanted at most 1.2.

    python benchmarks/first_card.py [ROUNDS]
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
import sys
import tempfile
import termios
import time
from pathlib import Path

CARDS = 200
AWAITED = "the first card of the benchmark"
BARE = f"""
from textual.app import App
from textual.widgets import Footer, Static

class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("{AWAITED}")
        yield Footer()

Bare().run()
"""
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|P[^\x1b]*\x1b\\|[@-_])")
PATIENCE = 20.0


def deck() -> str:
    """Return the YAML of a deck of 200 cards."""
    lines = ["chapter: activations", "title: {en: Benchmark, zh: 基准}", "cards:"]
    for number in range(CARDS):
        text = AWAITED if number == 0 else f"card {number} about $\\sigma'(x) = s(1-s)$"
        lines += [
            f"  - id: benchmark-{number:04}",
            '    notes: "1.3"',
            "    ask:",
            f'      en: "What is said by {text.replace(chr(92), chr(92) * 2)}?"',
            f'      zh: "{text.replace(chr(92), chr(92) * 2)}说的是什么？"',
            "    answer: {kind: recall, text: {en: Nothing., zh: 没有。}}",
            "    explain: {en: It is made up., zh: 它是编造的。}",
            "    claim: activations.sigmoid-gradient",
            '    sources: ["Nobody 2000, section 1"]',
        ]
    return "\n".join(lines) + "\n"


def seconds_to_text(command: list[str], environment: dict[str, str]) -> float:
    """Start a command in a pseudo-terminal; return when the awaited text was written."""
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    written = b""
    try:
        while AWAITED.encode() not in ESCAPES.sub(b"", written):
            if not select.select([terminal], [], [], PATIENCE)[0]:
                raise SystemExit(f"nothing was drawn in {PATIENCE:g} s:\n{written!r}")
            written += os.read(terminal, 1 << 16)
        return time.perf_counter() - started
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def main() -> None:
    """Measure both in turns and print the comparison."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "decks").mkdir()
        (home / "decks" / "benchmark.yaml").write_text(deck(), encoding="utf-8")
        size = {"LINES": "30", "COLUMNS": "100", "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        environment = os.environ | size | {"STUDYDL_HOME": folder}
        # An installed program starts from bytecode; the first round writes what is missing.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {
            "bare Textual app": [sys.executable, "-c", BARE],
            "studydl quiz": [str(Path(sys.executable).parent / "studydl"), "quiz", "benchmark"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                taken = seconds_to_text(command, environment)
                if turn:  # the first round fills caches
                    times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<18}{1000 * median:7.0f} ms, fastest {1000 * min(times[name]):.0f} ms")
    bare, ours = medians.values()
    print(f"ratio {ours / bare:.2f} (wanted: at most 1.20), {rounds} rounds, {CARDS} cards")


if __name__ == "__main__":
    main()

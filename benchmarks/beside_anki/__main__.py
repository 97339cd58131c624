"""Our memory beside Anki's own backend: the same cards and reviews, each side in its own process.

    python -m benchmarks.beside_anki [--cards N] [--reviews N] [--answers N] [--rounds N]
                                     [--anki PYTHON]

Both sides fill a temporary folder once; then each is studied in turns, in a fresh process, the
folder restored before each, and the medians are printed with their ratio, wanted at most 1.0. Both
keep each answer in a transaction of its own with WAL and synchronous=FULL. At last ours alone is
studied at growing sizes: the time from a grade to the next card has to stay flat. Needs the bench
extra, or another Python that has the package ``anki``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.beside_anki.stopwatch import Figures

ROOT = Path(__file__).resolve().parents[2]
SIDES = {"ours": "benchmarks.beside_anki.ours", "anki": "benchmarks.beside_anki.anki_side"}
GROWTH = (1_000, 10_000, 100_000)
ORDER = (
    *("open", "counts", "first card", "grade to next, median", "grade to next, p99"),
    *("search", "rebuild", "export, .apkg", "export, .colpkg", "backup", "memory"),
)
NOTES = """\
counts: of all decks, the cards in each read too, for the first time in a process, as when the
  application opens.
first card: with as many reviews as there are answers to give, and how many are left; no card is
  new.
rebuild: ours folds the whole log in double precision and puts the states in place of those that
  are stored; Anki computes every card's memory and interval anew, in single precision.
export: ours is JSON Lines, every event in plain text; it stands beside both of Anki's packages.
  .apkg holds all decks with scheduling and history, .colpkg is the file as it is, compressed.
backup: ours is copied, flushed, and held against its structure, checks and references before it
  counts as one, as each day's first answer has it done; Anki compresses the file, unchecked.
memory: the peak until the last answer and search."""

_FLUSH = """the flush to disk is the same; around it, an interpreter asks the file one question
  after another, where Anki's rules are compiled and its queue is in memory"""
_TEXT = """a line of text for every event, and a digest over all, beside copies of tables"""
WHY = {
    "open": "the log is looked at: whose it is, which schema it has, which migrations are missing",
    "counts": """decks are not in the log, so that the name of every card is read on both sides and
  looked for on the other; Anki groups its rows by a number. Later counts read no name again""",
    "first card": "every card that is due is looked for among the decks' names",
    "grade to next, median": _FLUSH,
    "grade to next, p99": _FLUSH,
    "search": "the texts lie in wide rows of the compiled decks, and every row is read",
    "rebuild": """a loop of an interpreter in double precision, on all cores, beside compiled code
  in single precision""",
    "export, .apkg": _TEXT,
    "export, .colpkg": _TEXT,
    "backup": "the proof: copying takes the smaller part, going through every row of it the larger",
    "memory": "the names of all cards are held, of the decks' and of the log's",
}
"""Why a row may be above 1.0."""


def main() -> None:
    """Fill, study in turns, print."""
    told = _arguments()
    pythons = {"ours": sys.executable, "anki": told.anki}
    if subprocess.run(
        [told.anki, "-c", "import anki"], check=False, capture_output=True
    ).returncode:
        raise SystemExit(f"{told.anki} has no package anki: pip install 'anki>=26.9', or --anki")
    sizes = [str(told.cards), str(told.reviews), str(int(time.time() * 1000)), str(told.answers)]
    with tempfile.TemporaryDirectory() as place:
        figures = _both(Path(place), pythons, sizes, told.rounds)
        _report(figures)
        grown = []
        for cards in (cards for cards in GROWTH if cards <= told.cards):
            grown.append(_growth(Path(place), cards, sizes))
            _report_growth(*grown[-1], grown[0][1])
    print(NOTES)
    print(*explained(figures), sep="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside_anki")
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--anki", default=sys.executable, help="a Python that has anki")
    return parser.parse_args()


def _both(
    place: Path, pythons: dict[str, str], sizes: list[str], rounds: int
) -> dict[str, Figures]:
    for side, python in pythons.items():
        (place / side).mkdir()
        _run(python, side, "fill", place / side, sizes)
        # Studied where it was filled: compiled decks are known by their place and their time.
        shutil.copytree(place / side, place / "filled" / side)
    taken: dict[str, list[Figures]] = {side: [] for side in pythons}
    for _ in range(rounds):
        for side, python in pythons.items():
            taken[side].append(_studied(place, python, side, sizes))
    return {
        side: {name: statistics.median(each[name] for each in all_) for name in ORDER}
        for side, all_ in taken.items()
    }


def _studied(place: Path, python: str, side: str, sizes: list[str]) -> Figures:
    shutil.rmtree(place / side)
    shutil.copytree(place / "filled" / side, place / side)
    return _run(python, side, "study", place / side, sizes)


def _growth(place: Path, cards: int, sizes: list[str]) -> tuple[int, float, float]:
    folder = place / f"growth-{cards}"
    folder.mkdir()
    # No more answers than are due: a share of the cards.
    grown = [str(cards), str(cards * 10), sizes[2], str(min(int(sizes[3]), cards // 20))]
    _run(sys.executable, "ours", "fill", folder, grown)
    figures = _run(sys.executable, "ours", "study", folder, grown)
    return cards, figures["grade to next, median"], figures["grade to next, p99"]


def _run(python: str, side: str, what: str, folder: Path, sizes: list[str]) -> Figures:
    command = [python, "-m", SIDES[side], what, str(folder), *sizes]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{side} failed to {what}:\n{done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _report(figures: dict[str, Figures]) -> None:
    print(f"{'':24}{'ours':>12}{'Anki':>12}{'ratio':>8}")
    for name in ORDER:
        own, other = figures["ours"][name], figures["anki"][name]
        sides = f"{_shown(name, own):>12}{_shown(name, other):>12}"
        print(f"{name:24}{sides}{own / other:>8.2f}", flush=True)


def explained(figures: dict[str, Figures]) -> list[str]:
    """Return a sentence for each row of this run that came out above 1.0."""
    ratios = {name: figures["ours"][name] / figures["anki"][name] for name in ORDER}
    return [f"{name}, {ratio:.2f}: {WHY[name]}." for name, ratio in ratios.items() if ratio > 1]


def _report_growth(cards: int, middle: float, high: float, smallest: float) -> None:
    shown = f"grade to next {_shown('', middle)}, p99 {_shown('', high)}"
    print(f"ours, {cards:>7,} cards: {shown}, {middle / smallest:.2f} of the smallest", flush=True)


def _shown(name: str, value: float) -> str:
    if name == "memory":
        return f"{value:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.2f} ms"


if __name__ == "__main__":
    main()

"""The first card comes before everything that it does not need."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.tui.studio import DECK, press, seen, settle

PROGRAM = """
import asyncio, json, sys
from pathlib import Path

from studydl.cards import Library
from studydl.language import Language
from studydl.memory import Memory
from studydl.tui.app import StudyApp

folder = Path(sys.argv[1])
loaded = {}

class Watching:
    # Stands in for the process that measures: what is loaded when it is started counts.
    async def start(self):
        strips = app.screen._compositor.render_strips()
        loaded["screen"] = "".join(strip.text for strip in strips)
        loaded["painted"] = painted
        loaded["modules"] = sorted(sys.modules)
    async def close(self): ...

painted = 0

class Painting(StudyApp):
    def _display(self, screen, renderable):
        global painted
        super()._display(screen, renderable)
        painted += renderable is not None and self._running

async def main():
    global app
    library = Library.open([folder / "decks"], folder / "cache")
    memory = Memory.open(folder / "data")
    app = Painting(library, memory, begin=True, language=Language.ENGLISH, worker=Watching())
    async with app.run_test(size=(100, 30)) as pilot:
        while "modules" not in loaded:
            await pilot.pause()
    print(json.dumps(loaded))

asyncio.run(main())
"""

HEAVY = {
    "numpy",
    "sympy",
    "mpmath",
    "yaml",
    "fsrs",
    "markdown_it",
    "pygments",
    "importlib.metadata",
    "studydl.cards.compiler",
    "studydl.verification.evidence",
    "studydl.verification.client",
    "studydl.session.panel",
    "studydl.judging.examiner",
    "studydl.tui.answer_lines",
    "studydl.tui.widgets.answer_field",
    "textual.widgets._text_area",
    "studydl.tui.screens.help",
    "studydl.tui.palette",
    "studydl.tui.widgets.derivation_pane",
    "studydl.tui.widgets.evidence_pane",
}


def started(folder: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    return json.loads(done.stdout)


def test_nothing_heavy_is_loaded_when_the_first_card_is_seen(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "deck.yaml").write_text(DECK.read_text("utf-8"), "utf-8")
    started(tmp_path)  # compiles the deck
    loaded = started(tmp_path)
    assert "What is the derivative of the sigmoid" in loaded["screen"]
    assert HEAVY & set(loaded["modules"]) == set()


def test_the_process_is_not_started_before_the_first_paint(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "deck.yaml").write_text(DECK.read_text("utf-8"), "utf-8")
    assert started(tmp_path)["painted"] >= 1


async def test_the_process_is_started_once_the_card_is_seen(studio):
    screens = []
    async with studio.opened("slope-by-heart") as (app, pilot):
        studio.process.on_start = lambda: screens.append(seen(app))
        await settle(pilot)
        assert studio.process.starts == 1


async def test_a_whole_sitting_loads_neither_numpy_nor_sympy(studio):
    before = {"numpy", "sympy"} & set(sys.modules)
    async with studio.opened("slope-by-heart", "slope-chosen") as (_, pilot):
        await press(pilot, "space", "v", "d", "space", "3", "a", "v", "3")
        assert {"numpy", "sympy"} & set(sys.modules) == before

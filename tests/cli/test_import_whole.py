"""``studydl import`` of a package: cards and history together, or neither, whatever happens."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from studydl.memory import Memory
from tests.cli.test_verbs import run
from tests.interchange.packing import AT, collection, package

MODELS = {
    "1": {
        "flds": [{"name": "Front"}, {"name": "Back"}],
        "tmpls": [{"qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
        "type": 0,
    }
}
COL = "CREATE TABLE col (models text);"
KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
CHANGING = {"os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "shutil.rmtree"}
def hook(event, values):
    global left
    if event in CHANGING or (event == "open" and values[2] & (os.O_WRONLY | os.O_RDWR)):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from studydl.__main__ import main
main()
"""


def made(folder: Path, *answers: tuple[int, int, int, int], front: str = "What is it?") -> str:
    """Make a package with a note of somebody's, a card of ours and answers."""
    notes = [("somebody's", 0), ("studydl-relu-value", -1)]
    file = collection(folder / "c.db", notes=notes, revlog=answers, more=COL)
    with closing(sqlite3.connect(file)) as database:
        database.execute("INSERT INTO col VALUES (?)", (json.dumps(MODELS),))
        database.execute("UPDATE notes SET flds = ? WHERE id = 1", (f"{front}\x1fAn array",))
        database.commit()
    path = package(folder / "their.apkg", {"collection.anki21": file, "media": b"{}"})
    file.unlink()
    return str(path)


GOOD = (AT, 1, 3, 0), (AT + 9, 2, 3, 0)
FROM_THE_FUTURE = (AT * 2, 1, 3, 0)


def standing(home: Path) -> tuple[str | None, int, int]:
    """Return the deck, how many reviews there are and how many cards are suspended."""
    deck = home / "decks" / "my-their.yaml"
    text = deck.read_text("utf-8") if deck.exists() else None
    if not (home / "reviews.db").exists():
        return text, 0, 0
    with Memory.open(home) as memory:
        assert memory.integrity() == []
        assert memory.differences() == []
        return text, len(list(memory.reviews())), len(memory.suspended())


def test_cards_come_with_their_history(home: Path, tmp_path: Path) -> None:
    done = run("import", made(tmp_path, *GOOD))
    assert (done.returncode, done.stderr) == (0, "")
    text, reviews, suspended = standing(home)
    assert text is not None
    assert (reviews, suspended) == (2, 1)


def test_a_refused_history_leaves_no_deck_behind(home: Path, tmp_path: Path) -> None:
    done = run("import", made(tmp_path, *GOOD, FROM_THE_FUTURE))
    assert (done.returncode, done.stdout) == (2, "")
    assert "has a date or a grade that cannot be (nothing was taken in)" in done.stderr
    assert standing(home) == (None, 0, 0)
    assert not [each for each in (home / "decks").rglob("*") if each.is_file()]


def test_a_refused_history_leaves_the_deck_as_it_was(home: Path, tmp_path: Path) -> None:
    run("import", made(tmp_path, *GOOD))
    before = standing(home)
    assert run("import", made(tmp_path, FROM_THE_FUTURE, front="What was it?")).returncode == 2
    assert standing(home) == before


@pytest.mark.parametrize("kind", ["apkg", "csv"])
def test_a_deck_that_cannot_be_written_leaves_the_log_alone(
    home: Path, tmp_path: Path, kind: str
) -> None:
    home.mkdir()
    (home / "decks").symlink_to("nowhere")
    (tmp_path / "words.csv").write_text("a,b\n")
    file = made(tmp_path, *GOOD) if kind == "apkg" else str(tmp_path / "words.csv")
    done = run("import", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this folder cannot be made" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "reviews.db").exists()


def test_a_deck_that_cannot_be_put_in_its_place_is_told_as_it_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from studydl.cli.import_ import import_
    from studydl.errors import StudyError

    file, replace = made(tmp_path, *GOOD), Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if str(target).endswith(".yaml"):
            raise PermissionError(1, "not permitted")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    done = CliRunner().invoke(import_, [file])
    assert isinstance(done.exception, StudyError)
    assert "the answers are kept, the cards are not there yet" in str(done.exception)
    assert standing(home) == (None, 2, 1)
    monkeypatch.undo()
    monkeypatch.setenv("STUDYDL_HOME", str(home))
    run("import", file)
    assert standing(home)[0] is not None
    assert standing(home)[1:] == (2, 1)


def test_killed_at_any_moment_it_leaves_nothing_half_and_can_be_done_again(
    home: Path, tmp_path: Path
) -> None:
    file = made(tmp_path, *GOOD)
    seen, place, step = set(), 0, 3
    while True:
        (home / "trial").mkdir(parents=True)
        own = home / "trial"
        script = [sys.executable, "-c", KILLED, str(place), "import", file]
        environment = os.environ | {"STUDYDL_HOME": str(own), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(script, env=environment, capture_output=True, check=False)
        text, reviews, suspended = standing(own)
        # Cards are never there without their history.
        assert (text is not None, reviews, suspended) in {
            (False, 0, 0),
            (False, 2, 1),
            (True, 2, 1),
        }
        seen.add((text is not None, reviews))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        again = subprocess.run(
            [sys.executable, "-m", "studydl", "import", file],
            env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert again.returncode == 0
        assert standing(own)[0] is not None
        assert standing(own)[1:] == (2, 1)
        own.rename(home / f"done-{place}")
        place += step
    assert {(False, 0), (True, 2)} <= seen

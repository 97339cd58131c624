"""``studydl import``: all or nothing, and one sentence if nothing."""

from pathlib import Path

import pytest

from studydl.memory import Grade, Memory
from tests.cli.test_verbs import run
from tests.interchange.packing import AT, collection, package


@pytest.fixture
def lines(tmp_path: Path) -> str:
    with Memory.open(tmp_path / "other") as memory:
        memory.record("sigmoid-gradient-peak", Grade.GOOD, duration_ms=1)
        text = "\n".join(memory.lines())
    return f'{{"format": "studydl-log", "version": 1}}\n{text}\n'


def test_a_dash_is_the_standard_input(home: Path, lines: str) -> None:
    done = run("import", "-", stdin=lines)
    assert (done.returncode, done.stdout) == (0, "2 events taken in, 0 known already\n")


def test_a_broken_line_refuses_the_file_unless_told_to_keep_going(home: Path, lines: str) -> None:
    refused = run("import", "-", stdin=lines + "{\n")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "standard input, line 4: this line is not JSON" in refused.stderr
    kept = run("import", "-", "--keep-going", stdin=lines + "{\n")
    assert kept.returncode == 1
    assert kept.stdout == "2 events taken in, 0 known already, 1 lines left out\n"


def test_a_file_that_is_not_there_is_told_in_one_sentence(home: Path) -> None:
    done = run("import", "nothing.jsonl")
    assert done.returncode == 2
    assert "nothing.jsonl: this file cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_log_is_backed_up_before_it_is_changed(home: Path, lines: str) -> None:
    run("import", "-", stdin=lines)
    run("import", "-", stdin=lines)
    assert list((home / "backups").glob("reviews-*.db"))


def anki_package(folder: Path) -> Path:
    notes = [("studydl-sigmoid-gradient-peak", -1), ("a note of somebody's", 0)]
    made = collection(folder / "c", notes=notes, revlog=[(AT, 1, 3, 0), (AT + 9, 2, 3, 0)])
    return package(folder / "a.apkg", {"collection.anki21": made, "media": b"{}"})


def test_what_was_answered_in_anki_is_taken_in_once(home: Path, tmp_path: Path) -> None:
    file = str(anki_package(tmp_path))
    done = run("import", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1 cards found, 1 answers taken in, 0 known already, 1 cards suspended",
        "1 cards left out: their kind of note cannot be read",
    ]
    again = "1 cards found, 0 answers taken in, 1 known already, 0 cards suspended"
    assert run("import", file).stdout.splitlines()[0] == again


def test_a_hostile_package_is_refused_and_nothing_is_changed(home: Path, tmp_path: Path) -> None:
    hostile = package(tmp_path / "h.apkg", {"collection.anki2": b"", "../../evil": b"x"})
    done = run("import", str(hostile))
    assert (done.returncode, done.stdout) == (2, "")
    assert "would be put elsewhere" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (home / "reviews.db").exists()


def test_a_package_of_ours_brings_our_own_answers_back_only_once(
    home: Path, tmp_path: Path
) -> None:
    with Memory.open(home) as memory:
        memory.record("sigmoid-gradient-peak", Grade.GOOD, duration_ms=1)
    file = str(tmp_path / "own.apkg")
    assert run("export", file).stderr.splitlines()[-1].endswith("cards with 1 answers written")
    found = run("import", file).stdout
    assert "0 answers taken in, 1 known already, 0 cards suspended" in found


CARD = "sigmoid-gradient-peak"


def test_tags_that_were_given_in_anki_become_the_learners_own_once(
    home: Path, tmp_path: Path
) -> None:
    told = ("activations", "Sigmoid", "gradient", "leech", "Exam::hard", "难", "ill*", "exam")
    made = collection(tmp_path / "c", notes=[(f"studydl-{CARD}", 0, *told)])
    file = str(package(tmp_path / "a.apkg", {"collection.anki21": made, "media": b"{}"}))
    with Memory.open(home) as memory:
        memory.tag(["other"], ["EXAM"])
    done = run("import", file)
    assert done.stdout.splitlines() == [
        "1 cards found, 0 answers taken in, 0 known already, 0 cards suspended, 1 tagged",
        "1 tags left out: they are no words that can be a tag here",
    ]
    with Memory.open(home) as memory:
        assert memory.marks(CARD).tags == ("EXAM", "Exam::hard", "难")
        assert memory.differences() == []
        events = list(memory.events())
    assert "tagged" not in run("import", file).stdout
    with Memory.open(home) as memory:
        assert list(memory.events()) == events


@pytest.mark.parametrize("name", ["cards.apkg", "log.jsonl"])
def test_the_learners_tags_are_carried_to_another_machine(
    home: Path, tmp_path: Path, name: str
) -> None:
    with Memory.open(home) as memory:
        memory.tag([CARD, "relu-value"], ["exam::hard", "难"])
        memory.untag(["relu-value"], ["难"])
    file, other = str(tmp_path / name), tmp_path / "other"
    assert run("export", file).returncode == 0
    for machine in (other, other, home):
        assert run("import", file, STUDYDL_HOME=str(machine)).returncode == 0
        with Memory.open(machine) as memory:
            own = {CARD: ("exam::hard", "难"), "relu-value": ("exam::hard",)}
            assert memory.tags_by_card() == own


@pytest.mark.parametrize("separator", ["csv", "tsv"])
def test_the_learners_tags_stand_in_the_column_of_tags(
    home: Path, tmp_path: Path, separator: str
) -> None:
    with Memory.open(home) as memory:
        memory.tag([CARD], ["exam::hard"])
    file = tmp_path / f"cards.{separator}"
    run("export", str(file), "tag:exam")
    *_, row = file.read_text("utf-8").splitlines()
    assert row.startswith(f"studydl-{CARD}")
    assert "activations sigmoid gradient exam::hard" in row


def test_a_table_becomes_a_deck_of_ones_own_that_check_calls_unverified(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "My words.txt"
    file.write_text("#separator:Tab\nWhat is a tensor?\tAn array.\n", "utf-8")
    deck = home / "decks" / "my-my-words.yaml"
    assert run("import", str(file)).stdout == f"{deck}: 1 cards added, 0 updated\n"
    assert run("import", str(file)).stdout == f"{deck}: 0 cards added, 0 updated\n"
    checked = run("check", str(deck))
    assert checked.returncode == 0
    assert "1 of its cards stand on no claim" in checked.stdout

"""``studydl import``: all or nothing, and one sentence if nothing."""

from pathlib import Path

import pytest

from studydl.memory import Grade, Memory
from tests.cli.test_verbs import run


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

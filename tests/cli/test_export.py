"""``studydl export``: files that appear whole, in the format that their ending tells."""

import json
from pathlib import Path

import pytest

from studydl.memory import Grade, Memory
from tests.cli.test_verbs import run


@pytest.fixture
def studied(home: Path) -> Path:
    with Memory.open(home) as memory:
        memory.record("sigmoid-gradient-peak", Grade.GOOD, duration_ms=1)
    return home


def test_the_history_is_written_and_taken_in_elsewhere(studied: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "log.jsonl", {"STUDYDL_HOME": str(tmp_path / "other")}
    done = run("export", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 events written\n")
    first = run("import", str(file), **other)
    assert (first.returncode, first.stdout) == (0, "2 events taken in, 0 known already\n")
    assert run("import", str(file), **other).stdout == "0 events taken in, 2 known already\n"
    assert run("export", "-", "sigmoid-gradient-peak", **other).stdout == file.read_text("utf-8")
    assert run("export", "-", **other).stdout == file.read_text("utf-8")


def test_a_dash_is_the_standard_output(studied: Path) -> None:
    header, *events, footer = run("export", "-").stdout.splitlines()
    assert json.loads(header)["format"] == "studydl-log"
    assert json.loads(footer)["events"] == 2
    assert [json.loads(event)["kind"] for event in events] == ["parameters", "review"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [("log.xyz", "tells no format"), ("missing/log.jsonl", "cannot be written: No such file")],
)
def test_what_cannot_be_written_is_told_in_one_sentence(
    studied: Path, tmp_path: Path, file: str, sentence: str
) -> None:
    done = run("export", str(tmp_path / file))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / file).exists()


@pytest.mark.parametrize(("name", "start"), [("c.csv", b"#separator:Comma"), ("c.apkg", b"PK")])
def test_cards_are_written_and_those_that_cannot_be_are_named(
    studied: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    done = run("export", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1].endswith(" written")
    assert "is left out: only the implementation knows its answer" in done.stderr
    assert (tmp_path / name).read_bytes().startswith(start)


def test_without_a_log_cards_are_written_and_no_log_is_made(home: Path, tmp_path: Path) -> None:
    assert run("export", str(tmp_path / "c.csv")).returncode == 0
    refused = run("export", str(tmp_path / "log.jsonl"))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "there is no log of reviews yet" in refused.stderr
    assert not (home / "reviews.db").exists()

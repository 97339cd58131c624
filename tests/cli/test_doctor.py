"""Backups, restoring and the doctor, as their user meets them."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from studydl.memory import FixedClock, Grade, Memory

CARD = "sigmoid-gradient-peak"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "studydl", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
        timeout=120,
    )


@pytest.fixture
def log(home):
    with Memory.open(home) as memory:
        for card in (CARD, CARD, "a-card-of-no-deck"):
            memory.record(card, Grade.GOOD, duration_ms=1000)
        memory.undo()
        memory.record("another-card-of-no-deck", Grade.AGAIN, duration_ms=1000)
    return home / "reviews.db"


def statuses(*arguments: str) -> tuple[int, dict[str, tuple[str, str]]]:
    done = run("doctor", "--json", *arguments)
    assert done.stderr == ""
    findings = json.loads(done.stdout)["findings"]
    return done.returncode, {each["about"]: (each["status"], each["sentence"]) for each in findings}


def test_a_fresh_home_is_well(home) -> None:
    code, found = statuses()

    assert code == 0
    assert "no log of reviews yet" in found["log"][1]
    assert "no backup yet" in found["backups"][1]
    assert found["worker"][0] == found["cards"][0] == "good"
    assert not (home / "reviews.db").exists()


def test_a_log_is_told_with_what_it_holds(log) -> None:
    run("backup")

    code, found = statuses()

    assert code == 0
    assert "6 events, 4 reviews of which 1 are undone" in found["log"][1]
    assert found["orphans"][0] == "note"
    assert "2 reviews are of 2 cards that no deck has" in found["orphans"][1]
    assert {found[about][0] for about in ("integrity", "states", "clock", "backups")} == {"good"}
    lines = run("doctor").stdout.splitlines()
    assert len(lines) == len(found)
    assert all(line[:2] in {"✓ ", "· "} for line in lines)


def test_states_that_do_not_follow_from_the_log_are_found_and_mended(log) -> None:
    connection = sqlite3.connect(log)
    connection.execute("UPDATE states SET stability = 99 WHERE card = ?", (CARD,))
    connection.commit()
    connection.close()

    code, found = statuses()
    assert code == 1
    assert found["states"][0] == "bad"
    assert f"card {CARD}" in found["states"][1]

    assert statuses("--mend")[0] == 0
    assert statuses()[0] == 0


def test_a_log_of_the_future_a_bad_setting_and_a_bad_backup_are_found(log, home) -> None:
    later = FixedClock(datetime.now(UTC) + timedelta(days=3))
    with Memory.open(home, clock=later) as memory:
        memory.record(CARD, Grade.GOOD, duration_ms=1)
        memory.back_up().path.write_bytes(b"no database" * 100)
    (home / "settings.toml").write_text("new_per_day = 'many'\n")

    code, found = statuses()

    assert code == 1
    assert "the newest cannot be restored" in found["backups"][1]
    assert found["settings"][0] == "bad"
    assert "new_per_day" in found["settings"][1]

    (home / "settings.toml").unlink()
    assert "after what the clock shows" in statuses()[1]["clock"][1]


def test_a_damaged_log_is_found_rescued_and_restored(log, home, tmp_path) -> None:
    made = json.loads(run("backup", "--json").stdout)
    whole = log.read_bytes()
    log.write_bytes(b"\xa5" * 4096 + whole[4096:])

    code, found = statuses()
    assert code == 1
    assert "not a log of reviews" in found["log"][1]

    out = tmp_path / "rescued.jsonl"
    assert "6 events" in run("doctor", "--rescue", str(out)).stdout
    assert len(out.read_text().splitlines()) == 7
    again = run("doctor", "--rescue", str(out))
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr

    restored = run("restore", os.path.basename(made["path"]))  # noqa: PTH119 - a name, as it is typed
    assert restored.returncode == 0
    assert "4 reviews" in restored.stdout
    assert "kept in" in restored.stdout
    assert statuses()[0] == 0


def test_what_was_rescued_can_be_taken_in(log, home, tmp_path) -> None:
    from studydl.interchange.json_lines import take_lines

    out = tmp_path / "rescued.jsonl"
    run("doctor", "--rescue", str(out))
    with Memory.open(home, read_only=True) as memory:
        events = list(memory.events())
    with Memory.open(tmp_path / "other") as other, out.open("rb") as stream:
        take_lines(other, stream, "rescued")
        assert list(other.events()) == events


def test_backups_are_listed_restored_by_name_and_written_elsewhere(log, home, tmp_path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    assert run("backup", "--to", str(elsewhere)).returncode == 0
    assert run("backup", "--to", str(tmp_path)).stdout.startswith(f"✓ {tmp_path}/reviews-")
    assert "no backup yet" in run("restore").stdout
    with Memory.open(home) as memory:
        memory.record("later", Grade.GOOD, duration_ms=1)

    told = json.loads(run("restore", str(elsewhere), "--json").stdout)

    assert told["reviews"] == 4
    listed = json.loads(run("restore", "--list", "--json").stdout)["backups"]
    assert [each["path"] for each in listed] == [told["kept"]]
    assert "5 reviews" in run("restore", listed[0]["name"]).stdout
    assert listed[0]["name"] in run("restore").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["backup"], "no log of reviews yet"),
        (["restore", "2020-01-01"], "no backup or file"),
        (["restore", "/nonexistent/x.db"], "no backup or file"),
        (["doctor", "--of", "x"], "--of goes with --rescue"),
        (["doctor", "--rescue", "x"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments, sentence, home) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "reviews.db").exists()

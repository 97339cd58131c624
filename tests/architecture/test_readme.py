"""What the README says of the program is what the program says of itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from studydl.cli.app import VERBS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_keys_and_counts_are_those_of_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/readme.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_mentioned(verb: str) -> None:
    assert f"`studydl {verb}" in README


def test_the_gate_finds_the_test_command() -> None:
    _, _, after = README.partition("<!-- test command -->")
    command = after.split("```")[1].removeprefix("sh").strip()

    assert ".venv/bin/pytest" in command
    assert "\n" not in command

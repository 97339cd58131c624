"""A whole session in plain lines."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def hold(*lines: str, query: str = "activations", lang: str = "en") -> str:
    """Hold a session with these lines as the learner's input; return all that is printed."""
    done = subprocess.run(
        [sys.executable, "-m", "studydl", "quiz", query, "--plain", "--lang", lang],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout


def reviews(home: Path) -> list[tuple[str, int]]:
    from studydl.memory import Memory

    with Memory.open(home) as memory:
        return [(review.card, review.grade) for review in memory.reviews() if not review.undone]


def test_a_card_is_answered_judged_graded_and_kept(home: Path) -> None:
    told = hold("1/4", "4", query="sigmoid-gradient-peak")

    assert "✓ Correct: " in told
    assert "Answer: " in told
    assert "4 Easy" in told
    assert "1 answered, 100 % recalled" in told
    assert reviews(home) == [("sigmoid-gradient-peak", 4)]


def test_the_proposed_grade_is_taken_by_enter(home: Path) -> None:
    hold("0.5", "", ":q", query="sigmoid-gradient-peak")

    assert reviews(home) == [("sigmoid-gradient-peak", 1)]


def test_an_answer_that_is_not_understood_shows_the_place_and_costs_nothing(home: Path) -> None:
    told = hold("2 + $", ":q", query="sigmoid-gradient-peak")

    assert "  2 + $\n      ^\n" in told
    assert "! not understood." in told
    assert reviews(home) == []


def test_undo_takes_the_last_answer_back(home: Path) -> None:
    told = hold("", "4", ":u", ":q")

    assert "Undone: " in told
    assert reviews(home) == []


def test_the_claim_is_measured_and_the_derivation_walked(home: Path) -> None:
    told = hold(":v", "1/4", ":v", ":d", ":q", query="sigmoid-gradient-peak")

    assert "Reveal the answer first" in told
    assert "studydl verify activations.sigmoid-gradient-peak --no-cache --seed 0" in told
    assert "verified in" in told
    assert reviews(home) == []


@pytest.mark.parametrize("command", [":?", ":help", ":nonsense"])
def test_help_is_there_at_any_prompt(command: str) -> None:
    assert ":u undoes" in hold(command, ":q")


def test_a_session_speaks_chinese() -> None:
    told = hold("", "", ":q", lang="zh")

    assert "答案" in told
    assert "良好" in told


def test_a_session_ends_in_order_when_the_input_ends(home: Path) -> None:
    assert "0" not in hold().splitlines()[-1]
    assert reviews(home) == []

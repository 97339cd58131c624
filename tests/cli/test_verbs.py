"""The command line as its user meets it: outputs, exit codes, one sentence for each mistake."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARD = "sigmoid-gradient-peak"


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program without a terminal; the home fixture's environment is inherited."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "studydl", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        timeout=120,
    )


def data(done: subprocess.CompletedProcess[str]) -> dict:
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_help_names_every_verb_and_every_verb_has_help() -> None:
    from studydl.cli.app import VERBS

    overview = run("--help").stdout
    for verb, sentence in VERBS.items():
        assert verb in overview
        assert sentence in overview
        help_ = run(verb, "--help")
        assert help_.returncode == 0
        assert "Exit code" in help_.stdout or verb == "quiz"


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("studydl ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["quiz", "nothing-like-this"], "no card matches"),
        (["verify", "nothing-like-this"], "no claim matches"),
        (["derive", "activations.nothing"], "there is no derivation"),
        (["derive"], "give the ids of derivations, or --all"),
        (["ask", "nothing-like-this"], "there is no card"),
        (["ask", CARD, "--answer", "1", "--file", "x"], "the answer is given twice"),
        (["ask", CARD, "--file", "/nonexistent/answer"], "No such file"),
        (["check", "/nonexistent/deck.yaml"], "there is no such file or folder"),
        (["notes", "99"], "no statement stands in section 99"),
        (["unheard-of"], "No such command"),
        (["verify", "--jobs", "0"], "Invalid value"),
    ],
)
def test_a_call_that_cannot_be_used_gets_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str
) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        ("1/4", "correct", 0),
        ("0.25", "correct", 0),
        ("25%", "correct", 0),
        ("0.5", "wrong", 1),
        ("a quarter", "invalid", 2),
    ],
)
def test_an_answer_is_judged_by_its_value(answer: str, verdict: str, code: int) -> None:
    done = run("ask", CARD, "--answer", answer, "--json")
    told = data(done)

    assert (told["verdict"], done.returncode) == (verdict, code)
    assert told["card"] == CARD
    assert told["kind"] == "number"
    assert told["feedback"]
    assert told["seed"] == 0
    assert told.keys() >= {"prompt", "proposed_grade"}


def test_an_answer_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "answer").write_text("1/4\n")

    assert data(run("ask", CARD, "--file", str(tmp_path / "answer"), "--json"))["verdict"] == (
        "correct"
    )


def test_asking_shows_the_card_in_the_language_of_the_environment() -> None:
    assert "？" in run("ask", CARD, LANG="zh_CN.UTF-8", LC_ALL="zh_CN.UTF-8").stdout
    assert "?" in run("ask", CARD).stdout


def test_verify_prints_every_number_of_the_contract() -> None:
    done = run("verify", "sigmoid-gradient-peak", "--json")
    told = data(done)
    (claim,) = told["claims"]

    assert done.returncode == 0
    assert claim["id"] == "activations.sigmoid-gradient-peak"
    assert claim["verdict"] == "verified"
    assert claim.keys() >= {"statement", "measurements", "misconceptions", "seconds", "seed"}
    for measurement in claim["measurements"]:
        assert measurement.keys() >= {"name", "measured", "expected", "tolerance", "margin"}
    assert {each["verdict"] for each in claim["misconceptions"]} == {"refuted"}
    assert told["totals"]["claims"] == told["totals"]["verified"] == 1


def test_a_second_verify_says_that_it_read_the_cache() -> None:
    first = data(run("verify", "activations.relu-value", "--json"))
    second = data(run("verify", "activations.relu-value", "--json"))
    third = data(run("verify", "activations.relu-value", "--json", "--no-cache"))

    assert [each["totals"]["cached"] for each in (first, second, third)] == [0, 1, 0]
    assert "cached" in run("verify", "activations.relu-value").stdout


def test_a_claim_that_takes_too_long_is_an_error_and_exit_code_1() -> None:
    done = run(
        "verify",
        "activations.relu-value",
        "--no-cache",
        "--time-limit",
        "0.1",
        "--json",
        "--jobs",
        "1",
    )

    assert done.returncode in {0, 1}
    assert done.returncode == (0 if data(done)["totals"]["verified"] else 1)


def test_a_derivation_is_printed_with_the_check_of_each_step() -> None:
    done = run("derive", "activations.sigmoid-gradient")
    ascii_only = run("derive", "activations.sigmoid-gradient", "--plain").stdout
    told = data(run("derive", "activations.sigmoid-gradient", "--json"))

    assert done.returncode == 0
    assert "✓" in done.stdout
    assert "verified" in done.stdout
    assert ascii_only.isascii()
    assert r"\frac" in run("derive", "activations.sigmoid-gradient", "--latex").stdout
    assert {step["proof"] for step in told["derivations"][0]["steps"]} <= {
        "definition",
        "symbolic",
        "numeric",
    }


BROKEN = """
chapter: activations
title: {en: Broken, zh: 坏的}
cards:
  - id: broken
    notes: 1.10
    ask: {en: How, zh: 多少？}
    answer: {kind: number, value: 1e-3}
    explain: {en: Because., zh: 因为。}
    claim: activations.unheard-of
    sources: [Somebody 2020]
"""


def test_check_tells_what_is_wrong_where_and_what_to_write(tmp_path: Path) -> None:
    deck = tmp_path / "broken.yaml"
    deck.write_text(BROKEN, "utf-8")

    done = run("check", str(deck))

    assert done.returncode == 1
    assert f"{deck}:6:12: " in done.stdout
    assert "quotes" in done.stdout
    assert data(run("check", str(deck), "--json"))["totals"]["errors"] >= 1


def test_check_names_a_claim_that_does_not_exist(tmp_path: Path) -> None:
    deck = tmp_path / "broken.yaml"
    deck.write_text(BROKEN.replace("1.10", '"1.10"').replace("en: How,", "en: How much?,"), "utf-8")

    assert "there is no claim 'activations.unheard-of'" in run("check", str(deck)).stdout


def test_a_broken_deck_of_the_learner_does_not_keep_the_others_from_working(home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "broken.yaml").write_text("cards: [", "utf-8")

    done = run("quiz", CARD, stdin=":q\n")

    assert done.returncode == 0
    assert "broken.yaml:2:1: not valid YAML" in done.stderr
    assert CARD in done.stdout


def test_a_pipe_that_closes_early_is_no_crash() -> None:
    pipe = f"{sys.executable} -m studydl verify adam --json | head -c 1"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False)

    assert done.stdout == "{"
    assert "Traceback" not in done.stderr

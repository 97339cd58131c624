"""One answer to one card of each kind, judged without a terminal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from studydl.cli.ask import ask

DECK = Path(__file__).parents[1] / "every_kind.yaml"
RIGHT = """
import numpy as np

def sigmoid_gradient(x):
    s = 1 / (1 + np.exp(-np.abs(x)))
    return s * (1 - s)
"""


@pytest.fixture(autouse=True)
def deck(home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "every_kind.yaml").write_text(DECK.read_text("utf-8"), "utf-8")


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(ask, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def data(*arguments: str) -> tuple[int, dict]:
    code, output = told(*arguments, "--json")
    return code, json.loads(output)


@pytest.mark.parametrize(
    ("card", "answer", "verdict", "code"),
    [
        ("kind-several", "the sigmoid; tanh(x)", "invalid", 2),
        ("kind-several", r"the sigmoid; \tanh(x)", "correct", 0),
        ("kind-several", "the sigmoid", "wrong", 1),
        ("kind-cloze", "1-s; 0", "correct", 0),
        ("kind-cloze", "s; 0", "wrong", 1),
        ("kind-cloze", "1-s", "invalid", 2),
        ("kind-varied", "0.09", "correct", 0),
        ("kind-varied", "0.1", "wrong", 1),
        ("kind-varied", "0.1 +", "invalid", 2),
        ("kind-formula", "s - s^2", "correct", 0),
        ("kind-formula", "s^2 - s", "wrong", 1),
        ("kind-formula", "s(1 - q)", "invalid", 2),
        ("kind-code", RIGHT, "correct", 0),
        ("kind-code", "def sigmoid_gradient(x):\n    return x", "wrong", 1),
        ("kind-code", "def sigmoid(x):\n    return x", "invalid", 2),
    ],
)
def test_each_kind_is_judged_right_wrong_and_invalid(
    card: str, answer: str, verdict: str, code: int
) -> None:
    exit_code, found = data(card, "--answer", answer, "--seed", "1")

    assert (found["verdict"], exit_code) == (verdict, code)
    assert found["feedback"]


def test_an_invalid_formula_shows_a_caret_under_the_place() -> None:
    _, lines = told("kind-formula", "--answer", "s(1 - q)")
    _, found = data("kind-formula", "--answer", "s(1 - q)")

    assert "\n  s(1 - q)\n        ^\n" in lines
    assert found["caret"] == "s(1 - q)".index("q")
    assert found["understood"] == ""


def test_how_a_formula_was_read_is_said_before_the_verdict() -> None:
    _, lines = told("kind-formula", "--answer", "1/2s")
    _, found = data("kind-formula", "--answer", "1/2s")

    assert lines.index("Read as: ") < lines.index("✗ wrong.")
    assert found["understood"] == r"$\frac{1}{2} \cdot s$"
    assert found["remarks"] == ["read as (1/2)*s; write 1/(2*s) if that is meant"]
    assert "1/(2*s)" in lines


def test_a_known_mistake_names_its_misconception() -> None:
    _, found = data("kind-formula", "--answer", "1 - s^2")

    assert found["misconception"] == "tanh-gradient"
    assert "slope of tanh" in found["feedback"]


def test_a_seed_shows_its_variant_and_judges_it() -> None:
    shown = {seed: data("kind-varied", "--seed", str(seed))[1] for seed in range(3)}

    assert sorted(each["parameters"]["s"] for each in shown.values()) == ["0.1", "0.2", "0.3"]
    for seed, each in shown.items():
        s = float(each["parameters"]["s"])
        assert f"$s = {each['parameters']['s']}$" in each["prompt"]
        right = f"{s * (1 - s):.3g}"
        assert data("kind-varied", "--seed", str(seed), "--answer", right)[1]["verdict"] == (
            "correct"
        )


def test_what_code_begins_with_and_gaps_are_shown() -> None:
    assert "  def sigmoid_gradient(x):\n" in told("kind-code")[1]
    assert "def sigmoid_gradient" in data("kind-code")[1]["starter"]
    assert "times [1: ____]" in told("kind-cloze")[1]
    assert "____" in data("kind-cloze")[1]["text"]


def test_code_in_a_file_is_told_its_numbers_its_output_and_its_protection(tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_text("def sigmoid_gradient(x):\n    print('seen')\n    return 0 * x\n")

    _, lines = told("kind-code", "--file", str(file))
    code, found = data("kind-code", "--file", str(file))

    assert code == 1
    assert "  ✗ σ'(0): 0; = 0.25\n" in lines
    assert "Your code printed:\n  seen\n" in lines
    assert "Protection: process" in lines
    assert found["protection"].startswith("process")
    assert found["rung"] == "values"
    assert {"claim", "name", "measured", "expected"} <= found["details"][0].keys()


def test_a_faulty_line_of_code_is_quoted_with_its_caret() -> None:
    _, lines = told("kind-code", "--answer", "def sigmoid_gradient(x):\n    return x +\n")

    assert "\n    return x +\n              ^\n" in lines


def test_a_question_and_its_judgement_are_told_in_chinese() -> None:
    _, lines = told("kind-formula", "--answer", "1 - s^2", "--lang", "zh")

    assert "写出 Sigmoid 的斜率" in lines
    assert "读作: 1 − s²" in lines
    assert "那是 tanh 的斜率。" in lines


@pytest.mark.parametrize(("card", "answer"), [("kind-formula", "s"), ("kind-cloze", "s;0")])
def test_this_process_loads_neither_numpy_nor_sympy(card: str, answer: str) -> None:
    program = (
        "import sys\nfrom click.testing import CliRunner\nfrom studydl.cli.ask import ask\n"
        f"print(CliRunner().invoke(ask, ['{card}', '--answer', '{answer}']).exit_code)\n"
        "print({'numpy', 'sympy', 'asyncio'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    # What is judged at once does without an event loop, too.
    loaded = "set()" if card == "kind-cloze" else "{'asyncio'}"
    assert done.stdout.split("\n")[:2] == ["1", loaded]

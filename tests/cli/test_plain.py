"""A whole session in plain lines."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def hold(
    *lines: str, query: str = "activations", lang: str = "en", options: tuple[str, ...] = ()
) -> str:
    """Hold a session with these lines as the learner's input; return all that is printed."""
    done = subprocess.run(
        [sys.executable, "-m", "studydl", "quiz", query, "--plain", "--lang", lang, *options],
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


@pytest.fixture
def every_kind(home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    deck = Path(__file__).parents[1] / "every_kind.yaml"
    (home / "decks" / "every_kind.yaml").write_text(deck.read_text("utf-8"), "utf-8")


SOLUTION = (
    "import numpy as np",
    "def sigmoid_gradient(x):",
    "    s = 1 / (1 + np.exp(-np.abs(x)))",
    "    return s * (1 - s)",
)


@pytest.mark.usefixtures("every_kind")
@pytest.mark.parametrize(
    ("card", "lines"),
    [
        ("kind-several", (r"the sigmoid; \tanh(x)",)),
        ("kind-cloze", ("1-s; zero",)),
        ("kind-varied", ("0.1 +", "0.16")),
        ("kind-formula", ("s(1-", "s - s^2")),
        ("kind-code", (*SOLUTION, ".")),
    ],
)
def test_each_kind_is_answered_on_lines(home: Path, card: str, lines: tuple[str, ...]) -> None:
    told = hold(*lines, "3", ":q", query=card)

    assert "✓ Correct" in told
    assert reviews(home) == [(card, 3)]
    assert ("! not understood." in told) is (card in {"kind-varied", "kind-formula"})


@pytest.mark.usefixtures("every_kind")
def test_drawn_values_are_shown_and_the_answer_is_known_when_it_is_revealed() -> None:
    told = hold("", ":q", query="kind-varied")

    (value,) = [each for each in ("0.1", "0.2", "0.3") if f"for s = {each}?" in told]
    assert f"= {float(value) * (1 - float(value)):.3g}\n" in told
    assert "[[" not in told


@pytest.mark.usefixtures("every_kind")
def test_gaps_and_the_beginning_of_code_are_shown() -> None:
    assert "times [1: ____]" in hold(":q", query="kind-cloze")
    assert "  def sigmoid_gradient(x):\n" in hold(":q", query="kind-code")


@pytest.mark.usefixtures("every_kind")
def test_code_can_come_from_a_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.py"
    file.write_text("\n".join(SOLUTION))

    told = hold(str(tmp_path / "missing.py"), str(file), "", ":q", query="kind-code")

    assert "No such file" in told
    assert "✓ Correct" in told
    assert reviews(home) == [("kind-code", 3)]


@pytest.mark.usefixtures("every_kind")
def test_code_can_be_written_in_an_editor_that_begins_with_what_there_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text()\n"
        "new = 'return 0 * x' if 'return' not in text else 'return x'\n"
        "last = text.rstrip().splitlines()[-1].strip()\n"
        "file.write_text(text.replace(last, new))\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)

    told = hold(":edit", "", "", ":q", query="kind-code")

    assert "measurements fail" in told
    assert reviews(home) == [("kind-code", 1)]
    assert "type this answer" in hold(":edit", ":q", query="kind-formula")


@pytest.mark.usefixtures("every_kind")
def test_if_no_process_can_be_started_the_answer_is_left_to_the_learner(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = home / "site"
    site.mkdir(parents=True)
    (site / "sympy.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(site))

    told = hold("s - s^2", "", ":q", query="kind-formula")

    assert "? The machine could not judge this answer" in told
    assert reviews(home) == [("kind-formula", 3)]


# What is said once


@pytest.mark.usefixtures("every_kind")
@pytest.mark.parametrize(
    ("card", "answer", "own"),
    [("kind-varied", "5", "0.1*(1 - 0.1) = 0.09"), ("kind-formula", "s", "s · (1 − s)")],
)
def test_the_right_answer_is_said_once_after_a_wrong_one(card: str, answer: str, own: str) -> None:
    variants = {f"{s}*(1 - {s}) = {s * (1 - s):.2g}" for s in (0.1, 0.2, 0.3)}

    told = hold(answer, ":q", query=card)

    assert "✗ wrong." in told
    said = told[told.index("✗ wrong.") :]
    assert sum(said.splitlines()[0].count(each) for each in {own} | variants) == 1
    assert "Answer: " not in said


def test_the_answer_is_said_when_there_was_none() -> None:
    assert "Answer: " in hold("", ":q", query="sigmoid-gradient-peak")


# Wrong code


WRONG = ("def sigmoid_gradient(x):", "    return 0 * x")


@pytest.mark.usefixtures("every_kind")
def test_wrong_code_is_tried_again_before_the_solution_is_shown(home: Path) -> None:
    told = hold(*WRONG, ".", *SOLUTION, ".", "", ":q", query="kind-code")

    first, second = told.split("✓ Correct", 1)
    assert "Try again" in first
    assert "return s * (1 - s)" not in first
    assert "return s * (1 - s)" in second
    assert reviews(home) == [("kind-code", 2)]


@pytest.mark.usefixtures("every_kind")
def test_enter_after_wrong_code_shows_the_solution(home: Path) -> None:
    told = hold(*WRONG, ".", "", "", ":q", query="kind-code")

    assert told.index("measurements fail") < told.index("return s * (1 - s)")
    assert reviews(home) == [("kind-code", 1)]


@pytest.mark.usefixtures("every_kind")
def test_code_that_is_refused_was_not_judged(home: Path) -> None:
    told = hold("import os", "os.kill(1, 0)", *SOLUTION, ".", ":q", query="kind-code")

    assert "! not judged. Your code reaches beyond" in told
    assert "not understood" not in told
    assert reviews(home) == []


# What somebody typed


@pytest.mark.usefixtures("every_kind")
def test_what_was_typed_steers_no_terminal_and_the_caret_stands_below_its_place() -> None:
    told = hold("s(1 \x1b[31m - q)", ":q", query="kind-formula")

    assert "\x1b" not in told
    quoted, caret = next(
        (line, below)
        for line, below in zip(told.splitlines(), told.splitlines()[1:], strict=False)
        if below.strip() == "^"
    )
    assert quoted.rpartition("> ")[2][caret.index("^")] == "�"


@pytest.mark.usefixtures("every_kind")
def test_the_path_of_a_missing_file_is_quoted_so_too() -> None:
    assert "\x1b" not in hold("no\x1b[31mfile.py", ":q", query="kind-code")


# Commands


def test_a_card_is_flagged_with_a_reason_and_unflagged() -> None:
    told = hold(":flag", ":flag a typo", ":unflag", ":q", query="sigmoid-gradient-peak")

    assert "Say why: " in told
    assert "Flagged: sigmoid-gradient-peak." in told
    assert "No longer flagged: sigmoid-gradient-peak." in told


def test_a_card_is_given_tags_that_queries_find_and_they_are_taken(home: Path) -> None:
    told = hold(
        *(":tag", ":tag exam 难", ":tag exam", ":u", ":redo", ":tag hard -exam", ":untag 难"),
        *(":tag -no", ":q"),
        query="sigmoid-gradient-peak",
    )  # fmt: skip

    card = "Your tags of sigmoid-gradient-peak: "
    assert [line.partition(card)[2] for line in told.splitlines() if card in line] == [
        "none", "exam 难", "exam 难", "hard 难", "hard", "hard",
    ]  # fmt: skip
    assert told.count("That changes no tag of yours") == 2
    assert "sigmoid-gradient-peak" in hold(":q", query="tag:hard")
    assert reviews(home) == []


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "! a tag has no * in it"), ("zh", "! 标签里不能有 *")]
)
def test_a_word_that_can_be_no_tag_is_refused_in_the_learners_language(
    lang: str, sentence: str
) -> None:
    told = hold(":tag good a*b", ":tag", ":q", query="sigmoid-gradient-peak", lang=lang)

    assert sentence in told
    assert "good" not in told


@pytest.mark.parametrize("command", [":suspend", ":bury"])
def test_a_card_is_put_away_and_taken_back_and_put_away_again(home: Path, command: str) -> None:
    from studydl.memory import Memory

    told = hold(command, ":u", ":redo", ":redo", ":q")

    asked = [line.split(" · ")[1] for line in told.splitlines() if line.startswith("[activations")]
    assert asked[0] == asked[2] != asked[1] == asked[3]
    assert f"Done again: {asked[0]}." in told
    assert "There is nothing to redo." in told
    with Memory.open(home) as memory:
        assert memory.suspended() | memory.buried() == {asked[0]}


def test_an_answer_is_undone_and_redone(home: Path) -> None:
    told = hold("", "4", ":u", ":redo", ":redo", ":q")

    assert "Done again: " in told
    assert "There is nothing to redo." in told
    assert [grade for _, grade in reviews(home)] == [4]


def test_a_derivation_that_a_card_does_not_have_is_not_walked(home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    deck = Path(__file__).parents[1] / "tui" / "deck.yaml"
    (home / "decks" / "deck.yaml").write_text(deck.read_text("utf-8"), "utf-8")

    assert "This card has no derivation." in hold("0.25", ":d", ":q", query="slope-peak")


# Options


def test_cramming_asks_until_each_was_known_and_records_nothing(home: Path) -> None:
    lines = ("0.5", "1", "0.25", "3")

    told = hold(*lines, query="sigmoid-gradient-peak", options=("--cram",))

    assert "2 answered, 50 % recalled" in told
    assert reviews(home) == []


def test_a_limit_ends_the_session(home: Path) -> None:
    told = hold("", "4", "", "4", options=("--limit", "1"))

    assert "1 answered" in told
    assert len(reviews(home)) == 1


def test_more_new_cards_are_brought_today_when_the_day_has_none_left(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text("new_per_day = 0\n", "utf-8")

    assert "Nothing is due." in hold(query="")
    told = hold("", "4", "", "4", "", "4", query="", options=("--more-new", "2"))

    assert "2 answered" in told
    assert len(reviews(home)) == 2


# All kinds


KINDS = {
    "slope-by-heart": ("", "3"),
    "kind-several": (r"the sigmoid; \tanh(x)", "3"),
    "slope-chosen": ("nothing of these", "s(1 - s)", "3"),
    "slope-peak": ("0.5", "1"),
    "kind-cloze": ("s; zero", ""),
    "kind-varied": ("0.1 +", "7", ""),
    "kind-formula": ("1 - s^2", ""),
    "kind-code": (*WRONG, ".", "", ""),
}


@pytest.mark.usefixtures("every_kind")
def test_a_whole_session_of_all_kinds_goes_through_a_pipe(home: Path) -> None:
    deck = Path(__file__).parents[1] / "tui" / "deck.yaml"
    (home / "decks" / "deck.yaml").write_text(deck.read_text("utf-8"), "utf-8")
    lines = [line for answers in KINDS.values() for line in answers]
    query = " or ".join(f"id:{card}" for card in KINDS)

    told = hold(*lines, ":q", query=query)

    assert "\x1b" not in told
    assert all(each.isprintable() or each == "\n" for each in told)
    asked = [line for line in told.splitlines() if line.startswith("[activations")]
    assert [line.split(" · ")[1] for line in asked[: len(KINDS)]] == list(KINDS)
    assert "! not understood." in told
    assert [grade for _, grade in reviews(home)] == [3, 3, 3, 1, 1, 1, 1, 1]
    assert "8 answered, 38 % recalled" in told

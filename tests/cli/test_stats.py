"""``studydl stats`` as its user meets it."""

import json
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner

from studydl.cli.stats import stats
from studydl.cli.stats_output import bars, lines
from studydl.language import Language
from studydl.memory import Grade, Memory
from studydl.statistics import gathered


@pytest.fixture
def studied(home):
    with Memory.open(home) as memory:
        memory.record("relu-value", Grade.AGAIN, duration_ms=60_000)
        memory.record("sigmoid-gradient-peak", Grade.EASY, duration_ms=60_000)


def told(*arguments):
    return CliRunner().invoke(stats, arguments, catch_exceptions=False).output


def test_an_empty_log_says_what_to_do():
    assert told() == "Nothing was answered yet. `studydl quiz` asks the first cards.\n"


@pytest.mark.usefixtures("studied")
def test_the_figures_are_told_in_both_languages_and_as_json():
    assert "Today: 2 answered, 50 % recalled, 2.0 min\n  2 new, 1 due" in told()
    assert "今天：作答 2 次，答对 50 %" in told("--lang", "zh")
    data = json.loads(told("--json", "--days", "7"))
    assert len(data["calendar"]) == len(data["forecast"]) == 7
    assert data["buttons"]["learning"] == [1, 0, 0, 1]
    assert json.loads(told("relu-value", "--json"))["reviews"] == 1


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize("language", [*Language])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(home, language, width):
    with Memory.open(home) as memory:
        for line in lines(gathered(memory, days=400), language, width=width):
            assert len(line) + sum(east_asian_width(each) in "WF" for each in line) <= width


def test_the_longest_bar_fills_the_line():
    first, second = bars([("a", 2, "2"), ("b", 1, "1")], 60)

    assert first.count("█") == 2 * second.count("█") > 30

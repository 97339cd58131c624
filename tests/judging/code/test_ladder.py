"""Every rung of the ladder is reached by a short text, and says what to mend, where."""

import pytest

from studydl.judging.code import Rung
from studydl.judging.judgement import Verdict
from tests.judging.code.examples import ADAM, BATCH_NORM, DROPOUT, MASK, SIGMOID, SOLUTIONS, TASKS

RIGHT = "    s = 1 / (1 + np.exp(-x))\n    return s * (1 - s)\n"
NUMPY = "import numpy as np\n"
DEF = f"{NUMPY}def sigmoid_gradient(x):\n"


def returning(result):
    return f"{DEF}    s = 1 / (1 + np.exp(-x))\n    return {result}\n"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.function)
async def test_a_solution_passes(judged, task):
    found = await judged(SOLUTIONS[task], task)

    assert (found.rung, found.verdict) == (Rung.PASSED, Verdict.CORRECT), found.message.en
    assert found.remark is None
    assert {row.claim for row in found.details} == set(task.claims)
    assert all(row.measurement.holds for row in found.details)
    assert found.judgement.proposed_grade == 3


INVALID = [
    ("x = (\n", Rung.SYNTAX, "line 1, column 5"),
    ("(" * 300, Rung.SYNTAX, "too many nested"),
    ("x = " + "-" * 9000 + "1", Rung.SYNTAX, "nested too deeply"),
    (f"{NUMPY}\nx = 1 / 0\n", Rung.IMPORT, "line 3 (x = 1 / 0): ZeroDivisionError"),
    ("import pandaz", Rung.IMPORT, "No module named 'pandaz'"),
    ("raise KeyboardInterrupt", Rung.IMPORT, "KeyboardInterrupt"),
    ("import sys\nsys.exit(0)", Rung.IMPORT, "SystemExit"),
    ("", Rung.UNDEFINED, "defines no function"),
    ("def sigmoid_gradien(x): return x", Rung.UNDEFINED, "did you mean sigmoid_gradien"),
    ("def quite_another(x): return x", Rung.UNDEFINED, "it defines quite_another"),
    ("sigmoid_gradient = 0.25", Rung.NOT_A_FUNCTION, "of type float"),
    ("def sigmoid_gradient(): return 1", Rung.SIGNATURE, "does not take x"),
    ("def sigmoid_gradient(x, s): return 1", Rung.SIGNATURE, "nothing is handed over for s"),
    ("def sigmoid_gradient(z): return 1", Rung.SIGNATURE, "def sigmoid_gradient(x):"),
    ("def sigmoid_gradient(*, x): return 1", Rung.SIGNATURE, "in another place stands x"),
    (f"{NUMPY}np.exp = abs\n{returning('s')}", Rung.PATCHES, "numpy.exp"),
    ("x = '\0'", Rung.UNREADABLE, "null"),
    ("x = '\ud800'", Rung.UNREADABLE, "UTF-8"),
    ("#" * 70_000, Rung.UNREADABLE, "64 KB"),
]


@pytest.mark.parametrize(("source", "rung", "says"), INVALID)
async def test_what_cannot_be_measured_is_invalid_and_costs_nothing(judged, source, rung, says):
    found = await judged(source)

    assert (found.rung, found.verdict) == (rung, Verdict.INVALID)
    assert says in found.message.en
    assert found.judgement.proposed_grade is None


WRONG = [
    (f"{DEF}    return x[0, 0]\n", Rung.RAISES, "line 3 (return x[0, 0]): IndexError"),
    (f"{DEF}    raise SystemExit\n", Rung.RAISES, "SystemExit"),
    (f"{DEF}    return sigmoid_gradient(x)\n", Rung.RAISES, "RecursionError"),
    (f"{DEF}    return input()\n", Rung.RAISES, "EOFError"),
    (f"{DEF}    pass\n", Rung.NOTHING, "sigmoid_gradient(array([0.0])) returns None"),
    (returning("list(s)"), Rung.KIND, "list, len 1, where float64 array (1,)"),
    (returning("str(s)"), Rung.KIND, "str"),
    (f"{DEF}    yield x\n", Rung.KIND, "generator"),
    (returning("(s * (1 - s)).sum()"), Rung.SHAPE, "(), where (1,) is expected"),
    (returning("s[:, None]"), Rung.SHAPE, "(1, 1), where (1,)"),
    (returning("(s * 4).astype(int)"), Rung.DTYPE, "int64, where float64"),
    (returning("s > 0"), Rung.DTYPE, "bool, where float64"),
    (returning("s.astype(object)"), Rung.DTYPE, "object, where float64"),
    (returning("s + 0j"), Rung.DTYPE, "complex128, where float64"),
    (returning("s.astype('float32')"), Rung.DTYPE, "float32, where float64"),
    (returning("s / 0"), Rung.NOT_FINITE, "result[0]: inf, where the size is 0.25"),
    (returning("s * np.nan"), Rung.NOT_FINITE, "nan"),
    (f"{DEF}    x += 1\n{RIGHT}", Rung.CHANGES_INPUT, "changes its argument x"),
    (returning("s * np.random.random()"), Rung.NOT_DETERMINISTIC, "another result"),
    (
        f"calls = [1]\n{DEF}    calls[0] += 1\n    return x + calls[0]\n",
        Rung.NOT_DETERMINISTIC,
        "keep nothing between calls",
    ),
    (returning("s * (1 - s) * 1.5"), Rung.VALUES, "measured 0.375, expected 0.25, off by 0.125"),
    (f"{DEF}    np.exp = np.sin\n{RIGHT}", Rung.PATCHES, "numpy.exp"),
]


@pytest.mark.parametrize(("source", "rung", "says"), WRONG)
async def test_the_first_rung_that_fails_is_the_message(judged, source, rung, says):
    found = await judged(source)

    assert found.rung is rung, found.message.en
    assert says in found.message.en
    assert found.verdict is (Verdict.INVALID if rung is Rung.PATCHES else Verdict.WRONG)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.function)
async def test_every_message_is_said_in_both_languages(judged, task):
    found = await judged(f"def {task.function}(: pass", task)

    assert "第 1 行" in found.message.zh
    assert "\n" + " " * (found.column - 1) + "^" in found.message.en


async def test_a_caret_stands_near_its_place_in_a_long_line(judged):
    found = await judged("x = [" + "1, " * 500 + ")")

    line, caret = found.message.en.splitlines()[-2:]
    assert len(line) < 80
    assert line[caret.index("^")] == ")"


async def test_the_message_about_values_names_the_worst_input(judged):
    wrong = SOLUTIONS[ADAM].replace("v / (1 - beta2**t)", "v")

    found = await judged(wrong, ADAM)

    assert "at input" in found.message.en
    failing = [row for row in found.details if not row.measurement.holds]
    assert f"{len(failing)} of {len(found.details)} measurements" in found.message.en
    assert {row.claim for row in failing} == {"optimizers.adam-first-step"}


@pytest.mark.parametrize(
    ("state", "rung"),
    [
        ("(t, m, v)", Rung.PASSED),
        ("AdamState(t, m, v)", Rung.PASSED),
        ("Mine(t, m, v)", Rung.PASSED),
        ("[t, m, v]", Rung.STRUCTURE),
        ("(t, m)", Rung.STRUCTURE),
        ("(t, m, v[0])", Rung.SHAPE),
        ("(-1, m, v)", Rung.STRUCTURE),
        ("(t, None, v)", Rung.NOTHING),
    ],
)
async def test_a_state_may_be_a_plain_tuple_or_a_class_of_the_learners_own(judged, state, rung):
    own = (
        "from typing import NamedTuple\nfrom studydl.nn.optimizers import AdamState\n"
        "class Mine:\n    def __init__(self, step, first, second):\n"
        "        self.step, self.first_moment, self.second_moment = step, first, second\n"
    )

    found = await judged(own + SOLUTIONS[ADAM].replace("(t, m, v)", state), ADAM)

    assert found.rung is rung, found.message.en


async def test_a_tuple_of_another_length_is_a_structure(judged):
    wrong = SOLUTIONS[BATCH_NORM].replace(", gradient.sum(axis=axes)", "")

    found = await judged(wrong, BATCH_NORM)

    assert found.rung is Rung.STRUCTURE
    assert "tuple, len 2, where NormGradients(x, gain, shift) is expected" in found.message.en


async def test_a_default_that_the_reference_has_is_asked_for(judged):
    found = await judged(SOLUTIONS[ADAM].replace("beta1=0.9,", "beta1,"), ADAM)

    assert found.rung is Rung.SIGNATURE
    assert "beta1=0.9" in found.message.en


async def test_a_function_that_takes_anything_is_measured(judged):
    anything = SOLUTIONS[DROPOUT] + "right = dropout_gradient\n"
    anything += "def dropout_gradient(*args, **kwargs): return right(*args, **kwargs)\n"

    assert (await judged(anything, DROPOUT)).rung is Rung.PASSED


async def test_random_numbers_come_from_the_generator_that_is_handed_in(judged):
    foreign = SOLUTIONS[MASK].replace("rng.random(shape)", "np.random.random(shape)")

    found = await judged(f"{NUMPY}{foreign}", MASK)

    assert found.rung is Rung.NOT_DETERMINISTIC


async def test_a_slow_answer_is_right_with_a_remark(judged):
    slow = f"import time\n{DEF}    time.sleep(0.1)\n{RIGHT}"

    found = await judged(slow)

    assert found.verdict is Verdict.CORRECT
    assert "times as long as the reference" in found.remark.en
    assert found.remark.en in found.judgement.feedback.en


async def test_what_is_printed_is_shown_without_what_steers_a_terminal(judged):
    found = await judged(f"print('你好\\x1b[31m')\n{DEF}    print('called')\n{RIGHT}")

    assert found.rung is Rung.PASSED
    assert found.output.startswith("你好�[31m\ncalled\n")


async def test_a_dollar_in_a_message_opens_no_formula(judged):
    found = await judged("raise ValueError('$x')")

    assert r"\$x" in found.message.en


async def test_a_mistake_that_is_known_is_called_by_its_name(judged):
    found = await judged(returning("s"), SIGMOID)

    assert found.rung is Rung.VALUES
    assert found.misconception == "forgot-one-minus"
    assert found.why.en in found.judgement.feedback.en
    assert found.why.zh in found.judgement.feedback.zh


async def test_a_mistake_that_is_not_known_has_no_name(judged):
    found = await judged(returning("s * (1 - s) * 1.5"))

    assert (found.misconception, found.why) == (None, None)

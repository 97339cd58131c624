"""Processes are fresh, one a judgement; a spare waits; none is left behind."""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from studydl.errors import StudyError
from studydl.judging.code import (
    CodeTask,
    Limits,
    Rung,
    Runner,
    judge_code,
    judge_code_blocking,
    judge_misconception,
    protection,
)
from studydl.judging.judgement import Verdict
from studydl.language import Language
from studydl.verification.catalogue import find_claim
from tests.judging.code.examples import ADAM, QUICK, SIGMOID, SOLUTIONS, TASKS, wait_until_gone


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Temporary folders that can be counted."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


async def test_a_prepared_process_judges_one_answer_and_is_gone(folder):
    runner = Runner(QUICK)
    await runner.prepare(SIGMOID)
    assert len(list(folder.glob("studydl-code-*"))) == 1
    which = "import os\nprint(os.getpid())\n" + SOLUTIONS[SIGMOID]

    first, second = [await runner.judge(which, SIGMOID) for _ in range(2)]

    assert first.rung is second.rung is Rung.PASSED
    assert first.output != second.output
    assert list(folder.glob("studydl-code-*")) == []


async def test_a_process_prepared_for_another_task_is_not_used(folder):
    runner = Runner(QUICK)
    await runner.prepare(ADAM)
    await runner.prepare(ADAM)
    assert len(list(folder.glob("studydl-code-*"))) == 1

    found = await runner.judge(SOLUTIONS[SIGMOID], SIGMOID)

    assert found.rung is Rung.PASSED
    assert list(folder.glob("studydl-code-*")) == []


async def test_a_spare_that_is_not_needed_is_ended(folder):
    runner = Runner(QUICK)
    await runner.prepare(SIGMOID)

    await runner.close()

    assert list(folder.glob("studydl-code-*")) == []


async def test_an_unreadable_text_leaves_the_spare_for_the_next(folder):
    runner = Runner(QUICK)
    await runner.prepare(SIGMOID)

    assert (await runner.judge("\0", SIGMOID)).rung is Rung.UNREADABLE
    assert len(list(folder.glob("studydl-code-*"))) == 1

    await runner.close()


async def test_a_judging_that_is_cancelled_leaves_nothing_behind(folder):
    judging = asyncio.create_task(judge_code("import time\ntime.sleep(60)", SIGMOID))
    await asyncio.sleep(0.4)
    assert len(list(folder.glob("studydl-code-*"))) == 1

    judging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await judging

    assert list(folder.glob("studydl-code-*")) == []


async def test_several_answers_are_judged_at_once():
    texts = [SOLUTIONS[SIGMOID], "def sigmoid_gradient(x): return x", "x = ("]

    found = await asyncio.gather(*(judge_code(text, SIGMOID) for text in texts))

    assert [each.verdict for each in found] == [Verdict.CORRECT, Verdict.WRONG, Verdict.INVALID]


def test_there_is_a_way_without_an_event_loop():
    assert judge_code_blocking(SOLUTIONS[SIGMOID], SIGMOID).rung is Rung.PASSED


async def test_the_same_text_gets_the_same_judgement():
    wrong = SOLUTIONS[ADAM].replace("v / (1 - beta2**t)", "v")

    first, second = [await judge_code(wrong, ADAM, seed=7) for _ in range(2)]

    assert first.details == second.details
    assert first.message == second.message


@pytest.mark.parametrize(
    "task",
    [
        CodeTask((), "f"),
        CodeTask(("activations.none-such",), "f"),
        CodeTask(("activations.sigmoid-gradient-peak",), "f", "backward"),
        CodeTask(("regularization.dropout-backward",), "f"),
        CodeTask(("regularization.dropout-backward",), "f", "sideways"),
    ],
)
async def test_a_task_that_names_what_does_not_exist_is_refused(task, folder):
    with pytest.raises(StudyError):
        await judge_code("f = abs", task)

    assert list(folder.glob("studydl-code-*")) == []


async def test_a_process_that_does_not_start_in_time_is_not_the_learners_fault():
    found = await judge_code("x", SIGMOID, limits=Limits(start=0.001))

    assert (found.rung, found.verdict) == (Rung.MACHINERY, Verdict.UNDECIDED)
    assert "starting took longer" in found.message.en


MISCONCEPTIONS = [
    (task, claim, wrong.name)
    for task in TASKS
    for claim in task.claims
    for wrong in find_claim(claim).misconceptions
]


@pytest.mark.parametrize(("task", "claim", "name"), MISCONCEPTIONS)
async def test_every_misconception_fails_and_is_called_by_its_name(task, claim, name):
    found = await judge_misconception(f"{claim}/{name}", task)

    assert found.verdict is Verdict.WRONG, found.message.en
    assert found.misconception == name
    assert found.why in [each.why for each in find_claim(claim).misconceptions]


async def test_a_misconception_that_does_not_exist_is_refused():
    with pytest.raises(StudyError, match="none-such"):
        await judge_misconception("activations.sigmoid-gradient-peak/none-such", SIGMOID)


async def test_the_level_of_protection_that_was_reached_is_told():
    found = await judge_code(SOLUTIONS[SIGMOID], SIGMOID)

    assert found.protection
    assert protection().startswith(f"{found.protection}: ")
    assert "accidents, not attacks" in protection()
    assert "不能防止攻击" in protection(Language.CHINESE)


def test_the_parent_loads_neither_numpy_nor_claims():
    script = (
        "import sys\nfrom studydl.judging.code import CodeTask, judge_code_blocking, protection\n"
        "task = CodeTask(('activations.sigmoid-gradient-peak',), 'f')\n"
        "judge_code_blocking('f = 1', task); protection()\n"
        "print({'numpy', 'sympy', 'studydl.claims', 'textual'} & set(sys.modules))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("set()\n", "")


async def test_a_module_beside_the_learner_does_not_take_the_place_of_a_real_one(
    tmp_path, monkeypatch
):
    (tmp_path / "numpy.py").write_text("raise SystemExit('not the real one')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.fspath(tmp_path))

    assert (await judge_code(SOLUTIONS[SIGMOID], SIGMOID)).rung is Rung.PASSED


def test_a_child_whose_parent_is_gone_ends(tmp_path):
    script = (
        "import asyncio, os\nfrom studydl.judging.code.process import Child\n"
        "from tests.judging.code.examples import SIGMOID, QUICK\n"
        "async def main():\n"
        "    child = await Child(SIGMOID, 0, QUICK).start()\n    await child.ready()\n"
        "    print(child.pid, flush=True)\n"
        "    asyncio.create_task(child.judge('source', 'import time\\ntime.sleep(600)'))\n"
        "    await asyncio.sleep(0.3)\n    os._exit(0)\n"
        "asyncio.run(main())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )

    wait_until_gone(int(done.stdout))

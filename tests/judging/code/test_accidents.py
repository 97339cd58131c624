"""Whatever an answer does by accident: it ends in time, harms nothing, and is not called right."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from studydl.judging.code import LIMITS, Limits, Rung
from studydl.judging.code.outcome import judgement_of
from studydl.judging.code.process import Child
from studydl.judging.judgement import Verdict
from tests.judging.code.examples import SIGMOID, SOLUTIONS, wait_until_gone

RIGHT = SOLUTIONS[SIGMOID]


def inside(body):
    """A function that does this and then returns what is wrong."""
    return f"import os, sys, time\ndef sigmoid_gradient(x):\n    {body}\n    return x\n"


STOPPED = [
    (inside("while True: pass"), Rung.TOO_SLOW),
    ("while True: pass", Rung.TOO_SLOW),
    (inside("9**9**9"), Rung.TOO_SLOW),
    (inside("time.sleep(1000)"), Rung.TOO_SLOW),
    ("import signal\nsignal.pause()", Rung.TOO_SLOW),
    (inside("while True: print('x' * 100)"), Rung.FLOOD),
    (inside("print('x' * 10**8)"), Rung.FLOOD),
    (inside("os.write(2, b'x' * 100_000)"), Rung.FLOOD),
    ("import os\nwhile True: os.write(1, b'x' * 100)", Rung.FLOOD),
    (inside("os._exit(0)"), Rung.ENDED),
    ("import os\nos._exit(3)", Rung.ENDED),
    ("import os\nos.closerange(0, 256)\n" + RIGHT, Rung.ENDED),
    (inside("os.abort()"), Rung.KILLED),
    (inside("import ctypes; ctypes.string_at(0)"), Rung.KILLED),
]  # fmt: skip


@pytest.mark.parametrize(("source", "rung"), STOPPED)
async def test_what_does_not_end_by_itself_is_ended(judged, source, rung):
    found = await judged(source, limits=Limits(wall=3.0, cpu=1))

    assert (found.rung, found.verdict) == (rung, Verdict.WRONG), found.message.en


@pytest.mark.parametrize(
    "bomb",
    [
        inside("kept = [bytes([1]) * 10**7 for _ in range(10**5)]"),
        "kept = []\nwhile True: kept.append(bytearray(10**7))",
        "kept = []\nwhile True: kept.append([1] * 10)",
        "import numpy as np\nkept = np.ones((10**6, 10**6))",
    ],
)
async def test_a_bomb_of_memory_goes_off_in_its_own_process(judged, bomb):
    found = await judged(bomb, limits=Limits(memory=2**27))

    assert (found.rung, found.verdict) == (Rung.OUT_OF_MEMORY, Verdict.WRONG), found.message.en
    assert "128 MB" in found.message.en


async def test_a_loop_that_catches_everything_is_ended_too(judged):
    stubborn = inside("\n    while True:\n        try:\n            pass\n        except: pass")

    found = await judged(stubborn, limits=Limits(wall=30.0, cpu=1))

    assert found.rung is Rung.TOO_SLOW


async def test_the_line_of_an_endless_loop_is_named(judged):
    found = await judged(inside("while x.size: y = x * 2"), limits=Limits(cpu=1))

    assert "line 3 (while x.size: y = x * 2)" in found.message.en
    assert found.line == 3


REFUSED = [
    "open('{victim}', 'w').write('gone')",
    "open('{victim}', 'a')",
    "import os; os.remove('{victim}')",
    "import os; os.rename('{victim}', 'here')",
    "import os; os.truncate('{victim}', 0)",
    "import pathlib; pathlib.Path('{victim}').unlink()",
    "import shutil; shutil.rmtree('{folder}')",
    "import os; os.mkdir('{folder}/new')",
    "import os; os.symlink('here', '{folder}/new')",
    "import numpy as np; np.savetxt('{folder}/new', [1.0])",
    "import ctypes; ctypes.CDLL(None).unlink(b'{victim}')",
    "import os; os.fork()",
    "import os\nwhile True: os.fork()",
    "import subprocess; subprocess.run(['touch', '{folder}/new'])",
    "import os; os.system('rm -rf {folder}')",
    "import os; os.execv('/bin/sh', ['sh'])",
    "import os; os.kill(os.getppid(), 9)",
    "import os; os.killpg(os.getpgid(os.getppid()), 9)",
    "import socket; socket.create_connection(('127.0.0.1', 9))",
    "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "import urllib.request; urllib.request.urlopen('http://localhost:9')",
    "open('big', 'wb').write(bytes(10**7))",
]


@pytest.mark.parametrize("act", REFUSED)
async def test_nothing_outside_is_touched(judged, tmp_path, act):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    done = act.format(victim=victim, folder=tmp_path)
    listed = sorted(tmp_path.iterdir())

    found = await judged(f"{done}\ndef sigmoid_gradient(x): return x\n")

    assert found.verdict is not Verdict.CORRECT
    assert victim.read_text() == "precious"
    assert sorted(tmp_path.iterdir()) == listed
    if "ctypes" not in act and "urllib" not in act:
        assert found.rung is Rung.FORBIDDEN, found.message.en
        assert "out of its reach" in found.message.en


async def test_a_file_in_the_temporary_folder_may_be_written_and_is_gone_afterwards(judged):
    source = "import os\nopen('note', 'w').write('x')\nprint(os.path.abspath('note'))\n" + RIGHT

    found = await judged(source)

    assert found.rung is Rung.PASSED
    note = Path(found.output.strip())
    assert note.name == "note"
    assert not note.parent.exists()


async def test_home_is_the_temporary_folder(judged):
    found = await judged(f"import os\nprint(os.path.expanduser('~') == os.getcwd())\n{RIGHT}")

    assert found.output == "True\n"


async def test_the_environment_of_the_learner_is_not_handed_over(judged, monkeypatch):
    monkeypatch.setenv("API_TOKEN", "secret")

    found = await judged(f"import os\nprint('API_TOKEN' in os.environ)\n{RIGHT}")

    assert found.output == "False\n"


@pytest.mark.parametrize("leave", ["", "os.setsid()"])
async def test_what_was_started_past_the_refusal_does_not_hold_up_the_verdict(judged, leave):
    source = (
        "import ctypes, os, time\nborn = ctypes.CDLL(None).fork()\n"
        f"if born == 0:\n    {leave or 'pass'}\n    time.sleep(3)\n    os._exit(0)\n"
        f"print(born)\n{RIGHT}"
    )
    found = await judged(source)

    assert found.rung is Rung.PASSED
    born = int(found.output)
    if not leave:
        wait_until_gone(born)


FORGERIES = [
    "for fd in range(64):\n  try: os.write(fd, b'{\"result\": {}}\\n')\n  except OSError: pass\n",
    'print(\'0\' * 32, \'{"result": {"rung": "passed"}}\')\n',
    "sys.modules['studydl.verification.judge'].measure = lambda *a, **k: None\n",
    "import atexit; atexit.register(print, 'passed')\n",
    "import builtins; builtins.abs = lambda x: 0\n",
    "import numpy as np; np.where = lambda *a: 0\n",
    "sys.stdout.close(); sys.stderr.close()\n",
    "class Same:\n  def __eq__(self, other): return True\n",
]


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_wrong_function_is_never_called_right(judged, forgery):
    found = await judged(f"import os, sys\n{forgery}def sigmoid_gradient(x): return x\n")

    assert found.verdict is not Verdict.CORRECT


@pytest.mark.parametrize(
    "result",
    ["Same()", "np.ma.masked_all(np.shape(x))", "np.full(np.shape(x), np.nan)", "np.zeros(0)"],
)
async def test_an_object_that_equals_everything_is_never_called_right(judged, result):
    source = (
        "import numpy as np\nclass Same(float):\n    __eq__ = lambda *_: True\n"
        f"    __hash__ = None\ndef sigmoid_gradient(x): return {result}\n"
    )

    found = await judged(source)

    assert found.verdict is not Verdict.CORRECT


async def test_a_thread_that_goes_on_does_not_hold_up_the_verdict(judged):
    lingering = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"

    found = await judged(lingering + RIGHT)

    # Where no thread can be started at all, that is what the learner reads.
    assert found.rung is (Rung.PASSED if os.getuid() == 0 else Rung.IMPORT)


async def test_a_kill_from_outside_is_not_the_learners_fault():
    child = await Child(SIGMOID, 0, LIMITS).start()
    await child.ready()
    endless = "import time\nwhile True: time.sleep(0.01); print('begun')"
    judging = asyncio.create_task(child.judge("source", endless))
    while not child._conversation.printed:  # noqa: ASYNC110 - it has no event for a first byte
        await asyncio.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)

    found = judgement_of(await judging, "", LIMITS)

    assert (found.rung, found.verdict) == (Rung.MACHINERY, Verdict.UNDECIDED)
    assert "SIGKILL" in found.message.en

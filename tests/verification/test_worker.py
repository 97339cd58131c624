"""The worker process: one call at a time, limited, killed, restarted, never left behind."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studydl.errors import StudyError
from studydl.verification.client import Worker, WorkerError, WorkerTimeoutError

FOLDER = Path(__file__).parent


@pytest.fixture
async def worker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Worker]:
    monkeypatch.setenv("PYTHONPATH", str(FOLDER))
    worker = Worker(["faulty_service"])
    yield worker
    await worker.close()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_call_returns_its_result_and_what_it_prints_is_dropped(worker: Worker) -> None:
    told = []

    answer = await worker.call("echo", {"x": [1, "二"]}, on_progress=told.append)

    assert answer == {"x": [1, "二"]}
    assert told == ["half"]


async def test_calls_made_at_once_are_carried_out_one_after_the_other(worker: Worker) -> None:
    answers = await asyncio.gather(*(worker.call("echo", {"n": n}) for n in range(5)))

    assert answers == [{"n": n} for n in range(5)]
    assert worker.starts == 1


async def test_a_call_that_takes_too_long_is_killed_and_the_next_one_works(worker: Worker) -> None:
    pid = await worker.call("pid")

    with pytest.raises(WorkerTimeoutError, match=r"longer than 0\.2 seconds"):
        await worker.call("sleep", {"seconds": 60}, time_limit=0.2)

    assert not is_running(pid)
    assert await worker.call("pid") != pid
    assert worker.starts == 2


async def test_a_cancelled_call_is_killed_and_the_next_one_works(worker: Worker) -> None:
    asleep = asyncio.Event()
    pid = await worker.call("pid")
    call = asyncio.create_task(
        worker.call("sleep", {"seconds": 60}, on_progress=lambda _: asleep.set())
    )
    await asleep.wait()

    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call

    assert not is_running(pid)
    assert await worker.call("echo", {"n": 1}) == {"n": 1}


async def test_a_worker_that_dies_tells_its_last_words(worker: Worker) -> None:
    with pytest.raises(WorkerError, match="out of luck"):
        await worker.call("die")

    assert await worker.call("echo", {"n": 1}) == {"n": 1}


async def test_a_worker_that_was_killed_between_two_calls_is_replaced(worker: Worker) -> None:
    os.kill(await worker.call("pid"), signal.SIGKILL)
    await asyncio.sleep(0.1)

    answers = []
    for _ in range(2):
        try:
            answers.append(await worker.call("echo", {"n": 1}))
        except WorkerError as error:
            answers.append(error)

    assert answers[-1] == {"n": 1}


async def test_a_defect_is_told_apart_from_a_call_that_cannot_be_carried_out(
    worker: Worker,
) -> None:
    with pytest.raises(WorkerError, match="ArithmeticError: a defect"):
        await worker.call("raise")
    with pytest.raises(StudyError, match="it cannot be"):
        await worker.call("refuse")
    with pytest.raises(WorkerError, match="KeyError"):
        await worker.call("unheard-of")

    assert worker.starts == 1


async def test_what_json_cannot_hold_is_a_defect_and_no_broken_line(worker: Worker) -> None:
    with pytest.raises(WorkerError, match="ValueError"):
        await worker.call("nan")

    assert await worker.call("echo", {"n": 1}) == {"n": 1}


async def test_closing_ends_the_process(worker: Worker) -> None:
    pid = await worker.call("pid")

    await worker.close()

    assert not is_running(pid)


def test_a_worker_ends_when_its_parent_is_killed_even_in_the_middle_of_a_call() -> None:
    code = (
        "import asyncio, sys\n"
        "from studydl.verification.client import Worker\n"
        "async def main():\n"
        "    worker = Worker(['faulty_service'])\n"
        "    print(await worker.call('pid'), flush=True)\n"
        "    told = lambda _: print('asleep', flush=True)\n"
        "    await worker.call('sleep', {'seconds': 60}, on_progress=told)\n"
        "asyncio.run(main())\n"
    )
    environment = os.environ | {"PYTHONPATH": str(FOLDER)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert parent.stdout.readline() == "asleep\n"
        parent.kill()
    deadline = time.monotonic() + 20
    while is_running(pid) and _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not (is_running(pid) and _is_alive(pid))


def _is_alive(pid: int) -> bool:
    """A zombie has ended; it waits only to be collected by whoever inherited it."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_talking_to_a_worker_loads_neither_numpy_nor_sympy() -> None:
    code = (
        "import json, sys, studydl.verification.client, studydl.verification.pool\n"
        "print(json.dumps(sorted({'numpy', 'sympy', 'textual'} & sys.modules.keys())))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert json.loads(out.stdout) == []

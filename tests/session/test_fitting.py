"""The scheduler is fitted in a process of its own."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from studydl.memory import Act, FixedClock, Grade, Memory
from studydl.session.fitting import fitted


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log with enough reviews of somebody who forgets."""
    clock, random = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC)), Random(5)
    with Memory.open(tmp_path, clock=clock) as memory:
        for _ in range(30):
            for card in memory.new_among([f"card-{n}" for n in range(200)], 8) + memory.due():
                known = random.random() < (0.6 if memory.repetitions(card) else 0.9)
                memory.record(card, Grade.GOOD if known else Grade.AGAIN, duration_ms=1)
            clock.advance(timedelta(days=1))
    return tmp_path


async def test_it_is_fitted_once_and_told_before_and_after(log: Path) -> None:
    found = await fitted(log)

    assert found is not None
    assert found.items >= 400
    assert found.kept == (found.after < found.before)
    assert await fitted(log) is None


async def test_a_log_with_few_reviews_is_left_alone(tmp_path: Path) -> None:
    Memory.open(tmp_path).close()
    assert await fitted(tmp_path) is None


async def test_where_there_is_no_log_none_is_made(tmp_path: Path) -> None:
    assert await fitted(tmp_path) is None
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nothing else goes on meanwhile


async def test_a_log_that_cannot_be_read_is_left_to_others_to_report(tmp_path: Path) -> None:
    (tmp_path / "reviews.db").write_text("this is no log")
    assert await fitted(tmp_path) is None


async def test_leaving_ends_the_process(log: Path) -> None:
    fitting = asyncio.create_task(fitted(log))
    await asyncio.sleep(0.05)
    fitting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fitting
    with Memory.open(log, read_only=True) as memory:
        assert [each for each in memory.events() if isinstance(each, Act)] == []


async def test_a_log_that_is_open_meanwhile_schedules_by_it_once_it_looks(log: Path) -> None:
    with Memory.open(log) as memory:
        before = memory.weights()
        found = await fitted(log)
        memory.reread_weights()
        assert found is not None
        assert (memory.weights() != before) is found.kept

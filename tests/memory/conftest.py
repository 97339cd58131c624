from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from random import Random

import pytest

from studydl.memory import FixedClock, Memory

# Anki is no dependency: these tests run where the anki extra is installed.
collect_ignore = [] if importlib.util.find_spec("anki") else ["beside_anki"]

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return FixedClock(START)


@pytest.fixture
def open_memory(tmp_path, clock):
    """Open logs in the test's folder, with one clock, in UTC; close them at the end."""
    opened = []

    def open_one(folder=tmp_path, **options):
        given = {"clock": clock, "zone": UTC, "device": "here", "entropy": Random(1).randbytes}
        memory = Memory.open(folder, **(given | options))
        opened.append(memory)
        return memory

    yield open_one
    for memory in opened:
        memory.close()


@pytest.fixture
def memory(open_memory):
    return open_memory()

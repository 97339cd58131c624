"""Shared by all tests: nothing reads or writes the learner's own data."""

import importlib.util
from pathlib import Path

import pytest

# The comparison with PyTorch has its own command in .ci/run, which installs it first.
collect_ignore = [] if importlib.util.find_spec("torch") else ["oracle"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, and English unless a test says otherwise."""
    folder = tmp_path / "home"
    monkeypatch.setenv("STUDYDL_HOME", str(folder))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    return folder

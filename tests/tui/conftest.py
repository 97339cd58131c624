"""A studio for every test."""

from pathlib import Path

import pytest

from tests.tui.studio import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path / "studio")

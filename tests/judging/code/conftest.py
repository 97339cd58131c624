import pytest

from studydl.judging.code import judge_code
from tests.judging.code.examples import QUICK, SIGMOID


@pytest.fixture
def judged():
    """Judges a text in a process of its own, within short limits."""

    async def judged(source, task=SIGMOID, limits=QUICK):
        return await judge_code(source, task, limits=limits)

    return judged

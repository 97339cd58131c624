"""Whole screens as text, at three sizes in two languages. Look at the difference before updating.

STUDYDL_UPDATE_SNAPSHOTS=1 keeps what is seen as the new snapshots.
"""

import pytest

from studydl.language import Language
from studydl.memory import Grade
from tests.tui.studio import compare, press, seen

SIZES = [(100, 30), (80, 24), (60, 20)]

SCENES = {
    "asked": ("slope-by-heart", []),
    "revealed": ("slope-by-heart", ["space"]),
    "choice": ("slope-chosen", ["a"]),
    "evidence": ("slope-chosen", ["a", "v"]),
    "derivation": ("slope-by-heart", ["space", "d", "space", "space"]),
    "invalid": ("slope-peak", [*"0.2x", "enter"]),
    "report": ("slope-peak", [*"0.5", "enter", "1", *"0.25", "enter", "4"]),
    "home": ("slope-by-heart", ["h"]),
    "help": ("slope-by-heart", ["question_mark"]),
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("scene", list(SCENES))
async def test_a_screen_looks_as_it_did(studio, scene, size, language):
    card, keys = SCENES[scene]
    studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
    studio.later(hours=1)
    async with studio.opened(card, size=size, language=language) as (app, pilot):
        await press(pilot, *keys)
        screen = seen(app)
        assert all(len(line) <= size[0] for line in screen.splitlines())
        compare(f"{scene}-{size[0]}x{size[1]}-{language}", screen)

"""Whole screens as text, at three sizes in two languages. Look at the difference before updating.

STUDYDL_UPDATE_SNAPSHOTS=1 keeps what is seen as the new snapshots.
"""

import pytest

from studydl.judging import Judgement, Verdict
from studydl.judging.code import CodeJudgement, Row, Rung, Runner
from studydl.judging.formula.wire import judgement_to_json
from studydl.language import Language, Text
from studydl.memory import Grade
from tests.tui.studio import EVERY_KIND, Studio, compare, measurement, press, seen, settle

SIZES = [(100, 30), (80, 24), (60, 20)]

SCENES = {
    "asked": ("slope-by-heart", []),
    "revealed": ("slope-by-heart", ["space"]),
    "choice": ("slope-chosen", ["a"]),
    "evidence": ("slope-chosen", ["a", "v"]),
    "derivation": ("slope-by-heart", ["space", "d", "space", "space"]),
    "invalid": ("slope-peak", [*"0.2x", "enter"]),
    "flagging": ("slope-by-heart", ["f", *"a typo"]),
    "flagged": ("slope-by-heart", ["f", *"a typo", "enter", "space"]),
    "tagging": ("slope-by-heart", ["t", *"exam", "enter", "t", *"hard -exa"]),
    "report": ("slope-peak", [*"0.5", "enter", "1", *"0.25", "enter", "4"]),
    "home": ("slope-by-heart", ["h"]),
    "help": ("slope-by-heart", ["question_mark"]),
}


KINDS = {
    "formula-typed": ("kind-formula", [*"s/2s"]),
    "formula-broken": ("kind-formula", [*"s(1-q"]),
    "formula-wrong": ("kind-formula", [*"1-s", "enter"]),
    "cloze-asked": ("kind-cloze", [*"s", "tab"]),
    "cloze-wrong": ("kind-cloze", [*"s", "tab", "0", "enter"]),
    "several-picked": ("kind-several", ["a", "c"]),
    "several-wrong": ("kind-several", ["a", "c", "enter"]),
    "varied-wrong": ("kind-varied", [*"1/4", "enter"]),
    "code-asked": ("kind-code", []),
    "code-wrong": ("kind-code", [*"1", "ctrl+r"]),
    "code-given-up": ("kind-code", [*"1", "ctrl+r", "space"]),
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
        # What is said in passing is gone in passing.
        app.clear_notifications()
        app.cursor_blink = False
        await settle(pilot)
        screen = seen(app)
        assert all(len(line) <= size[0] for line in screen.splitlines())
        compare(f"{scene}-{size[0]}x{size[1]}-{language}", screen)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("scene", list(KINDS))
async def test_a_card_of_each_kind_looks_as_it_did(scene, size, language, tmp_path, monkeypatch):
    card, keys = KINDS[scene]
    studio = Studio(tmp_path / "studio", deck=EVERY_KIND.read_text("utf-8"))
    studio.process.answers["formula"] = judgement_to_json(FORMULA)
    monkeypatch.setattr(Runner, "judge", measured)
    monkeypatch.setattr(Runner, "prepare", prepared)
    async with studio.opened(card, size=size, language=language) as (app, pilot):
        app.cursor_blink = False
        await press(pilot, *keys)
        screen = seen(app)
        assert all(len(line) <= size[0] for line in screen.splitlines())
        compare(f"{scene}-{size[0]}x{size[1]}-{language}", screen)


FORMULA = Judgement(
    Verdict.WRONG,
    Text(
        r"At $s = 0.5$ yours gives 0.5, expected 0.25. The answer: $s \cdot \left(1 - s\right)$",
        r"在 $s = 0.5$ 处，你的式子的值为 0.5，应为 0.25。答案：$s \cdot \left(1 - s\right)$",
    ),
    1,
    "$1 - s$",
)
CODE = CodeJudgement(
    Rung.VALUES,
    Text("1 of 2 measurements fail, most of all σ'(0).", "2 项测量中有 1 项不成立：σ'(0)。"),
    (
        Row("activations.sigmoid-gradient-peak", measurement("σ'(±1)", 0.25, 0.25)),
        Row("activations.sigmoid-gradient-peak", measurement("σ'(0)", 0.5, 0.25, 1e-9)),
    ),
    output="1.0\n",
    protection="process+rlimits",
)


async def measured(*_arguments):
    return CODE


async def prepared(*_arguments):
    return None

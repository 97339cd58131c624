"""What if: dials, a prediction first, then the truth; the history; the list; refusals."""

import pytest

from studydl.language import Language
from studydl.tui.actions.action import Place
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.what_if.index import has_experiment
from studydl.tui.screens.what_if.screen import WhatIfScreen
from studydl.tui.screens.what_if.trial import Trial, closeness, proposal_of
from studydl.verification.client import WorkerError
from tests.tui.studio import Studio, compare, press, seen, settle, words_of

CLAIM = "activations.sigmoid-gradient"
DRAWN = """
chapter: activations
title: {en: Activation functions, zh: 激活函数}
cards:
  - id: slope-at-output
    notes: "1.3"
    ask: {en: 'A sigmoid outputs [[s]]. What is $s(1 - s)$?', zh: 'Sigmoid 输出 [[s]]，求导数。'}
    answer: {kind: number, vary: {s: [0.2, 0.5, 0.9]}, computed: slope-at-output}
    explain: {en: 'It is [[answer]].', zh: '即 [[answer]]。'}
    claim: activations.sigmoid-gradient
    sources: ["Bishop 2006, section 4.2"]
"""
SIZES = [(100, 30), (80, 24), (60, 20)]


class Listed(list):
    """A list as the worker's answer."""

    def to_json(self):
        return list(self)


def described(claim=CLAIM, name="slope"):
    dials = [
        ("depth", "layers", "层数", [1, 2, 5, 10], 5),
        ("w", "weight", "权重", [0.5, 1.0, 4.0], 1.0),
    ]
    return {
        "claim": claim,
        "name": name,
        "question": {
            "en": "By what factor is a gradient multiplied on its way back through all layers?",
            "zh": "梯度反向穿过全部层后，被乘以多少倍？",
        },
        "dials": [
            {"name": n, "label": {"en": en, "zh": zh}, "values": values, "start": start}
            for n, en, zh, values, start in dials
        ],
    }


def series(scale):
    x = list(range(1, 11))
    y = [scale * 0.25**each for each in x]
    return {"name": "g", "x_label": "depth", "y_label": "|g|", "x": x, "y": y}


OUTCOME = {
    "value": 0.000977,
    "series": [series(1.0)],
    "wrong": [
        {
            "misconception": "forgot-one-minus",
            "why": {"en": "s(1 - s) is remembered as s.", "zh": "记成了 s。"},
            "value": 0.03125,
            "series": [series(4.0)],
        }
    ],
}


@pytest.fixture
def laboratory(studio):
    studio.process.answers |= {"experiments": Listed([described()]), "experiment": OUTCOME}
    return studio


async def open_on(app, pilot, subject=CLAIM):
    app.post_message(PlaceWanted(Place.WHAT_IF, subject))
    await settle(pilot)
    await settle(pilot)
    assert isinstance(app.screen, WhatIfScreen)


async def test_a_prediction_is_compared_with_what_is_measured(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        assert "First a prediction, then the truth" in words_of(seen(app))
        await press(pilot, "1", "/", "1", "0", "0", "enter")
        text = words_of(seen(app))
        assert laboratory.process.calls[-1] == (
            "experiment",
            {"claim": CLAIM, "name": "slope", "with": {"depth": 5, "w": 1.0}, "seed": 0},
        )
        assert "predicted 0.01 ✗ 10 times too large" in text
        assert "measured 0.000977" in text
        assert "forgot-one-minus 0.03125" in text
        assert "layers 5 weight 1 0.01 → 0.000977 ✗" in text


async def test_without_a_prediction_enter_refuses_once_and_then_measures(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "enter")
        assert "Predict first" in seen(app)
        assert laboratory.process.calls[-1][0] == "experiments"
        await press(pilot, "enter")
        assert "not predicted" in words_of(seen(app))
        assert "measured 0.000977" in words_of(seen(app))


async def test_a_dial_turns_within_its_values_and_hides_what_was_measured(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "1", "enter")
        assert "measured" in seen(app)
        await press(pilot, "right")
        assert "measured" not in seen(app)
        assert app.screen.trial.values == {"depth": 10, "w": 1.0}
        await press(pilot, "right", "right", "left", "j", "left", "left")
        assert app.screen.trial.values == {"depth": 5, "w": 0.5}
        assert app.screen.field.value == ""
        await press(pilot, "2", "enter")
        assert "layers 5 weight 0.5" in words_of(seen(app))
        assert "layers 5 weight 1" in words_of(seen(app))


async def test_keys_that_come_all_at_once_are_taken_in_their_order(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await pilot.press("right", "5", "0", "enter")
        await settle(pilot)
        assert "predicted 50" in words_of(seen(app))
        assert app.screen.trial.values == {"depth": 10, "w": 1.0}


async def test_the_cursor_goes_round_the_dials_and_the_field(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "tab", "down")
        assert app.screen.is_typing
        await press(pilot, "j")
        assert app.screen.field.value == "j"
        await press(pilot, "down")
        assert not app.screen.is_typing
        assert "› layers" in seen(app)
        await press(pilot, "k", "shift+tab", "up")
        assert "› layers" in seen(app)


async def test_what_is_no_number_is_pointed_at_and_stays(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "1", "+", "enter")
        assert "^" in seen(app)
        assert app.screen.field.value == "1+"
        assert laboratory.process.calls[-1][0] == "experiments"
        await press(pilot, "2", "enter")
        assert "predicted 3" in words_of(seen(app))


async def test_the_known_mistake_that_was_predicted_is_named(laboratory):
    async with laboratory.opened("slope-by-heart", size=(80, 36)) as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, *"0.031", "enter")
        assert "That is what `forgot-one-minus` comes to: s(1 - s) is remembered as s." in words_of(
            seen(app)
        )


async def test_escape_leaves_the_field_stops_the_measuring_then_closes(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "5", "escape")
        assert not app.screen.is_typing
        laboratory.process.may_answer.clear()
        await press(pilot, "enter")
        assert "measuring" in seen(app)
        await press(pilot, "escape")
        assert laboratory.process.cancelled == 1
        assert app.screen.field.value == "5"
        laboratory.process.may_answer.set()
        await press(pilot, "escape")
        assert not isinstance(app.screen, WhatIfScreen)


async def test_turning_a_dial_drops_what_is_being_measured(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        laboratory.process.may_answer.clear()
        await press(pilot, "5", "enter", "right")
        laboratory.process.may_answer.set()
        await settle(pilot)
        assert "measured" not in seen(app)
        assert app.screen.history == []


async def test_a_failure_is_told_and_a_dead_process_started_again(laboratory):
    async with laboratory.opened("slope-by-heart", size=(80, 36)) as (app, pilot):
        await open_on(app, pilot)
        starts = laboratory.process.starts
        laboratory.process.error = WorkerError("out of memory")
        await press(pilot, "5", "enter")
        assert "out of memory" in seen(app)
        assert laboratory.process.starts == starts + 1
        laboratory.process.error = None
        await press(pilot, "enter")
        assert "predicted 5" in words_of(seen(app))


async def test_a_claim_without_an_experiment_says_so_and_offers_those_of_its_chapter(laboratory):
    others = [described("activations.relu-mean", "one"), described("activations.relu-value", "two")]
    laboratory.process.answers["experiments"] = Listed(others)
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        assert "This claim has no experiment." in seen(app)
        await press(pilot, "j", "enter")
        assert app.screen.trial.proposal.description.claim == "activations.relu-value"
        await press(pilot, "o")
        assert "Experiments" in seen(app) or "This claim has no experiment." in seen(app)
        await press(pilot, "escape")
        assert app.screen.trial.proposal.description.name == "two"


async def test_a_chapter_without_experiments_says_so(laboratory):
    laboratory.process.answers["experiments"] = Listed()
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        assert "There is nothing to try in this chapter." in seen(app)
        await press(pilot, "enter", "right", "j", "o", "1")
        assert isinstance(app.screen, WhatIfScreen)
        await press(pilot, "escape")
        assert not isinstance(app.screen, WhatIfScreen)


async def test_an_experiment_can_be_clicked_in_the_list_and_a_dial_at_its_arrows(laboratory):
    laboratory.process.answers["experiments"] = Listed(
        [described("activations.relu-mean", "one"), described("activations.relu-value", "two")]
    )
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        rows = seen(app).splitlines()
        row = next(n for n, line in enumerate(rows) if "activations.relu-value" in line)
        await pilot.click(offset=(rows[row].index("activations"), row))
        await settle(pilot)
        assert app.screen.trial.proposal.description.name == "two"
        rows = seen(app).splitlines()
        row = next(n for n, line in enumerate(rows) if " weight " in line)
        await pilot.click(offset=(rows[row].rindex("›"), row))
        await settle(pilot)
        assert app.screen.trial.values == {"depth": 5, "w": 4.0}


async def test_a_card_with_drawn_parameters_turns_them_itself(tmp_path):
    studio = Studio(tmp_path / "studio", DRAWN)
    studio.process.answers |= {
        "experiments": Listed([described()]),
        "experiment": OUTCOME | {"value": 0.25},
    }
    async with studio.opened("slope-at-output") as (app, pilot):
        await open_on(app, pilot, "slope-at-output")
        assert "A sigmoid outputs 0.2." in words_of(seen(app))
        await press(pilot, "right", *"0.25", "enter")
        assert "A sigmoid outputs 0.5." in words_of(seen(app))
        name, asked = studio.process.calls[-1]
        assert (name, asked["name"], asked["with"]) == (
            "experiment",
            "slope-at-output",
            {"s": 0.5},
        )
        assert asked["along"] == "s"
        assert {0.2, 0.5, 0.9} <= set(asked["over"])
        assert "✓ right, within a tenth" in words_of(seen(app))
        await press(pilot, "o", "j", "enter")
        assert app.screen.trial.proposal.card is None


async def test_the_language_changes_everything_and_keeps_what_was_measured(laboratory):
    async with laboratory.opened("slope-by-heart") as (app, pilot):
        await open_on(app, pilot)
        await press(pilot, "1", "enter", "l")
        text = seen(app)
        assert "梯度反向穿过全部层后" in words_of(text)
        assert "实测" in text
        assert "层数" in text


def test_which_cards_have_something_to_try(tmp_path, studio):
    drawn = Studio(tmp_path / "drawn", DRAWN).library.card("slope-at-output")
    plain = studio.library.card("slope-by-heart")

    assert has_experiment(drawn)
    assert not has_experiment(plain)
    assert has_experiment(plain._replace(claim="activations.relu-mean"))
    assert has_experiment(plain._replace(claim="elsewhere.anything"))
    assert proposal_of(plain) is None
    assert Trial.begun(proposal_of(drawn)).values == {"s": 0.2}


@pytest.mark.parametrize(
    ("predicted", "measured", "sign"),
    [
        (1.0, 1.0, "✓"),
        (1.05, 1.0, "✓"),
        (1.5, 1.0, "·"),
        (0.5, 1.0, "·"),
        (3.0, 1.0, "✗"),
        (-1.0, 1.0, "✗"),
        (1.0, 0.0, "✗"),
        (0.0, 0.0, "✓"),
        (0.0, 1.0, "✗"),
    ],
)
def test_closeness_is_a_factor_where_there_is_one(predicted, measured, sign):
    near = closeness(predicted, measured)

    assert near.sign == sign
    assert (near.factor is None) == (predicted * measured <= 0 and predicted != measured)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES)
async def test_the_screen_looks_as_it_did(laboratory, size, language):
    suffix = f"{size[0]}x{size[1]}-{'en' if language is Language.ENGLISH else 'zh'}"
    async with laboratory.opened("slope-by-heart", size=size, language=language) as (app, pilot):
        await open_on(app, pilot)
        compare(f"what_if-asking-{suffix}", seen(app))
        await press(pilot, *"0.01", "enter")
        compare(f"what_if-measured-{suffix}", seen(app))

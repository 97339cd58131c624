"""Walking a derivation: one step at a time, the next one hidden."""

from dataclasses import replace

import pytest

from studydl.language import Text
from tests.tui.studio import derivation, pane, press, seen


async def test_d_shows_the_first_step_and_hides_the_rest(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "d")
        text = pane(app)
        assert "The slope of the sigmoid" in text
        assert "· The slope. definition" in text
        assert "The chain rule." not in text
        assert "step 1 of 3" in text


async def test_space_j_and_down_show_the_next_step(studio):
    for key in ("space", "j", "down"):
        async with studio.opened("slope-by-heart") as (app, pilot):
            await press(pilot, "space", "d", key)
            assert "✓ The chain rule." in seen(app), key
            assert "Split the fraction." not in seen(app)
            assert studio.grades() == []


async def test_k_and_up_hide_the_step_again(studio):
    for key in ("k", "up"):
        async with studio.opened("slope-by-heart") as (app, pilot):
            await press(pilot, "space", "d", "space", key)
            assert "The chain rule." not in seen(app), key


async def test_the_end_compares_with_the_implementation(studio):
    async with studio.opened("slope-by-heart", size=(100, 40)) as (app, pilot):
        await press(pilot, "space", "d", "space", "space")
        text = pane(app)
        assert "numeric, 30 digits, 24 points" in text
        assert "Against the implementation ✓ max |difference|" in text
        assert "✓ verified 0.25 s" in text


async def test_one_space_too_many_does_not_grade(studio):
    async with studio.opened("slope-by-heart") as (_, pilot):
        await press(pilot, "space", "d", "space", "space", "space", "space", "enter")
        assert studio.grades() == []
        await press(pilot, "escape", "space")
        assert studio.grades() == [("slope-by-heart", 3)]


async def test_grades_can_be_given_while_a_derivation_is_open(studio):
    async with studio.opened("slope-by-heart") as (_, pilot):
        await press(pilot, "space", "d", "2")
        assert studio.grades() == [("slope-by-heart", 2)]


async def test_a_step_that_does_not_follow_is_marked_with_a_counterexample(studio):
    studio.process.derivation = derivation(breaks=True)
    async with studio.opened("slope-by-heart", size=(100, 40)) as (app, pilot):
        await press(pilot, "space", "d", "space", "space")
        text = pane(app)
        assert "✗ Split the fraction. does not follow" in text
        assert "at x = 1: 0.196 against 0.269" in text
        assert "✗ refuted" in text


async def test_the_derivation_takes_the_place_of_the_evidence(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v", "d")
        assert "evidence" not in seen(app)
        await press(pilot, "v")
        assert "evidence" in seen(app)
        assert "derivation" not in seen(app)


@pytest.mark.parametrize("size", [(100, 30), (60, 20)])
async def test_in_a_long_derivation_the_step_that_was_reached_is_always_in_view(studio, size):
    short = derivation()
    first, *others = short.steps
    steps = [first, *(_numbered(each, at) for at, each in enumerate(others * 6, 1))]
    studio.process.derivation = replace(short, steps=tuple(steps))
    async with studio.opened("slope-by-heart", size=size) as (app, pilot):
        await press(pilot, "space", "d")
        for at in range(1, len(steps)):
            await press(pilot, "j")
            assert f"Rule {at}." in seen(app)
            assert f"Rule {at + 1}." not in seen(app)
        for at in range(len(steps) - 2, 0, -1):
            await press(pilot, "k")
            assert f"Rule {at}." in seen(app)
        assert studio.grades() == []


def _numbered(step, at):
    return replace(step, rule=Text(f"Rule {at}.", f"规则 {at}。"))

"""The registry: every action can be run; keys, palette and last row follow it."""

import pytest
from textual.actions import parse
from textual.command import CommandPalette

from studydl.tui.actions.action import Place, shown_key
from studydl.tui.actions.registry import actions_of, all_actions, bindings
from studydl.tui.app import StudyApp
from studydl.tui.screens.navigation import DESTINATIONS, screen_class
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.tui.widgets.key_bar import KeyBar
from tests.tui.studio import press, seen, settle, words_of

OWNERS = {place: StudyApp if place is Place.EVERYWHERE else screen_class(place) for place in Place}


def test_every_action_has_a_method_on_its_screen():
    for action in all_actions():
        assert callable(getattr(OWNERS[action.place], f"action_{action.method}")), action.name


def test_every_method_of_a_screen_that_is_an_action_is_in_the_registry():
    known = {(action.place, action.method) for action in all_actions()}
    clicked_only = {(Place.HOME, "choose_row")}
    for place in OWNERS.keys() - {Place.EVERYWHERE}:
        own = [
            name
            for kind in OWNERS[place].__mro__
            if kind.__module__.startswith("studydl")
            for name in vars(kind)
        ]
        methods = {(place, name.removeprefix("action_")) for name in own if "action_" in name[:7]}
        assert methods <= known | clicked_only


def test_bindings_have_unique_names_and_the_keys_of_the_registry():
    for place in Place:
        made = bindings(place)
        assert len({each.id for each in made}) == len(made)
        own = actions_of(place)
        assert [each.key.split(",") for each in made] == [list(each.keys) for each in own]


def test_every_action_can_be_parsed():
    for action in all_actions():
        assert parse(action.name)[1] == action.method


async def test_the_palette_carries_out_an_action(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await search(app, pilot, "Reveal")
        await press(pilot, "enter")
        assert "s(1 − s)" in seen(app)


async def test_the_palette_offers_only_what_is_legal(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await search(app, pilot, "Measure")
        assert "Measure the card's claim" not in seen(app)
        await press(pilot, "escape", "space")
        await search(app, pilot, "Measure")
        assert "Measure the card's claim" in seen(app)


async def test_the_palette_starts_a_chapter_while_a_card_is_shown(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, "escape")
        await search(app, pilot, "Study")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "3 left" in seen(app)
        assert "slope-by-heart" in seen(app)


async def test_the_palette_changes_the_theme_for_the_next_time_too(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await search(app, pilot, "studydl-light")
        await press(pilot, "enter")
        assert app.theme == "studydl-light"
    async with studio.opened("slope-by-heart") as (app, pilot):
        assert app.theme == "studydl-light"


async def test_the_palette_shows_the_keys_that_were_chosen(studio):
    studio.memory.rebind("review.reveal", "ctrl+x,z")
    async with studio.opened("slope-by-heart") as (app, pilot):
        await search(app, pilot, "Reveal")
        assert "Reveal the answer. ^x z" in words_of(seen(app))


async def test_the_palette_lists_each_place_once(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await search(app, pilot, "Statistics")
        assert "See what your reviews tell" not in seen(app)
        assert "F7" in seen(app)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("question_mark", "?"), ("ctrl+e", "^e"), ("f12", "F12"), ("f", "f"), ("comma", ",")],
)
def test_keys_are_written_for_people(key, shown):
    assert shown_key(key) == shown


def test_while_somebody_types_only_keys_that_are_no_text_are_shown():
    action = actions_of(Place.HOME)[0]._replace(keys=("comma", "x", "space", "ctrl+x"), shown_as="")
    assert action.key_for(typing=True) == "^x"
    assert action.key_for(typing=False) == ","


def test_chosen_keys_take_the_place_of_the_shipped_ones():
    keys = {"home.cram": "z,f5", "review.grade(3)": "g"}
    cram = next(each for each in actions_of(Place.HOME, keys=keys) if each.name == "cram")
    assert cram.keys == ("z", "f5")
    grades = [each for each in actions_of(Place.REVIEW, keys=keys) if each.method == "grade"]
    assert grades[0].shown_as == "1 2 g 4"
    assert [each.key for each in bindings(Place.HOME, keys) if each.id == "home.cram"] == ["z,f5"]
    assert all_actions({}) == all_actions()


def test_no_two_actions_of_home_settings_or_help_have_the_same_key():
    for place in (Place.HOME, Place.SETTINGS, Place.HELP):
        taken = [key for each in actions_of(place) for key in each.keys]
        assert len(taken) == len(set(taken))


async def test_at_sixty_cells_the_last_row_has_at_most_six_keys_and_fits(studio):
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "space", "v")
        bar = app.screen.query_one(KeyBar)
        row = bar.lines(bar.content_size.width)[0]
        assert row.cell_length <= bar.content_size.width
        assert row.plain.count("  ") <= 5
        assert row.plain.endswith("? Help  q Quit")


async def search(app, pilot, query):
    await press(pilot, "ctrl+p")
    assert isinstance(app.screen, CommandPalette)
    await press(pilot, *query)
    await app.workers.wait_for_complete()
    await settle(pilot)


async def test_every_destination_can_be_gone_to_and_come_back_from(studio):
    async with studio.opened(begin=False) as (app, pilot):
        for place in DESTINATIONS[1:]:
            await app.run_action(f"go('{place}')")
            await settle(pilot)
            assert app.screen.PLACE is place
            await press(pilot, "escape")
            assert app.screen.PLACE is Place.HOME, place

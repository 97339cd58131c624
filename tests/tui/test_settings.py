"""Settings: every value by the schema, every key by the registry, kept at once."""

import pytest

from studydl.language import Language, Text
from studydl.memory import read_settings
from studydl.memory.settings_schema import ENTRIES, value_of
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of, all_actions, clashing
from studydl.tui.screens.settings import words
from studydl.tui.themes import THEMES
from tests.tui.studio import Studio, compare, press, seen, words_of


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "studio" / "data"


def place_of(name):
    return list(ENTRIES).index(name)


async def go_to_key(app, pilot, id_):
    """Open the page of keys and put the cursor on an action."""
    await press(pilot, "comma", "tab")
    place = next(n for n, each in enumerate(all_actions()) if each.id == id_)
    await press(pilot, *["j"] * place)


@pytest.mark.parametrize("name", list(ENTRIES))
async def test_every_setting_is_stepped_and_kept_at_once(studio, folder, name):
    entry = ENTRIES[name]
    shipped = value_of(studio.memory.settings, entry)
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", *["j"] * place_of(name))
        assert entry.sentence.en in words_of(seen(app))
        assert f"Allowed: {entry.allowed}" in words_of(seen(app))
        step = "left" if entry.ladder[-1] == shipped else "right"
        await press(pilot, step)
        changed = value_of(studio.memory.settings, entry)
        assert changed == entry.next(shipped, 1 if step == "right" else -1) != shipped
        assert value_of(read_settings(folder), entry) == changed
        await press(pilot, "r")
        assert value_of(read_settings(folder), entry) == shipped


async def test_enter_goes_round(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", "j", "enter")
        assert app.theme == "studydl-light"
        await press(pilot, "enter")
        assert app.theme == "terminal"
        assert "‹ terminal ›" in seen(app)
        await press(pilot, "space")
        assert app.theme == "studydl-dark"


def test_the_colours_of_the_schema_are_those_that_there_are():
    assert ENTRIES["theme"].ladder == tuple(theme.name for theme in THEMES)


async def test_the_language_changes_at_once_and_is_there_the_next_time(studio, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", "right", "right")
        assert "设置" in seen(app)
        assert app.desk.language is Language.CHINESE
        await press(pilot, "left", "left")
        assert "Settings" in seen(app)
        assert studio.memory.settings.interface.language == "auto"


async def test_a_language_chosen_by_key_is_remembered(studio, folder):
    async with studio.opened(begin=False) as (_, pilot):
        await press(pilot, "l")
        assert read_settings(folder).interface.language == "zh"
        await press(pilot, "l")
        assert read_settings(folder).interface.language == "en"


async def test_another_setting_leaves_a_language_chosen_for_this_time(studio, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    async with studio.opened(begin=False, language=Language.CHINESE) as (app, pilot):
        await press(pilot, "comma", "j", "right")
        assert app.desk.language is Language.CHINESE


async def test_new_cards_a_day_count_at_once(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", *["j"] * place_of("new_per_day"), *["left"] * 18, "escape")
        assert "Today · 2 3" in words_of(seen(app))


async def test_a_file_that_cannot_be_used_is_told_and_nothing_changes(studio, folder):
    async with studio.opened(begin=False, size=(160, 45)) as (app, pilot):
        await press(pilot, "comma")
        (folder / "settings.toml").write_text("new_per_day 3", "utf-8")
        await press(pilot, "j", "right")
        assert "line 1, column 13" in words_of(seen(app))
        assert app.theme == "studydl-dark"
        assert (folder / "settings.toml").read_text("utf-8") == "new_per_day 3"


async def test_a_key_is_rebound_shown_everywhere_and_works_the_next_time(studio, folder):
    async with studio.opened(begin=False) as (app, pilot):
        await go_to_key(app, pilot, "home.open('browse')")
        await press(pilot, "enter")
        assert "Press the new key for “Browse”." in seen(app)
        await press(pilot, "x")
        assert read_settings(folder).interface.keys == {"home.open('browse')": "x"}
        await press(pilot, "escape")
        assert "x Browse" in seen(app)
        await press(pilot, "b")
        assert app.screen.PLACE is Place.HOME
        await press(pilot, "x")
        assert app.screen.PLACE is Place.BROWSE
    async with studio.opened(begin=False) as (app, pilot):
        assert "x Browse" in seen(app)
        await press(pilot, "x")
        assert app.screen.PLACE is Place.BROWSE


async def test_a_key_shared_by_actions_stays_with_the_others(studio):
    studio.memory.rebind("review.reveal", "x")
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        assert not app.desk.session.revealed
        await press(pilot, "x")
        assert app.desk.session.revealed
        await press(pilot, "space")
        assert studio.grades() == [("slope-by-heart", 3)]


async def test_one_of_several_keys_under_one_word_is_shown_with_the_others(studio):
    studio.memory.rebind("review.grade(2)", "x")
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        assert "1 x 3 4 Grade" in seen(app)
        await press(pilot, "x")
        assert studio.grades() == [("slope-by-heart", 2)]


async def test_a_key_for_everywhere_is_rebound(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await go_to_key(app, pilot, "everywhere.switch_language")
        await press(pilot, "enter", "z", "l")
        assert app.desk.language is Language.ENGLISH
        await press(pilot, "z")
        assert app.desk.language is Language.CHINESE


async def test_a_key_that_is_taken_is_refused_and_said(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await go_to_key(app, pilot, "home.open('browse')")
        await press(pilot, "enter", "n")
        assert "n is taken: Notes. Nothing was changed." in words_of(seen(app))
        await press(pilot, "enter", "q")
        assert "q is taken: Quit." in words_of(seen(app))
        await press(pilot, "enter", "escape")
        assert studio.memory.settings.interface.keys == {}


def test_a_key_for_everywhere_clashes_with_every_screen():
    (language,) = [each for each in all_actions() if each.name == "switch_language"]
    assert clashing(language, "u") is not None
    reveal, judge = (
        next(each for each in actions_of(Place.REVIEW) if each.name == name)
        for name in ("reveal", "judge")
    )
    keys = {reveal.id: "f12"}
    assert clashing(judge, "f12", keys) is None  # they share enter: they take turns


async def test_one_key_and_all_keys_are_taken_back(studio):
    for name in ("home.start", "home.cram", "nowhere.nothing"):
        studio.memory.rebind(name, "x" if name == "home.start" else "y")
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", "tab", "r")
        assert "home.start" not in studio.memory.settings.interface.keys
        await press(pilot, "G")
        assert "There is no such action; r takes the line out." in words_of(seen(app))
        await press(pilot, "R")
        assert studio.memory.settings.interface.keys == {}
        await press(pilot, "escape", "j", "c")
        assert app.desk.session.is_cram


async def test_rows_are_moved_through_and_clicked(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "comma", "down", "up", "end")
        assert "How many months' backups" in words_of(seen(app))
        await press(pilot, "home", "pagedown", "pageup")
        assert "The language of cards and interface" in words_of(seen(app))
        row = next(n for n, line in enumerate(seen(app).splitlines()) if "Colours" in line)
        await pilot.click(offset=(10, row))
        await press(pilot)
        await pilot.click(offset=(10, row))
        await press(pilot, "left", "right")
        assert app.theme == "studydl-light"
        await press(pilot, "tab", "tab", "escape")
        assert app.screen.PLACE is Place.HOME


async def test_without_colour_state_is_told_by_signs(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    studio = Studio(tmp_path / "plain")
    studio.memory.change_setting("new_per_day", 3)
    async with studio.opened(begin=False) as (app, pilot):
        assert app.no_color
        assert "› Today" in seen(app)
        await press(pilot, "comma")
        line = next(line for line in seen(app).splitlines() if "New cards a day" in line)
        assert "3  *" in line
        assert "› Interface" in words_of(seen(app)) or "Language ‹ auto ›" in words_of(seen(app))


async def test_formulas_are_drawn_in_ascii_where_that_is_chosen(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        assert "s(1 − s)" in seen(app)
        await press(pilot, "f9", "j", "j", "right", "escape")
        assert "s(1 - s)" in seen(app)
        assert "−" not in seen(app)
        await press(pilot, "f9", "j", "j", "r", "escape")
        assert "s(1 − s)" in seen(app)


async def test_every_theme_draws_a_card(studio):
    for theme in THEMES:
        studio.memory.change_setting("theme", theme.name)
        async with studio.opened("slope-by-heart") as (app, pilot):
            assert app.theme == theme.name
            await press(pilot, "space", "v")
            assert "✓" in seen(app)


def test_every_word_is_there_in_both_languages():
    texts = {name: text for name, text in vars(words).items() if isinstance(text, Text)}
    for entry in ENTRIES.values():
        texts |= {f"{entry.name}.title": entry.title, f"{entry.name}.sentence": entry.sentence}
        texts[entry.section.title.en] = entry.section.title
    for name, text in texts.items():
        assert not text.zh.isascii(), name
        assert text.en.replace("“", "").replace("”", "").isascii(), name


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20)], ids=str)
@pytest.mark.parametrize(("scene", "keys"), [("values", "jj"), ("keys", "\tjj")])
async def test_the_settings_look_as_they_did(studio, scene, keys, size, language):
    studio.memory.change_setting("new_per_day", 7)
    studio.memory.rebind("home.cram", "x")
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await press(pilot, "comma", *(each.replace("\t", "tab") for each in keys))
        # What stands further down the page of keys are the actions of other screens.
        lines = seen(app).splitlines()[: 13 if scene == "keys" else None]
        compare(f"settings-{scene}-{size[0]}x{size[1]}-{language}", "\n".join(lines))

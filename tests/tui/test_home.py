"""The chapters: counts, cursor, starting, going back, empty states."""

from studydl.memory import Grade
from studydl.tui.screens.home.screen import HomeScreen
from studydl.tui.screens.review.screen import ReviewScreen
from tests.tui.studio import DECK, Studio, press, seen, settle, words_of

SECOND = """
chapter: optimizers
title: {en: Optimisers, zh: 优化器}
cards:
  - id: momentum-by-heart
    notes: "5.1"
    ask: {en: 'What is momentum?', zh: '什么是动量？'}
    answer: {kind: recall, text: {en: A running sum., zh: 累加和。}}
    explain: {en: It is., zh: 就是。}
    claim: optimizers.momentum
    sources: [Polyak 1964]
"""


def two_chapters(folder):
    studio = Studio(folder)
    (folder / "decks" / "second.yaml").write_text(SECOND, "utf-8")
    studio.library = type(studio.library).open([folder / "decks"], folder / "cache")
    return studio


async def test_escape_and_h_go_to_the_chapters_and_back_to_the_card(studio):
    for key in ("escape", "h"):
        async with studio.opened("slope-by-heart") as (app, pilot):
            await press(pilot, key)
            assert isinstance(app.screen, HomeScreen), key
            assert "A sitting is under way, 1 left." in seen(app)
            await press(pilot, key)
            assert isinstance(app.screen, ReviewScreen), key
            assert "What is the derivative" in seen(app)


async def test_chapters_show_what_is_due_new_and_there(tmp_path):
    studio = two_chapters(tmp_path / "studio")
    studio.memory.record("slope-by-heart", Grade.AGAIN, duration_ms=1)
    studio.later(minutes=2)
    async with studio.opened() as (app, pilot):
        await press(pilot, "h")
        text = words_of(seen(app))
        assert "Chapters due new cards" in text
        assert "Today 1 3 4" in text
        assert "Activation functions 1 2 3" in text
        assert "Optimisers · 1 1" in text


async def test_the_cursor_moves_round_and_enter_starts_the_chapter(tmp_path):
    studio = two_chapters(tmp_path / "studio")
    async with studio.opened() as (app, pilot):
        await press(pilot, "h", "j", "down")
        assert "› Optimisers" in seen(app)
        await press(pilot, "k", "up")
        assert "› Today" in seen(app)
        await press(pilot, "up", "enter")
        assert "What is momentum?" in seen(app)
        assert "1 left" in seen(app)


async def test_a_chapter_can_be_clicked(tmp_path):
    studio = two_chapters(tmp_path / "studio")
    async with studio.opened() as (app, pilot):
        await press(pilot, "h")
        row = next(n for n, line in enumerate(seen(app).splitlines()) if "Optimisers" in line)
        await pilot.click(offset=(10, row))
        await settle(pilot)
        assert "What is momentum?" in seen(app)


async def test_without_anything_due_the_chapters_come_first_and_say_what_to_do(studio):
    for id_ in studio.library.ids():
        studio.memory.record(id_, Grade.EASY, duration_ms=1)
    async with studio.opened() as (app, pilot):
        assert isinstance(app.screen, HomeScreen)
        assert "Nothing is due today." in seen(app)
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "Nothing is left in this chapter today" in words_of(seen(app))


async def test_a_chosen_chapter_brings_new_cards_beyond_the_days_number(studio):
    async with studio.opened() as (app, pilot):
        app.desk.begin(studio.library.ids(), new_limit=0)
        await press(pilot, "h", "j", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "3 left" in seen(app)


async def test_a_first_screen_of_chapters_leads_to_cards_and_back(studio):
    for id_ in studio.library.ids()[1:]:
        studio.memory.record(id_, Grade.EASY, duration_ms=1)
    async with studio.opened("slope-peak") as (app, pilot):
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "h")
        assert isinstance(app.screen, HomeScreen)


async def test_without_cards_the_folder_for_decks_is_named(tmp_path, home):
    studio = Studio(tmp_path / "studio", deck="")
    async with studio.opened() as (app, pilot):
        text = seen(app).replace("│", "").replace("\n", "").replace(" ", "")
        assert "Therearenocards." in text
        assert str(home / "decks") in text
        await press(pilot, "enter", "j")
        assert isinstance(app.screen, HomeScreen)


async def test_deck_errors_are_counted(tmp_path):
    broken = DECK.read_text("utf-8").replace("kind: number", "kind: nonsense")
    studio = Studio(tmp_path / "studio", deck=broken)
    async with studio.opened() as (app, pilot):
        await press(pilot, "h")
        assert "Deck errors: 1. `studydl check` lists them." in seen(app)

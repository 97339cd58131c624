"""The chapters: counts, cursor, plan, streak, badges, starting, going back, empty states."""

import dataclasses

import pytest

from studydl.language import Language, Text
from studydl.memory import Grade
from studydl.tui.actions.action import Place
from studydl.tui.screens.home import words
from studydl.tui.screens.home.screen import HomeScreen
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.verification.cache import ReportCache
from studydl.verification.evidence import Evidence
from tests.tui.studio import (
    DECK,
    Studio,
    compare,
    measurement,
    press,
    report,
    seen,
    settle,
    words_of,
)

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
            assert "1 left" in seen(app)
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
        assert "Chapters due new cards recalled claims" in text
        assert "Today 1 3 4 · ·" in text
        assert "Activation functions 1 2 3 · ·" in text
        assert "Optimisers · 1 1 · ·" in text


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
        text = words_of(seen(app))
        assert "Every card has been met, and none is due. On a chapter, c crams it." in text
        assert "Due next: " in text
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
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
        studio.memory.record("slope-by-heart", Grade.GOOD, duration_ms=1)
        await press(pilot, "h", "h")
        assert "Deck errors: 1. `studydl check` lists them." in seen(app)


async def test_the_first_run_explains_itself_until_the_first_review(studio):
    for size in ((60, 20), (100, 30), (160, 45)):
        async with studio.opened(begin=False, size=size) as (app, _):
            text = words_of(seen(app))
            assert "Flashcards that prove themselves" in text
            assert "enter start; each answer is saved at once" in text
            assert "✗ so many were refuted" in text
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "enter", "space", "3", "h")
        assert isinstance(app.screen, HomeScreen)
        assert "Flashcards that prove themselves" not in seen(app)
        assert "1 answered today" in seen(app)


async def test_one_key_starts_with_what_is_due_and_within_the_days_limits(studio):
    studio.memory.change_setting("new_per_day", 1)
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "1 left" in seen(app)


async def test_when_the_day_is_done_enter_learns_more(studio):
    studio.memory.change_setting("new_per_day", 0)
    studio.memory.record("slope-by-heart", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        assert "› Activation functions" in seen(app)
        await press(pilot, "k")
        assert "enter learns 2 more new cards" in words_of(seen(app))
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "2 left" in seen(app)


async def test_the_cursor_begins_on_the_chapter_that_was_begun_when_nothing_is_due(tmp_path):
    studio = two_chapters(tmp_path / "studio")
    studio.memory.change_setting("new_per_day", 0)
    async with studio.opened(begin=False) as (app, _):
        assert "› Activation functions" in seen(app)
    for id_ in studio.library.ids("activations"):
        studio.memory.record(id_, Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        assert "› Optimisers" in seen(app)
        assert "enter studies this chapter: 0 due, 1 new" in seen(app)
        await press(pilot, "enter")
        assert "What is momentum?" in seen(app)


async def test_a_sitting_under_way_is_gone_on_with(studio):
    studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "h")
        assert "A sitting is under way, 1 left. enter goes on with it." in seen(app)
        await press(pilot, "enter")
        assert "What is the derivative" in seen(app)


async def test_c_crams_the_chapter_under_the_cursor_and_records_nothing(tmp_path):
    studio = two_chapters(tmp_path / "studio")
    studio.memory.record("momentum-by-heart", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "k", "c", "space", "3")
        assert app.desk.session.is_cram
        assert studio.grades() == [("momentum-by-heart", 4)]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("b", "browse"),
        ("n", "notes"),
        ("m", "map"),
        ("s", "statistics"),
        ("v", "verify"),
        ("comma", "settings"),
    ],
)
async def test_letters_go_to_the_other_places(studio, key, place):
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, key)
        assert app.screen.PLACE is Place(place)


async def test_the_plan_counts_minutes_by_the_median_answer_and_days_in_a_row(studio):
    for day in range(3):
        for id_, milliseconds in (("slope-peak", 50_000), ("slope-by-heart", 70_000)):
            studio.memory.record(id_, Grade.AGAIN if day else Grade.HARD, duration_ms=milliseconds)
        studio.later(days=1)
    async with studio.opened(begin=False) as (app, _):
        text = words_of(seen(app))
        assert "2 to review · 1 new · about 4 min" in text
        assert "· · · · · · · · · · █ █ █ · 3 days in a row" in text
        assert "Activation functions 2 1 3 0 %" in text
    studio.later(days=1)
    async with studio.opened(begin=False) as (app, _):
        assert "no day in a row yet" in seen(app)


async def test_reviews_older_than_a_month_say_nothing_of_recall(studio):
    for _ in range(2):
        studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1000)
        studio.later(days=9)
    async with studio.opened(begin=False) as (app, _):
        assert "100 %" in seen(app)
    studio.later(days=30)
    async with studio.opened(begin=False) as (app, _):
        assert "%" not in seen(app)


async def test_badges_say_what_the_claims_came_out_as(studio, home):
    claims = studio.library.claims()
    kept = ReportCache(home / "cache" / "evidence")
    studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
    for claim in claims[1:]:
        kept.put("key", report(claim))
    async with studio.opened(begin=False) as (app, _):
        expected = f"· {len(claims) - 1}/{len(claims)}" if len(claims) > 1 else "·"
        assert expected in words_of(seen(app))
    kept.put("key", report(claims[0]))
    async with studio.opened(begin=False) as (app, _):
        assert f"✓ {len(claims)}" in words_of(seen(app))
    wrong = Evidence((measurement("σ'(0)", 0.5, 0.25, 1e-9),))
    kept.put("key", dataclasses.replace(report(claims[0]), evidence=wrong))
    async with studio.opened(begin=False) as (app, _):
        assert "✗ 1" in words_of(seen(app))


async def test_home_speaks_both_languages_at_once(studio):
    studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "l")
        text = words_of(seen(app))
        assert "今日" in text
        assert "连续 1 天" in text
        assert "按 enter 开始" in text


def test_every_word_is_there_in_both_languages():
    for name, text in vars(words).items():
        if isinstance(text, Text):
            assert text.en.isascii(), name
            assert not text.zh.isascii(), name


SCENES = {
    "first": ([], 0),
    "ready": ([], 3),
    "chapter": (["j"], 3),
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(160, 45), (100, 30), (80, 24), (60, 20)], ids=str)
@pytest.mark.parametrize("scene", list(SCENES))
async def test_home_looks_as_it_did(tmp_path, scene, size, language):
    keys, days = SCENES[scene]
    studio = two_chapters(tmp_path / "studio")
    for day in range(days):
        for _ in range(day + 1):
            studio.memory.record("slope-peak", Grade.GOOD, duration_ms=20_000)
        studio.later(days=day + 1)
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await press(pilot, *keys)
        compare(f"home-{scene}-{size[0]}x{size[1]}-{language}", seen(app))

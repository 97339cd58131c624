"""The statistics: gathered beside the event loop, shown as plots with their numbers."""

import random
from datetime import date, timedelta

import pytest

from studydl.errors import StudyError
from studydl.language import Language
from studydl.memory import Grade
from studydl.statistics import gathered
from studydl.tui.plain import plain
from studydl.tui.screens.browse.screen import BrowseScreen
from studydl.tui.screens.home.screen import HomeScreen
from studydl.tui.screens.statistics import screen as screens
from studydl.tui.screens.statistics.figures import Figures, gathered_figures
from studydl.tui.screens.statistics.heat_map import heat_map, levels
from studydl.tui.screens.statistics.layout import laid_out
from studydl.tui.screens.statistics.lines import SECTIONS
from studydl.tui.screens.statistics.screen import StatisticsScreen
from studydl.tui.widgets.sheet import Sheet
from tests.tui.studio import compare, press, seen, settle, words_of


@pytest.fixture
def studied(studio):
    """Forty days, on most of which something was answered, today too."""
    chance = random.Random(7)
    for day in range(40):
        if day:
            studio.later(days=1)
        if day in {10, 20}:
            continue
        for id_ in studio.library.ids():
            if chance.random() < 0.6:
                grade = chance.choices([*Grade], [2, 1, 6, 1])[0]
                studio.memory.record(id_, grade, duration_ms=chance.randrange(2000, 9000))
                studio.later(seconds=10)
    return studio


async def opened(pilot):
    """Go to the statistics, and wait until everything has been counted."""
    await press(pilot, "f7")
    await counted(pilot)


async def counted(pilot):
    own = [each for each in pilot.app.workers if each.node is pilot.app.screen]
    await pilot.app.workers.wait_for_complete(own)
    await settle(pilot)


def page(app) -> str:
    """Return the whole page, what is scrolled out of sight included."""
    sheet = app.screen.query_one("#page", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(70)))


async def test_all_sections_are_there_with_their_numbers(studied):
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        assert isinstance(app.screen, StatisticsScreen)
        text, found = page(app), gathered(studied.memory, days=30)
        for name in SECTIONS:
            assert screens.words.SECTIONS[name].en in text, name
        assert f"{found.today.answers} answered" in text
        assert f"{found.forecast[0]} today ({found.backlog} overdue)" in text
        assert f"cards met {found.known}" in text
        assert f"answers in all {found.reviews}" in text
        hardest = found.hardest[0]
        assert f"{hardest.card} forgotten {hardest.lapses}×" in text


async def test_the_periods_and_the_calibration_are_those_of_the_log(studied):
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        text = page(app)
        for days in (7, 30, 365):
            found = gathered(studied.memory, days=days).retention
            of = found.young + found.mature
            share = f"{100 * (found.young_recalled + found.mature_recalled) / of:.0f}%"
            assert f"{share} ({of})" in text
        calibration = gathered(studied.memory, days=365).calibration
        assert f"log loss {calibration.log_loss:.4f}" in text
        assert f"{calibration.points[-1].observed:.1%}" in text


async def test_while_the_log_is_read_keys_work_and_progress_is_shown(studied, monkeypatch):
    import threading

    may_go_on = threading.Event()

    def slowly(memory, cards, tell):
        tell(1)
        may_go_on.wait(30)
        return gathered_figures(memory, cards, tell)

    monkeypatch.setattr(screens, "gathered_figures", slowly)
    async with studied.opened() as (app, pilot):
        await press(pilot, "f7")
        assert "reading the log" in seen(app)
        assert "━" * 8 in seen(app)
        await press(pilot, "l")
        assert "正在读取记录" in seen(app)
        await press(pilot, "l", "1", "tab", "j", "enter")
        assert isinstance(app.screen, StatisticsScreen)
        may_go_on.set()
        await counted(pilot)
        assert "1 Today" in seen(app)


async def test_leaving_while_the_log_is_read_drops_what_comes(studied, monkeypatch):
    import threading

    may_go_on = threading.Event()

    def slowly(memory, cards, tell):
        may_go_on.wait(30)
        return gathered_figures(memory, cards, tell)

    monkeypatch.setattr(screens, "gathered_figures", slowly)
    async with studied.opened() as (app, pilot):
        await press(pilot, "f7", "escape")
        may_go_on.set()
        await settle(pilot)
        assert not isinstance(app.screen, StatisticsScreen)


async def test_with_nothing_answered_it_says_what_to_do(studio):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        assert "Nothing has been answered yet." in seen(app)
        await press(pilot, "1", "tab", "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_a_log_that_cannot_be_read_is_told_in_one_sentence(studied, monkeypatch):
    def broken(memory, cards, tell):
        raise StudyError("the log is damaged")

    monkeypatch.setattr(screens, "gathered_figures", broken)
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        assert "the log is damaged" in seen(app)


async def test_numbers_and_tab_go_to_sections(studied):
    async with studied.opened(size=(80, 24)) as (app, pilot):
        await opened(pilot)
        top = app.screen.query_one("#frame").scroll_y
        await press(pilot, "6")
        assert app.screen.query_one("#frame").scroll_y > top
        assert "6 Predicted and observed recall" in seen(app).splitlines()[3]
        await press(pilot, "tab")
        assert "7 Chance of recall now" in seen(app)
        await press(pilot, "shift+tab", "shift+tab")
        assert "5 Answers, last year" in seen(app).splitlines()[3]
        await press(pilot, *["shift+tab"] * 5)
        assert "Most often forgotten" in seen(app)
        await press(pilot, "tab")
        assert app.screen.query_one("#frame").scroll_y == 0
        await press(pilot, "j", "down")
        assert app.screen.query_one("#frame").scroll_y == 6
        await press(pilot, "k", "up")
        assert app.screen.query_one("#frame").scroll_y == 0


async def test_enter_lists_the_hardest_cards_and_a_click_one_of_them(studied):
    hardest = [each.card for each in gathered(studied.memory, days=30).hardest]
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.subject == " or ".join(f"id:{card}" for card in hardest)
    async with studied.opened(size=(80, 24)) as (app, pilot):
        await opened(pilot)
        await press(pilot, "shift+tab")
        at = next(n for n, line in enumerate(seen(app).splitlines()) if hardest[1] in line)
        await pilot.click(offset=(8, at))
        await settle(pilot)
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.subject == f"id:{hardest[1]}"


async def test_one_chapter_can_be_counted_alone(studied, tmp_path):
    second = """
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
    folder = tmp_path / "studio"
    (folder / "decks" / "second.yaml").write_text(second, "utf-8")
    studied.library = type(studied.library).open([folder / "decks"], folder / "cache")
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        everything = gathered(studied.memory, days=30).reviews
        await press(pilot, "f", "f")
        await counted(pilot)
        assert "Of the chapter Optimisers" in page(app)
        assert "answers in all 0" in page(app)
        await press(pilot, "F")
        await counted(pilot)
        assert "Of the chapter Activation functions" in page(app)
        assert f"answers in all {everything}" in page(app)
        await press(pilot, "F")
        await counted(pilot)
        assert "Of the chapter" not in page(app)


async def test_what_was_answered_meanwhile_is_counted(studied):
    async with studied.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "question_mark")
        studied.memory.record("slope-by-heart", Grade.GOOD, duration_ms=1)
        total = gathered(studied.memory, days=30).reviews
        await press(pilot, "escape")
        await counted(pilot)
        assert f"answers in all {total}" in page(app)


def test_a_streak_counts_days_in_a_row_and_today_may_still_be_without(studio):
    def streaks(*days: int) -> tuple[int, int]:
        found = gathered(studio.memory, days=5)._replace(calendar=days)
        figures = Figures(date(2026, 3, 2), found, found, found)
        return figures.streak, figures.longest_streak

    assert streaks(0, 0, 0, 0, 0) == (0, 0)
    assert streaks(0, 3, 1, 2, 0) == (3, 3)
    assert streaks(1, 1, 0, 2, 1) == (2, 2)
    assert streaks(1, 1, 1, 0, 1) == (1, 3)


def test_the_map_shows_each_day_in_the_row_of_its_weekday():
    today = date(2026, 3, 4)  # a Wednesday
    counts = [0] * 13 + [5, 0]
    rows = [line.plain for line in heat_map(counts, today, Language.ENGLISH, 20)]
    assert rows[2].split() == ["Tu", "·", "▒"]
    assert rows[3].split() == ["We", "·", "·", "·"]
    assert rows[4].split()[0] == "Th"
    drawn = sum(row.count("·") + row.count("▒") for row in rows[1:8])
    assert drawn == len(counts)


@pytest.mark.parametrize(
    ("counts", "edges"),
    [
        ([], [1, 2, 3, 4]),
        ([0, 0, 3], [1, 3, 4, 5]),
        ([0, 5, 10, 15, 20], [1, 10, 15, 20]),
        ([400, *range(1, 8)], [1, 3, 5, 7]),
    ],
)
def test_each_shade_is_for_a_quarter_of_the_days(counts, edges):
    assert levels(counts) == edges


def test_two_columns_hold_every_line_of_every_section_once():
    sections = [
        [plain(f"{name}{line}") for line in range(size)]
        for name, size in zip("abcde", (3, 9, 2, 4, 1), strict=True)
    ]
    for width in (60, 100):
        laid = laid_out(sections, width)
        text = " ".join(line.plain for line in laid.lines).split()
        assert sorted(text) == sorted(line.plain for section in sections for line in section)
        for section, start in zip(sections, laid.starts, strict=True):
            assert section[0].plain in laid.lines[start].plain
            assert all(line.cell_length <= width for line in laid.lines)


def test_the_figures_end_today(studied):
    told = []
    figures = gathered_figures(studied.memory, None, told.append)
    assert told == [1, 2, 3]
    assert figures.today == date(1970, 1, 1) + timedelta(days=studied.memory.today())
    assert figures.year == gathered(studied.memory, days=365)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20), (160, 45)])
@pytest.mark.parametrize("language", [*Language])
async def test_it_looks_as_it_did(studied, size, language):
    name = f"{size[0]}x{size[1]}-{language}"
    async with studied.opened(size=size, language=language) as (app, pilot):
        await opened(pilot)
        compare(f"statistics-top-{name}", seen(app))
        await press(pilot, "6")
        compare(f"statistics-calibration-{name}", seen(app))

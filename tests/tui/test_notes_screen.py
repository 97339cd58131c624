"""The audit of the notes: sections, statements, what became of them, measuring, studying."""

import pytest

from studydl.language import Language
from studydl.places import cache_folder
from studydl.tui.actions.action import Place
from studydl.tui.screens.break_it.screen import BreakItScreen
from studydl.tui.screens.browse.screen import BrowseScreen
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.notes import book as books
from studydl.tui.screens.notes.screen import NotesScreen
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.verification.cache import ReportCache
from studydl.verification.client import WorkerError
from tests.tui.studio import compare, press, report, seen, settle, words_of

AUDIT = """
chapter: activations
statements:
  - section: "1.3"
    statement: {en: "The sigmoid's slope is s(1 - s).", zh: "Sigmoid 的导数是 s(1 - s)。"}
    holds: [activations.sigmoid-gradient]
  - section: "1.3"
    statement: {en: "The sigmoid's slope is s.", zh: "Sigmoid 的导数是 s。"}
    refuted: [activations.sigmoid-gradient/forgot-one-minus]
    correction: {en: "The factor 1 - s is missing.", zh: "漏掉了因子 1 - s。"}
    sources: ["Bishop 2006, section 4.2"]
  - section: "1.4"
    statement: {en: "Tanh saturates.", zh: "Tanh 会饱和。"}
    holds: [activations.tanh-saturates]
    refuted: [activations.tanh-saturates/takes-tanh]
    correction: {en: "Only far from 0.", zh: "仅在远离 0 处。"}
    sources: ["Goodfellow, Bengio & Courville 2016, section 6.3"]
  - section: "1.4"
    statement: {en: "Everybody uses tanh.", zh: "大家都用 tanh。"}
    unmeasurable: {en: "A habit is no claim.", zh: "习惯不是论断。"}
    related: [activations.sigmoid-gradient]
"""
OTHER = """
chapter: optimizers
statements:
  - section: "5.1"
    statement: {en: "Momentum adds up.", zh: "动量会累加。"}
    holds: [optimizers.momentum]
"""


@pytest.fixture
def decks(tmp_path, monkeypatch):
    """An audit of our own: two chapters, of which the first was measured before."""
    folder = tmp_path / "shipped"
    (folder / "audit").mkdir(parents=True)
    (folder / "audit" / "activations.yaml").write_text(AUDIT, "utf-8")
    (folder / "audit" / "optimizers.yaml").write_text(OTHER, "utf-8")
    monkeypatch.setattr(books, "shipped_decks", lambda: folder)
    kept = ReportCache(cache_folder() / "evidence")
    kept.put("key", report("activations.sigmoid-gradient"))
    kept.put("key", report("activations.tanh-saturates"))
    return folder


async def opened(pilot):
    """Go to the notes, and wait until they have been read."""
    await press(pilot, "f4")
    await pilot.app.workers.wait_for_complete(
        [each for each in pilot.app.workers if each.node is pilot.app.screen]
    )
    await settle(pilot)


def statements(app) -> str:
    """Return what is on the right, what is scrolled out of sight included."""
    sheet = app.screen.query_one("Statements Sheet", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(60)))


def row(app, name: str) -> list[str]:
    """Return the counts of a section: wrong, conditional, holds, unmeasurable, open."""
    line = next(line for line in seen(app).splitlines() if f" {name} " in line[:40])
    return line.split("││")[0].strip("│ ").split()[-5:]


async def test_sections_count_what_became_of_their_statements(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        assert isinstance(app.screen, NotesScreen)
        assert row(app, "Activation functions") == ["1", "1", "1", "1", "·"]
        assert row(app, "1.3") == ["1", "·", "1", "·", "·"]
        assert row(app, "1.4") == ["·", "1", "·", "1", "·"]
        assert row(app, "optimizers") == ["·", "·", "·", "·", "1"]


async def test_a_statement_shows_what_is_true_instead_its_source_figures_and_cards(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j")
        text = statements(app)
        assert "✓ holds 1.3 The sigmoid's slope is s(1 - s)." in text
        assert "✗ wrong 1.3 The sigmoid's slope is s. → The factor 1 - s is missing." in text
        assert "Bishop 2006, section 4.2" in text
        assert "≠ σ'(0): as the notes have it 0.5, expected 0.25" in text
        assert "≈ σ'(0): measured 0.25, expected 0.25" in text
        assert "activations.sigmoid-gradient / forgot-one-minus" in text
        assert "cards slope-by-heart, slope-chosen, slope-peak" in text
        await press(pilot, "j")
        assert "– unmeasurable 1.4 Everybody uses tanh. → A habit is no claim." in statements(app)


async def test_of_a_chapter_only_the_statement_under_the_cursor_is_told_in_full(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        assert "Everybody uses tanh." in statements(app)
        assert "A habit is no claim." not in statements(app)
        await press(pilot, "tab", "G")
        assert "A habit is no claim." in statements(app)
        assert "The factor 1 - s is missing." not in statements(app)


async def test_what_is_not_known_is_measured_with_progress(studio, decks):
    studio.process.may_answer.clear()
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "G")
        assert "· not measured yet 5.1 Momentum adds up." in statements(app)
        await press(pilot, "v")
        assert "0/1 measuring optimizers.momentum" in words_of(seen(app))
        name, asked = studio.process.calls[-1]
        assert name == "verify"
        assert asked["claim"] == "optimizers.momentum"
        assert asked["cache"] == str(cache_folder() / "evidence")
        studio.process.may_answer.set()
        await settle(pilot)
        assert "✓ holds 5.1 Momentum adds up." in statements(app)
        assert row(app, "5.1") == ["·", "·", "1", "·", "·"]
        assert "1 claims: 1 measured now" in words_of(seen(app))


async def test_escape_stops_the_measuring_and_nothing_else(studio, decks):
    studio.process.may_answer.clear()
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "G", "v", "escape")
        assert isinstance(app.screen, NotesScreen)
        assert studio.process.cancelled == 1
        assert "· not measured yet" in statements(app)
        assert "measuring optimizers" not in seen(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, NotesScreen)


async def test_why_a_claim_could_not_be_measured_is_said(studio, decks):
    studio.process.error = WorkerError("out of memory")
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "G", "v")
        assert "optimizers.momentum: out of memory" in words_of(seen(app))
        assert "measuring optimizers" not in seen(app)


async def test_only_statements_of_one_status_are_shown(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "1")
        assert "✗ wrong" in statements(app)
        assert "✓ holds" not in statements(app)
        assert " 1.4 " not in seen(app)
        await press(pilot, "1")
        assert " 1.4 " in seen(app)
        await press(pilot, "f", "f")
        assert "± conditional" in statements(app)
        assert " 1.3 " not in seen(app)
        await press(pilot, "5")
        assert "not measured yet" in statements(app)
        await press(pilot, "0")
        assert " 1.3 " in seen(app)
        (decks / "audit" / "optimizers.yaml").unlink()
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "5")
        assert "No statement is unsettled." in words_of(seen(app))


async def test_the_cursor_goes_into_the_statements_and_back(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j", "tab")
        assert "› ✓ holds" in statements(app)
        await press(pilot, "j", "down")
        assert "› ✗ wrong" in statements(app)
        await press(pilot, "k", "up", "G", "pagedown", "pageup")
        assert "› ✗ wrong" in statements(app)
        await press(pilot, "g", "end", "home")
        assert "› ✓ holds" in statements(app)
        for out, into in (("left", "right"), ("shift+tab", "tab"), ("escape", "tab")):
            await press(pilot, out)
            assert "›" not in statements(app)
            await press(pilot, into)
            assert "› ✓ holds" in statements(app)


async def test_a_statement_can_be_clicked(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j")
        lines = seen(app).splitlines()
        at = next(n for n, line in enumerate(lines) if "The sigmoid's slope is s." in line)
        await pilot.click(offset=(60, at))
        await settle(pilot)
        assert "› ✗ wrong" in statements(app)


async def test_a_second_click_on_a_section_goes_into_it(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        at = next(n for n, line in enumerate(seen(app).splitlines()) if " 1.4 " in line[:40])
        for _ in range(2):
            await pilot.click(offset=(10, at))
            await settle(pilot)
        assert "› ± conditional" in statements(app)


async def test_enter_studies_the_cards_of_a_section(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert app.desk.session is not None
        assert app.desk.session.shown.card.notes == "1.3"


async def test_cards_that_are_not_due_are_practice(studio, decks):
    for id_ in studio.library.ids():
        studio.memory.record(id_, 4, duration_ms=1)
    before = len(studio.grades())
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j", "tab", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "nothing is recorded" in words_of(seen(app))
        await press(pilot, "space", "3")
        assert len(studio.grades()) == before


async def test_a_section_without_cards_says_so(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "G", "enter")
        assert isinstance(app.screen, NotesScreen)
        assert "No card asks for this." in seen(app)


async def test_x_breaks_the_claim_as_the_notes_put_it(studio, decks):
    for moves, subject in (
        ((), "activations.sigmoid-gradient"),
        (("j",), "activations.sigmoid-gradient#forgot-one-minus"),
    ):
        async with studio.opened() as (app, pilot):
            await opened(pilot)
            await press(pilot, "j", "x", "tab", *moves, "x")
            assert isinstance(app.screen, BreakItScreen)
            assert app.screen.subject == subject


async def test_b_browses_the_cards_under_the_cursor(studio, decks):
    for keys, query in (
        ((), "chapter:activations"),
        (("j",), "notes:1.3"),
        (("j", "tab"), "claim:activations.sigmoid-gradient"),
    ):
        async with studio.opened() as (app, pilot):
            await opened(pilot)
            await press(pilot, *keys, "b")
            assert isinstance(app.screen, BrowseScreen)
            assert app.screen.subject == query


@pytest.mark.parametrize(
    ("subject", "place"), [("1.4", 2), ("1.4.2", 2), ("5", 4), ("1", 1), ("9", 0)]
)
async def test_it_opens_at_the_section_that_is_wanted(studio, decks, subject, place):
    async with studio.opened() as (app, pilot):
        app.screen.post_message(PlaceWanted(Place.NOTES, subject))
        await settle(pilot)
        await app.workers.wait_for_complete(
            [each for each in app.workers if each.node is app.screen]
        )
        await settle(pilot)
        assert app.screen.query_one(RowList).cursor == place
        assert ("has no section 9" in seen(app)) is (subject == "9")


async def test_a_broken_audit_is_told_in_one_sentence(studio, decks):
    (decks / "audit" / "optimizers.yaml").write_text("chapter: [", "utf-8")
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        assert "optimizers.yaml" in words_of(seen(app)).replace(" ", "")
        await press(pilot, "j", "enter", "tab", "x", "v", "b", "f", "1")
        assert isinstance(app.screen, NotesScreen)


async def test_what_was_measured_elsewhere_is_noticed(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        assert row(app, "5.1")[-1] == "1"
        await press(pilot, "question_mark")
        ReportCache(cache_folder() / "evidence").put("key", report("optimizers.momentum"))
        await press(pilot, "escape")
        await opened(pilot)
        assert row(app, "5.1")[-1] == "·"


async def test_where_it_is_narrow_statements_take_the_place_of_the_sections(studio, decks):
    async with studio.opened(size=(60, 20)) as (app, pilot):
        await opened(pilot)
        assert "slope" not in seen(app)
        await press(pilot, "j", "tab")
        assert "The sigmoid's slope is s(1 - s)." in words_of(seen(app))
        assert "Activation functions" not in seen(app)
        await press(pilot, "left")
        assert " 1.4 " in seen(app)


async def test_the_language_can_be_switched(studio, decks):
    async with studio.opened() as (app, pilot):
        await opened(pilot)
        await press(pilot, "j", "l")
        assert "✗ 错误 1.3 Sigmoid 的导数是 s。 → 漏掉了因子 1 - s。" in statements(app)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20)])
@pytest.mark.parametrize("language", [*Language])
async def test_it_looks_as_it_did(studio, decks, size, language):
    name = f"{size[0]}x{size[1]}-{language}"
    async with studio.opened(size=size, language=language) as (app, pilot):
        await opened(pilot)
        await press(pilot, "j")
        compare(f"notes-sections-{name}", seen(app))
        await press(pilot, "tab", "j")
        compare(f"notes-statements-{name}", seen(app))

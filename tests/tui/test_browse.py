"""Browse: the live search, the card beside the list, many cards at once, what each key does."""

import sys
from contextlib import contextmanager, nullcontext

import pytest
from textual.widgets import Input

from studydl.language import Language
from studydl.memory import Grade
from studydl.tui.screens.browse.card_pane import CardPane
from studydl.tui.screens.browse.screen import BrowseScreen
from studydl.tui.screens.navigation import PlaceWanted, ReviewWanted
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.tui.widgets.row_list import RowList
from studydl.verification.client import WorkerError
from tests.tui.studio import EVERY_KIND, Studio, compare, press, seen, settle, words_of

SIZES = [(100, 30), (80, 24), (60, 20)]


async def browse(app, pilot):
    """Open the screen and wait for its first card."""
    await app.run_action("go('browse')")
    await rest(pilot)


async def rest(pilot):
    """Wait as long as a cursor has to rest until its card is drawn, and a search to begin."""
    await pilot.pause(0.15)
    await settle(pilot)


async def type_in(pilot, text):
    """Type in the field and wait until it was searched."""
    await press(pilot, "/", *text)
    await rest(pilot)


def card_of(app):
    """Return what stands beside the list, what is scrolled out of sight included."""
    pane = app.screen.query_one(CardPane)
    sheets = [pane.query_one(selector) for selector in ("#question", "#options", "#answer")]
    lines = [line for sheet in sheets if sheet.display for line in sheet.lines(44)]
    return words_of("\n".join(line.plain for line in lines))


def listed(app):
    return list(app.screen.finding.ids)


def wanted(app, monkeypatch, kind):
    """Return the messages of a kind that the screen posts from now on."""
    posted, post = [], app.screen.post_message
    monkeypatch.setattr(
        app.screen,
        "post_message",
        lambda message: (
            posted.append(message) or True if isinstance(message, kind) else post(message)
        ),
    )
    return posted


async def test_all_cards_are_listed_and_the_first_is_shown_with_its_answer(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        assert isinstance(app.screen, BrowseScreen)
        assert "3 of 3" in seen(app)
        text = card_of(app)
        assert "What is the derivative of the sigmoid" in text
        assert "s(1 − s)" in text
        assert "claim activations.sigmoid-gradient not measured yet" in text
        assert "schedule never met" in text
        assert "deck.yaml:4" in text


async def test_the_search_follows_the_typing(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await type_in(pilot, "kind:choice")
        assert listed(app) == ["slope-chosen"]
        assert "1 of 3" in seen(app)
        assert "Which is the derivative" in card_of(app)
        await press(pilot, *["backspace"] * 11)
        await rest(pilot)
        assert len(listed(app)) == 3


async def test_a_query_that_is_not_understood_is_pointed_at_and_changes_nothing(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        app.screen.query_one("#query", Input).value = "slope re:("
        await rest(pilot)
        lines = seen(app).splitlines()
        field = next(n for n, line in enumerate(lines) if "/ slope re:(" in line)
        assert lines[field + 1].index("^") == lines[field].index("(") + 1
        assert "this is no regular expression" in words_of("\n".join(lines))
        assert len(listed(app)) == 3


async def test_finding_nothing_is_said(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await type_in(pilot, "zebra")
        assert "No card fits." in seen(app)
        assert card_of(app) == ""
        await press(pilot, "enter", "space", "s", "f", "t", "e", "x", "enter", "u")
        assert "Nothing was done here" in words_of(seen(app))


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_letters_are_text_in_the_field_and_keys_outside_of_it(studio, key):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "/", "s", key)
        assert app.screen.query_one("#query", Input).value == "s"
        assert studio.memory.suspended() == set()
        await press(pilot, "s")
        assert studio.memory.suspended() == {"slope-by-heart"}


async def test_arrows_move_the_cursor_while_somebody_types(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "/", "s", "down", "down")
        await rest(pilot)
        assert app.screen.here == "slope-peak"
        assert "What is the largest value" in card_of(app)


async def test_the_cursor_stays_on_its_card_while_the_list_changes(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "G")
        await type_in(pilot, "slope-p")
        assert app.screen.here == "slope-peak"
        await press(pilot, *["backspace"] * 7)
        await rest(pilot)
        assert app.screen.here == "slope-peak"
        assert app.screen.query_one(RowList).cursor == 2


@pytest.mark.parametrize(
    ("keys", "place"),
    [("j", 1), ("jj", 2), ("jjjj", 2), ("jk", 0), ("G", 2), ("Gg", 0)],
)
async def test_keys_move_the_cursor(studio, keys, place):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, *keys)
        assert app.screen.query_one(RowList).cursor == place


async def test_a_page_down_moves_by_what_is_in_sight(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "pagedown")
        assert app.screen.query_one(RowList).cursor == 2
        await press(pilot, "pageup")
        assert app.screen.query_one(RowList).cursor == 0


async def test_marked_cards_are_suspended_together_and_come_back_by_one_undo(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "space", "space")
        assert "2 marked" in seen(app)
        await press(pilot, "s")
        assert studio.memory.suspended() == {"slope-by-heart", "slope-chosen"}
        assert "Suspended: 2" in seen(app)
        await press(pilot, "u")
        assert studio.memory.suspended() == set()
        await press(pilot, "s", "s")
        assert studio.memory.suspended() == set()


async def test_all_that_was_found_is_marked_and_unmarked(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await type_in(pilot, "-kind:number")
        await press(pilot, "enter", "a")
        assert app.screen.targets == ["slope-by-heart", "slope-chosen"]
        await press(pilot, "a")
        assert app.screen.marking.marked == set()


async def test_undo_takes_back_no_answer(studio):
    studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "u")
        assert studio.grades() == [("slope-peak", 3)]
        assert "Nothing was done here" in words_of(seen(app))


async def test_what_was_done_before_another_screen_was_shown_is_not_taken_back_here(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "s")
        studio.memory.record("slope-peak", Grade.GOOD, duration_ms=1)
        await app.screen.resume()
        await press(pilot, "u")
        assert studio.grades() == [("slope-peak", 3)]
        assert studio.memory.suspended() == {"slope-by-heart"}


async def test_a_flag_asks_why_and_is_taken_away_by_the_same_key(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "f", *"a slip", "enter")
        assert studio.memory.flags() == {"slope-by-heart": "a slip"}
        assert "* a slip" in card_of(app)
        await press(pilot, "f")
        assert studio.memory.flags() == {}
        assert "Flags taken away: 1" in seen(app)


@pytest.mark.parametrize("keys", [["escape"], ["enter"], ["x", "escape"]])
async def test_without_a_reason_nothing_is_flagged(studio, keys):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "f", *keys)
        assert studio.memory.flags() == {}
        assert not app.screen.is_typing
        assert isinstance(app.screen, BrowseScreen)


async def test_tags_are_given_to_the_marked_cards_and_taken_back_in_one_step(studio):
    studio.memory.tag(["slope-chosen"], ["old"])
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "space", "space", "t")
        assert "your tags: old 1/2 ›" in words_of(seen(app))
        await press(pilot, *"exam 难 -old", "enter")
        given = {"slope-by-heart": ("exam", "难"), "slope-chosen": ("exam", "难")}
        assert studio.memory.tags_by_card() == given
        assert "Tags changed: 2" in seen(app)
        assert not app.screen.is_typing
        await press(pilot, "t")
        assert "your tags: exam, 难 ›" in words_of(seen(app))
        await press(pilot, "escape", "u")
        assert studio.memory.tags_by_card() == {"slope-chosen": ("old",)}


async def test_the_learners_tags_are_shown_beside_those_of_the_deck_and_searched(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *"exam", "enter")
        assert "your tags exam" in card_of(app)
        await type_in(pilot, "tag:exam")
        assert listed(app) == ["slope-by-heart"]


@pytest.mark.parametrize("keys", [["escape"], ["enter"], ["x", "escape"]])
async def test_without_a_word_nothing_is_tagged(studio, keys):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *keys)
        assert studio.memory.tags() == []
        assert not app.screen.is_typing
        await press(pilot, "u")
        assert "Nothing was done here" in words_of(seen(app))


@pytest.mark.parametrize(
    ("language", "told"),
    [(Language.ENGLISH, "a tag has no * in it: {a}*"), (Language.CHINESE, "标签里不能有 *：{a}*")],
)
async def test_a_word_that_can_be_no_tag_stays_in_the_field_to_be_mended(studio, language, told):
    async with studio.opened(begin=False, language=language) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *"good {a}*", "enter")
        assert told in words_of(seen(app))
        assert studio.memory.tags() == []
        await press(pilot, "backspace", "enter")
        assert studio.memory.tags() == ["good", "{a}"]


async def test_taking_away_a_tag_that_no_card_has_is_said(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *"-never", "enter")
        assert "That changes no tag of yours" in words_of(seen(app))
        assert list(studio.memory.events()) == []


async def test_a_tag_that_was_given_before_is_completed(studio):
    studio.memory.tag(["slope-peak"], ["Exam::hard", "other"])
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *"-oth", "right")
        field = app.screen.query_one("#reason", Input)
        assert field.value == "-other"
        await press(pilot, *" ex", "right", *" z", "right")
        assert field.value == "-other exam::hard z"


async def test_the_cursor_stays_while_something_is_asked_of_its_card(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "t", *"exam", "down", "pagedown", "enter")
        assert app.screen.query_one(RowList).cursor == 0
        assert studio.memory.tags_by_card() == {"slope-by-heart": ("exam",)}


async def test_enter_studies_the_card(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Which is the derivative" in seen(app)
        assert "1 left" in seen(app)


async def test_cards_that_are_not_due_are_studied_without_recording(studio, monkeypatch):
    studio.memory.record("slope-by-heart", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        asked = wanted(app, monkeypatch, ReviewWanted)
        await press(pilot, "a", "enter")
        assert asked == [
            ReviewWanted(["slope-by-heart", "slope-chosen", "slope-peak"], None, cram=True)
        ]
        assert "Not all of them are due" in seen(app)


async def test_a_suspended_card_is_not_studied(studio):
    studio.memory.suspend(["slope-by-heart"])
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert "These cards are suspended" in words_of(seen(app))
        assert "suspended: never asked" in card_of(app)


@pytest.mark.parametrize(
    ("key", "place", "subject"),
    [
        ("x", "break_it", "activations.sigmoid-gradient"),
        ("v", "break_it", "activations.sigmoid-gradient"),
        ("w", "what_if", "slope-by-heart"),
        ("n", "notes", "1.3"),
        ("m", "map", "slope-by-heart"),
    ],
)
async def test_a_key_leads_to_what_the_card_is_about(studio, monkeypatch, key, place, subject):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        asked = wanted(app, monkeypatch, PlaceWanted)
        await press(pilot, key)
        assert asked == [PlaceWanted(place, subject)]


async def test_the_derivation_takes_the_place_of_the_card_until_it_is_left(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "d")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "The chain rule." in card_of(app)
        assert "Against the implementation" in card_of(app)
        await press(pilot, "escape")
        assert "What is the derivative" in card_of(app)
        assert isinstance(app.screen, BrowseScreen)


async def test_a_derivation_that_comes_too_late_is_dropped(studio):
    studio.process.may_answer.clear()
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "d", "j")
        await rest(pilot)
        studio.process.may_answer.set()
        await rest(pilot)
        assert "Which is the derivative" in card_of(app)
        assert "The chain rule." not in card_of(app)


async def test_a_derivation_that_fails_says_why(studio):
    studio.process.error = WorkerError("on purpose")
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "d")
        await rest(pilot)
        assert "! on purpose" in card_of(app)


async def test_a_drawn_number_is_computed_in_the_laboratory(tmp_path):
    studio = Studio(tmp_path / "studio", deck=EVERY_KIND.read_text("utf-8"))
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await type_in(pilot, "id:kind-varied")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "0.16" in card_of(app)
        assert "[[" not in seen(app)


async def test_a_card_says_how_well_it_is_remembered(studio):
    for _ in range(2):
        studio.memory.record("slope-by-heart", Grade.GOOD, duration_ms=1)
        studio.later(minutes=12)
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        text = card_of(app)
        assert "due in 2 d, on 2026-03-04" in text
        assert "recall 100 % 2 reviews, forgotten 0×" in text
        studio.memory.record("slope-chosen", Grade.AGAIN, duration_ms=1)
        await press(pilot, "j")
        await rest(pilot)
        assert "in learning, due in 1 min" in card_of(app)
        studio.later(days=3)
        await press(pilot, "k")
        await rest(pilot)
        assert "due since 1 d, 2026-03-04" in card_of(app)


async def test_the_deck_is_edited_outside_and_read_anew(studio, tmp_path, monkeypatch):
    script = tmp_path / "editor"
    deck = tmp_path / "studio" / "decks" / "deck.yaml"
    script.write_text(
        f"#!{sys.executable}\nimport pathlib\ndeck = pathlib.Path({str(deck)!r})\n"
        "deck.write_text(deck.read_text().replace('Which is', 'Which of these is'))\n"
    )
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    async with studio.opened(begin=False) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await browse(app, pilot)
        await press(pilot, "j", "e")
        await rest(pilot)
        assert "Which of these is the derivative" in card_of(app)
        assert "The decks were read anew." in seen(app)


async def test_the_screen_is_taken_back_from_an_editor_that_failed(studio, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "false")
    taken_back = []

    @contextmanager
    def suspended():
        """As Textual does it: nothing is done behind an exception."""
        yield
        taken_back.append(True)

    async with studio.opened(begin=False) as (app, pilot):
        monkeypatch.setattr(app, "suspend", suspended)
        await browse(app, pilot)
        await press(pilot, "e")
        assert taken_back
        assert "the editor false ended with 1" in words_of(seen(app))


async def test_where_no_editor_can_be_shown_it_is_said(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await press(pilot, "e")
        assert "this terminal cannot be handed to an editor" in words_of(seen(app))


async def test_the_query_that_is_wanted_is_in_the_field(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await app.on_place_wanted(PlaceWanted("browse", "kind:choice"))
        await rest(pilot)
        assert listed(app) == ["slope-chosen"]
        assert app.screen.query_one("#query", Input).value == "kind:choice"


async def test_in_a_narrow_terminal_list_and_card_take_turns(studio):
    async with studio.opened(begin=False, size=(60, 20)) as (app, pilot):
        await browse(app, pilot)
        assert not app.screen.query_one(CardPane).display
        for there, back in (("enter", "escape"), ("right", "left")):
            await press(pilot, there)
            assert "schedule" in card_of(app)
            assert not app.screen.query_one(RowList).display
            await press(pilot, back)
            assert app.screen.query_one(RowList).display
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ReviewScreen)


async def test_a_click_chooses_a_row_and_a_second_one_studies_it(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await browse(app, pilot)
        await pilot.click(RowList, offset=(8, 3))
        await rest(pilot)
        assert app.screen.here == "slope-peak"
        await pilot.click(RowList, offset=(8, 3))
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)


async def test_the_card_scrolls(studio):
    async with studio.opened(begin=False, size=(100, 20)) as (app, pilot):
        await browse(app, pilot)
        pane = app.screen.query_one(CardPane)
        await press(pilot, "J")
        assert pane.scroll_y > 0
        await press(pilot, "K")
        assert pane.scroll_y == 0


SCENES = {
    "list": [],
    "marked": ["space", "f", *"why", "enter", "a"],
    "faulty": ["/", *"is:du"],
    "card": ["j", "right"],
    "asking": ["f"],
    "tagging": ["t", *"exam 难", "enter", "t"],
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("scene", list(SCENES))
async def test_browse_looks_as_it_did(studio, scene, size, language):
    studio.memory.record("slope-peak", Grade.EASY, duration_ms=1)
    studio.memory.suspend(["slope-chosen"])
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        app.cursor_blink = False
        await browse(app, pilot)
        await press(pilot, *SCENES[scene])
        app.clear_notifications()
        await rest(pilot)
        screen = seen(app)
        assert all(len(line) <= size[0] for line in screen.splitlines())
        compare(f"browse-{scene}-{size[0]}x{size[1]}-{language}", screen)

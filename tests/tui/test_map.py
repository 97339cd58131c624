"""The map: the tree of what builds on what, what is known of it, where to go next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.language import Language
from studydl.memory import Grade
from studydl.tui.screens.browse.screen import BrowseScreen
from studydl.tui.screens.map.graph import Graph, branches, graph_of
from studydl.tui.screens.map.screen import MapScreen
from studydl.tui.screens.navigation import PlaceWanted, ReviewWanted
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from tests.tui.studio import Studio, compare, press, seen, settle, words_of

SIZES = [(100, 30), (80, 24), (60, 20)]
CARD = """\
  - id: {id}
    notes: "1.3"
    ask: {{en: "What is {id}?", zh: "什么是 {id}？"}}
    answer: {{kind: recall, text: {{en: That., zh: 那个。}}}}
    explain: {{en: It is., zh: 就是。}}
    claim: activations.sigmoid-gradient
    requires: [{requires}]
    sources: ["Nobody 2000, section 1"]
"""
REQUIRES = {
    "root": "",
    "left": "root",
    "right": "root",
    "leaf": "left, right",
    "lonely": "",
}
FIRST = "chapter: activations\ntitle: {en: Activations, zh: 激活函数}\ncards:\n" + "".join(
    CARD.format(id=id_, requires=requires) for id_, requires in REQUIRES.items()
)
SECOND = "chapter: losses\ntitle: {en: Losses, zh: 损失}\ncards:\n" + CARD.format(
    id="loss", requires="leaf"
)


@pytest.fixture
def studio(tmp_path):
    studio = Studio(tmp_path / "studio", deck=FIRST)
    folder = tmp_path / "studio"
    (folder / "decks" / "second.yaml").write_text(SECOND, "utf-8")
    studio.library = type(studio.library).open([folder / "decks"], folder / "cache")
    return studio


async def to_map(app, pilot, subject=""):
    await app.on_place_wanted(PlaceWanted("map", subject))
    await rest(pilot)


async def rest(pilot):
    """Wait as long as a cursor has to rest until its card is drawn."""
    await pilot.pause(0.08)
    await settle(pilot)


def drawn(app):
    """Return the rows of the map, without what they show on the right."""
    rows, screen = app.screen.query_one(RowList), app.screen
    lines = [screen._draw_row(place, 40, False).plain for place in range(rows.count)]
    return [line.rstrip(" ·✓✗─").replace("─", "").rstrip()[2:] for line in lines]


def side(app):
    """Return what stands beside the map."""
    sheet = app.screen.query_one("#page", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(44)))


def asked_for(app, monkeypatch, kind):
    posted, post = [], app.screen.post_message
    monkeypatch.setattr(
        app.screen,
        "post_message",
        lambda message: (
            posted.append(message) or True if isinstance(message, kind) else post(message)
        ),
    )
    return posted


async def test_a_card_hangs_below_the_last_that_it_builds_on(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        assert isinstance(app.screen, MapScreen)
        assert drawn(app) == [
            "Where to go next",
            "· What is root?",
            "· What is lonely?",
            "Activations  0/5",
            "· What is root?",
            "├ · What is left?",
            "│ └ · What is leaf?",
            "└ · What is right?",
            "· What is lonely?",
            "Losses  0/1",
            "· What is loss?",
        ]


async def test_what_is_known_has_its_signs_and_opens_what_comes_next(studio):
    studio.memory.record("root", Grade.EASY, duration_ms=1)
    studio.memory.record("lonely", Grade.AGAIN, duration_ms=1)
    studio.memory.suspend(["right"])
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        rows = drawn(app)
        assert rows[:2] == ["Where to go next", "· What is left?"]
        assert rows[2:5] == ["Activations  1/5", "✓ What is root?", "├ · What is left?"]
        assert rows[6:8] == ["└ – What is right?", "~ What is lonely?"]
        studio.later(days=40)
        await app.screen.resume()
        assert drawn(app)[3] == "! What is root?"


async def test_a_card_says_what_it_needs_and_what_it_opens(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "leaf")
        assert app.screen.here == "leaf"
        text = side(app)
        assert "builds on · What is left? · What is right?" in text
        assert "leads to · What is loss?" in text
        assert "Enter studies it after 3 cards that it builds on." in text
        assert "schedule never met" in text


async def test_enter_studies_a_card_behind_what_was_never_met_of_what_it_needs(studio, monkeypatch):
    studio.memory.record("right", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "loss")
        asked = asked_for(app, monkeypatch, ReviewWanted)
        await press(pilot, "enter")
        assert asked == [ReviewWanted(["root", "left", "leaf", "loss"], None)]


async def test_enter_on_what_comes_next_starts_the_sitting(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "What is root?" in seen(app)
        assert "1 left" in seen(app)


async def test_a_card_that_is_not_due_is_studied_without_recording(studio, monkeypatch):
    studio.memory.record("root", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "root")
        asked = asked_for(app, monkeypatch, ReviewWanted)
        await press(pilot, "enter")
        assert asked == [ReviewWanted(["root"], None, cram=True)]


async def test_a_suspended_card_is_not_studied(studio):
    studio.memory.suspend(["root"])
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "root")
        await press(pilot, "enter")
        assert isinstance(app.screen, MapScreen)
        assert "These cards are suspended" in words_of(seen(app))


async def test_space_folds_what_is_below_and_unfolds_it(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, "j", "j", "j", "space")
        assert drawn(app)[4:6] == ["· What is root?                  +3", "· What is lonely?"]
        await press(pilot, "space")
        assert drawn(app)[5] == "├ · What is left?"
        await press(pilot, "k", "space")
        assert drawn(app)[3:5] == ["Activations …  0/5", "Losses  0/1"]
        await press(pilot, "k", "k", "k", "space")
        assert drawn(app)[3:5] == ["Activations …  0/5", "Losses  0/1"]


async def test_keys_go_from_chapter_to_chapter(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        places = []
        for key in ("]", "]", "]", "[", "[", "[", "tab", "shift+tab"):
            await press(pilot, key)
            places.append(app.screen.query_one(RowList).cursor)
        assert places == [3, 9, 9, 3, 0, 0, 3, 0]


@pytest.mark.parametrize(("keys", "place"), [("j", 2), ("k", 0), ("G", 10), ("Gg", 0), ("jk", 1)])
async def test_keys_move_the_cursor(studio, keys, place):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, *keys)
        assert app.screen.query_one(RowList).cursor == place


async def test_pages_move_the_cursor(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, "pagedown")
        assert app.screen.query_one(RowList).cursor == 10
        await press(pilot, "pageup")
        assert app.screen.query_one(RowList).cursor == 0


async def test_a_chapter_says_how_far_it_is_and_the_first_row_what_the_signs_mean(studio):
    studio.memory.record("root", Grade.EASY, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, "]")
        await rest(pilot)
        assert "1 of 5 learned" in side(app)
        assert "· never met 4" in side(app)
        await press(pilot, "g")
        await rest(pilot)
        assert "! fading, due for review" in side(app)


@pytest.mark.parametrize(
    ("key", "place", "subject"),
    [
        ("b", "browse", "id:leaf"),
        ("x", "break_it", "activations.sigmoid-gradient"),
        ("v", "break_it", "activations.sigmoid-gradient"),
        ("w", "what_if", "leaf"),
        ("n", "notes", "1.3"),
    ],
)
async def test_a_key_leads_to_what_the_card_is_about(studio, monkeypatch, key, place, subject):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "leaf")
        asked = asked_for(app, monkeypatch, PlaceWanted)
        await press(pilot, key)
        assert asked == [PlaceWanted(place, subject)]


async def test_the_card_is_found_in_browse(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot, "leaf")
        await press(pilot, "b")
        await rest(pilot)
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.here == "leaf"


async def test_on_a_chapter_there_is_no_card_to_work_on(studio, monkeypatch):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, "]")
        asked = asked_for(app, monkeypatch, (PlaceWanted, ReviewWanted))
        await press(pilot, "enter", "b", "x", "w", "n")
        assert asked == []


async def test_a_click_moves_and_a_second_one_folds(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        for _ in range(2):
            await pilot.click(RowList, offset=(8, 5))
            await rest(pilot)
        assert app.screen.query_one(RowList).cursor == 4
        assert drawn(app)[5] == "· What is lonely?"


async def test_in_a_narrow_terminal_map_and_card_take_turns(studio):
    async with studio.opened(begin=False, size=(60, 20)) as (app, pilot):
        await to_map(app, pilot, "leaf")
        for back in ("left", "escape"):
            await press(pilot, "right")
            assert not app.screen.query_one(RowList).display
            assert "leads to" in seen(app)
            await press(pilot, "J", "K", back)
            assert app.screen.query_one(RowList).display
        await pilot.click(RowList, offset=(8, 7))
        await settle(pilot)
        assert isinstance(app.screen, MapScreen)


async def test_without_cards_the_map_says_so(tmp_path, home):
    studio = Studio(tmp_path / "empty", deck="")
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        assert "There are no cards" in seen(app)
        await press(pilot, "j", "enter", "space", "]", "[", "x")
        assert isinstance(app.screen, MapScreen)


async def test_when_all_is_met_nothing_new_is_within_reach(studio):
    for id_ in studio.library.ids():
        studio.memory.record(id_, Grade.GOOD, duration_ms=1)
    async with studio.opened(begin=False) as (app, pilot):
        await to_map(app, pilot)
        assert drawn(app)[:2] == ["Nothing new is within reach", "Activations  0/5"]


@st.composite
def graphs(draw):
    """Cards each of which requires some of those before it."""
    names = [str(number) for number in range(draw(st.integers(1, 12)))]
    requires = {
        name: tuple(sorted(draw(st.sets(st.sampled_from(names[:at]), max_size=3)) if at else ()))
        for at, name in enumerate(names)
    }
    opens = {name: [each for each in names if name in requires[each]] for name in names}
    return Graph((), {"only": names}, requires, opens)


@given(graphs(), st.data())
def test_every_card_stands_once_in_the_tree_below_something_it_requires(graph, data):
    folded = data.draw(st.sets(st.sampled_from(graph.cards["only"])))
    everything = list(branches(graph, "only", ()))
    assert sorted(branch.id for branch in everything) == sorted(graph.cards["only"])
    above = []
    for branch in everything:
        depth = len(branch.lines) // 2
        above[depth:] = [branch.id]
        assert bool(graph.requires[branch.id]) == (depth > 0)
        assert depth == 0 or above[depth - 1] in graph.requires[branch.id]
    rest = list(branches(graph, "only", folded))
    assert len(rest) + sum(branch.hidden for branch in rest) == len(everything)


@given(graphs(), st.data())
def test_what_is_studied_stands_behind_all_that_is_unmet_of_what_it_needs(graph, data):
    names = graph.cards["only"]
    met, wanted = data.draw(st.sets(st.sampled_from(names))), data.draw(st.sampled_from(names))
    order = graph.with_unmet(wanted, met)
    assert order[-1] == wanted
    assert len(set(order)) == len(order)
    assert not set(order[:-1]) & met
    for at, each in enumerate(order):
        assert all(needed in met or needed in order[:at] for needed in graph.requires[each])


@given(graphs(), st.data())
def test_within_reach_is_what_needs_only_what_is_learned(graph, data):
    names = graph.cards["only"]
    learned = data.draw(st.sets(st.sampled_from(names)))
    found = graph.reachable(learned, learned)
    assert set(found) == {
        name for name in names if name not in learned and learned.issuperset(graph.requires[name])
    }
    opened = [len(graph.opened_by(name) - learned) for name in found]
    assert opened == sorted(opened, reverse=True)


def test_a_chain_longer_than_pythons_stack_is_drawn():
    names = [str(number) for number in range(3000)]
    requires = {name: (str(int(name) - 1),) if int(name) else () for name in names}
    opens = {name: [str(int(name) + 1)] for name in names[:-1]}
    graph = Graph((), {"only": names}, requires, opens)
    assert [branch.id for branch in branches(graph, "only", ())] == names
    assert graph.with_unmet("2999", ()) == names


def test_what_is_required_and_is_no_card_any_more_is_left_out(studio):
    graph = graph_of(studio.library)
    assert graph.requires["leaf"] == ("left", "right")
    assert graph.opens["leaf"] == ["loss"]


SCENES = {"next": [], "card": ["j", "j", "j", "j", "j", "right"], "chapter": ["]", "right"]}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("scene", list(SCENES))
async def test_the_map_looks_as_it_did(studio, scene, size, language):
    studio.memory.record("root", Grade.EASY, duration_ms=1)
    studio.memory.record("lonely", Grade.AGAIN, duration_ms=1)
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await to_map(app, pilot)
        await press(pilot, *SCENES[scene])
        await rest(pilot)
        screen = seen(app)
        assert all(len(line) <= size[0] for line in screen.splitlines())
        compare(f"map-{scene}-{size[0]}x{size[1]}-{language}", screen)

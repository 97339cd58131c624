"""The list of any length: what is drawn, where the cursor goes, wheel and clicks."""

from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.events import MouseScrollDown, MouseScrollUp

from studydl.tui.plain import plain
from studydl.tui.themes import DARK
from studydl.tui.widgets.row_list import RowList
from tests.tui.studio import seen, settle


class Shelf(App[None]):
    """A list, and what it said and drew."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.count = count
        self.drawn: list[int] = []
        self.told: list[object] = []

    def compose(self):
        yield RowList()

    def on_mount(self) -> None:
        self.rows.offer(self.count, self.draw)

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    def draw(self, place: int, _width: int, under: bool):
        self.drawn.append(place)
        return plain(f"{'>' if under else ' '} row {place} [b]")

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        self.told.append(("moved", message.place))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        self.told.append(("chosen", message.place))


@asynccontextmanager
async def shelf(count: int, size: tuple[int, int] = (40, 10)):
    app = Shelf(count)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


async def test_only_rows_in_sight_are_drawn():
    async with shelf(20_000) as (app, pilot):
        assert set(app.drawn) == set(range(10))
        app.rows.edge(1)
        await settle(pilot)
        assert set(app.drawn) == {*range(10), *range(19_990, 20_000)}
        assert seen(app).splitlines()[9].strip(" ▁▂▃▄▅▆▇█") == "> row 19999 [b]"


async def test_a_step_draws_the_two_rows_that_change():
    async with shelf(20_000) as (app, pilot):
        app.drawn.clear()
        app.rows.move(1)
        await settle(pilot)
        assert sorted(app.drawn) == [0, 1]
        assert "> row 1 " in seen(app)
        assert "> row 0 " not in seen(app)
        assert app.told == [("moved", 1)]


@pytest.mark.parametrize(
    ("how", "places"),
    [
        (lambda rows: rows.move(-1), 0),
        (lambda rows: rows.page(1), 9),
        (lambda rows: rows.move(12), 12),
        (lambda rows: rows.move(500), 49),
        (lambda rows: rows.edge(1), 49),
    ],
)
async def test_the_cursor_stops_at_the_ends_and_stays_in_view(how, places):
    async with shelf(50) as (app, pilot):
        how(app.rows)
        await settle(pilot)
        assert app.rows.cursor == places
        assert f"> row {places} " in seen(app)
        app.rows.edge(-1)
        await settle(pilot)
        assert "> row 0 " in seen(app)


async def test_a_click_goes_to_a_row_and_a_second_one_chooses_it():
    async with shelf(50) as (app, pilot):
        await pilot.click(RowList, offset=(5, 4))
        await settle(pilot)
        assert app.told == [("moved", 4)]
        await pilot.click(RowList, offset=(5, 4))
        await settle(pilot)
        assert app.told == [("moved", 4), ("chosen", 4)]


async def test_a_frame_is_no_row():
    async with shelf(50) as (app, pilot):
        app.rows.styles.border = ("round", "white")
        await settle(pilot)
        await pilot.click(RowList, offset=(5, 0))
        await pilot.click(RowList, offset=(5, 3))
        await settle(pilot)
        assert app.told == [("moved", 2)]


async def test_a_click_below_the_last_row_does_nothing():
    async with shelf(3) as (app, pilot):
        await pilot.click(RowList, offset=(5, 7))
        await settle(pilot)
        assert app.told == []


async def test_the_wheel_scrolls_and_takes_the_cursor_along():
    async with shelf(50) as (app, pilot):
        await pilot._post_mouse_events([MouseScrollDown], RowList, offset=(5, 5), button=0)
        await settle(pilot)
        assert "row 2 " not in seen(app)
        assert app.rows.cursor == 3
        app.rows.move(9)
        await pilot._post_mouse_events([MouseScrollUp], RowList, offset=(5, 5), button=0)
        await settle(pilot)
        assert app.rows.cursor == 9
        assert "> row 9 " in seen(app)


async def test_the_cursor_stays_in_view_when_the_terminal_shrinks():
    async with shelf(50) as (app, pilot):
        app.rows.move(9)
        await pilot.resize_terminal(40, 5)
        await settle(pilot)
        assert "> row 9 " in seen(app)


async def test_other_rows_take_the_place_of_the_old_ones():
    async with shelf(50) as (app, pilot):
        app.rows.edge(1)
        app.rows.offer(2, lambda place, _width, _under: plain(f"other {place}"), cursor=7)
        await settle(pilot)
        assert app.rows.cursor == 1
        assert "other 0" in seen(app)
        assert "row" not in seen(app)


async def test_rows_are_drawn_anew_when_what_they_show_has_changed():
    async with shelf(5) as (app, pilot):
        app.drawn.clear()
        app.rows.redraw_rows()
        await settle(pilot)
        assert sorted(app.drawn) == list(range(5))


async def test_an_empty_list_has_its_cursor_at_the_start():
    async with shelf(0) as (app, pilot):
        app.rows.move(1)
        app.rows.edge(1)
        app.rows.page(-1)
        await settle(pilot)
        assert app.rows.cursor == 0
        assert app.told == []

"""A person's whole first evening, with the real decks and the processes that really measure."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.widgets import Input

from studydl.cards import Choice, Library
from studydl.judging import LETTERS
from studydl.language import Language
from studydl.memory import FixedClock, Grade, Memory
from studydl.places import cache_folder, data_folder, learner_decks, shipped_decks
from studydl.tui.actions.action import Place
from studydl.tui.app import StudyApp
from tests.tui.studio import pane, press, seen, settle, words_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from studydl.cards import Card

FOUND = "id:relu-code or id:relu-subgradient or id:log-sigmoid-formula or id:standardize-code"
KINDS = {"recall", "choice", "cloze", "number", "formula", "code"}
NEW = 20
"""So many new cards has a day: what the first evening is about."""


class Evening:
    """One person at one terminal; what the log must say in the end is noted here as well."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 20, tzinfo=UTC))
        self.expected: list[tuple[str, int]] = []
        self.ways: Counter[tuple[str, str]] = Counter()

    @asynccontextmanager
    async def at_the_terminal(self) -> AsyncIterator[StudyApp]:
        """Start the program, as the command line does."""
        library = Library.open([shipped_decks(), learner_decks()], cache_folder())
        with library, Memory.open(data_folder(), clock=self.clock, zone=ZoneInfo("UTC")) as memory:
            app = StudyApp(library, memory, language=Language.ENGLISH)
            app.animation_level = "none"
            async with app.run_test(size=(100, 40), notifications=True) as pilot:
                self.app, self.pilot = app, pilot
                await pilot.pause()
                yield app

    @property
    def session(self):
        return self.app.desk.session

    @property
    def card(self) -> Card:
        return self.session.on_the_table().card

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)
        await settle(self.pilot)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a process; what never comes fails the test."""
        for _ in range(3000):
            if holds():
                await settle(self.pilot)
                return
            await asyncio.sleep(0.02)
            await self.pilot.pause()
        raise AssertionError(f"nothing came of it:\n{seen(self.app)}")

    async def judged(self) -> None:
        await self.until(lambda: not self.app.screen.is_judging)

    async def answer(self, way: str) -> None:
        """Answer the card on the table rightly, wrongly, or not; grade it as is proposed."""
        card, proposed = self.card, await getattr(self, f"_{self.card.kind}")(way)
        await self.judged()
        assert self.session.revealed
        assert self.session.proposed_grade == proposed, (card.id, way, seen(self.app))
        self.ways[card.kind, way] += 1
        await self.grade("space", proposed)

    async def grade(self, key: str, grade: int) -> None:
        self.expected.append((self.card.id, grade))
        self.clock.advance(timedelta(seconds=1))
        await self.press(key)

    async def _give_up(self) -> int:
        if self.app.screen.is_typing:
            await self.press("escape")
        await self.press("space")
        return Grade.AGAIN

    async def _recall(self, _way: str) -> int:
        await self.press("space")
        return Grade.GOOD

    async def _choice(self, way: str) -> int:
        if way == "given up":
            return await self._give_up()
        answer, options = self.card.answer, self.session.shown.options
        right = [LETTERS[at] for at, each in enumerate(options) if each in answer.right]
        await (self.pick_wrong() if way == "wrong" else self.press(*right))
        if answer.also:
            await self.press("enter")
        return Grade.AGAIN if way == "wrong" else Grade.GOOD

    async def pick_wrong(self) -> None:
        options = enumerate(self.session.shown.options)
        right = self.card.answer.right
        await self.press(next(LETTERS[at] for at, each in options if each not in right))

    async def _typed(self, way: str, right: str, wrong: str, invalid: str) -> int:
        if way == "given up":
            return await self._give_up()
        if way == "invalid":
            await self.type(invalid)
            await self.press("enter")
            await self.judged()
            assert "! " in seen(self.app)
            assert not self.session.revealed
            self.app.screen.focused.clear()
        await self.type(wrong if way == "wrong" else right)
        await self.press("enter")
        return Grade.AGAIN if way == "wrong" else Grade.GOOD

    async def _number(self, way: str) -> int:
        await self.until(lambda: self.session.shown.is_known)
        return await self._typed(way, self.card.answer.source, "12345.678", "2 +")

    async def _formula(self, way: str) -> int:
        source = self.card.answer.source
        return await self._typed(way, source, f"({source}) + 1", "(1 -")

    async def _cloze(self, way: str) -> int:
        if way == "given up":
            return await self._give_up()
        for blank in self.card.answer.blanks:
            await self.type("nonsense" if way == "wrong" else blank.en[0])
            await self.press("enter")
        return Grade.AGAIN if way == "wrong" else Grade.GOOD

    async def _code(self, way: str) -> int:
        """Write it; what is wrong at first is mended, which is hard."""
        editor, solution = self.app.screen.field, self.card.answer.solution
        if way == "given up":
            return await self._give_up()
        if way == "wrong":
            await self.press("ctrl+r")
            await self.until(lambda: self.session.may_try_again)
            assert "r tries again" in seen(self.app)
            await self.press("r")
        if way == "invalid":
            editor.load("def")
            await self.press("ctrl+r")
            await self.judged()
            assert not self.session.revealed
        editor.load(solution)
        await self.press("ctrl+r")
        return Grade.HARD if way == "wrong" else Grade.GOOD


async def test_a_whole_first_evening():
    evening = Evening()
    async with evening.at_the_terminal() as app:
        assert app.screen.PLACE is Place.HOME
        assert "Flashcards that prove themselves" in words_of(seen(app))
        await evening.press("enter")
        assert app.screen.PLACE is Place.REVIEW
        assert evening.session.remaining == NEW

        await evening.answer("right")
        await doubt(evening)
        await evening.answer("wrong")
        await break_a_misconception(evening)
        await walk_a_derivation(evening)
        await undo(evening)
        flagged = await flag(evening)
        for way in ("right", "invalid", "wrong", "given up") * 4:
            if len(evening.expected) < NEW - 4:
                await evening.answer(way)
        await choose_in_browse(evening)
        for way in ("wrong", "right", "invalid", "given up"):
            await evening.answer(way)
        assert len(evening.expected) == NEW
        assert {kind for kind, _ in evening.ways} == KINDS
        assert {way for _, way in evening.ways} == {"right", "wrong", "invalid", "given up"}
        await evening.pilot.press("q")

    evening.clock.advance(timedelta(minutes=2))
    async with evening.at_the_terminal() as app:
        log = list(app.desk.memory.reviews())
        assert [(each.card, each.grade) for each in log if not each.undone] == evening.expected
        assert [each.card for each in log if each.undone] == [evening.undone]
        assert app.desk.memory.flags() == {flagged: "I do not believe it"}
        assert app.desk.memory.differences() == []
        assert "Flashcards that prove themselves" not in words_of(seen(app))
        await evening.press("enter")
        # What was forgotten first is what waits longest.
        first = next(card for card, grade in evening.expected if grade == Grade.AGAIN)
        assert evening.card.id == first
        assert first in seen(app)
        await evening.pilot.press("q")


async def doubt(evening: Evening) -> None:
    """Press v on an answer that is hard to believe, and see it measured."""
    await evening.press("escape") if evening.app.screen.is_typing else None
    await evening.press("space")
    await evening.judged()
    await evening.press("v")
    await evening.until(lambda: "Reproduce" in pane(evening.app))
    measured = pane(evening.app)
    assert "✓ verified" in measured
    assert f"studydl verify {evening.card.claim}" in measured
    await evening.press("escape")
    await evening.grade("4", Grade.EASY)


async def break_a_misconception(evening: Evening) -> None:
    """Choose what is wrong, and go from there to what it computes instead."""
    app = evening.app
    while not isinstance(evening.card.answer, Choice) or evening.card.answer.also:
        await evening.answer("right")
    await evening.pick_wrong()
    misconception = evening.session.judgement.misconception
    assert misconception is not None
    await evening.press("x")
    assert app.screen.PLACE is Place.BREAK_IT
    await evening.until(lambda: misconception in seen(app) and "guess" in seen(app).lower())
    await evening.press("space")
    await evening.until(lambda: "misses by" in seen(app))
    assert f"› ✗ {misconception}" in seen(app)
    await evening.press("escape")
    assert app.screen.PLACE is Place.REVIEW
    evening.ways["choice", "wrong"] += 1
    await evening.grade("space", Grade.AGAIN)


async def walk_a_derivation(evening: Evening) -> None:
    """Walk through the first derivation that comes, to its last step."""
    while evening.card.derivation is None:
        await evening.answer("right")
    if evening.app.screen.is_typing:
        await evening.press("escape")
    await evening.press("space")
    await evening.judged()
    await evening.press("d")
    screen = evening.app.screen
    await evening.until(lambda: screen.is_legal("next_step", ()))
    steps = 1
    while screen.is_legal("next_step", ()):
        await evening.press("space")
        steps += 1
    assert steps > 1
    assert "Against the implementation" in pane(evening.app)
    assert "does not follow" not in pane(evening.app)
    await evening.press("escape")
    await evening.grade("2", Grade.HARD)


async def undo(evening: Evening) -> None:
    """Take an answer back, and give it again."""
    card = evening.card.id
    await evening.answer("wrong")
    await evening.press("escape") if evening.app.screen.is_typing else None
    await evening.press("u")
    evening.undone, _ = evening.expected.pop()
    assert evening.card.id == evening.undone == card
    assert not evening.session.revealed
    await evening.answer("right")


async def flag(evening: Evening) -> str:
    """Flag the card on the table, and answer it all the same."""
    typing = evening.app.screen.is_typing
    await evening.press("escape") if typing else None
    await evening.press("F")
    await evening.type("I do not believe it")
    await evening.press("enter")
    card = evening.card.id
    assert "flagged: I do not believe it" in seen(evening.app)
    if typing:
        await evening.press("i")
    await evening.answer("right")
    return card


async def choose_in_browse(evening: Evening) -> None:
    """Look for some cards, and study those."""
    app = evening.app
    await evening.press("f3", "/")
    assert app.screen.PLACE is Place.BROWSE
    app.screen.query_one(Input).value = FOUND
    await evening.until(lambda: len(app.screen.finding.ids) == FOUND.count("id:"))
    await evening.press("enter", "a", "enter")
    await evening.until(lambda: app.screen.PLACE is Place.REVIEW)
    assert evening.session.remaining == FOUND.count("id:")

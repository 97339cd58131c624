"""What the tests of the application share: a deck, a worker that says what it is told, eyes."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from studydl.cards import Library
from studydl.language import Language, Text
from studydl.memory import FixedClock, Memory
from studydl.tui.app import StudyApp
from studydl.tui.widgets.sheet import Sheet
from studydl.verification.derivation_report import (
    Counterexample,
    DerivationReport,
    Formula,
    Proof,
    Relation,
    StepReport,
)
from studydl.verification.evidence import Evidence, Measurement, Rejection, Report

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import App
    from textual.pilot import Pilot

DECK = Path(__file__).with_name("deck.yaml")
EVERY_KIND = Path(__file__).parents[1] / "every_kind.yaml"
SNAPSHOTS = Path(__file__).with_name("snapshots")
UPDATE = os.environ.get("STUDYDL_UPDATE_SNAPSHOTS") == "1"


def measurement(name: str, measured: float, expected: float, margin: float = 1e6) -> Measurement:
    """One number beside another."""
    return Measurement(name, measured, "=", expected, 4.4e-16, "rounding", margin, 3.0)


def report(claim: str = "activations.sigmoid-gradient", seed: int = 0) -> Report:
    """A claim that is verified, with two misconceptions and the four controls."""
    right = Evidence((measurement("σ'(0)", 0.25, 0.25), measurement("σ'(log 2)", 2 / 9, 2 / 9, 41)))
    half = Evidence((measurement("σ'(0)", 0.5, 0.25, 1e-9),))
    zero = Evidence((measurement("σ'(0)", 0.0, 0.25, 1e-9),))
    raised = Evidence((), "ValueError: on purpose")
    return Report(
        claim=claim,
        statement=Text(
            "The derivative of the sigmoid is s(1 - s), at most 0.25.",
            "Sigmoid 的导数是 s(1 - s)，最大为 0.25。",
        ),
        evidence=right,
        misconceptions=(
            Rejection("forgot-one-minus", Text("s(1 - s) is remembered as s.", "记成了 s。"), half),
            Rejection("takes-tanh", Text("1 - s² belongs to tanh.", "1 - s² 是 tanh 的。"), zero),
        ),
        controls=(
            Rejection("zeros", Text("zeros", "零"), zero),
            Rejection("raises", Text("raises", "抛出异常"), raised),
        ),
        seconds=0.0125,
        seed=seed,
    )


def derivation(*, breaks: bool = False) -> DerivationReport:
    """Three steps; the last one is false if ``breaks``."""
    found = Counterexample("x = 1", "0.196", "0.269") if breaks else None
    proof = Proof.UNEQUAL if breaks else Proof.NUMERIC
    sigma, product = r"\sigma(x)", r"\sigma(x)(1 - \sigma(x))"
    fraction = r"\frac{e^{-x}}{(1 + e^{-x})^2}"
    steps = (
        _step(rf"\frac{{d}}{{dx}} {sigma}", "The slope.", "斜率。", Proof.DEFINITION),
        _step(fraction, "The chain rule.", "链式法则。", Proof.SYMBOLIC),
        _step(product, "Split the fraction.", "拆分分式。", proof, points=24, found=found),
    )
    return DerivationReport(
        derivation="activations.sigmoid-gradient",
        title=Text("The slope of the sigmoid", "Sigmoid 的斜率"),
        notes="1.3",
        domain=(Formula(r"x \in \mathbb{R}", "x real"),),
        definitions=(),
        steps=steps,
        comparison=Evidence((measurement("max |difference|", 0.0, 0.0),)),
        sources=("Bishop 2006, section 4.2",),
        seconds=0.25,
        seed=0,
    )


def _step(
    latex: str,
    en: str,
    zh: str,
    proof: Proof,
    *,
    points: int = 0,
    found: Counterexample | None = None,
) -> StepReport:
    return StepReport(Formula(latex, latex), Relation.EQUAL, Text(en, zh), proof, points, found)


class FakeProcess:
    """Answers as it is told to, when it is told to."""

    def __init__(self) -> None:
        self.starts = 0
        self.closed = False
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.cancelled = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.error: Exception | None = None
        self.on_start: Callable[[], object] = lambda: None
        self.derivation = derivation()
        self.answers: dict[str, dict[str, Any]] = {
            "compute": {"value": 0.16, "wrong": []},
            "portrait": {},
        }

    async def start(self) -> None:
        """Count the start."""
        self.starts += 1
        self.on_start()

    async def close(self) -> None:
        """Remember the end."""
        self.closed = True

    async def call(self, name, arguments=None, *, time_limit=None, on_progress=None):
        """Tell of some progress, wait until the answer may be given, give it."""
        self.calls.append((name, arguments))
        answer = self.derivation if name == "derive" else self.answers.get(name)
        if answer is None:
            answer = report(arguments["claim"], arguments["seed"])
            told = answer.evidence.to_json()
            on_progress({"measured": "reference", "done": 1, "of": 5, "evidence": told})
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.error is not None:
            raise self.error
        return answer if isinstance(answer, dict) else answer.to_json()


class Studio:
    """An application over a deck, a memory and a clock of its own."""

    def __init__(self, folder: Path, deck: str | None = None) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
        decks = folder / "decks"
        decks.mkdir(parents=True)
        text = DECK.read_text("utf-8") if deck is None else deck
        if text:
            (decks / "deck.yaml").write_text(text, "utf-8")
        self.library = Library.open([decks], folder / "cache")
        self.memory = Memory.open(folder / "data", clock=self.clock, zone=ZoneInfo("UTC"))
        self.process = FakeProcess()

    @asynccontextmanager
    async def opened(
        self,
        *ids: str,
        size: tuple[int, int] = (100, 30),
        language: Language = Language.ENGLISH,
        begin: bool = True,
    ) -> AsyncIterator[tuple[StudyApp, Pilot[None]]]:
        """Open the application on some cards, or on all; without a sitting if asked."""
        chosen = list(ids) or None
        app = StudyApp(
            self.library,
            self.memory,
            begin=begin,
            ids=chosen,
            language=language,
            worker=self.process,
        )
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield app, pilot

    def grades(self) -> list[tuple[str, int]]:
        """What counts in the log."""
        return [(each.card, int(each.grade)) for each in self.memory.reviews() if not each.undone]

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(**time))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait after each until everything has settled."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until messages, workers and painting are done."""
    for _ in range(3):
        await pilot.pause()


def seen(app: App[Any]) -> str:
    """Return what is on the screen, line by line. The one place that looks into the compositor."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def pane(app: App[Any]) -> str:
    """Return what the open side pane holds, what is scrolled out of sight included."""
    sheet = app.screen.open_pane.query_one(Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(sheet.content_size.width)))


def words_of(text: str) -> str:
    """Return a text without frames and without regard to where its lines end."""
    for frame in "│╭╮╰╯─━▔▁▎▌":
        text = text.replace(frame, " ")
    return " ".join(text.split())


def compare(name: str, screen: str) -> None:
    """Compare a screen with its snapshot, or keep it as the new one if that is asked for."""
    file = SNAPSHOTS / f"{name}.txt"
    if UPDATE:
        file.write_text(screen + "\n", "utf-8")
    assert file.read_text("utf-8") == screen + "\n"

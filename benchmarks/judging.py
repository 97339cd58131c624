"""Times the judging of typed formulas, warm, through the worker, against SymPy's own `simplify`.

    python -m benchmarks.judging

Over all formula cards: the right answer, the same in another form, a known or a made-up mistake;
and over the rows of the table that the judging is tested by. The peer is `simplify(a - b) == 0` in
the same kind of worker, killed after ten seconds; what it decides otherwise is counted.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from studydl.cards import Card, Formula, Library, Origin
from studydl.cards.stored import card_from_data, card_to_data
from studydl.judging.examiner import SERVICE
from studydl.language import Text
from studydl.places import shipped_decks
from studydl.verification.client import VERIFICATION, Worker, WorkerError
from tests.judging.formula.cases import CASES, formula_of

RUNS = 3
PEER_LIMIT = 10.0
OTHER_FORM = "(({0}) + 2)^2 - ({0})^2 - 3*({0}) - 4"


class Answer(NamedTuple):
    """A card, an answer to it, and whether it is right."""

    kind: str
    card: Card
    typed: str
    is_right: bool


class Timing(NamedTuple):
    """How long one judgement took, and whether it was the right one."""

    kind: str
    seconds: float
    is_so: bool


def _simplify(arguments: dict[str, Any], _progress: Any) -> bool:
    """Decide as other graders do; loaded in the worker only."""
    import sympy

    from studydl.cards.expressions import parse
    from studydl.judging.formula.meaning import names_of
    from studydl.judging.formula.points import free_variables
    from studydl.judging.formula.understanding import meanings_of, vocabulary_of

    formula = card_from_data(arguments["card"], Origin(Path(), 0)).answer
    assert isinstance(formula, Formula)  # noqa: S101 - only such cards are handed over
    names = names_of(free_variables(formula.variables), meanings_of(formula))
    yours, expected = (
        names.built(parse(source, vocabulary_of(formula)))
        for source in (arguments["typed"], formula.source)
    )
    for name, meaning in reversed(names.definitions.items()):
        yours, expected = (each.xreplace({name: meaning}) for each in (yours, expected))
    return bool(sympy.simplify(yours - expected) == 0)


CALLS = {"simplify": _simplify}


def answers_of_cards() -> list[Answer]:
    """Return what is typed in answer to every shipped card that asks for a formula."""
    with (
        tempfile.TemporaryDirectory() as cache,
        Library.open([shipped_decks()], Path(cache)) as library,
    ):
        cards = [library.card(id_) for id_ in library.ids()]
    found = []
    for card in cards:
        if isinstance(card.answer, Formula):
            source = card.answer.source
            wrong = [each.source for each in card.answer.mistakes] or [f"2*({source})"]
            found += [
                Answer("cards, as the card writes it", card, source, is_right=True),
                Answer("cards, in another form", card, OTHER_FORM.format(source), is_right=True),
                *(Answer("cards, wrong", card, each, is_right=False) for each in wrong),
            ]
    return found


def answers_of_table() -> list[Answer]:
    """Return the rows of the table that are right or wrong."""
    nowhere = Origin(Path(), 0)
    said = Text("?", "？")
    return [
        Answer(
            f"table, {case.verdict}",
            Card(f"row-{index}", "", "", said, formula_of(case.model, case.names), said, "", None,
                 (), (), (), nowhere),
            case.answer,
            is_right=case.verdict == "correct",
        )
        for index, case in enumerate(CASES)
        if case.verdict in {"correct", "wrong"}
    ]  # fmt: skip


async def ours(worker: Worker, answer: Answer) -> Timing:
    """Judge with studydl."""
    asked = {"card": card_to_data(answer.card), "typed": answer.typed}
    started = time.perf_counter()
    found = await worker.call("formula", asked)
    seconds = time.perf_counter() - started
    wanted = "correct" if answer.is_right else "wrong"
    return Timing(answer.kind, seconds, found["verdict"] == wanted)


async def peer(worker: Worker, answer: Answer) -> Timing:
    """Judge with SymPy alone."""
    asked = {"card": card_to_data(answer.card), "typed": answer.typed}
    started = time.perf_counter()
    try:
        found = await worker.call("simplify", asked, time_limit=PEER_LIMIT)
    except WorkerError:
        found = None
    seconds = time.perf_counter() - started
    if found is None:
        # The next call is to be warm again.
        await worker.call("claims")
        await worker.call("simplify", asked | {"typed": answer.card.answer.source})
    return Timing(answer.kind, seconds, found is answer.is_right)


async def timed() -> tuple[list[Timing], list[Timing]]:
    """Return the timings of both, the first run of each left out to be warm."""
    answers = [*answers_of_cards(), *answers_of_table()]
    worker = Worker((*VERIFICATION, SERVICE, "benchmarks.judging"))
    try:
        for answer in answers:
            await ours(worker, answer)
        mine = [await ours(worker, answer) for _ in range(RUNS) for answer in answers]
        await peer(worker, answers[0])
        return mine, [await peer(worker, answer) for answer in answers]
    finally:
        await worker.close()


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """Return the median and what 95 of 100 stay below, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return 1e3 * cuts[49], 1e3 * cuts[94]


def main() -> None:
    """Print one row a kind of answer."""
    os.environ["PYTHONPATH"] = os.pathsep.join(each for each in sys.path if each) or "."
    mine, theirs = asyncio.run(timed())
    print("| answers | p50 | p95 | right | simplify p50 | p95 | right | ratio p50 | ratio p95 |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    kinds = list(dict.fromkeys(each.kind for each in mine))
    for kind in [*kinds, ""]:
        own, other = ([each for each in some if kind in each.kind] for some in (mine, theirs))
        p50, p95 = percentiles([each.seconds for each in own])
        peer50, peer95 = percentiles([each.seconds for each in other])
        right = f"{sum(each.is_so for each in own) // RUNS}/{len(other)}"
        peer_right = f"{sum(each.is_so for each in other)}/{len(other)}"
        print(
            f"| {kind or 'all'} | {p50:.1f} ms | {p95:.1f} ms | {right} | {peer50:.1f} ms "
            f"| {peer95:.1f} ms | {peer_right} | {p50 / peer50:.2f} | {p95 / peer95:.2f} |"
        )


if __name__ == "__main__":
    main()

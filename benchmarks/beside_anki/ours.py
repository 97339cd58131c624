"""Our program at work: a log is filled once, then studied in a process of its own."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.beside_anki.history import DAY_MS, DECKS, Learner
from benchmarks.beside_anki.stopwatch import (
    Figures,
    each,
    median,
    peak_megabytes,
    percentile,
    timed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.memory import Event

SEARCH = "softmax tag:t7"


def name_of(card: int) -> str:
    """Return the id of a card."""
    return f"card-{card:06}"


def fill(folder: Path, learner: Learner) -> None:
    """Write the decks and the log of a learner, and compile the decks."""
    from studydl.cards import Library
    from studydl.memory import Memory

    decks = folder / "decks"
    decks.mkdir()
    for deck in range(DECKS):
        cards = range(deck, learner.cards, DECKS)
        (decks / f"deck-{deck:02}.yaml").write_text(_deck(learner, deck, cards), "utf-8")
    Library.open([decks], folder / "cache").close()
    with Memory.open(folder) as memory:
        memory.merge(_events(learner))


def _deck(learner: Learner, deck: int, cards: range) -> str:
    lines = [f"chapter: deck-{deck:02}", f"title: {{en: Deck {deck}, zh: 卡组 {deck}}}", "cards:"]
    for card in cards:
        lines += [
            f"  - id: {name_of(card)}",
            '    notes: "1.1"',
            f'    ask: {{en: "{learner.question(card)}", zh: "第 {card} 问"}}',
            "    answer: {kind: recall, text: {en: It depends., zh: 看情况。}}",
            "    explain: {en: It is made up., zh: 它是编造的。}",
            "    claim: activations.sigmoid-gradient",
            '    sources: ["Nobody 2000, section 1"]',
            f"    tags: [{learner.tag(card)}]",
        ]
    return "\n".join(lines) + "\n"


def _events(learner: Learner) -> Iterator[Event]:
    from studydl.memory import Grade, Review
    from studydl.memory.events import RECORD_VERSION, ParameterSet
    from studydl.memory.identity import next_id
    from studydl.memory.scheduling import Scheduler
    from studydl.memory.settings import Schedule

    scheduler = Scheduler(Schedule())
    yield ParameterSet(scheduler.parameters, scheduler.schedule.content())
    chance = random.Random(0)
    for answer in learner.answers():
        yield Review(
            id=next_id(answer.at_ms, None, chance.randbytes),
            version=RECORD_VERSION,
            card=name_of(answer.card),
            grade=Grade(answer.grade),
            reviewed_at=answer.at_ms,
            utc_offset=0,
            day=(answer.at_ms - 4 * DAY_MS // 24) // DAY_MS,
            duration_ms=answer.duration_ms,
            answer=None,
            verdict=None,
            seed=0,
            scheduler=scheduler.name,
            parameters=scheduler.parameters,
            device="benchmark",
        )


def study(folder: Path, answers: int) -> Figures:
    """Measure a folder that `fill` wrote, by the calls that the application makes."""
    from studydl.cards import Library
    from studydl.interchange.json_lines import write_lines
    from studydl.memory import Grade, Memory, Settings, backups
    from studydl.search import Searcher
    from studydl.session import Session

    settings = Settings(new_per_day=9999, reviews_per_day=9999)
    figures: Figures = {}
    decks, cache = folder / "decks", folder / "cache"
    with Memory.open(folder) as memory, timed(figures, "rebuild"):
        memory.rebuild()
    with timed(figures, "open"):
        library, memory = Library.open([decks], cache), Memory.open(folder, settings=settings)
    with timed(figures, "counts"):
        memory.counts_by({each.name: library.ids(each.name) for each in library.chapters()})
    with timed(figures, "first card"):
        session = Session(library, memory)
        _ = session.remaining

    def answer_one() -> None:
        session.reveal()
        session.grade(Grade.GOOD)

    taken = each(answer_one, answers)
    median(figures, "grade to next, median", taken)
    percentile(figures, "grade to next, p99", taken)
    searcher = Searcher(library, memory)
    median(figures, "search", each(lambda: searcher.find(SEARCH), 5))
    figures["memory"] = peak_megabytes()
    with timed(figures, "backup"):
        backups.make(folder, now=datetime.now(UTC), settings=settings, thorough=False)
    with timed(figures, "export, .apkg"), (folder / "export.jsonl").open("wb") as file:
        write_lines(memory, file)
    figures["export, .colpkg"] = figures["export, .apkg"]
    memory.close()
    library.close()
    return figures


def main(arguments: list[str]) -> None:
    """Fill or study, and print the figures as JSON."""
    what, folder, cards, reviews, now_ms, answers = arguments
    place = Path(folder)
    if what == "fill":
        started = time.perf_counter()
        fill(place, Learner(int(cards), int(reviews), int(now_ms)))
        print(json.dumps({"fill": time.perf_counter() - started}))
    else:
        print(json.dumps(study(place, int(answers))))


if __name__ == "__main__":
    main(sys.argv[1:])

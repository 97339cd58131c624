"""Anki's backend at work: a collection is filled once, then studied in a process of its own."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.beside_anki.history import DAY_MS, DECKS, Learner
from benchmarks.beside_anki.stopwatch import (
    Figures,
    each,
    median,
    peak_megabytes,
    percentile,
    timed,
)

FILE = "collection.anki2"
OLDEST_DAYS = 400


def fill(folder: Path, learner: Learner) -> None:
    """Write a collection with the learner's cards and reviews."""
    from anki.collection import AddNoteRequest, Collection

    col = Collection(str(folder / FILE))
    col.set_config("fsrs", True)
    decks = [col.decks.id(f"studydl::deck {number:02}") for number in range(DECKS)]
    conf = col.decks.config_dict_for_deck_id(decks[0])
    conf["rev"]["perDay"], conf["new"]["perDay"] = 9999, 9999
    col.decks.update_config(conf)
    kind = col.models.by_name("Basic")
    for start in range(0, learner.cards, 10_000):
        requests = []
        for card in range(start, min(start + 10_000, learner.cards)):
            note = col.new_note(kind)
            note["Front"], note["Back"] = learner.question(card), "It depends."
            note.tags = [learner.tag(card)]
            requests.append(AddNoteRequest(note, decks[learner.deck_of(card)]))
        col.add_notes(requests)
    ids = col.db.list("select id from cards order by id")
    col.close()
    # Through the backend every row would be a transaction of its own.
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        _add_reviews(database, ids, learner)


def _add_reviews(database: sqlite3.Connection, ids: list[int], learner: Learner) -> None:
    (born,) = database.execute("select crt from col").fetchone()
    crt = (born // 86_400 - OLDEST_DAYS) * 86_400 + 4 * 3600
    database.execute("update col set crt=?", (crt,))
    rows: list[tuple[int, ...]] = []
    states: dict[int, tuple[int, int, int]] = {}
    taken: set[int] = set()
    for answer in learner.answers():
        moment = answer.at_ms
        while moment in taken:
            moment += 1
        taken.add(moment)
        cid = ids[answer.card]
        last, reps, _ = states.get(cid, (moment, 0, 0))
        interval = max(1, round((moment - last) / DAY_MS))
        states[cid] = (moment, reps + 1, interval)
        rows.append(
            (moment, cid, -1, answer.grade, interval, interval, 2500, answer.duration_ms, 1)
        )
    database.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", rows)
    database.executemany(
        "update cards set type=2, queue=2, ivl=?, reps=?, due=?, factor=2500 where id=?",
        [
            (interval, reps, (last // 1000 - crt) // 86_400 + interval, cid)
            for cid, (last, reps, interval) in states.items()
        ],
    )


def rebuild(col: Any, retention: float) -> None:
    """Have Anki compute every card's memory state anew, by saving the options of a deck."""
    from anki.decks import UpdateDeckConfigs

    deck = col.decks.id("studydl::deck 00")
    shown = col.decks.get_deck_configs_for_update(deck)
    configs = [each.config for each in shown.all_config]
    for config in configs:
        config.config.desired_retention = retention
    col.decks.update_deck_configs(
        UpdateDeckConfigs(
            target_deck_id=deck,
            configs=configs,
            fsrs=True,
            fsrs_reschedule=True,
            limits=shown.current_deck.limits,
            card_state_customizer="",
        )
    )


def study(folder: Path, answers: int) -> Figures:
    """Measure a collection that `fill` wrote."""
    from anki.collection import (  # isort: skip - anki's modules import each other
        Collection,
        ExportAnkiPackageOptions,
    )
    from anki.cards import Card
    from anki.scheduler.v3 import CardAnswer

    figures: Figures = {}
    with timed(figures, "open"):
        col = Collection(str(folder / FILE))
    with timed(figures, "rebuild"):
        rebuild(col, 0.91)
    col.close()
    with timed(figures, "open"):
        col = Collection(str(folder / FILE))
    with timed(figures, "counts"):
        col.sched.deck_due_tree()
    col.decks.select(col.decks.id("studydl"))
    queue = col.sched.get_queued_cards
    with timed(figures, "first card"):
        queued = queue(fetch_limit=1)

    def answer_one() -> None:
        nonlocal queued
        card = Card(col)
        card._load_from_backend_card(queued.cards[0].card)  # noqa: SLF001 - Anki's own way
        card.start_timer()
        answer = col.sched.build_answer(
            card=card, states=queued.cards[0].states, rating=CardAnswer.GOOD
        )
        col.sched.answer_card(answer)
        queued = queue(fetch_limit=1)

    taken = each(answer_one, answers)
    median(figures, "grade to next, median", taken)
    percentile(figures, "grade to next, p99", taken)
    median(figures, "search", each(lambda: col.find_cards("softmax tag:t7"), 5))
    figures["memory"] = peak_megabytes()
    with timed(figures, "backup"):
        backups = folder / "backups"
        backups.mkdir(exist_ok=True)
        col.create_backup(backup_folder=str(backups), force=True, wait_for_completion=True)
    everything = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    with timed(figures, "export, .apkg"):
        col.export_anki_package(
            out_path=str(folder / "export.apkg"), options=everything, limit=None
        )
    with timed(figures, "export, .colpkg"):
        col.export_collection_package(str(folder / "export.colpkg"), False, False)
    col.close()
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

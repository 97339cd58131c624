"""Packages that Anki imports. Importing a newer one updates its notes and keeps their schedule."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from contextlib import closing
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING

import genanki

from studydl.interchange.anki_rows import write_pasts
from studydl.memory import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from studydl.interchange.anki_rows import Past
    from studydl.interchange.notes import Note

__all__ = ["write_package"]

# Never changed: by these Anki knows again what it has imported before.
_BASIC_ID, _CLOZE_ID = 1_726_394_051, 1_726_394_052
_DECK_IDS = 1 << 30

_FIELDS = [
    {"name": name} for name in ("Question", "Answer", "Explanation", "Sources", "Id", "Kind")
]
_BACK = (
    "{{#Explanation}}<div class=explanation>{{Explanation}}</div>{{/Explanation}}"
    "<div class=sources>{{Sources}}</div>"
)
_STYLE = """
.card { font-family: system-ui, sans-serif; font-size: 20px; line-height: 1.5; text-align: left;
        max-width: 42em; margin: 0 auto; padding: 1em; color: #1c1e21; background: #fbfbf9; }
.nightMode.card { color: #e6e4df; background: #1e2023; }
.explanation { margin-top: 1em; opacity: .85; }
.sources { margin-top: 1em; font-size: 14px; opacity: .6; }
.cloze { font-weight: bold; color: #2b6cb0; }
.nightMode .cloze { color: #7fb4ea; }
pre, code { font-family: ui-monospace, monospace; font-size: 16px; }
pre { padding: .6em; overflow-x: auto; background: rgba(128, 128, 128, .12); }
hr { border: 0; border-top: 1px solid rgba(128, 128, 128, .4); }
"""


def write_package(
    notes: Iterable[Note],
    titles: Mapping[str, str],
    stream: IO[bytes],
    *,
    now: datetime,
    pasts: Mapping[str, Past] | None = None,
    calendar: Calendar | None = None,
) -> int:
    """Write notes as an ``.apkg``: one deck a chapter; return how many there were.

    Args:
        notes: The notes.
        titles: What each chapter is called.
        stream: Where to.
        now: The time; Anki updates its notes if this is later than what it has.
        pasts: What cards have behind them, for the learner who asks Anki to import it.
        calendar: The learner's study days.
    """
    decks = _decks(notes, titles)
    stamp = now.timestamp()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "collection.anki2"
        # Package.write_to_file would leave its own temporary file behind.
        with closing(sqlite3.connect(file)) as database:
            cursor = database.cursor()
            genanki.Package(decks).write_to_db(cursor, stamp, count(int(stamp * 1000)))
            if pasts:
                write_pasts(cursor, pasts, now=now, calendar=calendar or Calendar())
            database.commit()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(file, file.name)
            archive.writestr("media", "{}")
    return sum(len(deck.notes) for deck in decks)


def _decks(notes: Iterable[Note], titles: Mapping[str, str]) -> list[genanki.Deck]:
    basic, cloze = _models()
    decks: dict[str, genanki.Deck] = {}
    for note in notes:
        name = f"studydl::{titles[note.chapter]}"
        deck = decks.setdefault(note.chapter, genanki.Deck(_deck_id(note.chapter), name))
        said = [note.question, note.answer, note.explanation, note.sources, note.card, note.kind]
        model = cloze if note.kind == "cloze" else basic
        deck.add_note(genanki.Note(model, said, tags=list(note.tags), guid=note.guid))
    return list(decks.values())


def _deck_id(chapter: str) -> int:
    digest = blake2b(chapter.encode(), digest_size=8).digest()
    return _DECK_IDS + int.from_bytes(digest, "big") % _DECK_IDS


def _models() -> tuple[genanki.Model, genanki.Model]:
    front, back = "{{Question}}", "{{FrontSide}}<hr id=answer>{{Answer}}" + _BACK
    basic = genanki.Model(
        _BASIC_ID,
        "studydl",
        fields=_FIELDS,
        templates=[{"name": "Card", "qfmt": front, "afmt": back}],
        css=_STYLE,
    )
    gaps = "{{cloze:Question}}"
    cloze = genanki.Model(
        _CLOZE_ID,
        "studydl cloze",
        fields=_FIELDS,
        templates=[{"name": "Cloze", "qfmt": gaps, "afmt": f"{gaps}<hr id=answer>{_BACK}"}],
        css=_STYLE,
        model_type=genanki.Model.CLOZE,
    )
    return basic, cloze

"""Cards as a table, comma- or tab-separated, with the headers by which Anki's import reads it."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studydl.interchange.notes import Note
    from studydl.memory import CardState

__all__ = ["COLUMNS", "write_table"]

COLUMNS = (
    "guid", "question", "answer", "explanation", "sources", "tags",
    "id", "chapter", "kind", "due_day", "stability", "difficulty", "repetitions", "lapses",
)  # fmt: skip
_SEPARATORS = {",": "Comma", "\t": "Tab"}


def write_table(
    notes: Iterable[Note],
    states: Mapping[str, CardState],
    stream: IO[bytes],
    *,
    separator: str,
) -> int:
    """Write notes as a table; return how many there were.

    Args:
        notes: The notes.
        states: What memory knows of their cards; new cards have none.
        stream: Where to.
        separator: A comma or a tab.
    """
    told = io.StringIO()
    told.write(
        f"#separator:{_SEPARATORS[separator]}\n#html:true\n#guid column:1\n#tags column:6\n"
        f"#columns:{separator.join(COLUMNS)}\n"
    )
    rows = csv.writer(told, delimiter=separator, lineterminator="\n")
    count = 0
    for note in notes:
        rows.writerow((*_told(note), *_standing(states.get(note.card))))
        count += 1
    stream.write(told.getvalue().encode())
    return count


def _told(note: Note) -> tuple[str, ...]:
    said = (note.guid, note.question, note.answer, note.explanation, note.sources)
    return (*said, " ".join(note.tags), note.card, note.chapter, note.kind)


def _standing(state: CardState | None) -> tuple[object, ...]:
    if state is None:
        return ("", "", "", 0, 0)
    memory = (round(state.stability, 4), round(state.difficulty, 4))
    return (state.due_day, *memory, state.repetitions, state.lapses)

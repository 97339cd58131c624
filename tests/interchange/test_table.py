from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from studydl.cards import Card, Origin, Recall
from studydl.interchange.notes import note_of
from studydl.interchange.table import write_table
from studydl.language import Language, Text
from studydl.memory import Grade

CARD = Card(
    id="odd-signs",
    chapter="activations",
    notes="1.1",
    ask=Text('A "quoted", $x < 1$\nquestion', "问，题\t$x$"),
    answer=Recall(Text("a; b", "甲")),
    explain=Text("So.", "如此。"),
    claim="activations.relu-value",
    derivation=None,
    requires=(),
    sources=("Somebody 2020",),
    tags=("sign", "odd"),
    origin=Origin(Path("deck.yaml"), 1),
)


@pytest.mark.parametrize(("separator", "name"), [(",", "Comma"), ("\t", "Tab")])
@pytest.mark.parametrize("language", list(Language))
def test_a_table_reads_back_and_tells_anki_how_to_read_it(memory, separator, name, language):
    memory.record(CARD.id, Grade.EASY, duration_ms=1)
    note, stream = note_of(CARD, language), io.BytesIO()
    assert write_table([note], {CARD.id: memory.state(CARD.id)}, stream, separator=separator) == 1
    head, *rest = stream.getvalue().decode().split("#columns:")
    assert head == f"#separator:{name}\n#html:true\n#guid column:1\n#tags column:6\n"
    columns, row = csv.reader(io.StringIO(rest[0]), delimiter=separator)
    told = dict(zip(columns, row, strict=True))
    assert told["guid"] == "studydl-odd-signs"
    assert told["question"] == note.question
    assert told["tags"] == "activations sign odd"
    assert (told["repetitions"], told["lapses"]) == ("1", "0")
    assert int(told["due_day"]) == memory.state(CARD.id).due_day

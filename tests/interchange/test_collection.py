from __future__ import annotations

import pytest

from studydl.errors import StudyError
from studydl.interchange.collection import Answered, read_history
from tests.interchange.packing import AT, collection

KNOWN = {"a", "b"}
NOTES = [("studydl-a", 0), ("studydl-b", -1), ("someone's", 0), ("studydl-gone", 0)]


def test_our_cards_are_found_by_their_guids_with_answers_and_suspension(tmp_path):
    revlog = [
        (AT + 1, 2, 4, 1),
        (AT, 1, 3, 0),
        (AT + 2, 3, 1, 0),
        (AT + 3, 1, 0, 4),
        (AT + 4, 1, 3, 3),
    ]
    path = collection(tmp_path / "c", notes=NOTES, revlog=revlog)
    history = read_history(path, KNOWN, "p.apkg")
    assert history.answers == (Answered("a", AT, 3, 4000), Answered("b", AT + 1, 4, 4000))
    assert history.suspended == ("b",)
    assert (history.matched, history.others) == (2, 2)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("CREATE VIEW v AS SELECT 1", "has a view"),
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT 1; END", "has a trigger"),
        ("DROP TABLE notes; CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid", "has a view"),
        ("CREATE VIRTUAL TABLE f USING fts5(x)", "has a table that"),
        ("DROP TABLE revlog", "no table revlog"),
        (("INSERT INTO notes (id, guid, flds, tags) VALUES (7, 'studydl-a', '', x'ff'); "
         "INSERT INTO cards VALUES (1, 7, 0, 0)"), "says b'.xff' where it has to be str"),
        ("ALTER TABLE revlog RENAME COLUMN ease TO eas", "none of Anki's"),
        (("INSERT INTO notes (id, guid, flds) VALUES (7, x'ff', ''); "
         "INSERT INTO cards VALUES (1, 7, 0, 0)"), "str"),
        (("INSERT INTO notes (id, guid, flds) VALUES (7, CAST(x'ff' AS TEXT), ''); "
         "INSERT INTO cards VALUES (1, 7, 0, 0)"), "none of Anki's"),
        (("INSERT INTO notes (id, guid, flds) VALUES (7, 'studydl-a', ''); "
         "INSERT INTO cards VALUES (1, 7, 0, 0); "
         "INSERT INTO revlog VALUES (5, 1, 'good', 1, 1)"), "says 'good' where it has to be int"),
        (("INSERT INTO notes (id, guid, flds) VALUES (7, zeroblob(20000000), ''); "
         "INSERT INTO cards VALUES (1, 7, 0, 0)"), "none of Anki's"),
    ],
)  # fmt: skip
def test_a_collection_that_anki_does_not_make_is_refused(tmp_path, more, sentence):
    path = collection(tmp_path / "c", more=more)
    with pytest.raises(StudyError, match=sentence) as caught:
        read_history(path, KNOWN, "p.apkg")
    assert str(caught.value).startswith("p.apkg: ")


@pytest.mark.parametrize("content", [b"not a database" * 99, b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_database_is_refused(tmp_path, content):
    (tmp_path / "c").write_bytes(content)
    with pytest.raises(StudyError, match=r"p\.apkg"):
        read_history(tmp_path / "c", KNOWN, "p.apkg")


def test_a_query_that_never_ends_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr("studydl.interchange.collection._MOST_STEPS", 1)
    path = collection(
        tmp_path / "c", notes=NOTES * 5000, revlog=[(AT + i, 1, 3, 1) for i in range(20_000)]
    )
    with pytest.raises(StudyError, match="damaged"):
        read_history(path, KNOWN, "p.apkg")


def test_the_tags_of_our_cards_are_read_as_they_are_written(tmp_path):
    notes = [("studydl-a", 0, "activations", "Exam::hard"), ("someone's", 0, "x"), ("studydl-b", 0)]
    history = read_history(collection(tmp_path / "c", notes=notes), KNOWN, "p.apkg")
    assert history.tags == {"a": ("activations", "Exam::hard"), "b": ()}


def test_reading_changes_nothing_and_leaves_nothing_beside(tmp_path):
    path = collection(tmp_path / "c", notes=NOTES)
    before = path.read_bytes()
    read_history(path, KNOWN, "p.apkg")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]

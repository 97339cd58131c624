from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.interchange.json_lines import take_lines, write_lines
from studydl.memory import Grade
from tests.memory.acting import do, everything, fresh, steps

HEADER = b'{"format": "studydl-log", "version": 1}\n'


def exported(memory):
    stream = io.BytesIO()
    write_lines(memory, stream)
    return stream.getvalue()


def taken(memory, data, **options):
    return take_lines(memory, io.BytesIO(data), "log.jsonl", **options)


def studied(clock, logs, history):
    for log, step in history:
        do(logs[log], clock, step)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 0), steps), max_size=25))
def test_what_is_exported_and_imported_is_the_same_log(history):
    with fresh("one", "two") as (clock, one, two):
        studied(clock, [one], history)
        told = exported(one)
        taken(two, told)
        assert exported(two) == told
        assert two.differences() == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), steps), max_size=25))
def test_the_order_in_which_files_are_imported_does_not_matter_nor_how_often(history):
    with fresh("one", "two", "forward", "here", "there", "backward") as (clock, *logs):
        one, two, forward, _, _, backward = logs
        studied(clock, [one, two], history)
        for into, files in ((forward, [one, two, one]), (backward, [two, one])):
            for file in files:
                taken(into, exported(file))
        assert list(forward.events()) == list(backward.events())
        assert everything(forward) == everything(backward)


def test_importing_twice_adds_nothing(open_memory, tmp_path):
    memory, other = open_memory(), open_memory(tmp_path / "other")
    memory.record("a", Grade.GOOD, duration_ms=1)
    assert taken(other, exported(memory)).merged == (2, 0)
    assert taken(other, exported(memory)).merged == (0, 2)


@pytest.fixture
def told(open_memory, tmp_path):
    """Return the lines of a log of two reviews."""
    memory = open_memory(tmp_path / "told")
    for card in "ab":
        memory.record(card, Grade.GOOD, duration_ms=1, answer="ω")
    return exported(memory).splitlines(keepends=True)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (b"{", "not JSON"),
        (b"[1]", "no JSON object"),
        (b'{"kind": "review", "id": "\xff"}', "not UTF-8"),
        (b'{"kind": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"kind": "party"}', "its kind is 'party'"),
        (b'{"kind": "undo"}', "is missing"),
        (b'"' + b"x" * (1 << 22), "longer than 4 MB"),
    ],
)
def test_a_broken_line_is_named_and_nothing_of_the_file_is_taken_in(memory, told, broken, sentence):
    lines = [*told[:3], broken + b"\n", *told[3:]]
    with pytest.raises(StudyError, match=sentence) as caught:
        taken(memory, b"".join(lines))
    assert "log.jsonl, line 4" in str(caught.value)
    assert list(memory.events()) == []

    merged, left_out, _ = taken(memory, b"".join(lines), keep_going=True)
    assert merged == (3, 0)
    assert [sentence in str(error) for error in left_out] == [True]


def test_a_file_that_was_cut_off_says_so(memory, told):
    with pytest.raises(StudyError, match=r"line 5.*cut off"):
        taken(memory, b"".join(told)[:-9])


def test_a_file_that_was_cut_at_a_line_end_or_lost_a_line_is_refused(memory, told):
    for lines, sentence in ((told[:-1], "no end"), (told[:-2] + told[-1:], "its end tells")):
        with pytest.raises(StudyError, match=sentence):
            taken(memory, b"".join(lines))
        assert list(memory.events()) == []
    kept = taken(memory, b"".join(told[:-1]), keep_going=True)
    assert (kept.merged, len(kept.left_out), kept.sealed) == ((3, 0), 1, False)


def test_a_file_of_the_first_version_has_no_footer_and_is_taken_in(memory, told):
    old = taken(memory, HEADER + b"".join(told[1:-1]))
    assert (old.merged, old.left_out, old.sealed) == ((3, 0), (), False)


def test_a_part_of_the_log_holds_what_happened_to_those_cards(open_memory, tmp_path):
    memory, other = open_memory(), open_memory(tmp_path / "other")
    for card in "ab":
        memory.record(card, Grade.GOOD, duration_ms=1)
    memory.suspend(["a"])
    memory.suspend(["a", "b"])
    memory.record("b", Grade.GOOD, duration_ms=1)
    memory.undo()
    stream = io.BytesIO()
    assert write_lines(memory, stream, {"a"}) == 3
    assert taken(other, stream.getvalue()).merged == (3, 0)
    assert other.state("a") == memory.state("a")
    assert (other.state("b"), other.suspended()) == (None, {"a"})


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (b"", "no log of studydl"),
        (b"id,card\n", "no log of studydl"),
        (b'{"format": "other", "version": 1}\n', "no log of studydl"),
        (b'{"format": "studydl-log", "version": 3}\n', "has version 3, this studydl knows 2"),
        (b'{"format": "studydl-log", "version": "1"}\n', "is no version"),
    ],
)
def test_a_file_of_another_format_is_refused(memory, first, sentence):
    with pytest.raises(StudyError, match=sentence):
        taken(memory, first)


def test_an_event_with_other_content_than_here_is_refused_whole(memory, told):
    taken(memory, b"".join(told))
    changed = json.loads(told[-2]) | {"grade": 1}
    before = list(memory.events())
    with pytest.raises(StudyError, match="another content"):
        taken(memory, HEADER + b"".join(told[1:-2]) + json.dumps(changed).encode())
    assert list(memory.events()) == before


def test_empty_lines_do_not_matter(memory, told):
    taken(memory, told[0] + b"\n" + b"".join(told[1:]) + b"\r\n")
    assert len(list(memory.events())) == 3

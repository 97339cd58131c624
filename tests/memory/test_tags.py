from __future__ import annotations

import sqlite3
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade, Marks
from studydl.memory.backups import listed
from studydl.memory.rescue import rescue
from studydl.memory.tags import LONGEST_TAG, TagChange, TagError, change_told, checked_tag
from tests.memory.acting import CARDS, TAGS, do, everything, fresh, steps

pairs = st.sets(st.tuples(st.sampled_from(CARDS), st.sampled_from(["x", "y", "z"])))


def having(memory):
    return {(card, tag) for card, tags in memory.tags_by_card().items() for tag in tags}


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=20), st.integers(1, 6))
def test_so_many_undos_and_as_many_redos_change_nothing(history, count):
    with fresh("here") as (clock, memory):
        for step in history:
            do(memory, clock, step)
        memory.tag(["a"], ["last"])
        before = everything(memory)
        done = sum(memory.undo() is not None for _ in range(count))
        assert "last" not in memory.tags()
        for _ in range(done):
            memory.redo()
        assert everything(memory) == before
        assert memory.differences() == []


@settings(max_examples=60, deadline=None)
@given(pairs, st.lists(st.sampled_from(CARDS)), st.sets(st.sampled_from(["x", "y", "z"])))
def test_tagging_is_the_union_and_untagging_the_difference_and_undo_takes_either_back(
    before, cards, tags
):
    with fresh("here") as (_, memory):
        for card, tag in before:
            memory.tag([card], [tag])
        asked = {(card, tag) for card in cards for tag in tags}
        for act, after in ((memory.tag, before | asked), (memory.untag, before - asked)):
            done = act(cards, tags)
            assert having(memory) == after
            assert (done is None) == (after == before)
            if done is not None:
                memory.undo()
            assert having(memory) == before


def test_tags_of_two_machines_are_one_whichever_is_merged_into_which(open_memory, tmp_path, clock):
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    here.tag(["a"], ["exam"])
    clock.advance(timedelta(seconds=1))
    there.tag(["a", "b"], ["exam", "hard"])
    clock.advance(timedelta(seconds=1))
    here.untag(["a"], ["exam"])
    here.merge(there.events())
    there.merge(here.events())
    assert here.tags_by_card() == there.tags_by_card() == {"a": ("hard",), "b": ("exam", "hard")}
    assert here.merge(there.events()).added == 0


def test_a_card_has_its_tags_among_its_marks(memory):
    memory.tag(["a"], ["hard", "exam"])
    memory.suspend(["a", "b"])
    assert memory.marks("a") == Marks(suspended=True, tags=("exam", "hard"))
    assert memory.marks("b") == Marks(suspended=True)
    memory.unsuspend(["a"])
    assert memory.marks("a") == Marks(tags=("exam", "hard"))
    assert memory.new_among(["a"]) == ["a"]
    assert memory.tagged(["hard", "other"]) == {"a"}


def test_a_tag_in_other_letters_is_the_one_that_is_there(memory):
    memory.tag(["a"], ["Exam"])
    assert memory.tag(["a"], ["exam"]) is None
    memory.tag(["b"], ["EXAM"])
    assert memory.tags() == ["Exam"]
    memory.untag(["a", "b"], ["exam"])
    assert memory.tags() == []


def test_of_two_machines_spellings_either_takes_both_away(open_memory, tmp_path, clock):
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    here.tag(["a"], ["Exam"])
    clock.advance(timedelta(seconds=1))
    there.tag(["a"], ["exam"])
    here.merge(there.events())
    assert here.tags() == ["Exam", "exam"]
    here.untag(["a"], ["EXAM"])
    assert here.tags() == []


def test_the_different_tags_are_told_sorted_once_each(memory):
    assert memory.tags() == []
    memory.tag(["a", "b", "c"], ["y", "x", "z::a", "难"])
    memory.untag(["b"], ["y"])
    assert memory.tags() == ["x", "y", "z::a", "难"]


def test_a_tag_is_kept_in_the_form_that_is_composed(memory):
    memory.tag(["a"], [unicodedata.normalize("NFD", "café")])
    assert memory.tags() == ["caf\u00e9"]
    assert memory.tag(["a"], ["caf\u00e9"]) is None
    assert checked_tag(TAGS[-1]) == "\u00e9"


def test_tagging_nothing_or_with_nothing_is_no_act(memory):
    assert memory.tag([], ["x"]) is None
    assert memory.tag(["a"], []) is None
    assert memory.untag(["a"], ["x"]) is None
    assert memory.untag(["a"], []) is None
    assert list(memory.events()) == []


@pytest.mark.parametrize(
    "word",
    [
        "exam",
        "考试",
        "a::b::c",
        "l2-norm",
        "C++",
        "v1.2",
        "n/a",
        "a:b",
        "50%",
        "#1",
        "x" * 60,
        "👩",
    ],
)
def test_one_word_is_a_tag(word):
    assert checked_tag(word) == word


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("two words", "no space"),
        ("two\u3000words", "no space"),
        ("line\nbreak", "no space"),
        ("zero\u200bwidth", "nothing invisible"),
        ("\x1b[31m", "nothing invisible"),
        ("\udc80", "nothing invisible"),
        ("-exam", "does not begin with -"),
        ('say"so', 'no " in it'),
        ("a*", "no * in it"),
        ("a,b", "no , in it"),
        ("", "has no name"),
        ("::", "has no name"),
        ("a::", "has no name"),
        ("::a", "has no name"),
        ("a::::b", "has no name"),
        ("x" * 61, f"at most {LONGEST_TAG} characters, this one has 61"),
    ],
)
def test_what_can_be_no_tag_is_refused_in_one_sentence_of_either_language(memory, word, told):
    for refused in (lambda: memory.tag(["a"], ["good", word]), lambda: memory.untag(["a"], [word])):
        with pytest.raises(TagError, match="tag") as refusal:
            refused()
        assert told in str(refusal.value)
        assert str(refusal.value).isprintable()
        assert refusal.value.told.en == str(refusal.value)
        assert "标签" in refusal.value.told.zh
    assert list(memory.events()) == []


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("", ((), ())),
        ("  , ", ((), ())),
        ("exam", (("exam",), ())),
        ("exam -old", (("exam",), ("old",))),
        ("exam,hard；难、-旧", (("exam", "hard", "难"), ("旧",))),
        ("exam exam", (("exam",), ())),
        ("exam -exam", ((), ("exam",))),
        ("-exam exam", (("exam",), ())),
        ("-a::b", ((), ("a::b",))),
    ],
)
def test_a_line_says_which_tags_come_and_which_go(line, change):
    assert change_told(line) == TagChange(*change)


@pytest.mark.parametrize("line", ["-", "exam --", "a* b", "exam -x" + "x" * 60])
def test_a_line_with_a_word_that_is_no_tag_is_refused_whole(line):
    with pytest.raises(TagError):
        change_told(line)


def outcome(line):
    """Return what a line asks for, or the sentence that refuses it."""
    try:
        return change_told(line)
    except StudyError as error:
        return str(error)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused_in_one_sentence(line):
    match outcome(line):
        case str(told):
            assert len(told.splitlines()) == 1
        case TagChange(added, removed):
            assert [checked_tag(tag) for tag in added + removed] == [*added, *removed]
            assert all(tag.split() == [tag] for tag in added + removed)
            assert not set(added) & set(removed)


def test_tags_that_the_log_does_not_tell_are_found_and_mended(memory):
    memory.tag(["lost", "sound"], ["x"])
    connection = memory._database._connection
    connection.execute("DELETE FROM tags WHERE card = 'lost'")
    connection.execute("INSERT INTO tags VALUES ('sound', 'invented'), ('other', 'invented')")
    found = {each.subject: (each.stored, each.rebuilt) for each in memory.differences()}
    assert found == {
        "marks of lost": (None, Marks(tags=("x",))),
        "marks of sound": (Marks(tags=("invented", "x")), Marks(tags=("x",))),
        "marks of other": (Marks(tags=("invented",)), None),
    }
    memory.rebuild()
    assert memory.tags_by_card() == {"lost": ("x",), "sound": ("x",)}
    assert memory.differences() == []


def test_a_log_from_before_there_were_tags_is_backed_up_and_brought_up_to_date(
    open_memory, tmp_path
):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
        memory.flag("a", "a typo")
        known = everything(memory)
    connection = sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)
    connection.execute("DROP TABLE tags")
    connection.execute("DELETE FROM migrations WHERE number > 3")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    memory = open_memory()
    assert everything(memory) == known
    assert len(listed(tmp_path)) == 1
    memory.tag(["a"], ["exam"])
    assert memory.marks("a") == Marks(flag="a typo", tags=("exam",))
    assert memory.integrity() == memory.differences() == []


def test_tags_are_rescued_from_a_damaged_file(memory, tmp_path):
    for number in range(30):
        memory.tag([f"card-{number}"], ["exam", f"t{number}", "1"])
    assert rescue(tmp_path / "reviews.db").events == list(memory.events())


def test_an_act_about_thousands_of_cards_is_folded_in_one_go(memory):
    cards = [f"card-{number}" for number in range(5000)]
    memory.tag(cards, ["exam"])
    memory.flag_all(cards, "why")
    memory.undo()
    assert len(memory.tagged(["exam"])) == 5000
    assert memory.differences() == []

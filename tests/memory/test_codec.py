from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade
from studydl.memory.codec import event_from_json


@pytest.fixture
def told(memory):
    """One event of each kind and deed, as JSON, by its name."""
    memory.record("a", Grade.GOOD, duration_ms=1, answer='1/4\n"x" 激活', verdict="correct")
    memory.undo()
    memory.suspend(["a", "b"])
    memory.flag("a", "a typo")
    memory.tag(["a"], ["exam", "hard"])
    memory.more_today(new=3)
    events = [json.loads(json.dumps(event.to_json())) for event in memory.events()]
    return {event.get("deed", event["kind"]): event for event in events}


def refused(event):
    with pytest.raises(StudyError) as refusal:
        event_from_json(event)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("nonsense", [None, 7, "review", [], {}, {"kind": "card"}, {"kind": []}])
def test_what_is_no_event_is_told_so(nonsense):
    assert "this is no event" in refused(nonsense)


@pytest.mark.parametrize("name", ["review", "undo", "suspend", "flag", "more", "parameters"])
def test_a_missing_field_is_named(told, name):
    for field in told[name].keys() - {"kind"}:
        without = {key: value for key, value in told[name].items() if key != field}
        assert f"the field '{field}' is missing" in refused(without)


@pytest.mark.parametrize("name", ["review", "undo", "suspend", "parameters"])
def test_a_field_that_no_event_has_is_named(told, name):
    assert "no field 'mood'" in refused(told[name] | {"mood": "good"})


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("review", "id", "7"),
        ("review", "id", "019e0000-0000-4000-8000-000000000000"),
        ("review", "grade", 5),
        ("review", "grade", True),
        ("review", "grade", 3.0),
        ("review", "card", ""),
        ("review", "card", "\ud800"),
        ("review", "answer", 7),
        ("review", "day", 10**9),
        ("review", "seed", 2**63),
        ("review", "duration_ms", -1),
        ("review", "utc_offset", 1440),
        ("review", "version", 0),
        ("undo", "undoes", "nothing"),
        ("suspend", "deed", "burn"),
        ("suspend", "deed", []),
        ("suspend", "content", []),
        ("parameters", "content", None),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_what_would(told, name, field, value):
    sentence = refused(told[name] | {field: value})
    assert f"cannot be the field '{field}' (write " in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("suspend", {"cards": []}),
        ("suspend", {"cards": ["b", "a"]}),
        ("suspend", {"cards": ["a", "a"]}),
        ("suspend", {"cards": ["a"], "reason": "x"}),
        ("suspend", {"cards": "a"}),
        ("flag", {"cards": ["a"]}),
        ("tag", {"cards": ["a"]}),
        ("tag", {"cards": ["a"], "tags": []}),
        ("tag", {"cards": ["a"], "tags": ["b", "a"]}),
        ("tag", {"cards": ["a"], "tags": ["two words"]}),
        ("tag", {"cards": ["a"], "tags": [""]}),
        ("tag", {"cards": ["a"], "tags": ["\ud800"]}),
        ("more", {"new": -1, "reviews": 0}),
    ],
)
def test_the_content_of_an_act_is_checked(told, name, content):
    assert refused(told[name] | {"content": content})


def test_an_undo_of_what_is_not_older_is_refused(told):
    undo = told["undo"]
    assert "not older" in refused(undo | {"undoes": undo["id"]})


@pytest.mark.parametrize("name", ["review", "undo", "suspend"])
def test_an_event_of_a_newer_studydl_is_told_so(told, name):
    assert "newer studydl" in refused(told[name] | {"version": 2, "mood": "good"})


def test_a_studydl_that_knows_no_tags_is_told_of_by_their_version(told):
    assert {name: each["version"] for name, each in told.items() if name != "parameters"} == {
        "review": 1, "undo": 1, "suspend": 1, "flag": 1, "more": 1, "tag": 2,
    }  # fmt: skip
    assert "has version 3, this studydl knows 2" in refused(told["tag"] | {"version": 3})


@pytest.mark.parametrize(
    "change",
    [
        {"desired_retention": 0.8},
        {"desired_retention": "much"},
        {"desired_retention": 2},
        {"weights": None},
        {"weights": [1.0]},
        {"learning_steps": 7},
        {"mood": "good"},
    ],
)
def test_parameters_whose_id_is_not_that_of_their_content_are_refused(told, change):
    event = told["parameters"]
    refused(event | {"content": event["content"] | change})


@settings(max_examples=300)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["kind", "id", "content", "deed"]), inner, max_size=4)
        ),
        max_leaves=8,
    ),
    st.sampled_from(["review", "undo", "act", "parameters"]),
)
def test_whatever_comes_is_refused_in_one_sentence(value, kind):
    refused(value)
    if isinstance(value, dict):
        refused(value | {"kind": kind})


def test_the_json_of_a_review_is_what_the_format_says(memory, clock):
    review = memory.record("a", Grade.HARD, duration_ms=9, seed=4)
    assert clock.now().tzinfo is UTC
    assert review.to_json() == {
        "kind": "review", "id": review.id, "version": 1, "card": "a", "grade": 2,
        "reviewed_at": 1777885200000, "utc_offset": 0, "day": 20577, "duration_ms": 9,
        "answer": None, "verdict": None, "seed": 4, "scheduler": review.scheduler,
        "parameters": review.parameters, "device": "here",
    }  # fmt: skip

"""What the benchmark beside Anki says of a row that is above 1.0."""

from __future__ import annotations

from benchmarks.beside_anki.__main__ import NOTES, ORDER, WHY, explained


def test_only_rows_above_one_are_explained_by_their_own_ratio():
    ours = dict.fromkeys(ORDER, 1.0) | {"backup": 3.0, "search": 2.5}
    told = explained({"ours": ours, "anki": dict.fromkeys(ORDER, 1.0) | {"search": 2.0}})
    assert [line.partition(":")[0] for line in told] == ["search, 1.25", "backup, 3.00"]


def test_every_row_has_a_reason_and_none_states_a_measured_number():
    assert WHY.keys() == set(ORDER)
    assert not any(character.isdigit() for text in (NOTES, *WHY.values()) for character in text)

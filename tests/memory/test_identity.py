from __future__ import annotations

import os
import uuid

from hypothesis import given
from hypothesis import strategies as st

from studydl.memory.identity import next_id

MOMENTS = st.integers(0, (1 << 47) - 1)


@given(MOMENTS, st.binary(min_size=10, max_size=10))
def test_an_identifier_is_a_uuid_of_version_7_that_holds_its_time(now, noise):
    made = next_id(now, None, lambda _: noise)
    read = uuid.UUID(made)
    assert str(read) == made
    assert (read.version, read.variant) == (7, uuid.RFC_4122)
    assert read.int >> 80 == now


@given(st.lists(MOMENTS, min_size=1, max_size=50), st.sampled_from([b"\0" * 10, b"\xff" * 10]))
def test_identifiers_grow_whatever_the_clock_does(moments, noise):
    made = [next_id(moments[0], None, lambda _: noise)]
    for now in moments:
        made.append(next_id(now, made[-1], lambda _: noise))
    assert made == sorted(set(made))


def test_identifiers_of_one_millisecond_differ():
    assert len({next_id(1, None, os.urandom) for _ in range(1000)}) == 1000


def test_a_clock_before_1970_is_taken_as_1970():
    assert next_id(-5, None, lambda _: b"\0" * 10).startswith("00000000-0000-7")

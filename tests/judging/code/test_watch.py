"""Watching a function changes nothing of what a verifier measures on it."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from studydl.judging.code.child.fault import Fault
from studydl.judging.code.child.sameness import same
from studydl.judging.code.child.structure import conform
from studydl.judging.code.child.watch import Watch
from studydl.judging.code.rung import Rung
from studydl.verification.catalogue import all_claims
from studydl.verification.judge import measure

NUMBERS = arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=4))


def another(function):
    """The same function, which is not the reference's own."""
    return partial(function)


@pytest.mark.parametrize("claim", all_claims().values(), ids=lambda claim: claim.id)
def test_every_reference_passes_the_watch_and_measures_the_same(claim):
    reference = claim.implementation
    whole = isinstance(reference, tuple)
    own = type(reference)(*map(another, reference)) if whole else another(reference)

    watched = measure(claim, Watch("f").watched(own, claim), floating="raise")

    assert watched == measure(claim, reference, floating="raise")


@given(NUMBERS)
def test_an_array_is_the_same_as_its_copy_and_conforms_to_it(numbers):
    assert same(numbers, numbers.copy())
    assert same([numbers], [numbers.copy()], rounding=1e-6)
    if np.isfinite(numbers).all():
        assert conform(numbers, numbers.copy()) is numbers


@given(NUMBERS.filter(lambda each: np.isfinite(each).all()), st.data())
def test_one_number_that_is_lost_is_found_at_its_place(numbers, data):
    place = data.draw(st.tuples(*(st.integers(0, size - 1) for size in numbers.shape)))
    lost = numbers.copy()
    lost[place] = data.draw(st.sampled_from([np.nan, np.inf, -np.inf]))

    assert not same(numbers, lost, rounding=1e-6)
    with pytest.raises(Fault) as fault:
        conform(lost, numbers)
    assert fault.value.rung is Rung.NOT_FINITE
    assert fault.value.facts["where"] == f"result[{', '.join(map(str, place))}]"


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_rounding_is_no_difference_and_anything_larger_is(scale):
    numbers = np.array([3.0, -1.0, 0.0]) * scale

    assert same(numbers, numbers * (1 + 1e-12), rounding=1e-6)
    assert not same(numbers, numbers * (1 + 1e-12))
    assert not same(numbers, numbers * (1 + 1e-3), rounding=1e-6)


@pytest.mark.parametrize(
    ("got", "expected"),
    [(0.25, np.float64(0.25)), (np.array(0.25), 0.25), (0, 0.25), (3.0, 3), (np.int64(3), 3)],
)
def test_numbers_without_axes_are_as_good_as_each_other(got, expected):
    assert conform(got, expected) is got


@pytest.mark.parametrize(("got", "expected"), [([1.0, 2.0], (3.0, 4.0)), ((1.0, 2.0), [3.0, 4.0])])
def test_a_list_serves_as_well_as_a_tuple(got, expected):
    taken = conform(got, expected)

    assert type(taken) is type(expected)
    assert list(taken) == list(got)


def test_a_list_of_another_length_is_a_fault():
    with pytest.raises(Fault) as fault:
        conform([1.0], (3.0, 4.0))
    assert fault.value.rung is Rung.STRUCTURE

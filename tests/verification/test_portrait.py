"""The picture of a claim: what its verifier asks, answered rightly and wrongly."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from studydl.language import Text
from studydl.verification.catalogue import all_claims
from studydl.verification.claim import Misconception
from studydl.verification.evidence import Measurement
from studydl.verification.measure import equals
from studydl.verification.portrait import portrait_of
from studydl.verification.service import CALLS
from studydl.verification.tolerance import EXACT
from tests.verification import examples


def wrong(name: str, implementation: Any) -> Misconception:
    return Misconception(name, implementation, Text("why", "为什么"))


def test_an_array_is_drawn_over_the_argument_of_its_length_in_order() -> None:
    found = portrait_of(examples.doubling)

    assert found is not None
    assert (found.truth.x_label, found.truth.y_label) == ("x", "double")
    assert list(found.truth.x) == sorted(found.truth.x)
    assert found.truth.y == tuple(2 * x for x in found.truth.x)
    assert found.misconceptions["square"].y == pytest.approx([x**2 for x in found.truth.x])
    assert set(found.misconceptions) == {"square", "increment"}


def test_numbers_asked_for_one_by_one_make_a_curve() -> None:
    def one_by_one(function: Callable[[Any], Any], rng: np.random.Generator) -> Iterator[Any]:
        for x in (3.0, 1.0, 2.0, 5.0, 4.0):
            yield equals("f", function(x), 2 * x, EXACT)

    found = portrait_of(examples.with_verifier(one_by_one))

    assert found is not None
    assert found.truth.x == (1.0, 2.0, 3.0, 4.0, 5.0)
    assert found.truth.y == (2.0, 4.0, 6.0, 8.0, 10.0)
    assert found.misconceptions["increment"].y == (2.0, 3.0, 4.0, 5.0, 6.0)


def test_steps_after_one_another_make_a_curve() -> None:
    def steps(function: Callable[[Any], Any], rng: np.random.Generator) -> Iterator[Measurement]:
        x = np.ones(2)
        for _ in range(6):
            x = function(x)
        yield equals("x", x, 64.0, EXACT)

    found = portrait_of(examples.with_verifier(steps))

    assert found is not None
    assert found.truth.x == (1, 2, 3, 4, 5, 6)
    assert found.truth.y == (2, 4, 8, 16, 32, 64)


def test_a_misconception_that_fails_is_left_out() -> None:
    def raises(x: Any) -> Any:
        raise RuntimeError("on purpose")

    mistakes = (
        wrong("raises", raises),
        wrong("shorter", lambda x: x[:2]),
        wrong("none", lambda x: None),
        wrong("half", lambda x: x / 2),
    )
    claim = examples.with_verifier(examples.doubling.verifier, misconceptions=mistakes)

    found = portrait_of(claim)

    assert found is not None
    assert set(found.misconceptions) == {"half"}


def test_what_is_drawn_is_where_the_mistakes_are_seen() -> None:
    class Pair(NamedTuple):
        same: Callable[[Any], Any]
        other: Callable[[Any], Any]

    def both(pair: Pair, rng: np.random.Generator) -> Iterator[Measurement]:
        x = np.linspace(-1, 1, 30)
        yield equals("same", pair.same(x), x, EXACT)
        yield equals("other", pair.other(x), x, EXACT)

    def plus(x: Any) -> Any:
        return x + 0.0

    claim = examples.with_verifier(
        both,
        implementation=Pair(plus, plus),
        misconceptions=tuple(wrong(name, Pair(plus, np.abs)) for name in ("one", "two")),
    )

    found = portrait_of(claim)

    assert found is not None
    assert found.truth.y_label == "other"


def test_there_is_no_picture_where_nothing_makes_a_curve() -> None:
    def once(function: Callable[[Any], Any], rng: np.random.Generator) -> Iterator[Measurement]:
        yield equals("f(3)", function(np.array(3.0)), 6.0, EXACT)

    assert portrait_of(examples.with_verifier(once)) is None


def test_a_verifier_that_never_ends_is_left() -> None:
    def endless(function: Callable[[Any], Any], rng: np.random.Generator) -> Iterator[Measurement]:
        while True:
            try:
                function(np.arange(6.0))
            except Exception:  # noqa: BLE001, S112 - what a careless verifier does
                continue

    assert portrait_of(examples.with_verifier(endless), seconds=0.2) is not None


def test_most_claims_have_a_picture_and_all_of_them_are_json() -> None:
    drawn: Counter[bool] = Counter()
    for claim in list(all_claims().values())[::7]:
        found = CALLS["portrait"]({"claim": claim.id}, lambda _: None)
        json.dumps(found, allow_nan=False)
        drawn[bool(found)] += 1
        if found:
            assert set(found) == {"x_label", "y_label", "truth", "misconceptions"}
    assert drawn[True] > drawn[False]

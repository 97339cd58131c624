"""A small claim that the tests of this room judge: a doubling."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from studydl.verification.claim import Claim, claim, misconception
from studydl.verification.evidence import Measurement
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT


def double(x: np.ndarray) -> np.ndarray:
    return 2 * x


@misconception("square", en="2 + 2 is 2 squared.", zh="2 + 2 等于 2 的平方。")
def square(x: np.ndarray) -> np.ndarray:
    return x**2


@misconception("increment", en="2 is 1 + 1.", zh="2 等于 1 + 1。", notes="1.1")
def increment(x: np.ndarray) -> np.ndarray:
    return x + 1


@claim(
    "examples.doubling",
    en="Doubling 3 gives 6.",
    zh="3 的两倍是 6。",
    notes="1.1",
    on=double,
    misconceptions=[square, increment],
    sources=["Euclid, book V"],
)
def doubling(function: Callable[[Any], Any], rng: np.random.Generator) -> Iterator[Measurement]:
    x = rng.normal(size=5)
    yield equals("f(x)", function(x), x + x, EXACT, at=x)
    yield equals("f(3)", function(np.array(3.0)), 6.0, EXACT)


def with_verifier(verifier: Callable[..., Any], **changes: Any) -> Claim:
    """The example with another verifier, and other changes."""
    return dataclasses.replace(doubling, verifier=verifier, **changes)

"""Every number that a sentence states has to be among what is measured."""

import dataclasses

import pytest

from studydl.language import Text
from studydl.verification.judge import judge
from studydl.verification.lint import numbers_in, unmeasured_numbers
from tests.verification import examples


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("at most 0.25, reached only at x = 0.", ["0.25", "0"]),
        ("L2 in float32 after 10 steps, relu'(0) = 0", ["10", "0", "0"]),
        ("1e-8 and 3.2e5 and 50%", ["1e-8", "3.2e5", "50%"]),
        ("最大值为0.25，在0处取得。", ["0.25", "0"]),
        ("between -1 and 1", ["1", "1"]),
        ("see section 2.3.1", []),
    ],
)
def test_numbers_are_read_as_they_are_written(sentence: str, numbers: list[str]) -> None:
    assert numbers_in(sentence) == numbers


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Doubling 3 gives 6.", []),
        ("Doubling 3 gives 6.0.", []),
        ("Doubling 3 gives 6.1.", ["6.1"]),
        ("Doubling 3 gives 7.", ["7"]),
        ("Doubling 3 gives 600%.", []),
    ],
)
def test_a_number_that_nothing_measures_is_named(sentence: str, missing: list[str]) -> None:
    claim = dataclasses.replace(examples.doubling, statement=Text(sentence, ""))

    assert unmeasured_numbers(judge(claim)) == missing

"""Does the evidence cover the sentence? Every number that a claim states has to be measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.verification.evidence import Measurement, Report

__all__ = ["numbers_in", "unmeasured_numbers"]

# A number that is no part of a word such as L2 or float32, nor of a longer number.
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?(?![\w])(?!\.\d)", re.ASCII)


def numbers_in(sentence: str) -> list[str]:
    """Return the numbers of a sentence as they are written, without their signs."""
    return _NUMBER.findall(sentence)


def unmeasured_numbers(report: Report) -> list[str]:
    """Return the numbers of the claim's sentence that no measurement mentions.

    A number is covered if a measurement of the reference has it as its measured or its expected
    value, to half a unit of the last digit that is written, or names it.
    """
    measurements = report.evidence.measurements
    sentences = (report.statement.en, report.statement.zh)
    written = dict.fromkeys(number for each in sentences for number in numbers_in(each))
    return [number for number in written if not any(_covers(m, number) for m in measurements)]


def _covers(measurement: Measurement, number: str) -> bool:
    if number in numbers_in(f"{measurement.name} {measurement.worst_input}"):
        return True
    value, last_digit = _value_and_last_digit(number)
    return any(abs(abs(each) - value) <= last_digit / 2 for each in _values(measurement))


def _values(measurement: Measurement) -> Iterator[float]:
    yield measurement.measured
    yield measurement.expected


def _value_and_last_digit(number: str) -> tuple[float, float]:
    """Return a number's value and the worth of its last digit: 0.25 is known to 0.01.

    A whole number is exact: no measured 10.3 stands for a stated 10.
    """
    mantissa, _, exponent = number.rstrip("%").lower().partition("e")
    scale = 10.0 ** int(exponent or 0) / (100 if number.endswith("%") else 1)
    decimals = len(mantissa.partition(".")[2])
    last_digit = 10.0**-decimals if decimals else 1e-9
    return float(mantissa) * scale, last_digit * scale

"""What an experiment is and what came of it, as data: what the screen shows. Without NumPy."""

from __future__ import annotations

from typing import Any, NamedTuple

from studydl.language import Text
from studydl.verification.evidence import Series

__all__ = ["Description", "Dial", "ExperimentReport", "WrongOutcome"]


class Dial(NamedTuple):
    """A parameter that can be turned.

    Attributes:
        name: As the experiment takes it: ``beta``.
        label: What the learner reads beside it.
        values: What is offered, in rising order.
        start: One of them.
    """

    name: str
    label: Text
    values: tuple[float, ...]
    start: float


class Description(NamedTuple):
    """What an experiment asks, before anything is measured.

    Attributes:
        claim: The claim on whose implementation it runs.
        name: A slug, unique within the claim.
        question: What is to be predicted, with its unit and convention.
        dials: What can be turned.
    """

    claim: str
    name: str
    question: Text
    dials: tuple[Dial, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the description as JSON data."""
        return {
            "claim": self.claim,
            "name": self.name,
            "question": self.question._asdict(),
            "dials": [each._asdict() | {"label": each.label._asdict()} for each in self.dials],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Description:
        """Return the description that `to_json` wrote."""
        dials = (
            Dial(each["name"], Text(**each["label"]), tuple(each["values"]), each["start"])
            for each in data["dials"]
        )
        return cls(data["claim"], data["name"], Text(**data["question"]), tuple(dials))


class WrongOutcome(NamedTuple):
    """What a misconception makes of the same dials.

    Attributes:
        misconception: Its name.
        why: Why someone would believe it.
        value: What it comes to.
        series: Its curves.
    """

    misconception: str
    why: Text
    value: float
    series: tuple[Series, ...]


class ExperimentReport(NamedTuple):
    """What was measured with the dials as they stood.

    Attributes:
        value: What was to be predicted.
        series: Curves; one whose ``x_label`` is the name of a dial runs along that dial.
        wrong: What the misconceptions come to, where it is finite and something else.
    """

    value: float
    series: tuple[Series, ...]
    wrong: tuple[WrongOutcome, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON data."""
        wrong = [
            {
                "misconception": each.misconception,
                "why": each.why._asdict(),
                "value": each.value,
                "series": [one.to_json() for one in each.series],
            }
            for each in self.wrong
        ]
        series = [each.to_json() for each in self.series]
        return {"value": self.value, "series": series, "wrong": wrong}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ExperimentReport:
        """Return the report that `to_json` wrote."""
        wrong = (
            WrongOutcome(
                each["misconception"], Text(**each["why"]), each["value"], _series(each["series"])
            )
            for each in data["wrong"]
        )
        return cls(data["value"], _series(data["series"]), tuple(wrong))


def _series(data: list[dict[str, Any]]) -> tuple[Series, ...]:
    return tuple(map(Series.from_json, data))

"""What the learner may choose: how reviews are scheduled, how many cards a day, how it looks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Interface", "Schedule", "Settings"]

_LONGEST_STEP = 12 * 3600  # half as much again, as Hard gives on a single step, stays below a day
_LONGEST_INTERVAL = 36_500


@dataclass(frozen=True, slots=True)
class Schedule:
    """By what a review is scheduled; the log names it at each review, so a replay needs no more.

    Attributes:
        desired_retention: The chance of recall at which a card comes back.
        learning_steps: Seconds between the first reviews of a new card.
        relearning_steps: Seconds between the reviews of a forgotten card.
        maximum_interval: The longest interval in days.
        weights: The 21 numbers of FSRS-6; None takes those that the library ships.
    """

    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = _LONGEST_INTERVAL
    weights: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what would schedule nonsense."""
        if not 0.7 <= self.desired_retention <= 0.99:
            raise _refusal("desired retention", self.desired_retention, "write 0.70 to 0.99")
        if not 1 <= self.maximum_interval <= _LONGEST_INTERVAL:
            raise _refusal(
                "maximum interval", self.maximum_interval, f"write 1 to {_LONGEST_INTERVAL} days"
            )
        for name, steps in (
            ("learning steps", self.learning_steps),
            ("relearning steps", self.relearning_steps),
        ):
            in_bounds = all(1 <= step <= _LONGEST_STEP for step in steps)
            if not in_bounds or any(later < earlier for earlier, later in pairwise(steps)):
                raise _refusal(name, steps, "write seconds, 1 to 43200, each step no shorter")
        first = self.weights[:4] if self.weights is not None else ()
        if any(better < worse for worse, better in pairwise(first)):
            raise _refusal("weights", first, "the first four must not fall from Again to Easy")

    def content(self) -> str:
        """Return the schedule as the log keeps it: JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    def identity(self) -> str:
        """Return the id of these parameters, which follows from what they are."""
        from hashlib import blake2b

        return blake2b(self.content().encode(), digest_size=8).hexdigest()

    @classmethod
    def from_content(cls, content: str) -> Schedule:
        """Return the schedule that ``content`` holds."""
        fields: dict[str, Any] = json.loads(content)
        for name, value in fields.items():
            fields[name] = tuple(value) if isinstance(value, list) else value
        return cls(**fields)


class Interface(NamedTuple):
    """How the application looks and which keys it has; memory keeps it and reads none of it.

    Attributes:
        language: ``en`` or ``zh``; ``auto`` is what the environment asks for.
        theme: The name of the colours.
        math: ``unicode``, or ``ascii`` for fonts that lack the signs of formulas.
        keys: The keys of actions that have others than those shipped, by the action's id.
    """

    language: str = "auto"
    theme: str = "studydl-dark"
    math: str = "unicode"
    keys: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the learner may choose.

    Attributes:
        schedule: By what reviews are scheduled from now on.
        interface: How the application looks and which keys it has.
        rollover_hour: The hour of the wall clock at which a study day starts.
        new_per_day: How many new cards a study day brings.
        learn_ahead_s: How far ahead a learning card may be taken when nothing else is left.
        reviews_per_day: How many cards met before a study day brings back.
        leech_threshold: A card forgotten so often is a leech.
        daily_backups: How many days' backups are kept.
        weekly_backups: How many weeks' backups are kept beside them.
        monthly_backups: How many months' backups are kept beside them.
    """

    schedule: Schedule = field(default_factory=Schedule)
    interface: Interface = field(default_factory=Interface)
    rollover_hour: int = 4
    new_per_day: int = 20
    learn_ahead_s: int = 1200
    reviews_per_day: int = 200
    leech_threshold: int = 8
    daily_backups: int = 12
    weekly_backups: int = 10
    monthly_backups: int = 9

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        if not 0 <= self.rollover_hour <= 23:
            raise _refusal("rollover hour", self.rollover_hour, "write 0 to 23")
        if self.leech_threshold < 1:
            raise _refusal("leech threshold", self.leech_threshold, "write 1 or more")
        if self.daily_backups < 1:
            raise _refusal("number of daily backups", self.daily_backups, "write 1 or more")
        for name, value in (
            ("number of new cards a day", self.new_per_day),
            ("number of reviews a day", self.reviews_per_day),
            ("learn-ahead limit in seconds", self.learn_ahead_s),
            ("number of weekly backups", self.weekly_backups),
            ("number of monthly backups", self.monthly_backups),
        ):
            if value < 0:
                raise _refusal(name, value, "write 0 or more")

    def leech_at(self, lapses: int) -> bool:
        """Return whether to speak of a leech at this lapse: the threshold, then every half of it.

        Args:
            lapses: How often the card has been forgotten, counting just now.
        """
        beyond = lapses - self.leech_threshold
        return beyond >= 0 and beyond % max(1, self.leech_threshold // 2) == 0


def _refusal(name: str, value: object, hint: str) -> StudyError:
    return StudyError(f"{value} cannot be the {name}", where="settings", hint=hint)

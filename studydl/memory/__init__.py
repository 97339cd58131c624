"""The log of reviews and what follows from it: states, due times, intervals.

Cards are known by their ids only.
"""

from __future__ import annotations

from studydl.memory.clock import Calendar, Clock, FixedClock, SystemClock
from studydl.memory.memory import Memory
from studydl.memory.model import (
    CardState,
    Counts,
    Difference,
    Grade,
    Interval,
    Phase,
    Review,
    Upcoming,
)
from studydl.memory.settings import Schedule, Settings

__all__ = [
    "Calendar",
    "CardState",
    "Clock",
    "Counts",
    "Difference",
    "FixedClock",
    "Grade",
    "Interval",
    "Memory",
    "Phase",
    "Review",
    "Schedule",
    "Settings",
    "SystemClock",
    "Upcoming",
]

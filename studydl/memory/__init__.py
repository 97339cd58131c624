"""The log of what happened and what follows from it: states, due times, intervals, marks.

Cards are known by their ids only.
"""

from __future__ import annotations

from studydl.memory.clock import Calendar, Clock, FixedClock, SystemClock
from studydl.memory.events import Act, Deed, Event, Merged, ParameterSet, Review, Undo
from studydl.memory.looking import Answered, Measure, Standing
from studydl.memory.marks import Marks
from studydl.memory.memory import Memory
from studydl.memory.model import (
    CardState,
    Counts,
    Difference,
    Grade,
    Interval,
    Optimised,
    Phase,
    Upcoming,
)
from studydl.memory.settings import Interface, Schedule, Settings
from studydl.memory.settings_file import read_settings, write_settings

__all__ = [
    "Act",
    "Answered",
    "Calendar",
    "CardState",
    "Clock",
    "Counts",
    "Deed",
    "Difference",
    "Event",
    "FixedClock",
    "Grade",
    "Interface",
    "Interval",
    "Marks",
    "Measure",
    "Memory",
    "Merged",
    "Optimised",
    "ParameterSet",
    "Phase",
    "Review",
    "Schedule",
    "Settings",
    "Standing",
    "SystemClock",
    "Undo",
    "Upcoming",
    "read_settings",
    "write_settings",
]

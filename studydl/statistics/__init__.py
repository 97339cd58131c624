"""What the log tells of studying, as plain data: for the command line, JSON and the screens."""

from __future__ import annotations

from studydl.statistics.gathering import gathered
from studydl.statistics.model import (
    MATURE,
    Bar,
    Calibration,
    Hard,
    Hour,
    Point,
    Retention,
    Statistics,
    Today,
)

__all__ = [
    "MATURE",
    "Bar",
    "Calibration",
    "Hard",
    "Hour",
    "Point",
    "Retention",
    "Statistics",
    "Today",
    "gathered",
]

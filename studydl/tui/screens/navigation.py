"""Which screen belongs to a place; it is loaded when somebody first goes there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from textual.message import Message

from studydl.tui.actions.action import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.tui.desk import Desk
    from studydl.tui.screens.base import StudyScreen

__all__ = [
    "DESTINATIONS",
    "CloseWanted",
    "PlaceWanted",
    "ReviewWanted",
    "screen_class",
    "screen_for",
]

_SCREENS: Mapping[Place, str] = {
    Place.HOME: "HomeScreen",
    Place.REVIEW: "ReviewScreen",
    Place.BREAK_IT: "BreakItScreen",
    Place.WHAT_IF: "WhatIfScreen",
    Place.NOTES: "NotesScreen",
    Place.MAP: "MapScreen",
    Place.BROWSE: "BrowseScreen",
    Place.STATISTICS: "StatisticsScreen",
    Place.VERIFY: "VerifyScreen",
    Place.SETTINGS: "SettingsScreen",
    Place.HELP: "HelpScreen",
}
DESTINATIONS = (
    Place.HOME,
    Place.BROWSE,
    Place.NOTES,
    Place.MAP,
    Place.STATISTICS,
    Place.VERIFY,
    Place.SETTINGS,
)
"""Where one can go from anywhere, with nothing said of what is wanted there."""


@dataclass
class PlaceWanted(Message):
    """Somebody wants to go to a place.

    Attributes:
        place: Where.
        subject: What is wanted there: a card's id, a claim's id, a section, a query; or nothing.
    """

    place: Place
    subject: str = ""


@dataclass
class ReviewWanted(Message):
    """Somebody wants to study.

    Attributes:
        ids: The cards of a new sitting; None goes on with the one on the desk.
        new_limit: How many new cards the sitting may bring; None for all of them.
        cram: Ask for all of them, due or not, and record nothing.
    """

    ids: list[str] | None = None
    new_limit: int | None = None
    cram: bool = False


class CloseWanted(Message):
    """Somebody wants to go back to the screen below."""


def screen_class(place: Place) -> type[StudyScreen]:
    """Return the screen of a place."""
    module = import_module(f"studydl.tui.screens.{place}.screen")
    return cast("type[StudyScreen]", getattr(module, _SCREENS[place]))


def screen_for(place: Place, desk: Desk, subject: str) -> StudyScreen:
    """Return a new screen of a place, drawing what is on a desk."""
    screen = screen_class(place)(desk)
    screen.subject = subject
    return screen

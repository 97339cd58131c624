"""What the learner chose of the interface: taken from the settings, and remembered in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.language import Language, preferred_language
from studydl.tui.actions.action import Place
from studydl.tui.screens.base import StudyScreen
from studydl.tui.themes import DARK, THEMES
from studydl.tui.typeset import draw_formulas

if TYPE_CHECKING:
    from studydl.memory import Settings
    from studydl.tui.app import StudyApp

__all__ = ["apply", "chosen_language", "chosen_theme", "remember", "take_up"]


def chosen_language(settings: Settings) -> Language:
    """Return the language to start in: the chosen one, else that of the environment."""
    return preferred_language(settings.interface.language)


def chosen_theme(settings: Settings) -> str:
    """Return the name of the colours to start in."""
    names = {theme.name for theme in THEMES}
    return settings.interface.theme if settings.interface.theme in names else DARK.name


def apply(app: StudyApp) -> None:
    """Give the application and its screens the chosen colours, formulas and keys."""
    settings = app.desk.memory.settings
    keys = settings.interface.keys
    app.theme = chosen_theme(settings)
    draw_formulas(ascii=settings.interface.math == "ascii")
    if not keys and not app.is_running:
        return
    from studydl.tui.rebinding import rebind

    rebind(app, Place.EVERYWHERE, keys)
    for screen in app.screen_stack if app.is_running else ():
        if isinstance(screen, StudyScreen):
            rebind(screen, screen.PLACE, keys)


async def take_up(app: StudyApp, name: str) -> None:
    """Let a changed setting show at once, on every screen.

    Args:
        app: The application.
        name: The setting. The language is taken up only if it is the one: it may have been
            chosen otherwise for this time.
    """
    apply(app)
    if name == "language":
        app.desk.language = chosen_language(app.desk.memory.settings)
    for screen in app.screen_stack:
        if isinstance(screen, StudyScreen):
            await screen.redraw()


def remember(app: StudyApp, name: str, value: str) -> None:
    """Keep a language or colours chosen by key for the next time; what fails is said.

    Args:
        app: The application.
        name: The name of the setting, ``language`` or ``theme``.
        value: What was chosen.
    """
    try:
        app.desk.memory.change_setting(name, value)
    except StudyError as error:
        app.notify(str(error), markup=False, severity="error", timeout=10)

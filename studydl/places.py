"""Where studydl keeps things: the log, the caches, the learner's decks and the shipped ones."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cache_folder", "data_folder", "learner_decks", "shipped_decks"]

_PACKAGE = Path(__file__).resolve().parent


def _home() -> Path | None:
    home = os.environ.get("STUDYDL_HOME")
    return Path(home).expanduser() if home else None


def data_folder() -> Path:
    """Return the folder of what must not be lost: ``STUDYDL_HOME``, else the platform's."""
    if home := _home():
        return home
    import platformdirs

    return platformdirs.user_data_path("studydl", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be made again at any time."""
    if home := _home():
        return home / "cache"
    import platformdirs

    return platformdirs.user_cache_path("studydl", appauthor=False)


def learner_decks() -> Path:
    """Return the folder in which the learner's own decks are looked for."""
    return data_folder() / "decks"


def shipped_decks() -> Path:
    """Return the folder of the shipped decks: inside the wheel, or beside a checkout."""
    inside = _PACKAGE / "decks"
    return inside if inside.is_dir() else _PACKAGE.parent / "decks"

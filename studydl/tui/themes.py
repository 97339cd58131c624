"""The colours: one dark and one light theme, each with a single accent."""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "THEMES"]

DARK = Theme(
    name="studydl-dark",
    dark=True,
    primary="#7fb7be",
    secondary="#7fb7be",
    accent="#7fb7be",
    foreground="#d6dade",
    background="#15181c",
    surface="#1b1f24",
    panel="#272c33",
    success="#93c08a",
    warning="#d8b777",
    error="#e08283",
    variables={"border-blurred": "#272c33", "block-cursor-text-style": "bold"},
)
LIGHT = Theme(
    name="studydl-light",
    dark=False,
    primary="#23707a",
    secondary="#23707a",
    accent="#23707a",
    foreground="#2a2f35",
    background="#faf9f6",
    surface="#f3f1ec",
    panel="#e4e1d9",
    success="#3b7a36",
    warning="#8a6300",
    error="#b13a3c",
    variables={"border-blurred": "#e4e1d9", "block-cursor-text-style": "bold"},
)
THEMES = (DARK, LIGHT)

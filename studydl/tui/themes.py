"""The colours: one dark and one light theme, each with a single accent.

Two words are added to Textual's: `quiet` for text that stands back, `line` for frames and rules.
"""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "THEMES"]


def _variables(*, quiet: str, line: str, background: str) -> dict[str, str]:
    return {
        "quiet": quiet,
        "line": line,
        "scrollbar": line,
        "scrollbar-hover": quiet,
        "scrollbar-active": quiet,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
    }


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
    variables=_variables(quiet="#89919b", line="#39404a", background="#15181c"),
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
    variables=_variables(quiet="#6d7278", line="#cfcabf", background="#faf9f6"),
)
THEMES = (DARK, LIGHT)

"""The colours: a dark and a light theme, each with a single accent, and the terminal's own.

Two words are added to Textual's: `quiet` for text that stands back, `line` for frames and rules.
"""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "TERMINAL", "THEMES"]


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

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        **_variables(
            quiet="ansi_bright_black", line="ansi_bright_black", background="ansi_default"
        ),
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)
THEMES = (DARK, LIGHT, TERMINAL)

"""The colours: every word that we use is there, and text can be read on what it stands on."""

import pytest

from studydl.tui.themes import DARK, LIGHT, TERMINAL, THEMES
from tests.tui.studio import press, seen


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_stands_out_from_every_ground(theme):
    for ground in (theme.background, theme.surface):
        for text in (theme.foreground, theme.primary, theme.success, theme.warning, theme.error):
            assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast(theme.variables["quiet"], ground) >= 4.0


def test_every_theme_has_our_two_words_and_one_accent():
    for theme in THEMES:
        assert {"quiet", "line"} <= set(theme.variables)
        assert theme.primary == theme.secondary == theme.accent


def test_the_terminals_own_colours_are_no_others():
    named = [TERMINAL.primary, TERMINAL.foreground, TERMINAL.background, TERMINAL.surface]
    named += [TERMINAL.success, TERMINAL.warning, TERMINAL.error, *TERMINAL.variables.values()]
    assert all(colour.startswith("ansi_") for colour in named)


async def test_the_terminals_background_is_left_alone(studio):
    studio.memory.change_setting("theme", "terminal")
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        assert "s(1 − s)" in seen(app)
        assert app.native_ansi_color
        assert app.screen.styles.background.ansi == -1


async def test_without_colour_a_verdict_has_its_sign(studio, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with studio.opened("slope-chosen") as (app, pilot):
        assert app.no_color
        await press(pilot, "a", "v")
        text = seen(app)
        assert "✓" in text or "✗" in text
        assert "›" in text

"""English and Chinese: at once, everywhere, complete."""

import re
import string
from importlib import import_module
from pathlib import Path

from studydl.language import Language, Text
from studydl.tui import screens, words
from studydl.tui.actions.registry import all_actions
from tests.tui.studio import pane, press, seen

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z](?![^{]*\})")
"""A letter that is not in the name of what is filled in."""


async def test_l_switches_card_and_interface_at_once_and_back(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        english = seen(app)
        await press(pilot, "l")
        assert "用输出 s 写出 Sigmoid 的导数" in seen(app)
        assert "激活函数 · slope-by-heart" in seen(app)
        assert "显示" in seen(app)
        await press(pilot, "l")
        assert seen(app) == english


async def test_an_open_pane_switches_too(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v", "l")
        assert "Sigmoid 的导数是 s(1 - s)" in pane(app)
        await press(pilot, "d", "space", "l")
        assert "The chain rule." in pane(app)


async def test_the_chapters_and_the_help_switch(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "h", "l")
        assert "激活函数" in seen(app)
        await press(pilot, "question_mark", "l")
        assert "Everywhere" in seen(app)
        await press(pilot, "escape", "h")
        assert "What is the derivative" in seen(app)


async def test_the_report_switches(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "4", "l")
        assert "本轮完成" in seen(app)


def vocabularies():
    """Return the words that screens share, and each screen's own."""
    yield words
    for file in sorted(Path(screens.__file__).parent.glob("*/words.py")):
        yield import_module(f"studydl.tui.screens.{file.parent.name}.words")


def texts():
    for module in vocabularies():
        for name, value in vars(module).items():
            place = f"{module.__name__}.{name}"
            if isinstance(value, Text):
                yield place, value
            elif isinstance(value, dict) and name.isupper():
                yield from (
                    (f"{place}[{key}]", text)
                    for key, text in value.items()
                    if isinstance(text, Text)
                )
    for action in all_actions():
        yield from ((action.id, text) for text in (action.label, action.help))


def test_every_word_of_the_interface_is_there_in_both_languages():
    for name, text in texts():
        if name == "everywhere.switch_language":
            continue  # is said in the other language
        assert CHINESE.search(text.zh) or not WORD.search(text.zh), name
        assert not CHINESE.search(text.en), name
        assert text.en.strip() == text.en, name


def test_both_languages_fill_in_the_same_things():
    def fields(text):
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    for name, text in texts():
        assert fields(text.en) == fields(text.zh), name


def test_no_word_of_the_interface_is_an_emoji():
    for name, text in texts():
        for language in Language:
            assert all(ord(each) < 0x1F000 for each in text.said_in(language)), name

"""Mending a card where it is written: the place, the editor's call, the decks read anew."""

import sys

import pytest

from studydl.cards import Library
from studydl.errors import StudyError
from studydl.places import shipped_decks
from studydl.session.editing import edit_card, place_of

DECK = """\
chapter: activations
title: {en: Activations, zh: 激活}
cards:
  - id: first-card
    notes: "1.1"
    ask: {en: First?, zh: 第一？}
    answer: {kind: recall, text: {en: One., zh: 一。}}
    explain: {en: It is., zh: 是的。}
    claim: activations.first
    sources: [Nobody 2000]
  - id: second-card
    notes: "1.1"
    ask: {en: Second?, zh: 第二？}
    answer: {kind: recall, text: {en: Two., zh: 二。}}
    explain: {en: It is., zh: 是的。}
    claim: activations.first
    sources: [Nobody 2000]
"""


@pytest.fixture
def library(tmp_path):
    decks = tmp_path / "own"
    decks.mkdir()
    (decks / "deck.yaml").write_text(DECK, "utf-8")
    return Library.open([decks], tmp_path / "cache")


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that notes how it was called and does as it is told to the file."""

    def make(program: str, name: str = "nano"):
        script = tmp_path / name
        script.write_text(
            f"#!{sys.executable}\nimport sys, pathlib\n"
            f"pathlib.Path({str(tmp_path / 'called')!r}).write_text(repr(sys.argv[1:]))\n"
            f"deck = pathlib.Path({str(tmp_path / 'own' / 'deck.yaml')!r})\n{program}\n"
        )
        script.chmod(0o755)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(script))
        return (tmp_path / "called").read_text

    return make


def test_a_card_has_its_file_and_line(library, tmp_path):
    assert place_of(library, "second-card") == (tmp_path / "own" / "deck.yaml", 11)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("nano", ["+11", "FILE"]),
        ("hx", ["FILE:11"]),
        ("code", ["--wait", "--goto", "FILE:11"]),
        ("something", ["FILE"]),
    ],
)
def test_the_editor_is_called_on_the_line_as_it_wants(library, tmp_path, editor, name, arguments):
    called = editor("pass", name)
    assert edit_card(library, "second-card") == []
    file = str(tmp_path / "own" / "deck.yaml")
    assert called() == repr([each.replace("FILE", file) for each in arguments])


def test_what_was_saved_is_there_at_once(library, editor):
    editor("deck.write_text(deck.read_text().replace('Second?', 'Another?'))")
    edit_card(library, "second-card")
    assert library.card("second-card").ask.en == "Another?"
    assert library.card("first-card").ask.en == "First?"


def test_a_card_that_was_broken_is_left_out_and_told_of(library, editor):
    editor("deck.write_text(deck.read_text().replace('ask: {en: Second?', 'ask: {xx: Second?'))")
    problems = edit_card(library, "second-card")
    assert problems
    assert problems[0].line == 13
    assert library.ids() == ["first-card"]


def test_a_shipped_deck_is_not_edited(tmp_path):
    library = Library.open([shipped_decks()], tmp_path / "cache")
    with pytest.raises(StudyError, match="came with studydl"):
        place_of(library, library.ids()[0])


def test_an_editor_that_fails_is_told_of_and_what_it_saved_is_read(library, editor):
    program = "deck.write_text(deck.read_text().replace('Second?', 'Another?'))\nsys.exit(3)"
    editor(program)
    with pytest.raises(StudyError, match="ended with 3"):
        edit_card(library, "second-card")
    assert library.card("second-card").ask.en == "Another?"


def test_an_editor_that_is_not_there_is_told_of(library, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "/nowhere/at-all")
    with pytest.raises(StudyError, match="cannot be started"):
        edit_card(library, "second-card")


def test_without_any_editor_the_variable_is_named(library, monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StudyError, match="set EDITOR"):
        edit_card(library, "second-card")

import pytest

from studydl.cards import Library
from studydl.cards.lint import lint
from studydl.notation import check


@pytest.fixture
def linted(folder, tmp_path):
    """Lint a deck; return its problems and its lines."""

    def linted(text, **known):
        (folder / "x.yaml").write_text(text, encoding="utf-8")
        with Library.open([folder], tmp_path / "cache") as library:
            return lint(library, **known)

    return linted


@pytest.fixture
def changed(every_kind, linted):
    """Lint the deck of every kind with one change; return the problems, each with its line."""

    def changed(old, new, **known):
        assert old in every_kind
        text = every_kind.replace(old, new, 1)
        problems = linted(text, formulas=check, **known)
        lines = text.split("\n")
        return [(each, lines[each.line - 1][each.column - 1 :]) for each in problems]

    return changed

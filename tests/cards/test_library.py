import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.cards import Library
from studydl.cards.library import Ties
from studydl.cards.reader import read_bytes
from studydl.cards.search import anywhere, either, is_like, tagged
from studydl.errors import StudyError
from studydl.language import Text


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def opened(folder, cache):
    """Open the library of the folder, as often as wanted; all are closed at the end."""
    libraries = []

    def opened(*folders):
        libraries.append(Library.open(folders or [folder], cache))
        return libraries[-1]

    yield opened
    for library in libraries:
        library.close()


@pytest.fixture
def compilations(monkeypatch):
    """Count the files that are read as YAML."""
    read = []

    def counted(content, file):
        read.append(file.stem)
        return read_bytes(content, file)

    monkeypatch.setattr("studydl.cards.compiler.read_bytes", counted)
    return read


def test_the_cache_gives_the_cards_that_reading_gives(folder, good, opened):
    file = folder / "a.yaml"
    file.write_text(good, encoding="utf-8")
    cards = read_bytes(file.read_bytes(), file).deck.cards
    for library in (opened(), opened()):
        assert tuple(library.card(id_) for id_ in library.ids()) == cards


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_cache_equals_direct_reading_on_arbitrary_texts(folder, cache, write, data):
    words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
    value = data.draw(st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str))
    text = data.draw(words).replace("'", "''")
    write(
        "x",
        f"""
  - id: one
    notes: "1"
    ask: {{en: '{text}', zh: '{text}'}}
    answer: {{kind: number, value: "{value}", tolerance: 1/3, unit: {{en: '{text}', zh: '{text}'}}}}
    explain: {{en: '{text}', zh: '{text}'}}
    claim: a.b
    sources: ['{text}']
""",
    )
    file = folder / "x.yaml"
    reading = read_bytes(file.read_bytes(), file)
    for _ in range(2):
        with Library.open([folder], cache) as library:
            assert library.problems == reading.problems
            cards = tuple(library.card(id_) for id_ in library.ids())
            assert cards == (reading.deck.cards if reading.deck else ())


def test_nothing_is_read_when_nothing_changed(write, card, opened, compilations):
    write("a", card("one"))
    opened()
    assert opened().ids() == ["one"]
    assert compilations == ["a"]


def test_a_start_with_a_fresh_cache_does_not_import_yaml(write, card, folder, cache, opened):
    write("a", card("one"))
    opened()
    program = (
        "import sys; from pathlib import Path; from studydl.cards import Library;"
        f"library = Library.open([Path({str(folder)!r})], Path({str(cache)!r}));"
        "print(library.card('one').id, library.chapters()[0].count, 'yaml' in sys.modules,"
        " 'numpy' in sys.modules, 'textual' in sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert out.stdout.split() == ["one", "1", "False", "False", "False"]


def test_only_changed_files_are_read_again(write, card, opened, compilations):
    write("a", card("one"))
    write("b", card("two", chapter="losses"), chapter="losses")
    opened()
    write("b", card("two", chapter="losses"), card("three"), chapter="losses")
    assert opened().ids() == ["one", "two", "three"]
    assert compilations == ["a", "b", "b"]


def test_a_deck_that_is_gone_takes_its_cards_along(write, card, opened):
    gone = write("a", card("one"))
    write("b", card("two"))
    assert opened().ids() == ["one", "two"]
    gone.unlink()
    assert opened().ids() == ["two"]


def test_an_open_library_keeps_what_it_had(write, card, opened):
    write("a", card("one"))
    opened()
    before = opened()
    write("a", card("two"))
    after = opened()
    assert (before.ids(), after.ids()) == (["one"], ["two"])
    assert before.card("one").ask == Text("How is it?", "如何？")


def test_other_folders_do_not_disturb(write, card, opened, folder, tmp_path, compilations):
    write("a", card("one"))
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    opened()
    assert opened(other).card("one").origin.file == other / "a.yaml"
    opened()
    assert compilations == ["a", "a"]


@pytest.mark.parametrize("size", [0, 10, 100, 5000])
@pytest.mark.parametrize("filler", [b"\0", b"x"])
def test_a_damaged_cache_is_made_again(write, card, opened, cache, size, filler):
    write("a", *(card(f"card-{index}") for index in range(40)))
    ids = opened().ids()
    [file] = cache.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:size] + filler * (len(content) - size))
    library = opened()
    assert library.ids() == ids
    assert library.card("card-7").id == "card-7"
    assert library.chapters()[0].count == 40


def test_a_cache_cut_short_is_made_again(write, card, opened, cache):
    write("a", *(card(f"card-{index}") for index in range(40)))
    opened()
    [file] = cache.iterdir()
    file.write_bytes(file.read_bytes()[:9000])
    library = opened()
    assert [library.card(id_).id for id_ in library.ids()] == library.ids()


def test_cards_are_found_by_indexes(write, card, opened, cache):
    write("a", card("one"))
    opened()
    [file] = cache.iterdir()
    database = sqlite3.connect(file)
    for question in ("id = 'one'", "chapter = 'a'", "position > 3"):
        [plan] = database.execute(f"explain query plan select id from cards where {question}")  # noqa: S608 - constants
        assert "USING COVERING INDEX" in plan[-1]
    database.close()


def test_a_cache_of_another_version_is_made_again(write, card, opened, cache, compilations):
    write("a", card("one"))
    opened()
    [file] = cache.iterdir()
    with sqlite3.connect(file) as database:
        database.execute("update about set format = 'other'")
    database.close()
    assert opened().ids() == ["one"]
    assert opened().ids() == ["one"]
    assert compilations == ["a", "a"]


def test_a_cache_that_cannot_be_written_only_costs_speed(write, card, folder, tmp_path):
    write("a", card("one"))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with Library.open([folder], blocked) as library:
        assert library.card("one").id == "one"
    assert blocked.read_text() == "no folder"


def test_the_cache_folder_holds_nothing_but_the_cache(write, card, opened, cache):
    write("a", card("one"))
    opened()
    write("a", card("two"))
    opened()
    assert [file.suffix for file in cache.iterdir()] == [".sqlite"]


def test_many_processes_may_compile_at_once(write, card, folder, cache, opened):
    write("a", *(card(f"card-{index}") for index in range(50)))
    program = (
        "from pathlib import Path; from studydl.cards import Library;"
        f"print(len(Library.open([Path({str(folder)!r})], Path({str(cache)!r})).ids()))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert [process.communicate()[0].strip() for process in running] == [b"50"] * 4
    assert len(opened().ids()) == 50


def test_another_thread_may_look_cards_up(write, card, opened):
    write("a", card("one"))
    library = opened()
    found = []
    thread = threading.Thread(target=lambda: found.append(library.card("one").id))
    thread.start()
    thread.join()
    assert found == ["one"]


def test_a_folder_that_does_not_exist_has_no_decks(opened, tmp_path):
    library = opened(tmp_path / "nowhere")
    assert (library.ids(), library.chapters(), library.problems) == ([], [], ())


def test_a_file_may_stand_for_a_folder(write, card, opened):
    file = write("a", card("one"))
    write("b", card("two"))
    assert opened(file).ids() == ["one"]


def test_only_yaml_files_directly_in_the_folder_are_decks(write, card, folder, opened):
    write("a", card("one"))
    (folder / "audit").mkdir()
    (folder / "audit" / "notes.yaml").write_text("statements: []")
    (folder / "README.md").write_text("# decks")
    assert opened().problems == ()


def test_a_file_that_cannot_be_read_is_a_problem_until_it_can(write, card, folder, opened):
    write("a", card("one"))
    (folder / "b.yaml").mkdir()
    library = opened()
    assert library.ids() == ["one"]
    assert "cannot be read" in library.problems[0].message
    (folder / "b.yaml").rmdir()
    (folder / "b.yaml").symlink_to(folder / "missing")
    assert "cannot be read" in opened().problems[0].message
    write("b", card("two"))  # through the link
    library = opened()
    assert (library.ids(), library.problems) == (["one", "two"], ())


def test_a_broken_deck_leaves_the_others_alone(write, card, folder, opened):
    write("a", card("one"))
    (folder / "broken.yaml").write_text("chapter: [")
    for library in (opened(), opened()):
        assert library.ids() == ["one"]
        assert [problem.file.name for problem in library.problems] == ["broken.yaml"]


def test_an_id_stays_with_the_first_card_that_has_it(write, card, opened):
    write("a", card("one", ask="First?"), card("one", ask="Second?"))
    write("b", card("one", ask="Third?"))
    library = opened()
    assert library.ids() == ["one"]
    assert library.card("one").ask.en == "First?"
    assert [problem.rule for problem in library.problems] == ["duplicate-id"] * 2
    first = library.problems[0]
    assert "a.yaml" in first.message
    assert first.file.read_text().split("\n")[first.line - 1][first.column - 1 :] == "one"


def test_a_required_card_that_is_missing_is_told_with_a_suggestion(write, card, opened):
    write("a", card("sigmoid"), card("two", requires=["sigmoid", "sigmiod"]))
    library = opened()
    [problem] = library.problems
    assert problem.rule == "unknown-card"
    assert "did you mean sigmoid?" in problem.hint
    line = problem.file.read_text().split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith("sigmiod")
    assert library.ids() == ["sigmoid", "two"]


def test_a_card_that_requires_a_broken_one_is_not_blamed(write, card, opened):
    broken = card("one").replace("claim:", "clam:")
    write("a", broken, card("two", requires=["one"]))
    library = opened()
    assert library.ids() == ["two"]
    assert {problem.rule for problem in library.problems} == {"key"}


def test_cards_that_require_each_other_are_told_and_kept(write, card, opened):
    write("a", card("one", requires=["two"]), card("two", requires=["one"]))
    library = opened()
    assert sorted(library.ids()) == ["one", "two"]
    [problem] = library.problems
    assert problem.rule == "cycle"
    assert "one -> two -> one" in problem.message


def test_cards_come_in_the_order_of_the_notes_behind_what_they_require(write, card, opened):
    write("a", card("loss", requires=["late"]), card("late"), chapter="losses")
    write("b", card("act", requires=["loss"]), card("other"), chapter="activations")
    write("c", card("own"), chapter="zebra")
    library = opened()
    assert library.ids() == ["other", "late", "loss", "act", "own"]
    assert library.ids("losses") == ["late", "loss"]
    assert [chapter.name for chapter in library.chapters()] == ["activations", "losses", "zebra"]


def test_what_is_held_of_the_order_follows_the_decks(write, card, opened):
    write("a", card("one"), card("two"))
    library = opened()
    assert list(library.all_ids()) == library.ids() == library.ids("activations") == ["one", "two"]
    write("a", card("two"), card("three"))
    library.reload()
    assert list(library.all_ids()) == library.ids() == library.ids("activations")
    assert library.ids() == ["two", "three"]


def test_a_chapter_gathers_the_decks_that_name_it(write, card, opened):
    first = write("a", card("one"))
    write("b", card("two"), card("three"))
    [chapter] = opened().chapters()
    assert (chapter.name, chapter.count, chapter.file) == ("activations", 3, first)
    assert chapter.title == Text("Activations", "章节")


def test_an_empty_deck_is_a_chapter_without_cards(write, opened):
    write("a")
    library = opened()
    assert [(chapter.name, chapter.count) for chapter in library.chapters()] == [("activations", 0)]
    assert library.ids("activations") == []


def test_an_unknown_card_or_chapter_is_refused_with_a_suggestion(write, card, opened):
    write("a", card("sigmoid-peak"))
    library = opened()
    with pytest.raises(StudyError, match="did you mean sigmoid-peak"):
        library.card("sigmoid-peek")
    with pytest.raises(StudyError, match="did you mean activations"):
        library.ids("activation")
    with pytest.raises(StudyError):
        library.card("\udcff" * 3)


def test_conditions_choose_cards_in_the_order_of_the_library(write, card, opened):
    write("a", card("late", requires=["early"]), card("early"), card("other", tags=["x"]))
    library = opened()
    assert library.matching(either([tagged("x", "x"), is_like("id", "%a%")])) == [
        "early",
        "late",
        "other",
    ]
    assert library.in_order({"other", "early", "no-card"}) == ["early", "other"]
    assert library.claims() == ["activations.claim"]
    assert library.ties(["late", "no-card"]) == {"late": Ties("activations.claim", ("early",))}


def test_the_content_of_a_card_has_a_hash_that_its_place_does_not_change(folder, good, read):
    card = read(good).deck.cards[1]
    moved = read("# moved\n" + good).deck.cards[1]
    changed = read(good.replace("value: 0.25", "value: 0.5")).deck.cards[1]
    assert card.origin != moved.origin
    assert card.content_hash() == moved.content_hash() != changed.content_hash()


def test_a_cloze_is_found_by_the_words_around_its_gaps(every_kind, folder, tmp_path):
    (folder / "x.yaml").write_text(every_kind, encoding="utf-8")
    with Library.open([folder], tmp_path / "cache") as library:
        for word in ("momentum", "动量"):
            assert "two-blanks" in library.matching(anywhere(word, word))


def test_the_tags_of_all_cards_are_told_once_each(write, card, opened):
    write("a", card("one", tags=["x", "b-c"]), card("two", tags=["x"]), card("three"))
    assert opened().tags() == ["b-c", "x"]

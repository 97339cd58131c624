from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Interface, Schedule, Settings, read_settings, write_settings
from studydl.memory.settings_file import change_setting, rebind
from studydl.memory.settings_schema import ENTRIES, value_of

steps = st.lists(st.integers(1, 43_200), max_size=4).map(lambda drawn: tuple(sorted(drawn)))
counts = st.integers(0, 10**6)
chosen = st.builds(
    Settings,
    schedule=st.builds(
        Schedule, st.floats(0.7, 0.99), steps, steps, st.integers(1, 36_500), st.none()
    ),
    interface=st.builds(
        Interface,
        st.sampled_from(["auto", "en", "zh"]),
        st.sampled_from(["studydl-dark", "studydl-light", "terminal"]),
        st.sampled_from(["unicode", "ascii"]),
        st.dictionaries(
            st.sampled_from(["home.start", "review.grade(1)"]), st.text("az,", min_size=1)
        ),
    ),
    rollover_hour=st.integers(0, 23),
    new_per_day=counts,
    learn_ahead_s=st.integers(0, 86_400),
    reviews_per_day=counts,
    leech_threshold=st.integers(1, 99),
    daily_backups=st.integers(1, 99),
    weekly_backups=counts,
    monthly_backups=counts,
)


def test_without_a_file_everything_is_as_shipped(tmp_path):
    assert read_settings(tmp_path / "nowhere") == Settings()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen)
def test_what_is_written_is_read_back(tmp_path, choice):
    write_settings(choice, tmp_path)
    assert read_settings(tmp_path) == choice
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_file_that_says_little_leaves_the_rest_as_shipped(tmp_path):
    (tmp_path / "settings.toml").write_text('learning_steps = ["30s", "2h"]\nnew_per_day = 3\n')
    assert read_settings(tmp_path) == Settings(Schedule(learning_steps=(30, 7200)), new_per_day=3)


def test_the_log_opens_with_the_settings_of_its_folder(open_memory, tmp_path):
    write_settings(Settings(new_per_day=7), tmp_path)
    assert open_memory().new_left() == 7


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("new_per_day 3", "this is no TOML"),
        ("news_per_day = 3", "there is no setting 'news_per_day' (the settings are new_per_day, "),
        ("weights = [1.0]", "there is no setting 'weights'"),
        ("new_per_day = true", "True cannot be new_per_day (write a whole number)"),
        ("new_per_day = 2.5", "2.5 cannot be new_per_day (write a whole number)"),
        ("new_per_day = -2", "-2 cannot be the number of new cards a day (write 0 or more)"),
        ("desired_retention = '0.9'", "'0.9' cannot be desired_retention (write a number)"),
        ("desired_retention = nan", "nan cannot be the desired retention (write 0.70 to 0.99)"),
        ("learn_ahead = 20", "20 cannot be learn_ahead (write a duration like"),
        ("learning_steps = '1m'", "'1m' cannot be learning_steps (write durations like"),
        ("learning_steps = ['1d']", "['1d'] cannot be learning_steps (write durations like"),
        ("learning_steps = ['10m', '1m']", "cannot be the learning steps"),
        ("[schedule]\nmaximum_interval = 3", "there is no setting 'schedule'"),
        ("language = 'en'", "there is no setting 'language'"),
        ("interface = 3", "interface is a table of settings (write [interface] on a line of its"),
        (
            "[interface]\nnew_per_day = 3",
            "no setting 'new_per_day' in [interface] (the settings in",
        ),
        (
            "[interface]\nlanguage = 'fr'",
            '\'fr\' cannot be language (write "auto" or "en" or "zh")',
        ),
        ("[keys]\n'home.start' = 3", "3 cannot be a key of home.start (write its keys in quotes"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_with_the_file(open_memory, tmp_path, text, told):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(StudyError) as refusal:
        open_memory()
    sentence = str(refusal.value)
    assert sentence.startswith(f"{path}: ")
    assert told in sentence
    assert "\n" not in sentence


def test_settings_that_are_no_text_or_no_file_are_told(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(StudyError, match="not UTF-8"):
        read_settings(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StudyError, match="cannot be read"):
        read_settings(tmp_path)
    with pytest.raises(StudyError, match="cannot be written"):
        write_settings(Settings(), tmp_path)


FILE = """\
# mine
new_per_day = 20   # a lot
learning_steps = [
    "1m",   # soon
    "10m",
]

[interface]
# the evening
theme = "studydl-light"

[keys]
"home.start" = "x"
"""


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("new_per_day", 5, "new_per_day = 20   # a lot", "new_per_day = 5   # a lot"),
        ("theme", "terminal", '"studydl-light"', '"terminal"'),
        (
            "learning_steps",
            (60,),
            '[\n    "1m",   # soon\n    "10m",\n]',
            '["1m"]',
        ),
        ("language", "zh", '"studydl-light"\n', '"studydl-light"\nlanguage = "zh"\n'),
        ("rollover_hour", 3, "]\n\n[int", "]\nrollover_hour = 3\n\n[int"),
    ],
)
def test_one_setting_is_changed_and_nothing_else(tmp_path, name, value, before, after):
    path = tmp_path / "settings.toml"
    path.write_text(FILE, "utf-8")
    settings = change_setting(tmp_path, name, value)
    assert path.read_text("utf-8") == FILE.replace(before, after)
    assert value_of(settings, ENTRIES[name]) == value
    assert read_settings(tmp_path) == settings


def test_keys_are_added_changed_and_taken_away(tmp_path):
    path = tmp_path / "settings.toml"
    rebind(tmp_path, "review.grade(1)", "x")
    settings = rebind(tmp_path, "home.start", "space,enter")
    assert settings.interface.keys == {"review.grade(1)": "x", "home.start": "space,enter"}
    assert rebind(tmp_path, "review.grade(1)", "y").interface.keys["review.grade(1)"] == "y"
    rebind(tmp_path, "review.grade(1)", None)
    assert rebind(tmp_path, "review.grade(1)", None).interface.keys == {"home.start": "space,enter"}
    assert path.read_text("utf-8") == '[keys]\n"home.start" = "space,enter"\n'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen, chosen, st.sampled_from(sorted(ENTRIES)))
def test_any_setting_can_be_changed_in_any_file(tmp_path, choice, other, name):
    write_settings(choice, tmp_path)
    entry = ENTRIES[name]
    if name not in {"learning_steps", "relearning_steps"}:
        value = value_of(other, entry)
        changed = change_setting(tmp_path, name, value)
        assert value_of(changed, entry) == value
        assert change_setting(tmp_path, name, value_of(choice, entry)) == choice


def test_without_a_file_a_change_makes_one_with_that_line_alone(tmp_path):
    folder = tmp_path / "nowhere"
    change_setting(folder, "language", "en")
    assert (folder / "settings.toml").read_text("utf-8") == '[interface]\nlanguage = "en"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("new_per_day 3", "this is no TOML"),
        ("interface = {theme = 'terminal'}", "language cannot be changed in its place"),
        ("interface.theme = 'terminal'", "language cannot be changed in its place"),
    ],
)
def test_a_file_that_cannot_be_changed_line_by_line_stays_as_it_was(tmp_path, text, told):
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(StudyError, match=told):
        change_setting(tmp_path, "language", "en")
    assert path.read_text("utf-8") == text


def test_a_value_that_makes_no_sense_is_refused_and_the_file_stays(tmp_path):
    change_setting(tmp_path, "new_per_day", 7)
    with pytest.raises(StudyError, match="cannot be the number of new cards"):
        change_setting(tmp_path, "new_per_day", -1)
    assert read_settings(tmp_path) == Settings(new_per_day=7)


def test_the_ladder_of_every_setting_is_allowed_and_steps_one_way_end(tmp_path):
    for entry in ENTRIES.values():
        for value in entry.ladder:
            assert value_of(change_setting(tmp_path, entry.name, value), entry) == value
        assert entry.next(entry.ladder[0], -1) == entry.ladder[0]
        assert entry.next(entry.ladder[-1], 1) == entry.ladder[-1]
        assert entry.next(entry.ladder[0], 1) == entry.ladder[1]


def test_a_value_off_the_ladder_steps_onto_it():
    new = ENTRIES["new_per_day"]
    assert (new.next(137, 1), new.next(137, -1)) == (140, 130)
    assert ENTRIES["learning_steps"].next((30,), 1) == ()


def test_an_open_log_takes_a_changed_setting_at_once(open_memory, tmp_path):
    memory = open_memory()
    memory.change_setting("new_per_day", 3)
    memory.change_setting("desired_retention", 0.8)
    assert memory.new_left() == 3
    assert memory.settings == read_settings(tmp_path)
    loose = memory.intervals("a-card")
    memory.change_setting("desired_retention", 0.97)
    assert memory.intervals("a-card") != loose
    memory.rebind("home.start", "x")
    assert memory.settings.interface.keys == {"home.start": "x"}

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Schedule, Settings, read_settings, write_settings

steps = st.lists(st.integers(1, 43_200), max_size=4).map(lambda drawn: tuple(sorted(drawn)))
counts = st.integers(0, 10**6)
chosen = st.builds(
    Settings,
    schedule=st.builds(
        Schedule, st.floats(0.7, 0.99), steps, steps, st.integers(1, 36_500), st.none()
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
        ("news_per_day = 3", "there is no setting 'news_per_day' (the settings are desired_ret"),
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

from __future__ import annotations

import pytest

from studydl.errors import StudyError
from studydl.memory import Schedule, Settings


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ({"desired_retention": 1.0}, "desired retention"),
        ({"desired_retention": float("nan")}, "desired retention"),
        ({"maximum_interval": 0}, "maximum interval"),
        ({"maximum_interval": 40_000}, "maximum interval"),
        ({"learning_steps": (600, 60)}, "learning steps"),
        ({"learning_steps": (0,)}, "learning steps"),
        ({"relearning_steps": (86_400,)}, "relearning steps"),
        ({"weights": (2.0, 1.0, 3.0, 4.0)}, "weights"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(choice, named):
    with pytest.raises(StudyError, match=f"settings: .* cannot be the {named}") as refusal:
        Schedule(**choice)
    assert refusal.value.hint


@pytest.mark.parametrize(
    "choice", [{"rollover_hour": 24}, {"new_per_day": -1}, {"learn_ahead_s": -1}]
)
def test_settings_that_make_no_sense_are_refused(choice):
    with pytest.raises(StudyError, match="cannot be the"):
        Settings(**choice)


def test_a_schedule_survives_its_way_into_the_log():
    schedule = Schedule(0.85, (30, 90), (), 1000, tuple(float(n) for n in range(21)))
    assert Schedule.from_content(schedule.content()) == schedule


def test_the_id_of_a_schedule_follows_from_what_it_is():
    assert Schedule().identity() == Schedule().identity()
    others = [Schedule(0.8), Schedule(learning_steps=()), Schedule(maximum_interval=9)]
    assert len({schedule.identity() for schedule in [Schedule(), *others]}) == 4

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.memory.clock import Calendar, FixedClock, SystemClock, from_ms, to_ms

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]
MOMENTS = st.integers(-(10**12), 3 * 10**12).map(from_ms)  # 1938 to 2065


def study_date(calendar, at):
    return date(1970, 1, 1) + timedelta(days=calendar.moment(at).day)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2026, 5, 4, 3, 59, 59, tzinfo=BERLIN), date(2026, 5, 3)),
        (datetime(2026, 5, 4, 4, 0, tzinfo=BERLIN), date(2026, 5, 4)),
        (datetime(2026, 5, 5, 0, 30, tzinfo=BERLIN), date(2026, 5, 4)),
        # Summer time starts on 29 March and ends on 25 October 2026.
        (datetime(2026, 3, 29, 3, 59, tzinfo=BERLIN), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 4, 0, tzinfo=BERLIN), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BERLIN), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 59, tzinfo=BERLIN), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 4, 0, tzinfo=BERLIN), date(2026, 10, 25)),
        # A leap day is a day of its own.
        (datetime(2028, 2, 29, 3, 0, tzinfo=BERLIN), date(2028, 2, 28)),
        (datetime(2028, 2, 29, 12, 0, tzinfo=BERLIN), date(2028, 2, 29)),
        (datetime(2028, 3, 1, 12, 0, tzinfo=BERLIN), date(2028, 3, 1)),
    ],
)
def test_a_study_day_starts_at_four_on_the_wall_clock(local, expected):
    assert study_date(Calendar(BERLIN), local.astimezone(UTC)) == expected


def test_the_rollover_hour_can_be_chosen():
    at = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
    assert study_date(Calendar(UTC, rollover_hour=0), at) == date(2026, 5, 4)
    assert study_date(Calendar(UTC, rollover_hour=2), at) == date(2026, 5, 3)


@pytest.mark.parametrize("zone", ZONES)
@given(data=st.data())
def test_a_later_moment_is_never_in_an_earlier_study_day(zone, data):
    calendar = Calendar(ZoneInfo(zone))
    earlier = data.draw(MOMENTS)
    later = earlier + timedelta(minutes=data.draw(st.integers(0, 3000)))
    assert calendar.moment(earlier).day <= calendar.moment(later).day


@pytest.mark.parametrize("zone", ZONES)
def test_every_date_of_a_year_with_both_changes_is_one_study_day(zone):
    calendar = Calendar(ZoneInfo(zone))
    noons = [
        datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=day) for day in range(365)
    ]
    days = [calendar.moment(noon.astimezone(UTC)).day for noon in noons]
    assert days == list(range(days[0], days[0] + 365))


def test_the_offset_of_the_wall_clock_is_kept():
    winter = Calendar(BERLIN).moment(datetime(2026, 1, 1, tzinfo=UTC))
    summer = Calendar(BERLIN).moment(datetime(2026, 7, 1, tzinfo=UTC))
    west = Calendar(ZoneInfo("America/St_Johns")).moment(datetime(2026, 1, 1, tzinfo=UTC))
    assert (winter.utc_offset, summer.utc_offset, west.utc_offset) == (60, 120, -210)


def test_without_a_zone_the_machines_own_is_taken():
    at = datetime(2026, 5, 4, 12, tzinfo=UTC)
    offset = at.astimezone().utcoffset()
    assert Calendar().moment(at).utc_offset == offset // timedelta(minutes=1)


@given(MOMENTS)
def test_milliseconds_and_moments_are_the_same_thing(at):
    assert from_ms(to_ms(at)) == at
    assert to_ms(at + timedelta(microseconds=999)) == to_ms(at)


def test_a_fixed_clock_moves_only_when_told():
    clock = FixedClock(datetime(2026, 5, 4, 12, tzinfo=BERLIN))
    assert clock.now() == clock.now() == datetime(2026, 5, 4, 10, tzinfo=UTC)
    clock.advance(timedelta(hours=-3))
    assert clock.now() == datetime(2026, 5, 4, 7, tzinfo=UTC)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.now() == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_system_clock_knows_its_zone():
    assert SystemClock().now().utcoffset() == timedelta()

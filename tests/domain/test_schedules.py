"""When a question is due, in any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedules import (
    EVERY_DAY,
    Schedule,
    local_date,
    next_slot,
    parse_time,
    parse_zone,
    slot,
    slots,
    zone_names,
)

ZONES = st.sampled_from(zone_names())
DAYS = st.dates(date(2010, 1, 1), date(2036, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))


def schedule(zone="UTC", at=time(9), weekdays=EVERY_DAY, paused_until=None):
    return Schedule(
        id="s",
        guild_id=1,
        channel_id=2,
        zone=zone,
        at=at,
        weekdays=frozenset(weekdays),
        created_by=3,
        paused_until=paused_until,
    )


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("America/New_York", time(2, 30), date(2026, 3, 8), "2026-03-08T07:30:00+00:00"),  # no such time
        ("America/New_York", time(1, 30), date(2026, 11, 1), "2026-11-01T05:30:00+00:00"),  # twice
        ("Africa/Cairo", time(0, 15), date(2026, 4, 24), "2026-04-23T22:15:00+00:00"),  # gap at midnight
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), "2026-10-03T15:45:00+00:00"),  # half an hour
    ],
)
def test_a_question_is_due_once_on_the_day_the_clocks_change(zone, at, day, due):
    """A local time that is missing is shifted by the gap, and of a doubled one the first counts."""
    assert slot(schedule(zone, at), day).due == datetime.fromisoformat(due)


def test_a_date_that_a_zone_left_out_has_no_question():
    """Samoa jumped over 30 December 2011, and so does its daily question."""
    samoa = schedule("Pacific/Apia")

    assert slot(samoa, date(2011, 12, 30)) is None
    assert [s.day.day for s in islice(slots(samoa, date(2011, 12, 29)), 2)] == [29, 31]
    assert next_slot(samoa, slot(samoa, date(2011, 12, 29)).due).day == date(2011, 12, 31)


@given(ZONES, TIMES, DAYS)
def test_every_local_date_has_at_most_one_instant_and_they_only_go_forward(zone, at, day):
    """In any zone, at any quarter hour, the questions of a week come in order, a day or so apart."""
    found = [slot(schedule(zone, at), day + timedelta(days=n)) for n in range(7)]
    dues = [s.due for s in found if s is not None]

    assert dues == sorted(set(dues))
    assert len(dues) >= 6
    assert all(timedelta(hours=20) <= b - a <= timedelta(hours=49) for a, b in zip(dues, dues[1:], strict=False))


@given(ZONES, TIMES, MOMENTS, st.sets(st.integers(0, 6), min_size=1))
def test_the_next_question_is_the_first_after_now_on_a_day_that_was_chosen(zone, at, now, weekdays):
    """The next slot lies ahead, on a chosen weekday, and no earlier slot was passed over."""
    chosen = schedule(zone, at, weekdays)
    found = next_slot(chosen, now)

    assert found.due > now
    assert found.day.weekday() in weekdays
    between = [slot(chosen, local_date(chosen, now) + timedelta(days=n)) for n in range(-1, 9)]
    assert found.due == min(s.due for s in between if s and s.due > now and s.day.weekday() in weekdays)


@given(ZONES, TIMES, MOMENTS, st.integers(0, 400))
def test_nothing_is_due_before_a_pause_ends(zone, at, now, days):
    """The first question after a pause is on its last day, at the usual time."""
    until = local_date(schedule(zone, at), now) + timedelta(days=days)
    found = next_slot(schedule(zone, at, paused_until=until), now)

    assert found.day >= until
    assert found.due > now


def test_a_schedule_that_is_paused_for_good_has_no_next_question():
    """Until somebody resumes it, nothing is due."""
    assert next_slot(schedule(paused_until=date.max), datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)),
        ("09:00", time(9)),
        (" 9.30 ", time(9, 30)),
        ("0930", time(9, 30)),
        ("9 pm", time(21)),
        ("12am", time(0)),
        ("12:15 p.m.", time(12, 15)),
        ("24:00", None),
        ("13 pm", None),
        ("0am", None),
        ("9:60", None),
        ("noon", None),
        ("", None),
    ],
)
def test_an_admin_may_write_the_time_as_they_would_say_it(text, expected):
    """Common ways to write a time are understood, and nonsense is not taken for one."""
    assert parse_time(text) == expected


@given(st.text())
def test_no_text_makes_reading_a_time_fail(text):
    """Whatever is typed is a time or is not."""
    assert parse_time(text) is None or isinstance(parse_time(text), time)


def test_a_zone_may_be_typed_in_any_case():
    """`america/new york` means America/New_York; a city alone is not a zone."""
    assert parse_zone("america/new york") == "America/New_York"
    assert parse_zone("utc") == "UTC"
    assert parse_zone("New York") is None


@given(ZONES)
def test_every_zone_on_offer_can_be_used(zone):
    """Each name in the list is one that the machine knows."""
    assert ZoneInfo(zone).key == parse_zone(zone)

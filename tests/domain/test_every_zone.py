"""Every zone of the world, on every day on which its clocks change, at every quarter of an hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.schedules import EVERY_DAY, Schedule, slot, zone_names

FIRST, LAST = 2024, 2036
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
# The one zone that left out a whole local date since 2010; the rule has to do more than shift there.
LEFT_OUT = [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Fakaofo", date(2011, 12, 30))]


def change_days(zone):
    """The dates in UTC on which the zone's offset from UTC changes."""
    info = ZoneInfo(zone)
    noon = datetime(FIRST, 1, 1, 12, tzinfo=UTC)
    offset = noon.astimezone(info).utcoffset()
    while noon.year <= LAST:
        noon += timedelta(days=1)
        following = noon.astimezone(info).utcoffset()
        if following != offset:
            yield noon.date()
        offset = following


def daily(zone, at):
    return Schedule(id="s", guild_id=1, channel_id=2, zone=zone, at=at, weekdays=EVERY_DAY, created_by=3)


@pytest.mark.parametrize("zone", zone_names())
def test_every_existing_local_date_has_exactly_one_instant(zone):
    """Around each change of the clocks, at any time of day: one instant a date, strictly increasing (fault 30)."""
    for day in change_days(zone):
        dates = [day + timedelta(days=n) for n in range(-3, 4)]
        for at in QUARTERS:
            found = [slot(daily(zone, at), d) for d in dates]
            dues = [s.due for s in found if s is not None]
            assert len(dues) == len(dates), (zone, day, at)
            assert all(
                timedelta(hours=20) < b - a < timedelta(hours=28) for a, b in zip(dues, dues[1:], strict=False)
            ), (zone, day, at)


@pytest.mark.parametrize(("zone", "day"), LEFT_OUT)
def test_a_local_date_that_never_was_has_no_question(zone, day):
    """Two islands crossed the date line by leaving out a day; the days around it are whole."""
    for at in QUARTERS:
        dates = [day + timedelta(days=n) for n in range(-2, 3)]
        found = [slot(daily(zone, at), d) for d in dates]
        assert [d for d, s in zip(dates, found, strict=True) if s is None] == [day]
        dues = [s.due for s in found if s is not None]
        assert dues == sorted(set(dues))

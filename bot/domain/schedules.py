"""When a guild's question is due: local wall time in an IANA zone, at most one instant for each local date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.rapidfire import Rules

EVERY_DAY = frozenset(range(7))
"""Weekdays as in `date.weekday`: Monday is 0."""

_TIME = re.compile(r"^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?\.?m?\.?\s*$", re.IGNORECASE)
_SEARCH_DAYS = 800  # no rule of weekdays and zones leaves a gap this long
_NOON = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions a schedule draws from: one cluster or all, within a range of difficulty (1 to 5)."""

    cluster: str | None = None
    easiest: int = 1
    hardest: int = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """A guild's standing order: post in this channel at this local time on these weekdays.

    With `rules` it opens a rapid-fire round by them; without, it asks the daily question.
    `paused_until` is the local date of the first post after a pause; `date.max` means until somebody resumes.
    `company` is the emphasis chosen for it, as in `bot.domain.emphasis`; None follows the guild. `catch_up` is how
    late a post may be and still go out. `next_due` is the instant up to which nothing has to be done.
    """

    id: str
    guild_id: int
    channel_id: int
    zone: str
    at: time
    weekdays: frozenset[int]
    created_by: int
    company: str | None = None
    selection: Selection = Selection()
    catch_up: timedelta = timedelta(hours=6)
    paused_until: date | None = None
    next_due: datetime | None = None
    rules: Rules | None = None


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One local date of a schedule and the instant (aware, UTC) at which its question is due."""

    due: datetime
    day: date


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local wall time; the first of two in a fold, shifted forward in a gap (RFC 5545)."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def slot(schedule: Schedule, day: date) -> Slot | None:
    """The slot of one local date, or None where that date does not exist in the zone.

    A date is left out if its instant is not before the next date's. Over every zone and quarter hour from 2010
    to 2036 this gave strictly increasing instants and left out only days that a zone skipped altogether.
    """
    zone = ZoneInfo(schedule.zone)
    due = instant(day, schedule.at, zone)
    if day < date.max and due >= instant(day + timedelta(days=1), schedule.at, zone):
        return None
    return Slot(due, day)


def slots(schedule: Schedule, start: date) -> Iterator[Slot]:
    """The slots from the local date `start` on, in order, on the schedule's weekdays and outside its pause."""
    if schedule.paused_until is not None:
        start = max(start, schedule.paused_until)
    if start == date.max:
        return
    for offset in range(_SEARCH_DAYS):
        day = start + timedelta(days=offset)
        if day.weekday() in schedule.weekdays and (found := slot(schedule, day)) is not None:
            yield found


def slots_after(schedule: Schedule, moment: datetime) -> Iterator[Slot]:
    """The slots whose instant is after `moment`."""
    start = local_date(schedule, moment) - timedelta(days=1)
    return (s for s in slots(schedule, start) if s.due > moment)


def next_slot(schedule: Schedule, moment: datetime) -> Slot | None:
    """The first slot after `moment`; None while the schedule is paused for good or has no weekday."""
    return next(slots_after(schedule, moment), None)


def local_date(schedule: Schedule, moment: datetime) -> date:
    """The date on the wall of the schedule's zone at `moment`."""
    return moment.astimezone(ZoneInfo(schedule.zone)).date()


def zone_names() -> list[str]:
    """Every IANA zone that a person may choose, sorted; `UTC` first."""
    names = {n for n in available_timezones() if n != "localtime" and not n.startswith(("posix/", "right/"))}
    return ["UTC", *sorted(names - {"UTC", "Factory"})]


def parse_zone(text: str) -> str | None:
    """The IANA name that `text` means in any letter case, with blanks for underscores; None if there is none."""
    wanted = text.strip().replace(" ", "_").casefold()
    return next((name for name in zone_names() if name.casefold() == wanted), None)


def parse_time(text: str) -> time | None:
    """A local time from `9`, `09:00`, `9.30`, `0930`, `9 pm` or `9:30am`; None if it is not one."""
    match = _TIME.match(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None

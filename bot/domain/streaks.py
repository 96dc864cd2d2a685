"""Streaks: a fold over a guild's question days and the days that a member answered. Nothing else counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FINAL_STRETCH = timedelta(hours=3)
LONGEST_OUTAGE = timedelta(minutes=15)
"""A member who planned to answer in the final stretch can wait out this much, not more."""


class DayState(StrEnum):
    """How a local date of a guild counts: `OPEN` can still be answered; a missed `COUNTED` one ends a streak."""

    OPEN = "open"
    COUNTED = "counted"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Day:
    """A local date on which the guild had at least one question. Dates without one do not appear at all."""

    date: date
    state: DayState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Streak:
    """Question days answered in a row: now, the longest ever, and the last day that was answered."""

    current: int = 0
    best: int = 0
    last: date | None = None


def fold(days: Iterable[Day], answered: Collection[date]) -> Streak:
    """The streak that these days and answers make; `days` in order of date.

    An answered day adds one. A day without an answer ends the streak if it counted, and is passed over while it
    is open or when it is neutral.
    """
    current, best, last = 0, 0, None
    for day in days:
        if day.date in answered:
            current += 1
            best = max(best, current)
            last = day.date
        elif day.state is DayState.COUNTED:
            current = 0
    return Streak(current, best, last)


@dataclass(frozen=True, slots=True)
class Uptime:
    """A span of time (aware, UTC) in which the bot was running, by its own heartbeat."""

    start: datetime
    end: datetime


def longest_gap(spans: Sequence[Uptime], start: datetime, end: datetime) -> timedelta:
    """The longest part of `start`..`end` that no span covers."""
    longest, covered = timedelta(0), start
    for span in sorted(spans, key=lambda s: s.start):
        if span.start > covered:
            longest = max(longest, min(span.start, end) - covered)
        covered = max(covered, span.end)
        if covered >= end:
            return longest
    return max(longest, end - covered)


def was_out(spans: Sequence[Uptime], opened: datetime, closed: datetime) -> bool:
    """Whether the bot was away so long, so late in a day's window, that nobody should lose a streak over it.

    The final stretch is the last three hours of the window, or its last quarter if that is shorter.
    """
    stretch = min(FINAL_STRETCH, (closed - opened) / 4)
    return longest_gap(spans, closed - stretch, closed) > min(LONGEST_OUTAGE, stretch / 2)

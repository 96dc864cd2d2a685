"""Turning a schedule's plan into rows: what it posts and when to look again, together or not at all."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.schedules import Schedule
from bot.services.rapidfire_ports import LeftOut, Opening
from bot.store import occurrences, posts, rounds, schedules


def apply_plan(
    db: sqlite3.Connection, schedule: Schedule, planned: Sequence[Occurrence], next_due: datetime | None
) -> bool:
    if not schedules.move_on(db, schedule, next_due):
        return False
    for occurrence in planned:
        occurrences.add(db, occurrence)
    return True


def open_rounds(
    db: sqlite3.Connection,
    schedule: Schedule,
    planned: Sequence[Opening | LeftOut],
    next_due: datetime | None,
    now: datetime,
) -> bool:
    """The same for a schedule of rapid-fire rounds: one that finds its channel taken is left out."""
    if not schedules.move_on(db, schedule, next_due):
        return False
    for one in planned:
        match one:
            case Opening(made, effects, otherwise):
                if not rounds.add(db, made, effects, now):
                    _leave_out(db, otherwise, now)
            case LeftOut():
                _leave_out(db, one, now)
    return True


def _leave_out(db: sqlite3.Connection, one: LeftOut, now: datetime) -> None:
    if rounds.add(db, one.round, (), now):
        posts.add(db, one.notice)

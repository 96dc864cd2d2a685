"""Turning a schedule's plan into rows: its occurrences and when to look again, together or not at all."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.schedules import Schedule
from bot.store import occurrences, schedules


def apply_plan(
    db: sqlite3.Connection, schedule: Schedule, planned: Sequence[Occurrence], next_due: datetime | None
) -> bool:
    if not schedules.move_on(db, schedule, next_due):
        return False
    for occurrence in planned:
        occurrences.add(db, occurrence)
    return True

"""Rows of `schedule`."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from pydantic import TypeAdapter

from bot.domain.rapidfire import Rules
from bot.domain.schedules import Schedule, Selection
from bot.store.columns import day_or_none, instant_or_none, ms, ms_or_none

_MINUTE = timedelta(minutes=1)
_RULES = TypeAdapter(Rules)


def save(db: sqlite3.Connection, schedule: Schedule) -> None:
    db.execute(
        """
        INSERT INTO schedule
            (id, guild_id, channel_id, zone, at, weekdays, created_by, company,
             cluster, easiest, hardest, catch_up, paused_until, next_due, rules)
        VALUES
            (:id, :guild_id, :channel_id, :zone, :at, :weekdays, :created_by, :company,
             :cluster, :easiest, :hardest, :catch_up, :paused_until, :next_due, :rules)
        ON CONFLICT (id) DO UPDATE SET
            guild_id = excluded.guild_id, channel_id = excluded.channel_id, zone = excluded.zone,
            at = excluded.at, weekdays = excluded.weekdays, created_by = excluded.created_by,
            company = excluded.company, cluster = excluded.cluster, easiest = excluded.easiest,
            hardest = excluded.hardest, catch_up = excluded.catch_up,
            paused_until = excluded.paused_until, next_due = excluded.next_due, rules = excluded.rules
        """,
        {
            "id": schedule.id,
            "guild_id": schedule.guild_id,
            "channel_id": schedule.channel_id,
            "zone": schedule.zone,
            "at": schedule.at.isoformat(),
            "weekdays": "".join(str(day) for day in sorted(schedule.weekdays)),
            "created_by": schedule.created_by,
            "company": schedule.company,
            "cluster": schedule.selection.cluster,
            "easiest": schedule.selection.easiest,
            "hardest": schedule.selection.hardest,
            "catch_up": schedule.catch_up // _MINUTE,
            "paused_until": schedule.paused_until and schedule.paused_until.isoformat(),
            "next_due": ms_or_none(schedule.next_due),
            "rules": schedule.rules and _RULES.dump_json(schedule.rules).decode(),
        },
    )


def get(db: sqlite3.Connection, schedule_id: str) -> Schedule | None:
    row = db.execute("SELECT * FROM schedule WHERE id = ?", (schedule_id,)).fetchone()
    return _schedule(row) if row else None


def of_guild(db: sqlite3.Connection, guild_id: int) -> Sequence[Schedule]:
    """Those of the daily question."""
    rows = db.execute("SELECT * FROM schedule WHERE guild_id = ? AND rules IS NULL ORDER BY n", (guild_id,))
    return [_schedule(row) for row in rows]


def of_rounds(db: sqlite3.Connection, guild_id: int) -> Sequence[Schedule]:
    """Those that open rapid-fire rounds and have not been ended."""
    rows = db.execute(
        "SELECT * FROM schedule WHERE guild_id = ? AND rules IS NOT NULL AND next_due IS NOT NULL ORDER BY n",
        (guild_id,),
    )
    return [_schedule(row) for row in rows]


def every(db: sqlite3.Connection) -> Sequence[Schedule]:
    return [_schedule(row) for row in db.execute("SELECT * FROM schedule ORDER BY n")]


def due(db: sqlite3.Connection, now: datetime) -> Sequence[Schedule]:
    """Those of the daily question that have something to do."""
    rows = db.execute("SELECT * FROM schedule WHERE next_due <= ? AND rules IS NULL ORDER BY next_due, n", (ms(now),))
    return [_schedule(row) for row in rows]


def due_rounds(db: sqlite3.Connection, now: datetime) -> Sequence[Schedule]:
    """Those that have a rapid-fire round to open."""
    rows = db.execute(
        "SELECT * FROM schedule WHERE next_due <= ? AND rules IS NOT NULL ORDER BY next_due, n", (ms(now),)
    )
    return [_schedule(row) for row in rows]


def move_on(db: sqlite3.Connection, schedule: Schedule, next_due: datetime | None) -> bool:
    """Sets when a schedule is to be looked at again, unless somebody else has."""
    moved = db.execute(
        "UPDATE schedule SET next_due = ? WHERE id = ? AND next_due IS ?",
        (ms_or_none(next_due), schedule.id, ms_or_none(schedule.next_due)),
    )
    return moved.rowcount == 1


def _schedule(row: sqlite3.Row) -> Schedule:
    return Schedule(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        zone=row["zone"],
        at=time.fromisoformat(row["at"]),
        weekdays=frozenset(int(digit) for digit in row["weekdays"]),
        created_by=row["created_by"],
        company=row["company"],
        selection=Selection(row["cluster"], row["easiest"], row["hardest"]),
        catch_up=row["catch_up"] * _MINUTE,
        paused_until=day_or_none(row["paused_until"]),
        next_due=instant_or_none(row["next_due"]),
        rules=_RULES.validate_json(row["rules"]) if row["rules"] else None,
    )

"""Rows of `guild_day` and `streak`: a guild's question days, and each member's fold over them.

After every transaction a stored streak equals `bot.domain.streaks.fold` of its facts, so whatever changes a
day or an answer refolds the members for whom that may change the result.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from bot.domain.streaks import Day, DayState, Streak, fold
from bot.services.ports import StreakFacts
from bot.store.columns import day_or_none


def stored(db: sqlite3.Connection, guild_id: int, user_id: int) -> Streak:
    row = db.execute(
        "SELECT current, best, last FROM streak WHERE guild_id = ? AND user_id = ?", (guild_id, user_id)
    ).fetchone()
    return Streak(row["current"], row["best"], day_or_none(row["last"])) if row else Streak()


def facts(db: sqlite3.Connection, guild_id: int, user_id: int) -> StreakFacts:
    return StreakFacts(_days(db, guild_id), answered_days(db, guild_id, user_id))


def answered_days(db: sqlite3.Connection, guild_id: int, user_id: int) -> frozenset[date]:
    rows = db.execute(
        "SELECT DISTINCT earned FROM answer WHERE guild_id = ? AND user_id = ? AND earned IS NOT NULL",
        (guild_id, user_id),
    )
    return frozenset(date.fromisoformat(row["earned"]) for row in rows)


def has_answered(db: sqlite3.Connection, guild_id: int, user_id: int, day: date) -> bool:
    row = db.execute(
        "SELECT 1 FROM answer WHERE guild_id = ? AND user_id = ? AND earned = ?",
        (guild_id, user_id, day.isoformat()),
    ).fetchone()
    return row is not None


def refold(db: sqlite3.Connection, guild_id: int, user_ids: Iterable[int]) -> None:
    """Stores the streaks of these members anew."""
    days = _days(db, guild_id)
    for user_id in user_ids:
        streak = fold(days, answered_days(db, guild_id, user_id))
        db.execute(
            """
            INSERT INTO streak (guild_id, user_id, current, best, last) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (guild_id, user_id) DO UPDATE
            SET current = excluded.current, best = excluded.best, last = excluded.last
            """,
            (guild_id, user_id, streak.current, streak.best, streak.last and streak.last.isoformat()),
        )


def open_day(db: sqlite3.Connection, guild_id: int, day: date) -> None:
    """A question of that day was posted, so the day can be answered, even if it had been settled before."""
    former = db.execute(
        "SELECT state FROM guild_day WHERE guild_id = ? AND day = ?", (guild_id, day.isoformat())
    ).fetchone()
    _set_day(db, guild_id, Day(day, DayState.OPEN))
    if former is not None and former["state"] == DayState.COUNTED:
        refold(db, guild_id, _members_without(db, guild_id, day, since=date.min))


def settle_day(db: sqlite3.Connection, guild_id: int, day: date, outage: str | None) -> None:
    """Nothing of that day can be answered any more: it is neutral for the reason `outage`, or it counts."""
    if outage is not None:
        _set_day(db, guild_id, Day(day, DayState.NEUTRAL, outage))  # passed over by the fold, as while it was open
        return
    _set_day(db, guild_id, Day(day, DayState.COUNTED))
    db.execute(
        "UPDATE streak SET current = 0 WHERE guild_id = ? AND last < ? AND current > 0",
        (guild_id, day.isoformat()),
    )
    refold(db, guild_id, _members_without(db, guild_id, day, since=day))


def _members_without(db: sqlite3.Connection, guild_id: int, day: date, since: date) -> Sequence[int]:
    """The members who answered a day after `since`, but not `day`."""
    rows = db.execute(
        """
        SELECT user_id FROM streak WHERE guild_id = :guild AND last > :since AND NOT EXISTS (
            SELECT 1 FROM answer
            WHERE answer.guild_id = :guild AND answer.user_id = streak.user_id AND answer.earned = :day)
        """,
        {"guild": guild_id, "day": day.isoformat(), "since": since.isoformat()},
    )
    return [row["user_id"] for row in rows]


def _set_day(db: sqlite3.Connection, guild_id: int, day: Day) -> None:
    db.execute(
        """
        INSERT INTO guild_day (guild_id, day, state, reason) VALUES (?, ?, ?, ?)
        ON CONFLICT (guild_id, day) DO UPDATE SET state = excluded.state, reason = excluded.reason
        """,
        (guild_id, day.date.isoformat(), day.state, day.reason),
    )


def _days(db: sqlite3.Connection, guild_id: int) -> tuple[Day, ...]:
    rows = db.execute("SELECT day, state, reason FROM guild_day WHERE guild_id = ? ORDER BY day", (guild_id,))
    return tuple(_day(*row) for row in rows)


@lru_cache(maxsize=4096)
def _day(day: str, state: str, reason: str | None) -> Day:
    # The same few hundred dates are read for every answer; making them anew took most of a refold's time.
    return Day(date.fromisoformat(day), DayState(state), reason)

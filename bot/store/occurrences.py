"""Rows of `occurrence`, each read together with its card. Sending is in `cards`, closing in `closing`."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.occurrences import Occurrence
from bot.domain.posts import PostState
from bot.store import posts
from bot.store.columns import instant, instant_or_none, ms, ms_or_none

SELECT = """
    SELECT post.*, o.schedule_id, o.guild_id AS of_guild, o.day, o.question_id, o.company, o.scheduled,
           o.promised_until, o.closed_at
    FROM occurrence AS o JOIN post ON post.key = o.key
"""
"""What `of_row` reads; to be completed with a condition."""


def add(db: sqlite3.Connection, occurrence: Occurrence) -> bool:
    added = db.execute(
        """
        INSERT INTO occurrence
            (key, schedule_id, guild_id, day, question_id, company, scheduled, promised_until, closed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        (
            occurrence.key,
            occurrence.schedule_id,
            occurrence.guild_id,
            occurrence.day.isoformat(),
            occurrence.question_id,
            occurrence.company,
            ms(occurrence.scheduled),
            ms_or_none(occurrence.promised_until),
            ms_or_none(occurrence.closed_at),
        ),
    )
    if added.rowcount == 0:
        return False
    posts.add(db, occurrence.post)
    return True


def get(db: sqlite3.Connection, key: str) -> Occurrence | None:
    return _one(db.execute(f"{SELECT} WHERE o.key = ?", (key,)))


def on(db: sqlite3.Connection, schedule_id: str, day: date) -> Occurrence | None:
    return _one(db.execute(f"{SELECT} WHERE o.schedule_id = ? AND o.day = ?", (schedule_id, day.isoformat())))


def of_thread(db: sqlite3.Connection, thread_id: int) -> Occurrence | None:
    return _one(db.execute(f"{SELECT} WHERE post.message_id = ?", (thread_id,)))


def opened(db: sqlite3.Connection, guild_id: int) -> Sequence[Occurrence]:
    rows = db.execute(
        f"""{SELECT} WHERE o.guild_id = ? AND o.closed_at IS NULL AND post.state = 'sent'
        ORDER BY post.sent_at DESC, o.scheduled DESC""",
        (guild_id,),
    )
    return [of_row(row) for row in rows]


def latest(db: sqlite3.Connection, guild_id: int) -> Occurrence | None:
    return _one(
        db.execute(
            f"""{SELECT} WHERE post.guild_id = ? AND post.kind = 'card' AND post.state = 'sent'
            ORDER BY post.sent_at DESC, o.scheduled DESC LIMIT 1""",
            (guild_id,),
        )
    )


def days_taken(db: sqlite3.Connection, schedule_id: str, since: date) -> dict[date, PostState]:
    rows = db.execute(
        """
        SELECT o.day, post.state FROM occurrence AS o JOIN post ON post.key = o.key
        WHERE o.schedule_id = ? AND o.day >= ? ORDER BY o.day
        """,
        (schedule_id, since.isoformat()),
    )
    return {date.fromisoformat(row["day"]): PostState(row["state"]) for row in rows}


def history(db: sqlite3.Connection, schedule_id: str, limit: int) -> Sequence[Occurrence]:
    rows = db.execute(f"{SELECT} WHERE o.schedule_id = ? ORDER BY o.day DESC LIMIT ?", (schedule_id, limit))
    return [of_row(row) for row in rows]


def request(db: sqlite3.Connection, key: str, now: datetime) -> None:
    """An admin wants its card at `now`, so it is not late for an instant that has passed."""
    db.execute("UPDATE occurrence SET scheduled = max(scheduled, ?) WHERE key = ?", (ms(now), key))


def next_posted(db: sqlite3.Connection, occurrence: Occurrence) -> datetime | None:
    """When the schedule's first card after this one was posted, None while none was."""
    row = db.execute(
        """
        SELECT min(post.sent_at) AS first FROM occurrence AS o JOIN post ON post.key = o.key
        WHERE o.schedule_id = ? AND o.scheduled > ?
        """,
        (occurrence.schedule_id, ms(occurrence.scheduled)),
    ).fetchone()
    return instant_or_none(row["first"])


def members(db: sqlite3.Connection, key: str) -> int:
    """How many members answered the question or a follow-up, in time or not."""
    row = db.execute("SELECT count(DISTINCT user_id) FROM answer WHERE occurrence = ?", (key,)).fetchone()
    return int(row[0])


def of_row(row: sqlite3.Row) -> Occurrence:
    return Occurrence(
        key=row["key"],
        schedule_id=row["schedule_id"],
        guild_id=row["of_guild"],
        day=date.fromisoformat(row["day"]),
        question_id=row["question_id"],
        company=row["company"],
        scheduled=instant(row["scheduled"]),
        promised_until=instant_or_none(row["promised_until"]),
        closed_at=instant_or_none(row["closed_at"]),
        post=posts.of_row(row),
    )


def _one(rows: sqlite3.Cursor) -> Occurrence | None:
    row = rows.fetchone()
    return of_row(row) if row else None

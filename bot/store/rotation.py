"""Rows of `queue` and `passed_over`, and what a guild was asked: all that the choice of a question rests on."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.services.ports import Choose
from bot.store.columns import ms


def asked(db: sqlite3.Connection, guild_id: int) -> Sequence[str]:
    rows = db.execute(
        """
        SELECT o.question_id, post.first_attempt AS at, o.scheduled AS scheduled, o.key AS key, 0 AS n
        FROM post JOIN occurrence AS o ON o.key = post.key
        WHERE post.guild_id = :guild AND post.kind = 'card'
          AND post.first_attempt IS NOT NULL AND o.question_id IS NOT NULL
        UNION ALL
        SELECT question_id, at, at, '', n FROM passed_over WHERE guild_id = :guild
        ORDER BY at, scheduled, key, n
        """,
        {"guild": guild_id},
    )
    return [row["question_id"] for row in rows]


def queue(db: sqlite3.Connection, schedule_id: str) -> Sequence[str]:
    rows = db.execute("SELECT question_id FROM queue WHERE schedule_id = ? ORDER BY place", (schedule_id,))
    return [row["question_id"] for row in rows]


def set_queue(db: sqlite3.Connection, schedule_id: str, question_ids: Sequence[str]) -> None:
    db.execute("DELETE FROM queue WHERE schedule_id = ?", (schedule_id,))
    db.executemany(
        "INSERT INTO queue (schedule_id, place, question_id) VALUES (?, ?, ?)",
        [(schedule_id, place, question_id) for place, question_id in enumerate(question_ids, 1)],
    )


def take(db: sqlite3.Connection, guild_id: int, schedule_id: str, choose: Choose) -> str:
    """What `choose` picks for the schedule, off its queue."""
    question_id = choose(asked(db, guild_id), queue(db, schedule_id))
    # A question that was queued twice keeps its later place.
    db.execute(
        """
        DELETE FROM queue WHERE schedule_id = :schedule AND place = (
            SELECT min(place) FROM queue WHERE schedule_id = :schedule AND question_id = :question)
        """,
        {"schedule": schedule_id, "question": question_id},
    )
    return question_id


def pass_over(db: sqlite3.Connection, guild_id: int, question_id: str, at: datetime) -> None:
    db.execute("INSERT INTO passed_over (guild_id, question_id, at) VALUES (?, ?, ?)", (guild_id, question_id, ms(at)))
    db.execute(
        "DELETE FROM queue WHERE schedule_id IN (SELECT id FROM schedule WHERE guild_id = ?) AND question_id = ?",
        (guild_id, question_id),
    )

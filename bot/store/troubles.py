"""Rows of `trouble`, and the mark on a post that its present state has been dealt with."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.posts import Post
from bot.domain.troubles import Trouble
from bot.store import posts
from bot.store.columns import instant, instant_or_none, ms, ms_or_none

# Word for word the condition of the index `post_untold`, which is found by it.
_IS_UNTOLD = "kind IN ('card', 'rung', 'hint') AND told = 0 AND state IN ('blocked', 'uncertain', 'removed', 'skipped')"


def untold(db: sqlite3.Connection, limit: int) -> Sequence[Post]:
    rows = db.execute(f"SELECT * FROM post WHERE {_IS_UNTOLD} ORDER BY due, key LIMIT ?", (limit,))  # noqa: S608
    return [posts.of_row(row) for row in rows]


def tell(db: sqlite3.Connection, post: Post, trouble: Trouble | None, notice: Post | None) -> bool:
    marked = db.execute(
        "UPDATE post SET told = 1 WHERE key = ? AND state = ? AND attempts = ?", (post.key, post.state, post.attempts)
    )
    if marked.rowcount == 0 or trouble is None or not _begin(db, trouble):
        return False
    if notice is not None:
        posts.add(db, notice)
    return True


def end(db: sqlite3.Connection, guild_id: int, schedule_id: str, now: datetime) -> None:
    """Whatever kept the schedule from posting is over."""
    db.execute(
        "UPDATE trouble SET ended = ? WHERE guild_id = ? AND schedule_id = ? AND ended IS NULL",
        (ms(now), guild_id, schedule_id),
    )


def lasting(db: sqlite3.Connection, guild_id: int) -> Sequence[Trouble]:
    rows = db.execute("SELECT * FROM trouble WHERE guild_id = ? AND ended IS NULL ORDER BY since, n", (guild_id,))
    return [_trouble(row) for row in rows]


def _begin(db: sqlite3.Connection, trouble: Trouble) -> bool:
    """Adds it; False if one with the same cause lasts."""
    begun = db.execute(
        """
        INSERT INTO trouble (guild_id, schedule_id, cause, says, since, ended) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (guild_id, schedule_id, cause) WHERE ended IS NULL DO NOTHING
        """,
        (
            trouble.guild_id,
            trouble.schedule_id,
            trouble.cause,
            trouble.says,
            ms(trouble.since),
            ms_or_none(trouble.ended),
        ),
    )
    return begun.rowcount == 1


def _trouble(row: sqlite3.Row) -> Trouble:
    return Trouble(
        guild_id=row["guild_id"],
        schedule_id=row["schedule_id"],
        cause=row["cause"],
        says=row["says"],
        since=instant(row["since"]),
        ended=instant_or_none(row["ended"]),
    )

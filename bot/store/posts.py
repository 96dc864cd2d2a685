"""Rows of `post`: adding them, finding those to work on, and reading and rewriting one."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.posts import Post, PostKind, PostState
from bot.store.columns import instant, instant_or_none, ms, ms_or_none


def add(db: sqlite3.Connection, post: Post) -> bool:
    added = db.execute(
        """
        INSERT INTO post (key, kind, subject, guild_id, channel_id, rung, state, due, attempts,
                          first_attempt, last_attempt, claim_until, message_id, sent_at, reason,
                          text, recipient)
        VALUES (:key, :kind, :subject, :guild_id, :channel_id, :rung, :state, :due, :attempts,
                :first_attempt, :last_attempt, :claim_until, :message_id, :sent_at, :reason,
                :text, :recipient)
        ON CONFLICT (key) DO NOTHING
        """,
        {
            "key": post.key,
            "kind": post.kind,
            "subject": post.subject,
            "guild_id": post.guild_id,
            "channel_id": post.channel_id,
            "rung": post.rung,
            "text": post.text,
            "recipient": post.recipient,
            **_moving_parts(post),
        },
    )
    return added.rowcount == 1


def rewrite(db: sqlite3.Connection, post: Post) -> None:
    """Stores what a move of `bot.domain.posts.step` may have changed; nobody was told of the new state yet."""
    db.execute(
        """
        UPDATE post SET state = :state, due = :due, attempts = :attempts, first_attempt = :first_attempt,
                        last_attempt = :last_attempt, claim_until = :claim_until, message_id = :message_id,
                        sent_at = :sent_at, reason = :reason, told = 0
        WHERE key = :key
        """,
        {"key": post.key, **_moving_parts(post)},
    )


def get(db: sqlite3.Connection, key: str) -> Post | None:
    row = db.execute("SELECT * FROM post WHERE key = ?", (key,)).fetchone()
    return of_row(row) if row else None


def due(db: sqlite3.Connection, now: datetime, limit: int) -> Sequence[Post]:
    rows = db.execute(
        """
        SELECT * FROM post
        WHERE state IN ('due', 'sending') AND due <= :now AND (state = 'due' OR claim_until <= :now)
        ORDER BY due, key LIMIT :limit
        """,
        {"now": ms(now), "limit": limit},
    )
    return [of_row(row) for row in rows]


def blocked(db: sqlite3.Connection) -> Sequence[Post]:
    rows = db.execute("SELECT * FROM post WHERE state = 'blocked' AND kind <> 'notice' ORDER BY due, key")
    return [of_row(row) for row in rows]


def outdate(db: sqlite3.Connection, subject: str, kind: PostKind, number: int) -> None:
    """These messages no longer say how things stand."""
    db.execute(
        "UPDATE post SET wanted = wanted + 1 WHERE subject = ? AND kind = ? AND rung = ?", (subject, kind, number)
    )


def release(db: sqlite3.Connection, round_id: str, now: datetime) -> None:
    """Whoever was sending these messages is gone: this process is the only one that has the file."""
    db.execute(
        "UPDATE post SET claim_until = min(claim_until, ?) WHERE subject = ? AND state = 'sending'", (ms(now), round_id)
    )


def due_of_rounds(db: sqlite3.Connection, now: datetime, round_id: str | None) -> Sequence[Post]:
    rows = db.execute(
        """
        SELECT * FROM post
        WHERE state IN ('due', 'sending') AND due <= :now AND (state = 'due' OR claim_until <= :now)
          AND kind IN ('lobby', 'prompt', 'podium', 'word', 'appeal') AND (:round IS NULL OR subject = :round)
        ORDER BY due, rowid
        """,
        {"now": ms(now), "round": round_id},
    )
    return [of_row(row) for row in rows]


def with_message(db: sqlite3.Connection, message_id: int) -> Post | None:
    """The message of a round that has this id at Discord."""
    row = db.execute(
        "SELECT * FROM post WHERE message_id = ? AND kind IN ('lobby', 'prompt', 'podium', 'word', 'appeal')",
        (message_id,),
    ).fetchone()
    return of_row(row) if row else None


def outdated(db: sqlite3.Connection, round_id: str | None) -> Sequence[tuple[Post, int]]:
    """Messages to be edited, each with what `mark_shown` wants to know."""
    rows = db.execute(
        """
        SELECT * FROM post WHERE state = 'sent' AND shown < wanted AND (:round IS NULL OR subject = :round)
        ORDER BY subject, key
        """,
        {"round": round_id},
    )
    return [(of_row(row), row["wanted"]) for row in rows]


def mark_shown(db: sqlite3.Connection, key: str, wanted: int) -> None:
    """The message says how things stood when it was `outdated`."""
    db.execute("UPDATE post SET shown = max(shown, ?) WHERE key = ?", (wanted, key))


def mark_current(db: sqlite3.Connection, key: str) -> None:
    """The message is about to be made, from how things stand."""
    db.execute("UPDATE post SET shown = wanted WHERE key = ?", (key,))


def of_round(db: sqlite3.Connection, round_id: str, kind: PostKind, number: int) -> Post | None:
    """The newest message of that kind; older ones were removed."""
    row = db.execute(
        "SELECT * FROM post WHERE subject = ? AND kind = ? AND rung = ? ORDER BY due DESC, rowid DESC LIMIT 1",
        (round_id, kind, number),
    ).fetchone()
    return of_row(row) if row else None


def rung_of(db: sqlite3.Connection, occurrence: str, message_id: int) -> int | None:
    row = db.execute(
        "SELECT rung FROM post WHERE message_id = ? AND subject = ? AND kind IN ('card', 'rung')",
        (message_id, occurrence),
    ).fetchone()
    return None if row is None else int(row["rung"])


def open_rungs(db: sqlite3.Connection, occurrence: str) -> Sequence[int]:
    rows = db.execute(
        "SELECT rung FROM post WHERE subject = ? AND kind = 'rung' AND state = 'sent' ORDER BY rung",
        (occurrence,),
    )
    return [row["rung"] for row in rows]


def of_row(row: sqlite3.Row) -> Post:
    """The post in a row that has the columns of `post`, maybe among others."""
    return Post(
        key=row["key"],
        kind=PostKind(row["kind"]),
        subject=row["subject"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        rung=row["rung"],
        state=PostState(row["state"]),
        due=instant(row["due"]),
        attempts=row["attempts"],
        first_attempt=instant_or_none(row["first_attempt"]),
        last_attempt=instant_or_none(row["last_attempt"]),
        claim_until=instant_or_none(row["claim_until"]),
        message_id=row["message_id"],
        sent_at=instant_or_none(row["sent_at"]),
        reason=row["reason"],
        text=row["text"],
        recipient=row["recipient"],
    )


def _moving_parts(post: Post) -> dict[str, str | int | None]:
    return {
        "state": post.state,
        "due": ms(post.due),
        "attempts": post.attempts,
        "first_attempt": ms_or_none(post.first_attempt),
        "last_attempt": ms_or_none(post.last_attempt),
        "claim_until": ms_or_none(post.claim_until),
        "message_id": post.message_id,
        "sent_at": ms_or_none(post.sent_at),
        "reason": post.reason,
    }

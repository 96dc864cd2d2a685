"""Rows of `answer` and `reveal`: recording an answer with all that follows from it, and finding it again."""

import sqlite3
from collections.abc import Collection, Mapping
from datetime import date, datetime

from bot.domain.answers import Answer, Path
from bot.domain.occurrences import counts
from bot.domain.posts import Post
from bot.domain.streaks import fold
from bot.services.ports import Recorded
from bot.store import occurrences, posts, streaks
from bot.store.columns import instant, ms

_OF_RUNG = """
    SELECT * FROM answer
    WHERE user_id = :user AND occurrence IS :occurrence AND rung = :rung
      AND (occurrence IS NOT NULL OR question_id = :question)
"""
"""A member's texts for one rung of an occurrence, or of a question in practice."""


def record(db: sqlite3.Connection, answer: Answer, unlocks: Post | None) -> Recorded:
    former = db.execute("SELECT * FROM answer WHERE source = ?", (answer.source,)).fetchone()
    if former is not None:
        return _replayed(db, former)
    before = streaks.stored(db, answer.guild_id, answer.user_id)
    earned = _earned(db, answer)
    is_news = earned is not None and not streaks.has_answered(db, answer.guild_id, answer.user_id, earned)
    version = _next_version(db, answer)
    after_reveal = _was_revealed(db, answer)
    _insert(db, answer, version=version, earned=earned, after_reveal=after_reveal)
    if unlocks is not None:
        posts.add(db, unlocks)
    if is_news:
        streaks.refold(db, answer.guild_id, [answer.user_id])
    return Recorded(
        is_replay=False,
        version=version,
        counts=earned is not None,
        after_reveal=after_reveal,
        members=occurrences.members(db, answer.occurrence) if answer.occurrence else 0,
        before=before,
        streak=streaks.stored(db, answer.guild_id, answer.user_id),
    )


def latest(db: sqlite3.Connection, user_id: int, question_id: str, occurrence: str | None, rung: int) -> Answer | None:
    row = db.execute(
        f"{_OF_RUNG} ORDER BY at DESC, n DESC LIMIT 1",
        {"user": user_id, "question": question_id, "occurrence": occurrence, "rung": rung},
    ).fetchone()
    return _of_row(row) if row else None


def from_source(db: sqlite3.Connection, source: str) -> Answer | None:
    row = db.execute("SELECT * FROM answer WHERE source = ?", (source,)).fetchone()
    return _of_row(row) if row else None


def rungs(db: sqlite3.Connection, user_id: int, question_id: str, occurrence: str | None) -> Collection[int]:
    rows = db.execute(
        """
        SELECT DISTINCT rung FROM answer
        WHERE user_id = :user AND occurrence IS :occurrence AND (
            occurrence IS NOT NULL OR question_id = :question AND n >= (
                SELECT coalesce(max(n), 0) FROM answer
                WHERE user_id = :user AND question_id = :question AND occurrence IS NULL AND rung = 0
            )
        )
        """,
        {"user": user_id, "question": question_id, "occurrence": occurrence},
    )
    return frozenset(row["rung"] for row in rows)


def practised(db: sqlite3.Connection, user_id: int) -> Collection[str]:
    rows = db.execute("SELECT DISTINCT question_id FROM answer WHERE user_id = ?", (user_id,))
    return frozenset(row["question_id"] for row in rows)


def newest(db: sqlite3.Connection, user_id: int) -> Mapping[str, str]:
    rows = db.execute("SELECT question_id, text FROM answer WHERE user_id = ? AND rung = 0 ORDER BY n", (user_id,))
    return {row["question_id"]: row["text"] for row in rows}


def record_reveal(db: sqlite3.Connection, user_id: int, question_id: str, at: datetime) -> None:
    db.execute(
        """
        INSERT INTO reveal (user_id, question_id, at) VALUES (?, ?, ?)
        ON CONFLICT (user_id, question_id) DO UPDATE SET at = excluded.at WHERE excluded.at < reveal.at
        """,
        (user_id, question_id, ms(at)),
    )


def _replayed(db: sqlite3.Connection, row: sqlite3.Row) -> Recorded:
    """What was said of a stored answer, as far as it still holds, so that a lost reply can be given again."""
    guild_id, user_id, earned = row["guild_id"], row["user_id"], row["earned"]
    streak = streaks.stored(db, guild_id, user_id)
    before = streak
    first = db.execute(
        "SELECT min(n) FROM answer WHERE guild_id = ? AND user_id = ? AND earned = ?",
        (guild_id, user_id, earned),
    ).fetchone()[0]
    if first == row["n"]:
        facts = streaks.facts(db, guild_id, user_id)
        before = fold(facts.days, facts.answered - {date.fromisoformat(earned)})
    return Recorded(
        is_replay=True,
        version=row["version"],
        counts=earned is not None,
        after_reveal=bool(row["after_reveal"]),
        members=occurrences.members(db, row["occurrence"]) if row["occurrence"] else 0,
        before=before,
        streak=streak,
    )


def _earned(db: sqlite3.Connection, answer: Answer) -> date | None:
    """The local date that an answer earns by being genuine and in time."""
    if not answer.is_genuine:
        return None
    occurrence = occurrences.get(db, answer.occurrence) if answer.occurrence else None
    if occurrence is None or not counts(occurrence, answer.at, occurrences.next_posted(db, occurrence)):
        return None
    return occurrence.day


def _next_version(db: sqlite3.Connection, answer: Answer) -> int:
    row = db.execute(
        f"{_OF_RUNG} ORDER BY version DESC LIMIT 1",
        {
            "user": answer.user_id,
            "question": answer.question_id,
            "occurrence": answer.occurrence,
            "rung": answer.rung,
        },
    ).fetchone()
    return row["version"] + 1 if row else 1


def _was_revealed(db: sqlite3.Connection, answer: Answer) -> bool:
    row = db.execute(
        "SELECT 1 FROM reveal WHERE user_id = ? AND question_id = ? AND at <= ?",
        (answer.user_id, answer.question_id, ms(answer.at)),
    ).fetchone()
    return row is not None


def _insert(db: sqlite3.Connection, answer: Answer, *, version: int, earned: date | None, after_reveal: bool) -> None:
    db.execute(
        """
        INSERT INTO answer (source, guild_id, user_id, question_id, occurrence, rung, text, path, at,
                            version, after_reveal, earned)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            answer.source,
            answer.guild_id,
            answer.user_id,
            answer.question_id,
            answer.occurrence,
            answer.rung,
            answer.text,
            answer.path,
            ms(answer.at),
            version,
            after_reveal,
            earned and earned.isoformat(),
        ),
    )


def _of_row(row: sqlite3.Row) -> Answer:
    return Answer(
        source=row["source"],
        guild_id=row["guild_id"],
        user_id=row["user_id"],
        question_id=row["question_id"],
        occurrence=row["occurrence"],
        rung=row["rung"],
        text=row["text"],
        path=Path(row["path"]),
        at=instant(row["at"]),
    )

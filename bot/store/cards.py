"""How a post moves: the claim that fixes what a card says, and every later step with what follows from it."""

import sqlite3
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.posts import Claimed, Event, Post, PostKind, PostState, Requested, is_free, step
from bot.services.ports import Choose
from bot.store import occurrences, posts, rotation, streaks, troubles
from bot.store.columns import ms_or_none


def claim(
    db: sqlite3.Connection,
    key: str,
    now: datetime,
    choose: Choose,
    promised_until: datetime | None,
    *,
    company: str | None,
) -> Occurrence | None:
    """Claims a card; `choose` runs on the store's thread."""
    found = occurrences.get(db, key)
    if found is None or not is_free(found.post, now):
        return None
    if found.post.first_attempt is None:  # a later attempt sends the same card again
        question_id = found.question_id or rotation.take(db, found.guild_id, found.schedule_id, choose)
        db.execute(
            "UPDATE occurrence SET question_id = ?, promised_until = ?, company = ? WHERE key = ?",
            (question_id, ms_or_none(promised_until), company, key),
        )
    posts.rewrite(db, step(found.post, Claimed(), now))
    return occurrences.get(db, key)


def advance(db: sqlite3.Connection, post: Post, event: Event, now: datetime) -> Post | None:
    """Moves a post on; raises `bot.domain.posts.IllegalMove` for a move that its state does not have."""
    stored = posts.get(db, post.key)
    if stored is None or (stored.state, stored.attempts) != (post.state, post.attempts):
        return None
    posts.rewrite(db, step(stored, event, now))
    if isinstance(event, Claimed):
        posts.mark_current(db, post.key)
    moved = posts.get(db, post.key)
    if moved is not None and moved.kind is PostKind.CARD:
        if isinstance(event, Requested):
            occurrences.request(db, moved.subject, now)
        if moved.state is PostState.SENT:
            _delivered(db, moved.subject, now)
    return moved


def _delivered(db: sqlite3.Connection, key: str, now: datetime) -> None:
    occurrence = occurrences.get(db, key)
    if occurrence is not None:
        streaks.open_day(db, occurrence.guild_id, occurrence.day)
        troubles.end(db, occurrence.guild_id, occurrence.schedule_id, now)

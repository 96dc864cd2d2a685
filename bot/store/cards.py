"""How a post moves: the claim that fixes a card's question, and every later step of a card, rung or hint."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.occurrences import Occurrence
from bot.domain.posts import Claimed, Event, Post, PostKind, PostState, step
from bot.store import occurrences, posts, streaks
from bot.store.columns import ms_or_none


def claim(
    db: sqlite3.Connection,
    key: str,
    now: datetime,
    choose: Callable[[Sequence[str]], str],
    promised_until: datetime | None,
) -> Occurrence | None:
    """Claims a card; `choose` runs on the store's thread."""
    found = occurrences.get(db, key)
    if found is None or not _is_free(found.post, now):
        return None
    if found.post.first_attempt is None:  # a later attempt sends the same card again
        question_id = found.question_id or choose(occurrences.asked(db, found.guild_id))
        db.execute(
            "UPDATE occurrence SET question_id = ?, promised_until = ? WHERE key = ?",
            (question_id, ms_or_none(promised_until), key),
        )
    posts.rewrite(db, step(found.post, Claimed(), now))
    return occurrences.get(db, key)


def advance(db: sqlite3.Connection, post: Post, event: Event, now: datetime) -> Post | None:
    """Moves a post on; raises `bot.domain.posts.IllegalMove` for a move that its state does not have."""
    stored = posts.get(db, post.key)
    if stored is None or (stored.state, stored.attempts) != (post.state, post.attempts):
        return None
    posts.rewrite(db, step(stored, event, now))
    moved = posts.get(db, post.key)
    if moved is not None and moved.kind is PostKind.CARD and moved.state is PostState.SENT:
        sent = occurrences.get(db, moved.occurrence)
        if sent is not None:
            streaks.open_day(db, sent.guild_id, sent.day)
    return moved


def _is_free(post: Post, now: datetime) -> bool:
    if post.state is PostState.SENDING:
        return post.claim_until is not None and post.claim_until <= now
    return post.state is PostState.DUE

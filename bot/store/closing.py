"""The end of an occurrence: which are over, closing one with its day, and the cards that still look open."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.occurrences import Occurrence, counts
from bot.store import occurrences, streaks
from bot.store.columns import ms

# As a plain condition it would be looked for among all posts there ever were.
_IS_UNCLOSED = "o.key IN (SELECT key FROM occurrence WHERE closed_at IS NULL)"

_WAS_FOLLOWED = """
    EXISTS (
        SELECT 1 FROM occurrence AS later JOIN post AS card ON card.key = later.key
        WHERE later.schedule_id = o.schedule_id AND later.scheduled > o.scheduled AND card.sent_at IS NOT NULL
    )
"""


def closable(db: sqlite3.Connection, now: datetime) -> Sequence[Occurrence]:
    rows = db.execute(
        f"{occurrences.SELECT} WHERE {_IS_UNCLOSED} AND post.state = 'sent' AND {_WAS_FOLLOWED}"
        " ORDER BY o.scheduled, o.key"
    )
    followed = [occurrences.of_row(row) for row in rows]
    return [o for o in followed if not counts(o, now, occurrences.next_posted(db, o))]


def close(db: sqlite3.Connection, key: str, now: datetime, outage: str | None) -> None:
    occurrence = occurrences.get(db, key)
    if occurrence is None or not occurrence.is_open:
        return
    db.execute("UPDATE occurrence SET closed_at = ? WHERE key = ?", (ms(now), key))
    others = occurrences.opened(db, occurrence.guild_id)
    if all(other.day != occurrence.day for other in others):
        streaks.settle_day(db, occurrence.guild_id, occurrence.day, outage)


def cards_to_close(db: sqlite3.Connection) -> Sequence[Occurrence]:
    rows = db.execute(
        f"""{occurrences.SELECT} WHERE o.closed_at IS NOT NULL AND o.card_shows_it = 0
        ORDER BY o.closed_at, o.key"""
    )
    return [occurrences.of_row(row) for row in rows]


def card_closed(db: sqlite3.Connection, key: str) -> None:
    db.execute("UPDATE occurrence SET card_shows_it = 1 WHERE key = ?", (key,))

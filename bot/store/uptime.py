"""Rows of `uptime`: the spans in which the bot was running."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.streaks import Uptime
from bot.store.columns import instant, ms

SILENCE = timedelta(minutes=5)
"""A run that was silent for longer was not running."""


def beat(db: sqlite3.Connection, run: str, now: datetime) -> None:
    extended = db.execute(
        """
        UPDATE uptime SET ended = max(ended, :now)
        WHERE n = (SELECT max(n) FROM uptime WHERE run = :run) AND ended >= :heard
        """,
        {"run": run, "now": ms(now), "heard": ms(now - SILENCE)},
    )
    if extended.rowcount == 0:
        db.execute("INSERT INTO uptime (run, started, ended) VALUES (?, ?, ?)", (run, ms(now), ms(now)))


def touching(db: sqlite3.Connection, since: datetime, until: datetime) -> Sequence[Uptime]:
    rows = db.execute(
        "SELECT started, ended FROM uptime WHERE ended >= ? AND started <= ? ORDER BY started, n",
        (ms(since), ms(until)),
    )
    return [Uptime(instant(row["started"]), instant(row["ended"])) for row in rows]

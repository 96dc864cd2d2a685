"""Rows of `drill`: what members practise of the rapid-fire prompts, alone."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from bot.store.columns import instant, ms


def record(db: sqlite3.Connection, user_id: int, prompt: str, source: str, at: datetime, *, accepted: bool) -> None:
    db.execute(
        """
        INSERT INTO drill (user_id, prompt, source, accepted, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (source) DO NOTHING
        """,
        (user_id, prompt, source, accepted, ms(at)),
    )


def latest(db: sqlite3.Connection, user_id: int) -> Mapping[str, tuple[bool, datetime]]:
    """Each prompt that a member practised: whether the last answer counted, and when that was."""
    rows = db.execute("SELECT prompt, accepted, at FROM drill WHERE user_id = ? ORDER BY n", (user_id,))
    return {row["prompt"]: (bool(row["accepted"]), instant(row["at"])) for row in rows}

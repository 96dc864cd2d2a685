"""Letting time pass for a bot that is not running: its database is made to look older."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

_INSTANTS = ("due", "first_attempt", "last_attempt", "claim_until")


def age_posts(database: Path, by: timedelta) -> None:
    """Moves every unfinished post's instants into the past, as if the bot had been away for that long."""
    with closing(sqlite3.connect(database)) as db, db:
        moved = ", ".join(f"{column} = {column} - :ms" for column in _INSTANTS)
        db.execute(
            f"UPDATE post SET {moved} WHERE state IN ('due', 'sending')",
            {"ms": int(by.total_seconds() * 1000)},
        )


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """What a query finds, while the bot may be running."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()

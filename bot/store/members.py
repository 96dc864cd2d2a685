"""Rows of `member_settings`."""

import sqlite3


def company(db: sqlite3.Connection, guild_id: int, user_id: int) -> str | None:
    row = db.execute(
        "SELECT company FROM member_settings WHERE guild_id = ? AND user_id = ?", (guild_id, user_id)
    ).fetchone()
    return row["company"] if row else None


def save_company(db: sqlite3.Connection, guild_id: int, user_id: int, chosen: str | None) -> None:
    db.execute(
        """
        INSERT INTO member_settings (guild_id, user_id, company) VALUES (?, ?, ?)
        ON CONFLICT (guild_id, user_id) DO UPDATE SET company = excluded.company
        """,
        (guild_id, user_id, chosen),
    )

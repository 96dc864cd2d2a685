"""Rows of `fact`: small texts that the installation remembers about itself."""

import sqlite3


def recall(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT text FROM fact WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["text"])


def remember(db: sqlite3.Connection, name: str, text: str) -> None:
    db.execute(
        "INSERT INTO fact (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
        (name, text),
    )

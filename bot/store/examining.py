"""Looking at a database from outside, without changing it and without needing its lock."""

import sqlite3
from pathlib import Path

from bot.store import migrate, opening

_SAFE_FROM = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The SQLite releases in which the WAL-reset bug (since 3.7.0) is fixed; the latter two are back-ports."""


def examine(path: Path) -> str:
    """What there is to say about a healthy database; raises `StoreError` for any other."""
    opening.check_place(path)
    if not path.exists():
        return f"{path} does not exist yet; the bot creates it"
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        migrate.check_owner(db, path)
        migrate.check_version(db, path, migrate.shipped())
        opening.check_health(db, path)
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise opening.explain(error, path) from error
    finally:
        db.close()
    size = path.stat().st_size / 1_000_000
    return f"{path} is whole: schema {version}, {size:.1f} MB"


def is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can lose data when two connections write at once.

    Source: the release notes of SQLite 3.51.3. The store has one writing connection and so is not exposed.
    """
    newest, *back_ports = _SAFE_FROM
    return version >= newest or any(version[:2] == fixed[:2] and version >= fixed for fixed in back_ports)

"""Getting a database file ready for use, or telling the operator in one sentence why it can't be used."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.store import migrate
from bot.store.errors import StoreError, cause

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with strict tables."""


def check_place(path: Path) -> None:
    """Raises `StoreError` if there can be no database of ours at `path`."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"This Python brings SQLite {sqlite3.sqlite_version}, which is too old; use one with SQLite 3.37 or newer."
        )
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file in it for the database, such as {path / 'coach.db'}.")
    if not path.parent.is_dir():
        raise StoreError(
            f"The folder {path.parent} does not exist; create it, or choose another place for the database."
        )


def prepare(db: sqlite3.Connection, path: Path, migrations: Sequence[migrate.Migration]) -> None:
    """Checks the file behind a new read-write connection, brings its schema up to date and sets it up.

    Raises `StoreError` for a file that isn't ours, or not ours any more, and leaves such a file as it was.
    """
    try:
        migrate.check_owner(db, path)
        migrate.check_version(db, path, migrations)
        check_health(db, path)
        _configure(db, path)
        migrate.migrate(db, migrations)
        db.execute("PRAGMA foreign_keys = ON")
        # Only a write tells that a file may not be written; this one changes nothing.
        db.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence for what SQLite says of a file that it can't open."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
        return StoreError(f"{path} is not a database; choose another file, or move that one away.")
    if why := cause(error):
        return StoreError(f"{path} can't be used, because {why}; see to that and start again.")
    return StoreError(f"{path} can't be used ({error}); restore a backup, or choose another file.")


def check_health(db: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreError` if the file is damaged."""
    damage = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise StoreError(f"{path} is damaged ({damage.splitlines()[-1]}); stop here and restore a backup.")


def _configure(db: sqlite3.Connection, path: Path) -> None:
    mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":  # as on some network drives, where the readers could not share memory with the writer
        raise StoreError(f"{path} is on a drive without shared memory; move the database to a local disk.")
    db.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits with the power; groups pay for FULL

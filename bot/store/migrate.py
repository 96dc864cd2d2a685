"""Bringing a database's schema up to date: numbered SQL files, forward only, each in one transaction."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.store.errors import StoreError

APPLICATION_ID = 0x49_43_6F_61  # "ICoa"
"""Marks a SQLite file as ours."""

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """The step to schema `version`, as a script without transaction statements."""

    version: int
    script: str


def shipped() -> Sequence[Migration]:
    """The migrations that came with this program, in order of version."""
    scripts = files("bot.store").joinpath("migrations").iterdir()
    named = [(match, file) for file in scripts if (match := _NAME.fullmatch(file.name))]
    found = [Migration(int(match[1]), file.read_text("utf-8")) for match, file in named]
    return sorted(found, key=lambda m: m.version)


def check_owner(db: sqlite3.Connection, path: Path) -> None:
    """Raises `StoreError` if the file is neither empty nor ours."""
    owner = _number(db, "application_id")
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    is_empty = owner == 0 and not tables and not _number(db, "user_version")
    if owner != APPLICATION_ID and not is_empty:
        raise StoreError(f"{path} is a database of another application; choose another file, or move that one away.")


def check_version(db: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Raises `StoreError` if a newer program has changed the schema."""
    version, newest = _number(db, "user_version"), migrations[-1].version
    if version > newest:
        raise StoreError(
            f"{path} was written by a newer version of this program (schema {version}, ours is {newest}); "
            "update the program, or restore a backup from before that update."
        )


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Applies the migrations that the database has not seen, and leaves foreign keys unchecked."""
    version = _number(db, "user_version")
    db.execute("PRAGMA foreign_keys = OFF")  # a table may have to be rebuilt; each step checks before its commit
    for migration in migrations:
        if migration.version > version:
            _apply(db, migration)


def _apply(db: sqlite3.Connection, migration: Migration) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(migration.script):
            db.execute(statement)
        if broken := db.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(f"migration {migration.version} leaves {broken[0]} without its {broken[2]}")
        # Both numbers live in the file's header, which the transaction covers like any other page.
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {migration.version}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script. `sqlite3.executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if not statement and (not line.strip() or line.lstrip().startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"this statement of a migration has no end: {statement.strip()}")


def _number(db: sqlite3.Connection, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])

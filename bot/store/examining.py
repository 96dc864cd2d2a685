"""Looking at a database from outside, without changing it and without needing its lock."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.services.ports import ClaimedPoint
from bot.services.rapidfire_ports import Appeal
from bot.store import appeals, claims, migrate, opening

_Row = TypeVar("_Row")

_SAFE_FROM = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The SQLite releases in which the WAL-reset bug (since 3.7.0) is fixed; the latter two are back-ports."""


def examine(path: Path) -> str:
    """What there is to say about a healthy database; raises `StoreError` for any other."""
    opening.check_place(path)
    if not path.exists():
        return f"{path} does not exist yet; the bot creates it"
    with _reading(path) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
    size = path.stat().st_size / 1_000_000
    return f"{path} is whole: schema {version}, {size:.1f} MB"


def claimed(path: Path, question_id: str | None) -> Sequence[ClaimedPoint]:
    """What members say that the grader missed, as `Store.claims` gives it; raises `StoreError`."""
    return _read(path, lambda db: claims.of(db, question_id))


def upheld(path: Path) -> Sequence[Appeal]:
    """Rapid-fire answers that moderators let count, as `Rounds.upheld_appeals` gives them; raises `StoreError`."""
    return _read(path, appeals.upheld)


def _read(path: Path, read: Callable[[sqlite3.Connection], Sequence[_Row]]) -> Sequence[_Row]:
    opening.check_place(path)
    if not path.exists():
        return ()
    with _reading(path) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] < len(migrate.shipped()):
            return ()  # the bot has not run since these came to be kept
        return read(db)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A database of ours that is whole, for reading; raises `StoreError` for any other."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        migrate.check_owner(db, path)
        migrate.check_version(db, path, migrate.shipped())
        opening.check_health(db, path)
        yield db
    except sqlite3.Error as error:
        raise opening.explain(error, path) from error
    finally:
        db.close()


def is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can lose data when two connections write at once.

    Source: the release notes of SQLite 3.51.3. The store has one writing connection and so is not exposed.
    """
    newest, *back_ports = _SAFE_FROM
    return version >= newest or any(version[:2] == fixed[:2] and version >= fixed for fixed in back_ports)

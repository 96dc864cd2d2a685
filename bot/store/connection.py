"""One SQLite connection with a thread of its own, on which whole functions run. No SQL of ours lives here."""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal, TypeVar

import aiosqlite

T = TypeVar("T")

BUSY = 5_000
"""Milliseconds to wait for another program's lock. Ours never wait for one another: there is one writer."""


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that takes functions instead of statements.

    A function runs from its first statement to its last with nobody in between; that is what makes it a
    transaction. aiosqlite's own methods run single statements, which two tasks could interleave.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        # Otherwise a connection that a crash left unclosed would keep the process alive for ever.
        self._thread.daemon = True
        self.waiting = 0

    @classmethod
    async def open_at(cls, path: Path, mode: Literal["rwc", "ro"]) -> "Connection":
        """Opens the file at an absolute path, creating it in mode `rwc`; raises `sqlite3.Error`."""
        uri = f"{path.as_uri()}?mode={mode}"

        def connect() -> sqlite3.Connection:
            db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY / 1000, cached_statements=256)
            db.row_factory = sqlite3.Row
            return db

        connection = cls(connect)
        await connection
        return connection

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` returns on the connection's thread; once begun it is finished, even if nobody waits."""
        execute: Callable[..., Awaitable[T]] = self._execute
        self.waiting += 1
        try:
            return await execute(work, self._conn)
        finally:
            self.waiting -= 1


async def read(connections: list[Connection], query: Callable[[sqlite3.Connection], T]) -> T:
    """What `query` finds on the least busy of `connections`, all of it in one snapshot."""
    connection = min(connections, key=lambda c: c.waiting)
    return await connection.run(lambda db: _in_snapshot(db, query))


def _in_snapshot(db: sqlite3.Connection, query: Callable[[sqlite3.Connection], T]) -> T:
    db.execute("BEGIN")
    try:
        return query(db)
    finally:
        db.execute("ROLLBACK")

"""What the store says to the operator when it can't start, and the plain wording of SQLite's own troubles."""

import sqlite3

_CAUSES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the database may only be read",
    sqlite3.SQLITE_BUSY: "another program is holding the database",
    sqlite3.SQLITE_LOCKED: "another program is holding the database",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_CANTOPEN: "the database file can't be opened",
    sqlite3.SQLITE_PERM: "the database file may not be opened",
}


class StoreError(Exception):
    """The store can't be opened; the message is one sentence for the operator that says what to do."""


def cause(error: Exception) -> str | None:
    """Why the machine refused a statement, as a clause; None if the statement or the file is at fault."""
    # The lower eight bits are the kind; the rest only tells where inside SQLite it arose.
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return None if code is None else _CAUSES.get(code & 0xFF)

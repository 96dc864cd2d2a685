"""Schema changes: every step whole or not at all, in order, once."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bot.store.migrate import Migration, migrate, shipped

FIRST = Migration(1, "CREATE TABLE a (x INTEGER) STRICT;\nINSERT INTO a VALUES (1);\n")
SECOND = Migration(2, "-- more\nALTER TABLE a ADD COLUMN y TEXT DEFAULT 'a;b';\nUPDATE a SET x = 2;\n")
BROKEN = Migration(3, "CREATE TABLE b (x);\nINSERT INTO b VALUES (1);\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def db(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        yield connection


def version(db: sqlite3.Connection) -> int:
    return db.execute("PRAGMA user_version").fetchone()[0]


def tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_the_shipped_steps_are_numbered_without_a_gap():
    """Every step that comes with the program is found, in order."""
    assert [step.version for step in shipped()] == list(range(1, len(shipped()) + 1))


def test_steps_are_applied_in_order_and_once(db):
    """An older database catches up, and a start with nothing to do changes nothing."""
    migrate(db, [FIRST])
    migrate(db, [FIRST, SECOND])
    migrate(db, [FIRST, SECOND])
    assert db.execute("SELECT x, y FROM a").fetchall() == [(2, "a;b")]
    assert version(db) == 2


def test_a_step_that_fails_is_undone_and_the_ones_before_are_kept(db):
    """A mistake in a step leaves the database as the step before had it."""
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, [FIRST, SECOND, BROKEN])
    assert (version(db), tables(db)) == (2, {"a"})


def test_a_step_that_breaks_a_reference_is_undone(db):
    """A step may rebuild tables, but may leave no row without the one it refers to."""
    migrate(db, [FIRST])
    breaks = Migration(2, "CREATE TABLE c (a INTEGER REFERENCES a (rowid));\nINSERT INTO c VALUES (9);\n")
    with pytest.raises(sqlite3.DatabaseError):
        migrate(db, [FIRST, breaks])
    assert (version(db), tables(db)) == (1, {"a"})


def test_a_step_with_a_loose_end_is_refused(db):
    """A statement without its semicolon is not silently left out."""
    with pytest.raises(ValueError, match="no end: DROP TABLE a"):
        migrate(db, [FIRST, Migration(2, "CREATE TABLE c (x);\nDROP TABLE a\n")])
    assert (version(db), tables(db)) == (1, {"a"})


def test_a_trigger_is_one_statement(db):
    """Semicolons inside a trigger don't cut it in two."""
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  UPDATE a SET x = 3;\n  UPDATE a SET x = 4;\nEND;\n"
    migrate(db, [FIRST, Migration(2, trigger)])
    db.execute("INSERT INTO a VALUES (1)")
    assert db.execute("SELECT x FROM a").fetchall() == [(4,), (4,)]


def test_a_process_killed_half_way_leaves_the_step_undone(tmp_path, db):
    """If the machine dies during an update, the next start finds the old schema and repeats the step."""
    script = """
import os, signal, sqlite3, sys
from bot.store.migrate import Migration, migrate
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA cache_size = 10")  # so that the half-done work reaches the file
db.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
fill = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000)"
fill += " INSERT INTO b SELECT x FROM n;"
first = Migration(1, "CREATE TABLE a (x INTEGER);\\nINSERT INTO a VALUES (1);\\n")
migrate(db, [first, Migration(2, f"CREATE TABLE b (x INTEGER);\\n{fill}\\nDROP TABLE a;\\nSELECT die();\\n")])
"""
    killed = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "x.db"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=30,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert (version(db), tables(db)) == (1, {"a"})
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    migrate(db, [FIRST, SECOND])
    assert version(db) == 2

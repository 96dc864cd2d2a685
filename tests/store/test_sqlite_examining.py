"""Looking at a database from outside, as `interview-coach doctor` does."""

import sqlite3

import pytest

from bot.store.errors import StoreError
from bot.store.examining import examine, is_safe
from bot.store.sqlite import SqliteStore


async def test_a_database_in_use_can_be_examined(tmp_path):
    """The doctor needs no lock and changes nothing."""
    store = SqliteStore(tmp_path / "coach.db")
    await store.open()
    try:
        assert "is whole" in examine(tmp_path / "coach.db")
    finally:
        await store.close()


def test_a_database_that_is_not_there_yet_is_no_problem(tmp_path):
    """The bot will create it."""
    assert "does not exist yet" in examine(tmp_path / "coach.db")


async def test_a_newer_database_is_named_as_such(tmp_path):
    """The operator learns why the bot would refuse it."""
    store = SqliteStore(tmp_path / "coach.db")
    await store.open()
    await store.close()
    db = sqlite3.connect(tmp_path / "coach.db")
    db.execute("PRAGMA user_version = 999")
    db.close()

    with pytest.raises(StoreError, match="newer"):
        examine(tmp_path / "coach.db")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((4, 0, 0), True),
    ],
)
def test_releases_with_the_wal_reset_bug_are_known(version, safe):
    """Two older lines have the fix as well."""
    assert is_safe(version) is safe

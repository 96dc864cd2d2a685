"""Starting up: what is made of a new file, and one sentence for each file that can't be used."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.errors import StoreError
from bot.store.lock import Lock
from bot.store.migrate import APPLICATION_ID, shipped
from bot.store.opening import prepare
from bot.store.sqlite import SqliteStore
from tests.store.backends import sqlite


async def refusal(path: Path) -> str:
    """What the operator reads when the store refuses to open `path`."""
    with pytest.raises(StoreError) as refused:
        await SqliteStore(path).open()
    sentence = str(refused.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


async def test_a_new_file_is_set_up_for_safety(sqlite_store):
    """A fresh database is marked as ours, durable at each commit, and checks its references."""

    def settings(db: sqlite3.Connection) -> list[object]:
        names = ("application_id", "user_version", "journal_mode", "synchronous", "foreign_keys")
        return [db.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    full = 2
    assert await sqlite_store._writer._connection.run(settings) == [
        APPLICATION_ID,
        shipped()[-1].version,
        "wal",
        full,
        1,
    ]


async def test_everything_is_there_after_a_restart(tmp_path):
    """Stopping and starting the bot loses nothing."""
    async with sqlite(tmp_path) as store:
        await store.remember("kept", "text")
    async with sqlite(tmp_path) as store:
        assert await store.recall("kept") == "text"


def test_a_second_process_is_refused(tmp_path):
    """Two bots on one database: the second is told which file is in use and what to do."""
    script = (
        "import asyncio, sys; from pathlib import Path; from bot.store.sqlite import SqliteStore\n"
        "asyncio.run(SqliteStore(Path(sys.argv[1])).open())"
    )
    path = tmp_path / "coach.db"
    held = Lock(path)
    second = subprocess.run(
        [sys.executable, "-c", script, path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    held.release()
    assert second.returncode == 1
    sentence = second.stderr.strip().splitlines()[-1]
    assert f"{path} is in use by another process, which holds coach.db.lock; stop that one first" in sentence
    assert not path.exists()


async def test_another_name_of_the_same_file_is_refused_as_well(sqlite_store, tmp_path):
    """A link to the database is no way around its lock."""
    link = tmp_path / "link.db"
    link.symlink_to(sqlite_store.path)
    with pytest.raises(StoreError, match="in use"):
        await SqliteStore(link).open()


async def test_a_file_is_free_again_after_closing_and_after_a_refusal(tmp_path):
    """Neither a clean stop nor a failed start leaves a lock behind."""
    path = tmp_path / "coach.db"
    path.write_text("not a database, but long enough to look at\n" * 50)
    await refusal(path)
    path.unlink()
    for _ in range(2):
        async with sqlite(tmp_path) as store:
            await store.remember("open", "again")


async def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Pointing the bot at a text file by mistake destroys nothing."""
    path = tmp_path / "notes.txt"
    text = "dear diary\n" * 100
    path.write_text(text)
    assert "is not a database" in await refusal(path)
    assert path.read_text() == text


async def test_a_folder_is_refused(tmp_path):
    """Naming a folder brings a hint to name a file in it."""
    assert "is a folder" in await refusal(tmp_path)


async def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    """A typing mistake in the path makes no second database."""
    path = tmp_path / "dta" / "coach.db"
    with pytest.raises(StoreError, match=r"dta does not exist; create it"):
        await SqliteStore(path).open()
    assert not path.parent.exists()


async def test_a_folder_that_can_not_be_written_is_refused(tmp_path):
    """A read-only volume is named, with what to do about it."""
    path = tmp_path / "coach.db"
    (tmp_path / "coach.db.lock").mkdir()  # refuses writing to everybody, even to the administrator
    with pytest.raises(StoreError, match=r"can't be written .* right to write in its folder"):
        await SqliteStore(path).open()


async def test_a_database_file_that_may_only_be_read_is_refused(tmp_path):
    """A database that could not take a single answer is told at start-up, not at the first answer."""
    async with sqlite(tmp_path) as store:
        path = store.path
    uri = f"{path.as_uri()}?mode=ro"  # rights don't bind the administrator, who may be running this
    refused = pytest.raises(StoreError, match="because the database may only be read; see to that")
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as db, refused:
        prepare(db, path, shipped())


async def test_a_database_of_another_application_is_refused_and_left_alone(tmp_path):
    """Somebody else's tables stay somebody else's."""
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (x)")
        db.commit()
    before = path.read_bytes()
    assert "of another application" in await refusal(path)
    assert path.read_bytes() == before


async def test_a_marked_but_empty_database_of_another_application_is_refused(tmp_path):
    """The mark alone is enough."""
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 12345")
    assert "of another application" in await refusal(path)


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path):
    """An old program does not touch what a newer one has written."""
    async with sqlite(tmp_path) as store:
        path = store.path
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 1000")
    before = path.read_bytes()
    sentence = await refusal(path)
    assert f"schema 1000, ours is {shipped()[-1].version}" in sentence
    assert "update the program" in sentence
    assert path.read_bytes() == before


async def test_a_damaged_database_is_refused(tmp_path):
    """A file with broken pages is found at start-up, and a backup is asked for."""
    async with sqlite(tmp_path) as store:
        for n in range(200):
            await store.remember(f"fact {n}", "text" * 20)
        path = store.path
    content = bytearray(path.read_bytes())
    content[4096 : 4096 + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))
    assert "restore a backup" in await refusal(path)


async def test_a_path_with_odd_characters_is_no_problem(tmp_path):
    """Blanks, question marks and hashes in a folder's name are part of the name."""
    folder = tmp_path / "my data? 100% #1"
    folder.mkdir()
    async with sqlite(folder) as store:
        await store.remember("open", "yes")
        assert await store.recall("open") == "yes"
    assert (folder / "coach.db").is_file()

"""The one writer: groups, failures that stay with their caller, full and locked disks, and its own death."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.services.errors import NotSaved
from bot.store.sqlite import SqliteStore


def failing(_: sqlite3.Connection) -> None:
    raise LookupError("no such thing")


def noting(name: str, text: str = ""):
    """A unit that adds a fact and refuses to add it twice."""

    def unit(db: sqlite3.Connection) -> str:
        db.execute("INSERT INTO fact (name, text) VALUES (?, ?)", (name, text))
        return name

    return unit


def on_its_thread(store: SqliteStore, statement: str):
    """Runs a statement on the writer's connection, outside any unit."""
    return store._writer._connection.run(lambda db: db.execute(statement).fetchall())


async def noted(store: SqliteStore) -> set[str]:
    """The names of all facts."""
    return await store.read(lambda db: {name for (name,) in db.execute("SELECT name FROM fact")})


async def test_writes_that_wait_together_are_committed_together(sqlite_store):
    """A thousand answers in one second cost a few commits, not a thousand."""
    commits: list[str] = []

    def watch(statement: str) -> None:
        if statement == "COMMIT":
            commits.append(statement)

    await sqlite_store._writer._connection.run(lambda db: db.set_trace_callback(watch))
    await asyncio.gather(*(sqlite_store.remember(f"fact {n}", "text") for n in range(1_000)))
    assert len(await noted(sqlite_store)) == 1_000
    assert len(commits) <= 6


async def test_a_unit_that_fails_leaves_nothing_and_disturbs_nobody(sqlite_store):
    """One member's failing write is theirs alone, even in the middle of a group."""

    def half(db: sqlite3.Connection) -> None:
        noting("half")(db)
        noting("a")(db)

    run = sqlite_store._writer.run
    results = await asyncio.gather(
        *(run(unit) for unit in (noting("a"), failing, half, noting("b"))), return_exceptions=True
    )
    assert results[0] == "a"
    assert isinstance(results[1], LookupError)
    assert isinstance(results[2], sqlite3.IntegrityError)
    assert results[3] == "b"
    assert await noted(sqlite_store) == {"a", "b"}


async def test_a_caller_that_gives_up_abandons_only_the_wait(sqlite_store):
    """A write that was handed in happens, even if nobody waits for its receipt any more."""
    impatient = asyncio.create_task(sqlite_store.remember("kept", "text"))
    patient = asyncio.create_task(sqlite_store.remember("also", "text"))
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    await patient
    assert await noted(sqlite_store) == {"kept", "also"}


async def test_a_receipt_means_that_another_connection_sees_it(sqlite_store):
    """What is called saved is in the file."""
    await sqlite_store.remember("saved", "text")
    with closing(sqlite3.connect(sqlite_store.path)) as other:
        assert other.execute("SELECT text FROM fact").fetchone() == ("text",)


async def test_a_full_disk_saves_nothing_and_says_so(sqlite_store):
    """Everybody in the group that did not fit is told; when there is space again, writing goes on."""
    await sqlite_store.remember("before", "text")
    ((pages,),) = await on_its_thread(sqlite_store, "PRAGMA page_count")
    await on_its_thread(sqlite_store, f"PRAGMA max_page_count = {pages}")
    run = sqlite_store._writer.run
    group = [run(noting("small")), run(noting("big", "x" * 100_000)), run(noting("other"))]
    results = await asyncio.gather(*group, return_exceptions=True)
    assert [type(result) for result in results] == [NotSaved] * 3
    assert "the disk is full" in str(results[0])
    assert await noted(sqlite_store) == {"before"}
    await on_its_thread(sqlite_store, "PRAGMA max_page_count = 100000")
    await sqlite_store.remember("after", "text")
    assert await noted(sqlite_store) == {"before", "after"}


async def test_a_database_that_may_only_be_read_saves_nothing_and_says_so(sqlite_store):
    """A file system that turned read-only is told in plain words, and found again when it recovers."""
    await on_its_thread(sqlite_store, "PRAGMA query_only = ON")
    with pytest.raises(NotSaved, match="may only be read; please try again"):
        await sqlite_store.remember("lost", "text")
    await on_its_thread(sqlite_store, "PRAGMA query_only = OFF")
    await sqlite_store.remember("kept", "text")
    assert await noted(sqlite_store) == {"kept"}


async def test_a_database_that_somebody_holds_saves_nothing_and_says_so(sqlite_store):
    """An operator's open transaction makes writes fail in words, not hang or crash."""
    await on_its_thread(sqlite_store, "PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(sqlite_store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match="another program"):
            await sqlite_store.remember("lost", "text")
        other.execute("ROLLBACK")
    await sqlite_store.remember("kept", "text")
    assert await noted(sqlite_store) == {"kept"}


async def test_a_commit_that_is_refused_fails_the_whole_group(sqlite_store):
    """No receipt is given for a group that the disk refused at its end."""

    def refuse(action: int, operation: str | None, *_: str | None) -> int:
        is_commit = action == sqlite3.SQLITE_TRANSACTION and operation == "COMMIT"
        return sqlite3.SQLITE_DENY if is_commit else sqlite3.SQLITE_OK

    await sqlite_store._writer._connection.run(lambda db: db.set_authorizer(refuse))
    group = [sqlite_store.remember(name, "text") for name in ("a", "b")]
    results = await asyncio.gather(*group, return_exceptions=True)
    assert [type(result) for result in results] == [NotSaved] * 2
    assert await noted(sqlite_store) == set()


async def test_a_writer_that_dies_is_noticed_and_answers_everybody(sqlite_store):
    """If the writer itself breaks, those who wait are told, later writes fail, and the app hears of it."""

    def vandal(db: sqlite3.Connection) -> None:
        db.execute("ROLLBACK")
        raise LookupError("the transaction is gone")

    watching = asyncio.create_task(sqlite_store.supervise())
    run = sqlite_store._writer.run
    results = await asyncio.gather(run(noting("a")), run(vandal), run(noting("b")), return_exceptions=True)
    assert [type(result) for result in results] == [NotSaved] * 3
    with pytest.raises(LookupError):
        await watching
    with pytest.raises(NotSaved):
        await sqlite_store.remember("late", "text")
    assert await noted(sqlite_store) == set()


async def test_closing_answers_what_was_taken_and_takes_no_more(tmp_path):
    """At shutdown nobody who was promised an answer goes without one, and latecomers are told."""
    store = SqliteStore(tmp_path / "coach.db")
    await store.open()
    watching = asyncio.create_task(store.supervise())
    taken = [asyncio.create_task(store.remember(f"fact {n}", "text")) for n in range(600)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*taken)
    with pytest.raises(NotSaved):
        await store.remember("late", "text")
    await watching
    await store.close()
    assert not (tmp_path / "coach.db-wal").exists()
    with closing(sqlite3.connect(tmp_path / "coach.db")) as db:
        assert db.execute("SELECT count(*) FROM fact").fetchone() == (600,)


async def test_a_write_before_the_store_is_open_is_refused(tmp_path):
    """Nothing is taken that could not be kept."""
    with pytest.raises(NotSaved, match="starting"):
        await SqliteStore(tmp_path / "coach.db").remember("early", "text")


async def test_a_read_is_one_snapshot(sqlite_store):
    """A report that asks twice sees one state, whatever is written in between."""
    reading, written = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def twice(db: sqlite3.Connection) -> tuple[int, int]:
        count = "SELECT count(*) FROM fact"
        first = db.execute(count).fetchone()[0]
        loop.call_soon_threadsafe(reading.set)
        asyncio.run_coroutine_threadsafe(written.wait(), loop).result()
        return first, db.execute(count).fetchone()[0]

    report = asyncio.create_task(sqlite_store.read(twice))
    await reading.wait()
    await sqlite_store.remember("new", "text")
    assert await noted(sqlite_store) == {"new"}  # by the other reader
    written.set()
    assert await report == (0, 0)


async def test_a_reader_can_not_write(sqlite_store):
    """There is one writer, by construction."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await sqlite_store.read(noting("sneaked in"))

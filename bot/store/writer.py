"""The one writer: takes whole transactions from a queue and commits them in groups. It knows no table."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from bot.services.errors import NotSaved
from bot.store.connection import Connection
from bot.store.errors import cause

T = TypeVar("T")

Unit = Callable[[sqlite3.Connection], T]
"""One transaction: it reads and writes on the connection given, and leaves BEGIN and COMMIT to the writer."""

LARGEST_BATCH = 256
"""Units in one commit; it bounds how long the first of them waits for the last."""


@dataclass(frozen=True, slots=True)
class _Done:
    value: Any


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


_Outcome = _Done | _Failed


@dataclass(frozen=True, slots=True)
class _Request:
    unit: Unit[Any]
    future: asyncio.Future[Any]

    def resolve(self, outcome: _Outcome) -> None:
        if self.future.done():  # its caller was cancelled; the work is kept, only the wait was given up
            return
        match outcome:
            case _Done(value):
                self.future.set_result(value)
            case _Failed(error):
                self.future.set_exception(error)


class Writer:
    """Runs units one after another on the read-write connection and answers each once it is durable."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: asyncio.Queue[_Request | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._serve(), name="store-writer")
        self._closing = False

    async def run(self, unit: Unit[T]) -> T:
        """What `unit` returns, once its changes are durable.

        Raises what `unit` raises, with nothing of it kept, and `NotSaved` if the disk did not take it.
        """
        if self._closing or self._task.done():
            raise not_saved("the bot is shutting down")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Request(unit, future))
        return await future

    async def supervise(self) -> None:
        """Returns when the writer was closed; raises what it died of, and then the process should end too."""
        await asyncio.shield(self._task)

    async def close(self) -> None:
        """Takes no more units, and returns when those that were taken are answered."""
        if not self._closing:
            self._closing = True
            self._queue.put_nowait(None)
        await asyncio.wait({self._task})

    async def _serve(self) -> None:
        batch: Sequence[_Request] = ()
        try:
            while batch := await self._next_batch():
                together = partial(_commit, units=[request.unit for request in batch])
                outcomes = await self._connection.run(together)
                for request, outcome in zip(batch, outcomes, strict=True):
                    request.resolve(outcome)
        finally:
            self._closing = True
            left = [self._queue.get_nowait() for _ in range(self._queue.qsize())]
            for lost in (*batch, *left):
                if lost is not None:
                    lost.resolve(_Failed(not_saved("the database stopped working")))

    async def _next_batch(self) -> Sequence[_Request]:
        """The units that wait, at least one; none once the writer was closed and everything is done."""
        batch: list[_Request] = []
        while not batch or (len(batch) < LARGEST_BATCH and not self._queue.empty()):
            request = await self._queue.get()
            if request is None:
                self._queue.put_nowait(None)  # nothing comes after it, so the next call finds it again
                break
            batch.append(request)
        return batch


def not_saved(why: str) -> NotSaved:
    """The error of a write that was not kept, in words for the member who waits for it."""
    return NotSaved(f"Nothing was saved, because {why}; please try again in a few minutes.")


def _commit(db: sqlite3.Connection, units: Sequence[Unit[Any]]) -> Sequence[_Outcome]:
    try:
        # A deferred one that reads before it writes fails at once if somebody wrote in between.
        db.execute("BEGIN IMMEDIATE")
        outcomes = [_attempt(db, unit) for unit in units]
        db.execute("COMMIT")
    except sqlite3.Error as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        why = cause(error)
        if why is None:
            raise
        return [_Failed(not_saved(why)) for _ in units]
    return outcomes


def _attempt(db: sqlite3.Connection, unit: Unit[Any]) -> _Outcome:
    db.execute("SAVEPOINT unit")
    try:
        value = unit(db)
    except Exception as error:  # whatever it is, it belongs to the unit's caller and to nobody else
        if not db.in_transaction:  # a full disk makes SQLite give up the whole transaction, not the statement
            raise
        db.execute("ROLLBACK TO unit")
        db.execute("RELEASE unit")
        why = cause(error)
        return _Failed(not_saved(why) if why else error)
    db.execute("RELEASE unit")
    return _Done(value)

"""The stores that the contract is tried on; a new one is one function and one line in `BACKENDS`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.store.sqlite import SqliteStore


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(folder / "coach.db")
    await store.open()
    try:
        yield store
    finally:
        await store.close()


BACKENDS = {"sqlite": sqlite}

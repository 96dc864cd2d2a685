"""A process that records answers as fast as it can, naming each one once it is saved, until it is killed.

Arguments: the database, and the number of this run.
"""

import asyncio
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from bot.store.sqlite import SqliteStore
from tests.store.scene import DAY, NINE, daily, on, posted, says

MEMBERS = 40


async def main(database: Path, run: int) -> None:
    store = SqliteStore(database)
    await store.open()
    await store.save_schedule(daily())
    now = NINE + run * DAY
    card = await posted(store, on(run), now)
    if run:
        await store.close_occurrence(on(run - 1).key, now, None)
    numbers = count()

    async def member(user_id: int) -> None:
        while True:
            n = next(numbers)
            answer = says(user_id, card, now + timedelta(milliseconds=n), source=f"i:{run}:{n}")
            await store.record_answer(answer, None)
            print(answer.source, flush=True)  # noqa: T201 - the receipt

    await asyncio.gather(*(member(user_id) for user_id in range(MEMBERS)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))

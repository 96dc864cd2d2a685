"""Sudden ends: what was called saved is there afterwards, and nothing keeps a dying process alive."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path

from bot.domain.streaks import fold
from tests.store import answering_process
from tests.store.backends import sqlite
from tests.store.scene import GUILD

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def kill_after(receipts: int, database: Path, run: int) -> list[str]:
    """Lets a process record answers, kills it after so many receipts, and returns all that it gave."""
    command = [sys.executable, answering_process.__file__, database, str(run)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        given = [line.strip() for line in islice(process.stdout, receipts)]
        process.kill()
        # The last line may be cut off in the middle; a receipt ends with its line.
        given += [line.strip() for line in process.stdout if line.endswith("\n")]
    return given


async def test_every_answer_that_was_called_saved_survives_a_kill(tmp_path):
    """However the process ends, each receipt has its row, each streak is the fold, and the file is sound."""
    for run, receipts in enumerate((150, 1, 400)):
        saved = kill_after(receipts, tmp_path / "coach.db", run)
        assert len(saved) >= receipts
        with closing(sqlite3.connect(tmp_path / "coach.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchone() is None
            stored = {source for (source,) in db.execute("SELECT source FROM answer")}
        assert set(saved) <= stored
        async with sqlite(tmp_path) as store:
            for user_id in range(answering_process.MEMBERS):
                facts = await store.streak_facts(GUILD, user_id)
                assert await store.streak(GUILD, user_id) == fold(facts.days, facts.answered)


def test_a_store_that_nobody_closed_does_not_keep_the_process_alive(tmp_path):
    """An error that skips the shutdown ends the process, so that its supervisor can start it again."""
    script = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import SqliteStore
async def main():
    store = SqliteStore(Path(sys.argv[1]))
    await store.open()
    await store.remember("a", "b")
    raise SystemExit(7)
asyncio.run(main())
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "coach.db"],
        env=ENVIRONMENT,
        timeout=30,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (7, "")

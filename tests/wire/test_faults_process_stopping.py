"""Starting again and again, and being stopped in the middle of things, also as process 1 of a container."""

import asyncio
import json
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.telemetry import is_alive
from tests.wire.ageing import rows
from tests.wire.invariants import hold
from tests.wire.variants import VariantBot

PROCESS_1 = ("unshare", "--pid", "--fork", "--mount-proc", "--kill-child")
GOOD = "It compares the direction of two vectors and leaves their length out of it."
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
STARTS = "SELECT text FROM fact WHERE name = 'starts'"


def may_unshare():
    """Whether this machine lets us make a process 1."""
    return subprocess.run([*PROCESS_1, "true"], check=False, capture_output=True).returncode == 0


@pytest.fixture(autouse=True)
async def all_agree(discord, tmp_path):
    """When the bot has stopped, Discord, the database and the receipts tell the same story."""
    yield
    await hold(discord, tmp_path / "coach.db", unfinished=True)


async def test_a_bot_that_started_too_often_waits_and_can_be_stopped_meanwhile(discord, bot, tmp_path):
    """Each start is remembered; the 301st of a day does not connect, and SIGTERM ends the wait (fault 35)."""
    await bot.start_and_connect()
    await bot.kill()
    ((noted,),) = rows(bot.database, STARTS)
    assert len(json.loads(noted)) == 1
    crowded = json.dumps([int(time.time()) - n for n in range(300, 0, -1)])
    with closing(sqlite3.connect(bot.database)) as db, db:
        db.execute("UPDATE fact SET text = ? WHERE name = 'starts'", (crowded,))
    before = await discord.truth()
    pulse = bot.database.with_name(bot.database.name + ".health")
    pulse.unlink()
    await bot.start()
    await bot.wrote("started too often today")

    assert await bot.stop() == 0
    assert is_alive(pulse, datetime.now(UTC))  # waiting is no illness: who restarts the sick would do so for ever
    after = await discord.truth()
    assert len(after.identifies) == len(before.identifies) == 1
    assert after.requests == before.requests
    ((noted,),) = rows(bot.database, STARTS)
    assert len(json.loads(noted)) == 301


async def test_a_bot_can_be_stopped_while_discord_keeps_it_waiting(discord, bot):
    """Discord does not answer at the start; the operator need not wait for that (fault 37)."""
    slow = await discord.fault("GET /users/@me", hold=True, times=None)
    await bot.start()
    await discord.held(slow)

    assert await bot.stop() == 0


async def test_a_stop_amid_a_burst_of_answers_leaves_none_half_done(discord, bot):
    """SIGTERM while 300 members answer: each answer is stored and has its receipt, or neither (fault 37)."""
    names = [f"member{n}" for n in range(300)]
    await discord.configure(check_bodies=False)
    server = await discord.create_server(members=["ada", *names])
    await bot.start_and_connect()
    await server.owner.slash("setup")
    await server.owner.slash("daily now")
    answer = {"channel": str(server.daily.id), "line": "answer", "options": {"text": GOOD}}
    before = (await discord.truth()).count(CALLBACK)
    started = await discord.at_once([("slash", {"user": str(server.person(n).id), **answer}) for n in names])
    await discord.wait("requested", route=CALLBACK, times=before + 20)
    assert await bot.stop() == 0
    seen = await discord.do("interactions", wanted=started)
    stored = {source for (source,) in rows(bot.database, "SELECT source FROM answer")}

    assert {f"i:{each['id']}" for each in seen if each["responded"]} == stored
    assert len(stored) >= 20


@pytest.fixture
def contained(discord, tmp_path):
    """The bot as a container runs it."""
    if not may_unshare():
        pytest.skip("making a process 1 takes rights that we lack here")
    return VariantBot(discord, tmp_path, before=PROCESS_1)


async def test_a_stop_as_process_1_amid_a_burst_of_posts_loses_and_doubles_none(discord, contained):
    """SIGTERM with a part of 20 posts out: exit 0, and after the next start each is there once (fault 37)."""
    bot = contained
    servers = await discord.create_servers(20)
    await bot.start_and_connect()
    await discord.all_shown([await s.owner.start_slash("setup") for s in servers])
    posts = "POST /channels/{channel}/messages"
    for server in servers:
        await server.owner.start_slash("daily now")
    await discord.wait("requested", route=posts, times=8)
    assert await bot.stop() == 0
    bot.check()
    there = len([m for m in await discord.messages() if m.from_bot])

    assert there >= 8
    await bot.start_and_connect()
    await asyncio.gather(*(server.owner.slash_until("daily now", "Next post:") for server in servers))
    assert [len(await discord.posted(server.daily)) for server in servers] == [1] * len(servers)
    assert await bot.stop() == 0
    bot.check()

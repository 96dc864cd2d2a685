"""The process dies by `kill -9` while it posts: each question is there once, whatever was under way."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from random import Random

import pytest

from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.dying import SEND, be_away, die_again_and_again, finish
from tests.wire.inside import last_minute, schedule_all, until

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state"
GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_bot_that_dies_again_and_again_posts_each_question_once(discord, bot):
    """Fifty servers, six deaths at random moments, half of the absences beyond Discord's memory (fault 1)."""
    servers = await discord.create_servers(50)
    await discord.configure(check_bodies=False, latency=0.03)
    await schedule_all(bot.database, servers, last_minute())
    died = await die_again_and_again(discord, bot, Random(1), kills=6, servers=50, most=8)
    await finish(discord, bot, servers, 50)
    await discord.check_bodies_later(every=10)
    await invariants.hold(discord, bot.database)

    assert died == 6
    assert rows(bot.database, CARDS) == [("sent", 50)]


@pytest.mark.parametrize("long", [True, pytest.param(False, marks=pytest.mark.soak)])
async def test_death_at_each_point_of_a_posts_life_is_survived(discord, bot, long):
    """Before and after the claim, the bytes, the reply, the commit, and before the thread (fault 2)."""
    servers = await discord.create_servers(7)
    unclaimed, refused, waiting, sent, made, unwritten, threadless = servers
    await schedule_all(bot.database, servers, last_minute() + timedelta(days=1))
    await bot.start_and_connect()
    await threadless.owner.slash("daily now")
    (card,) = await discord.posted(threadless.daily)
    await discord.do("withhold", events=["MESSAGE_CREATE"])

    thread = await discord.fault("POST /*/threads", hold=True, abort=True)
    form = await threadless.person("mia").click(card, "Answer")
    assert "### Saved" in (await form.submit(text=GOOD)).text
    await discord.held(thread)
    held = {}
    for server, when in ((sent, "before"), (made, "after"), (unwritten, "after")):
        held[server] = await discord.fault(server.daily.sending, when, hold=True, abort=server is made)
        await server.owner.start_slash("daily now")
        await discord.held(held[server])
    await discord.do("refuse_everything", seconds=8)
    await refused.owner.start_slash("daily now")
    await discord.wait("requested", route=SEND, times=1, status=429)
    await waiting.owner.start_slash("daily now")
    await until(lambda: rows(bot.database, f"SELECT state FROM post WHERE guild_id = {waiting.id}") == [("sending",)])
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")  # nothing the bot learns from here on is written
        await discord.lift(held[unwritten])
        await discord.wait("requested", route=SEND, times=2, status=200)
        await unclaimed.owner.start_slash("daily now")
        await asyncio.sleep(0.2)  # the reply is on its way
        await bot.kill()
    await discord.do("refuse_everything", seconds=0)
    await discord.lift()  # what was sent arrives after the death of the sender
    await be_away(discord, bot, long=long)
    await bot.start_and_connect()
    for server in servers:
        await server.owner.slash_until("daily now", "Next post:")
    put_off = "SELECT 1 FROM post WHERE kind = 'rung' AND due > unixepoch() * 1000"
    await until(lambda: rows(bot.database, put_off) == [])
    form = await threadless.person("noah").click(card, "Answer")  # which asks for the follow-up once more
    assert "### Saved" in (await form.submit(text=GOOD)).text
    await discord.posted(card.id)
    await until(lambda: rows(bot.database, "SELECT 1 FROM post WHERE state IN ('due', 'sending')") == [])
    await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 7)]
    assert [place.id for place in await threadless.daily.threads()] == [card.id]

"""The faults of posting at their true size: real waits, dozens of kills, ten thousand servers at once."""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.ui.pacer import SCHEDULED_RATE
from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.dying import SEND, die_again_and_again, finish
from tests.wire.inside import inside, last_minute, schedule_all, until

pytestmark = pytest.mark.soak

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state ORDER BY state"


async def test_fifteen_hundred_posts_and_forty_deaths(discord, bot):
    """Killed at random moments, half of the absences beyond Discord's memory: one message each (fault 1)."""
    servers = await discord.create_servers(1500)
    await discord.configure(check_bodies=False, latency=0.06)
    await schedule_all(bot.database, servers, last_minute())
    died = await die_again_and_again(discord, bot, Random(7), kills=45, servers=1500, most=40)
    await finish(discord, bot, servers, 1500)
    await discord.check_bodies_later(every=100)
    await invariants.hold(discord, bot.database)
    requests = (await discord.truth()).count(SEND)
    sys.stdout.write(f"\n{died} kills, {requests} requests for 1,500 posts\n")

    assert died >= 40
    assert rows(bot.database, CARDS) == [("sent", 1500)]


async def test_a_reply_that_takes_longer_than_the_bot_waits(discord, bot):
    """The bot gives up after its own twenty seconds; the card was made (fault 5)."""
    server = await discord.create_server()
    await discord.do("withhold", events=["MESSAGE_CREATE"])
    fault = await discord.fault(server.daily.sending, "after", hold=True)
    await schedule_all(bot.database, [server], last_minute())
    await bot.start_and_connect()
    await discord.held(fault)
    await until(lambda: rows(bot.database, "SELECT reason FROM post") == [("Discord did not answer in time",)])
    await until(lambda: rows(bot.database, CARDS) == [("sent", 1)])
    await discord.lift()
    await invariants.hold(discord, bot.database)


async def test_a_frozen_process_gives_up_its_claim(discord, bot):
    """Stopped after the claim for longer than Discord remembers, then woken: one message each (fault 8)."""
    refused, waiting = servers = await discord.create_servers(2)
    await schedule_all(bot.database, servers, last_minute() + timedelta(days=1))
    await bot.start_and_connect()
    await refused.owner.slash("streak")
    await discord.do("refuse_everything", seconds=5)
    await refused.owner.start_slash("daily now")
    await discord.wait("requested", route=SEND, times=1, status=429)
    await waiting.owner.start_slash("daily now")
    await until(lambda: rows(bot.database, f"SELECT state FROM post WHERE guild_id = {waiting.id}") == [("sending",)])
    bot.freeze()
    await asyncio.sleep(75)
    await discord.do("forget_nonces")
    bot.thaw()
    await until(lambda: rows(bot.database, CARDS) == [("sent", 2)])
    await invariants.hold(discord, bot.database)


async def test_a_process_that_stands_still_at_the_full_minute(discord, bot):
    """Frozen from two seconds before it was due until five after: posted then (fault 28)."""
    server = await discord.create_server()
    due = last_minute() + timedelta(minutes=1 if datetime.now(UTC).second < 45 else 2)
    await schedule_all(bot.database, [server], due)
    await bot.start_and_connect()
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds() - 2)
    bot.freeze()
    await asyncio.sleep(7)
    assert await discord.messages() == []
    bot.thaw()
    await discord.posted(server.daily)
    await until(lambda: rows(bot.database, CARDS) == [("sent", 1)])
    await invariants.hold(discord, bot.database)


async def test_two_thousand_servers_of_which_half_are_closed(discord, tmp_path):
    """About one refused request a server and one notice; the others get their question (fault 15)."""
    servers = await discord.create_servers(2000, members=("ada",))
    await discord.configure(check_bodies=False)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, servers, last_minute())
        await bot.start()
        await asyncio.gather(*(s.daily.permit(SEND_MESSAGES=False, silently=True) for s in servers[::2]))
        for _ in range(2):
            await bot.tick()
        await invariants.hold(discord, bot.database)
        truth = await discord.truth()

    assert rows(bot.database, CARDS) == [("blocked", 1000), ("sent", 1000)]
    assert rows(bot.database, "SELECT count(*) FROM trouble WHERE ended IS NULL") == [(1000,)]
    # One each, and one more where five minutes have passed meanwhile: then the bot asks whether it is mended.
    assert rows(bot.database, "SELECT max(attempts) <= 2, sum(attempts) FROM post WHERE state = 'blocked'") == [
        (1, truth.count(SEND, 403))
    ]
    assert truth.invalid_requests == truth.count(SEND, 403)


async def test_ten_thousand_servers_in_one_minute(discord, bot):
    """All get their question while Discord keeps its limit, and members are answered meanwhile (fault 12)."""
    servers = await discord.create_servers(10_000, members=("ada",))
    await discord.configure(check_bodies=False)
    await schedule_all(bot.database, servers, last_minute())
    began = time.monotonic()
    acks = asyncio.create_task(_use_it_meanwhile(servers[0]))
    await finish(discord, bot, servers, 10_000)
    took = time.monotonic() - began
    acks.cancel()
    await asyncio.gather(acks, return_exceptions=True)
    await discord.check_bodies_later(every=500)
    await invariants.hold(discord, bot.database)
    truth = await discord.truth()
    floor = 10_000 / SCHEDULED_RATE
    seconds = sorted(i["ack_seconds"] for i in await discord.do("interactions") if i["ack_seconds"] is not None)
    p99 = seconds[int(len(seconds) * 0.99)]
    sys.stdout.write(
        f"\n10,000 posts took {took / floor:.2f} of the pacer's floor ({took:.0f} s): {truth.count(SEND)} requests, "
        f"{truth.count(SEND, 429)} refused; {len(seconds)} replies to a member meanwhile, p99 {p99:.3f} s\n"
    )

    assert rows(bot.database, CARDS) == [("sent", 10_000)]
    assert truth.count(SEND, 429) < 10


async def _use_it_meanwhile(server):
    """A member who looks at the streak again and again."""
    await server.discord.connected()
    while True:
        await server.owner.slash("streak")
        await asyncio.sleep(0.5)

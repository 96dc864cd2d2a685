"""The machine's clock is wrong, the process stands still or was away: a question comes late, never twice."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot import scheduler
from bot.scheduler import AlarmClock
from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.inside import inside, last_minute, schedule_all, until

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state"
SEND = "POST /channels/{channel}/messages"
GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_claim_that_ran_out_while_the_bot_stood_still_is_given_up(discord, tmp_path):
    """Frozen between its claim and its request, the bot wakes ten minutes later, and looks first (fault 8)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        bot.app._pacer.close(1)  # the request waits for its slot, as it does in a burst
        work = asyncio.create_task(bot.tick())
        await until(lambda: rows(bot.database, "SELECT state FROM post") == [("sending",)])
        bot.clock.set(minutes=10)
        await work
        assert (await discord.truth()).count(SEND) == 0
        assert rows(bot.database, "SELECT state, attempts FROM post") == [("due", 1)]
        await bot.tick(seconds=5)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 1)]


async def test_a_loop_that_is_blocked_at_the_full_minute_posts_late_and_not_never(discord, tmp_path, monkeypatch):
    """Something holds up the whole process while the question falls due; afterwards it is posted (fault 28)."""
    monkeypatch.setattr(scheduler, "SECONDS", "*")
    server = await discord.create_server()
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], due)
        await bot.start()
        failed = []

        async def tick():
            await bot.tick()

        alarm = AlarmClock({"work": tick}, failed.append)
        alarm.start(at_once="work")
        await until(lambda: rows(bot.database, "SELECT * FROM uptime") != [])
        assert rows(bot.database, "SELECT * FROM post") == []
        time.sleep(max(0, (due - datetime.now(UTC)).total_seconds()) + 1.5)
        await discord.posted(server.daily)
        alarm.stop()
        await bot.app.hold()
        await invariants.hold(discord, bot.database)
        alarm.close()

    assert failed == []
    assert rows(bot.database, CARDS) == [("sent", 1)]


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_that_is_set_never_brings_a_second_card(discord, tmp_path, hours):
    """An hour forth or back, in the middle of a day's life: the date keeps its one question (fault 29)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await bot.tick()
        for _ in range(3):
            await bot.tick(hours=hours)
        await bot.stop()
        await bot.start()
        for _ in range(3):
            await bot.tick(hours=-hours)
        await bot.tick(days=1)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 2)]


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_that_was_wrong_at_the_first_try_does_not_hide_the_card(discord, tmp_path, hours):
    """The reply is lost, the clock is put right, Discord has forgotten the nonce: the card is found (fault 29)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        bot.clock.set(hours=hours)
        await schedule_all(bot.database, [server], last_minute() + timedelta(hours=hours))
        await bot.start()
        await discord.do("withhold", events=["MESSAGE_CREATE"])
        await discord.fault(server.daily.sending, "after", abort=True)
        await bot.tick()
        await discord.do("forget_nonces")
        await bot.stop()
        bot.clock.set(hours=-hours)
        await bot.start()
        for _ in range(3):
            await bot.tick(minutes=40)
        await invariants.hold(discord, bot.database)

    assert len(await discord.posted(server.daily)) == 1
    assert rows(bot.database, CARDS) == [("sent", 1)]


async def test_a_clock_that_is_ahead_does_not_hide_the_card(discord, tmp_path):
    """It is an hour fast all the time: history is still read from where the card may be (fault 29)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        bot.clock.set(hours=1)
        await schedule_all(bot.database, [server], last_minute() + timedelta(hours=1))
        await bot.start()
        await discord.do("withhold", events=["MESSAGE_CREATE"])
        await discord.fault(server.daily.sending, "after", abort=True)
        await bot.tick()
        await discord.do("forget_nonces")
        await bot.tick(minutes=10)
        await invariants.hold(discord, bot.database)

    assert len(await discord.posted(server.daily)) == 1


async def test_three_days_away_bring_one_question(discord, tmp_path):
    """Not three; the admin is told once, and nobody's streak is hurt (fault 33)."""
    server = await discord.create_server()
    mia = server.person("mia")
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await bot.tick()
        (card,) = await discord.posted(server.daily)
        assert "### Saved" in (await (await mia.click(card, "Answer")).submit(text=GOOD)).text
        await bot.stop()
        bot.clock.set(days=3, minutes=30)
        await bot.start()
        for _ in range(3):
            await bot.tick(seconds=15)
        (_, second) = await discord.posted(server.daily, times=2)
        shown = await (await mia.click(second, "Answer")).submit(text=GOOD)
        await bot.stop()
        await invariants.hold(discord, bot.database)
        told = [m.text for m in await server.owner.direct_messages() if "left out" in m.text]

    assert rows(bot.database, CARDS) == [("sent", 2), ("skipped", 2)]
    assert "### Saved" in shown.text
    assert rows(bot.database, "SELECT current, best FROM streak") == [(2, 2)]
    assert len(told) == 1

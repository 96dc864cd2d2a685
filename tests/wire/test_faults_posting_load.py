"""Many servers are due in the same minute, with a Discord that keeps its limits, or fails every now and then."""

from bot.ui import messenger
from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.dying import SEND, finish
from tests.wire.inside import inside, last_minute, schedule_all

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state"


async def test_a_thousand_servers_get_their_question_without_a_refusal(discord, bot):
    """All are due in one minute, Discord takes fifty requests a second: none is lost, none refused (fault 12)."""
    servers = await discord.create_servers(1000)
    await discord.configure(check_bodies=False)
    await schedule_all(bot.database, servers, last_minute())
    await finish(discord, bot, servers, 1000)
    await discord.check_bodies_later(every=50)
    await invariants.hold(discord, bot.database)
    truth = await discord.truth()

    assert rows(bot.database, CARDS) == [("sent", 1000)]
    assert truth.invalid_requests == 0
    assert truth.count(SEND) == 1000


async def test_a_discord_that_fails_every_other_time_gets_each_card_once(discord, tmp_path, monkeypatch):
    """Each of 500, 502, 503 and 504 one time in ten, before and after it made the card; admins hear nothing (fault 4)."""
    servers = await discord.create_servers(16)
    await discord.configure(check_bodies=False)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, servers, last_minute())
        await bot.start()
        monkeypatch.setattr(messenger, "ATTEMPT", 1.5)  # discord.py repeats after 1, 3, 5, 7 and 9 s
        for seed, status in enumerate((500, 502, 503, 504)):
            for when in ("before", "after"):
                settings = {"status": status, "times": None, "probability": 0.1, "seed": seed}
                await discord.fault("POST /channels/*/messages", when, **settings)
        while rows(bot.database, CARDS) != [("sent", 16)]:
            await bot.tick(seconds=15)
        await discord.lift()
        await bot.tick(seconds=120)
        await invariants.hold(discord, bot.database)

    truth = await discord.truth()
    assert sum(truth.count(SEND, status) for status in (500, 502, 503, 504)) > 0
    assert rows(bot.database, "SELECT count(*) FROM trouble") == [(0,)]

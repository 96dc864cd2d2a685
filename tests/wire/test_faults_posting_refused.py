"""Discord says no: to one server, to all for a while, to threads. Nobody else suffers, and it is told once."""

import asyncio

from bot.ui import messenger
from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.inside import inside, last_minute, schedule_all

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state ORDER BY state"
STATES = "SELECT DISTINCT state FROM post WHERE kind = 'card'"
SEND, THREAD = "POST /channels/{channel}/messages", "POST /channels/{channel}/messages/{message}/threads"
GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_nothing_leaves_while_discord_asks_for_silence(discord, tmp_path):
    """In the middle of forty posts Discord says no to everything for five seconds: no post is lost (fault 13)."""
    servers = await discord.create_servers(40)
    await discord.configure(check_bodies=False)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, servers, last_minute())
        await bot.start()
        work = asyncio.create_task(bot.tick())
        await discord.wait("requested", route=SEND, times=15)
        await discord.do("refuse_everything", seconds=5.0)
        await work
        while rows(bot.database, CARDS) != [("sent", 40)]:
            await bot.tick(seconds=30)
        await invariants.hold(discord, bot.database)
        sent = await discord.requests(SEND)
        await discord.check_bodies_later(every=10)

    (first, *more) = [r["at"] for r in sent if r["status"] == 429]
    after = [r["at"] for r in sent if r["at"] > first]
    # Those under way when it began are refused, too; from then on it is quiet until Discord's time is over.
    assert [at for at in after if first + 1 < at < first + 4.9] == []
    assert len(more) < 16
    assert (await discord.truth()).invalid_requests == len(more) + 1


async def test_a_silence_that_outlasts_a_try_ends_like_any_other(discord, tmp_path, monkeypatch):
    """The bot gives up waiting before Discord's time is over, and is not struck dumb by that (fault 13)."""
    server, other = await discord.create_servers(2)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server, other], last_minute())
        await bot.start()
        monkeypatch.setattr(messenger, "ATTEMPT", 0.5)
        await discord.do("refuse_everything", seconds=1.0)
        await bot.tick()
        assert rows(bot.database, CARDS) == [("due", 2)]
        monkeypatch.undo()
        await bot.tick(seconds=15)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 2)]


async def test_a_thread_that_discord_puts_off_keeps_nobody_waiting(discord, tmp_path):
    """Threads are limited for 280 s: the answers are saved and acknowledged, the thread comes later (fault 14)."""
    server = await discord.create_server(members=("ada", "mia", "noah", "zoe"))
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await bot.tick()
        (card,) = await discord.posted(server.daily)
        fault = await discord.fault("POST /*/threads", status=429, retry_after=280, scope="shared", times=None)
        for name in ("mia", "noah", "zoe"):
            form = await server.person(name).click(card, "Answer")
            assert "### Saved" in (await form.submit(text=GOOD)).text
        await discord.wait("requested", route=THREAD, times=1)
        await discord.wait("quiet")
        await bot.tick(seconds=15)
        await bot.tick(seconds=60)

        assert rows(bot.database, "SELECT state, claim_until FROM post WHERE kind = 'rung'") == [("due", None)]
        assert (await discord.truth()).count(THREAD) == 1
        await discord.lift(fault)
        await bot.tick(seconds=280)
        await invariants.hold(discord, bot.database)

    assert [thread.id for thread in await server.daily.threads()] == [card.id]
    assert len(await discord.posted(card.id)) == 1


async def test_a_thread_that_is_there_is_not_asked_for_again(discord, tmp_path):
    """The limit on threads is not spent on one that is open, and what belongs into it comes at once (fault 14)."""
    server = await discord.create_server()
    mia = server.person("mia")
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await bot.tick()
        (card,) = await discord.posted(server.daily)
        await (await mia.click(card, "Answer")).submit(text=GOOD)
        await discord.posted(card.id)
        await mia.say(GOOD, at=card.id)  # the bot may not read it, and says so in the thread
        await bot.catch_up(server)
        await bot.stop()
        await invariants.hold(discord, bot.database)

    assert len(await discord.posted(card.id)) == 2
    assert (await discord.truth()).count(THREAD) == 1


async def test_refusals_cost_one_request_each_and_hold_up_nobody(discord, tmp_path):
    """Rights are gone in secret, channels, too: one try a server, one notice, and others get theirs (fault 15)."""
    servers = await discord.create_servers(25)
    await discord.configure(check_bodies=False)
    closed, gone, known, well = servers[:6], servers[6:12], servers[12:15], servers[15:]
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, servers, last_minute())
        await bot.start()
        await discord.do("withhold", events=["CHANNEL_DELETE"])
        await asyncio.gather(
            *(s.daily.permit(SEND_MESSAGES=False, silently=True) for s in closed),
            *(s.daily.delete() for s in gone),
            *(s.daily.permit(SEND_MESSAGES=False) for s in known),
        )
        await bot.catch_up(well[0])
        await asyncio.gather(bot.tick(), *(discord.posted(s.daily) for s in well))
        for _ in range(3):
            await bot.tick(minutes=1)
        await invariants.hold(discord, bot.database)
        truth = await discord.truth()
        told = [[m.text for m in await s.owner.direct_messages() if "could not post" in m.text] for s in servers]

        assert rows(bot.database, CARDS) == [("blocked", 15), ("sent", 10)]
        assert truth.count(SEND, 403) == truth.count(SEND, 404) == 6
        assert truth.invalid_requests == 6  # a 404 does not count
        assert [len(texts) for texts in told] == [1] * 15 + [0] * 10

        await asyncio.gather(*(s.daily.permit(SEND_MESSAGES=True) for s in closed + known))
        await bot.catch_up(well[0])
        await bot.tick(minutes=10)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("blocked", 6), ("sent", 19)]
    await discord.check_bodies_later(every=5)
    assert rows(bot.database, "SELECT count(*) FROM schedule WHERE next_due IS NOT NULL") == [(25,)]


async def test_a_channel_that_is_hidden_in_secret_is_not_knocked_at_every_minute(discord, tmp_path):
    """Not even to look whether the card is there: a few tries in hours, and then it works by itself (fault 15)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await server.daily.permit(VIEW_CHANNEL=False, silently=True)
        for _ in range(120):
            await bot.tick(minutes=1)
        tried = (await discord.truth()).invalid_requests
        await server.daily.permit(VIEW_CHANNEL=True)
        for _ in range(60):
            await bot.tick(minutes=1)
        await invariants.hold(discord, bot.database)

    assert tried <= 8
    assert rows(bot.database, CARDS) == [("sent", 1)]


async def test_a_server_that_threw_the_bot_out_is_left_in_peace(discord, tmp_path):
    """Days pass without a request to it; invited again it finds its settings, and one question (fault 16)."""
    gone, other = await discord.create_servers(2)
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [gone, other], last_minute())
        await bot.start()
        await gone.remove_bot()
        await bot.catch_up(other)
        for _ in range(9):
            await bot.tick(hours=8)
        made = await discord.requests()

        assert [r["path"] for r in made if str(gone.daily.id) in r["path"]] == []
        assert [r["path"] for r in made if r["body"] == {"recipient_id": str(gone.owner.id)}] == []
        assert rows(bot.database, f"{STATES} AND guild_id = {gone.id} ORDER BY 1") == [("blocked",), ("skipped",)]
        await gone.add_bot()
        await bot.catch_up(gone)
        for _ in range(3):
            await bot.tick(minutes=5)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, f"SELECT at FROM schedule WHERE guild_id = {gone.id}") != []
    assert len(await discord.posted(gone.daily)) == 1
    assert await gone.owner.direct_messages() == []

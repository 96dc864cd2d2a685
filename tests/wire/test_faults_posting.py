"""A question is posted once, or there is a reason: what Discord, moderators and admins do meanwhile."""

from bot.ui import messenger
from tests.wire import invariants
from tests.wire.ageing import rows
from tests.wire.inside import inside, last_minute, schedule_all
from tests.wire.processes import BotProcess

CARDS = "SELECT state, count(*) FROM post WHERE kind = 'card' GROUP BY state"
SEND = "POST /channels/{channel}/messages"
GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def _lose_the_reply(discord, bot, server, **fault):
    """The card is at Discord, and the bot was told nothing of it."""
    await discord.do("withhold", events=["MESSAGE_CREATE"])
    await discord.fault(server.daily.sending, "after", **(fault or {"abort": True}))
    await bot.tick()


async def test_a_lost_reply_leaves_one_card_that_is_recorded(discord, tmp_path):
    """The connection breaks after the card was made; the next try brings back the same one (fault 3)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await _lose_the_reply(discord, bot, server)
        await bot.tick(seconds=5)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 1)]
    assert (await discord.truth()).requests[SEND] == {"0": 1, "200": 1}


async def test_own_impatience_does_not_double_a_card(discord, tmp_path, monkeypatch):
    """Discord made the card and is slow to say so; the bot stops waiting, and asks again (fault 5)."""
    monkeypatch.setattr(messenger, "ATTEMPT", 0.2)
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await _lose_the_reply(discord, bot, server, hold=True)
        assert rows(bot.database, "SELECT state, reason FROM post") == [("due", "Discord did not answer in time")]
        await discord.lift()
        monkeypatch.undo()
        await bot.tick(seconds=5)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("sent", 1)]


async def test_what_a_moderator_removed_before_the_second_try_is_not_posted_again(discord, tmp_path):
    """Discord knows by the nonce that it was there (fault 6)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await _lose_the_reply(discord, bot, server)
        (card,) = await discord.posted(server.daily)
        await discord.do("delete_message", message=str(card.id))
        await bot.tick(seconds=5)
        await bot.tick(minutes=1)
        await invariants.hold(discord, bot.database)

    assert rows(bot.database, CARDS) == [("removed", 1)]
    assert len(await server.owner.direct_messages()) == 1


async def test_a_channel_that_cannot_be_read_is_not_posted_to_blindly(discord, tmp_path):
    """An empty history proves nothing: the card is uncertain, and the admin is told once (fault 7)."""
    server = await discord.create_server()
    async with inside(discord, tmp_path) as bot:
        await schedule_all(bot.database, [server], last_minute())
        await bot.start()
        await _lose_the_reply(discord, bot, server)
        await server.daily.permit(READ_MESSAGE_HISTORY=False)
        await bot.catch_up(server)
        for _ in range(3):
            await bot.tick(minutes=10)
        await invariants.hold(discord, bot.database)
        told = await server.owner.direct_messages()

    assert rows(bot.database, CARDS) == [("uncertain", 1)]
    assert len(await discord.posted(server.daily)) == 1
    assert ["Read Message History" in message.text for message in told] == [True]


async def test_a_second_process_is_turned_away_and_the_first_goes_on(discord, tmp_path):
    """Both on one file would post everything twice; the second says who has it, and asks Discord nothing (fault 10)."""
    server = await discord.create_server()
    second = BotProcess(discord, tmp_path)
    async with inside(discord, tmp_path) as first:
        await schedule_all(first.database, [server], last_minute())
        await first.start()
        before = len(await discord.requests())
        await second.start()
        second.expect("is in use by another process")
        assert await second.exit_code() == 1
        assert len(await discord.requests()) == before
        await first.tick()
        await invariants.hold(discord, first.database)

    second.check()
    assert any("is in use by another process" in line for line in second.lines)
    assert rows(first.database, CARDS) == [("sent", 1)]

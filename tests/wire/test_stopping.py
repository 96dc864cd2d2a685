"""Starting and stopping as operators know it: exit codes, plain sentences, no tracebacks."""

import signal

from tests.wire.ageing import rows
from tests.wire.processes import BotProcess

GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_stopped_bot_ends_well(bot, running):
    """SIGTERM to an idle bot ends it with exit code 0."""
    await running()

    assert await bot.stop() == 0


async def test_an_answer_under_way_is_finished_before_the_bot_stops(discord, bot, running):
    """Who submits in the moment of a restart gets the receipt."""
    server = await running()
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    form = await server.person("mia").click(card, "Answer")
    slow = await discord.fault("POST /interactions/*/callback", hold=True)
    sent = await form.send(text=GOOD)
    await discord.held(slow)
    bot.signal(signal.SIGTERM)
    await bot.wrote("stopping")
    await discord.lift()

    assert "### Saved" in (await discord.shown(sent)).text
    assert await bot.exit_code() == 0
    assert rows(bot.database, "SELECT text FROM answer") == [(GOOD,)]


async def test_a_stop_amid_many_posts_loses_and_doubles_none(discord, bot):
    """Twenty servers post at once, the bot is stopped; afterwards each has its one card."""
    servers = await discord.create_servers(20)
    await bot.start_and_connect()
    for server in servers:
        await server.owner.slash("setup")
    slow = [await discord.fault(s.daily.sending, "after", hold=True) for s in servers[:10]]
    for server in servers:
        await server.owner.start_slash("daily now")
    for fault in slow:
        await discord.held(fault)
    bot.signal(signal.SIGTERM)
    await bot.wrote("stopping")
    await discord.lift()

    assert await bot.exit_code() == 0
    await bot.start_and_connect()
    for server in servers:
        await server.owner.slash_until("daily now", "Next post:")
        assert len(await discord.posted(server.daily)) == 1
    assert set(rows(bot.database, "SELECT state FROM post WHERE kind = 'card'")) == {("sent",)}


async def test_a_wrong_token_is_told_in_one_sentence(bot):
    """The operator reads what to do, and no traceback."""
    await bot.start(DISCORD_TOKEN="wrong")
    bot.expect("Discord did not accept the token")

    assert await bot.exit_code() == 1
    assert [line["sentence"] for line in bot.log() if "sentence" in line] == [
        "Discord did not accept the token: copy it anew from the developer portal into DISCORD_TOKEN."
    ]


async def test_a_second_bot_on_the_same_database_is_refused(discord, bot, running, tmp_path_factory):
    """Two bots on one database would answer everything twice; the second says which file is taken."""
    await running()
    second = BotProcess(discord, tmp_path_factory.mktemp("second"), COACH_DATABASE=str(bot.database))
    await second.start()
    second.expect("is in use by another process")

    assert await second.exit_code() == 1
    second.check()
    assert (await discord.truth()).count("GET /users/@me") == 2  # none of the second

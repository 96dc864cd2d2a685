"""The message content intent comes and goes with a switch in Discord's portal; the bot goes along."""

from tests.wire.ageing import rows

GOOD = "It compares the direction of two vectors and leaves their length out of it."
CONTENT = 1 << 15


async def test_a_bot_that_may_read_takes_plain_messages(discord, bot, running):
    """Where the portal grants it, an ordinary message in the thread is an answer."""
    await discord.reset(reads_messages_flag=True)
    server = await running()
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    await server.owner.slash("answer", text=GOOD)
    await discord.posted(card.id)
    said = await server.person("mia").say(GOOD, at=card.id)
    await discord.wait("reacted", message=str(said.id))

    assert len(rows(bot.database, "SELECT 1 FROM answer")) == 2


async def test_a_bot_whose_intent_was_taken_away_goes_on_without_it(discord, bot):
    """The flags still promise message content, the gateway refuses it: everything else works (fault 36)."""
    await discord.reset(reads_messages_flag=True, grants_messages=False)
    server = await discord.create_server()
    await bot.start_and_connect()
    await server.owner.slash("setup")
    truth = await discord.truth()

    assert "Posted" in (await server.owner.slash("daily now")).text
    # Where the refusal's close code is lost (aiohttp tells 1006 if the socket ends too soon) it is asked for once more.
    *asked, last = [bool(i["intents"] & CONTENT) for i in truth.identifies]
    assert asked
    assert all(asked)
    assert not last
    assert truth.closes[0] == 4014

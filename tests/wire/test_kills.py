"""The bot is killed at the worst moments, and members lose nothing."""

from datetime import timedelta

from tests.wire.ageing import age_posts, rows

GOOD = "It compares the direction of two vectors and leaves their length out of it."
CARDS = "SELECT state, message_id FROM post WHERE kind = 'card'"


async def _die_while_posting(discord, bot, server, *, when="after"):
    """The card's request is at Discord, the bot gets no reply to it and is gone."""
    await discord.do("withhold", events=["MESSAGE_CREATE"])  # the gateway's echo is a receipt, too
    fault = await discord.fault(server.daily.sending, when, hold=True, abort=True)
    await server.owner.start_slash("daily now")
    await discord.held(fault)
    await bot.kill()
    await discord.lift()
    await discord.wait("quiet")


async def test_a_form_opened_before_a_kill_can_be_submitted_after_it(discord, bot, running):
    """A member writes on while the bot dies and comes back, and the answer is stored once (fault 17)."""
    server = await running()
    mia = server.person("mia")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    form = await mia.click(card, "Answer")
    await bot.kill()
    await bot.start_and_connect()
    receipt = await form.submit(text=GOOD)

    assert "### Saved" in receipt.text
    assert rows(bot.database, "SELECT text FROM answer") == [(GOOD,)]


async def test_a_card_whose_reply_was_lost_in_a_kill_is_posted_once(discord, bot, running):
    """The same nonce brings back the message that is there."""
    server = await running()
    await _die_while_posting(discord, bot, server)
    age_posts(bot.database, timedelta(seconds=31))
    await bot.start_and_connect()
    (card,) = await discord.posted(server.daily)

    await server.owner.slash_until("daily now", "posted already")
    assert rows(bot.database, CARDS) == [("sent", card.id)]
    assert len(await discord.posted(server.daily)) == 1


async def test_a_card_that_never_arrived_before_a_kill_is_posted_after_it(discord, bot, running):
    """A request that died on its way is made again."""
    server = await running()
    await _die_while_posting(discord, bot, server, when="before")
    assert await discord.messages(server.daily) == []
    age_posts(bot.database, timedelta(seconds=31))
    await bot.start_and_connect()

    await server.owner.slash_until("daily now", "posted already")
    assert len(await discord.posted(server.daily)) == 1


async def test_a_card_is_found_in_the_channel_when_discord_has_forgotten_its_nonce(discord, bot, running):
    """After a longer absence the bot looks before it posts again."""
    server = await running()
    await _die_while_posting(discord, bot, server)
    age_posts(bot.database, timedelta(minutes=10))
    await discord.configure(nonce_window=0)
    await bot.start_and_connect()
    await server.owner.slash_until("daily now", "Next post:")
    (card,) = await discord.posted(server.daily)

    assert rows(bot.database, CARDS) == [("sent", card.id)]


async def test_a_card_that_may_be_there_is_not_posted_blindly(discord, bot, running):
    """Without Read Message History an empty channel proves nothing, and the admin is told so."""
    server = await running()
    await _die_while_posting(discord, bot, server)
    age_posts(bot.database, timedelta(minutes=10))
    await discord.configure(nonce_window=0)
    await server.daily.permit(READ_MESSAGE_HISTORY=False)
    await bot.start_and_connect()
    await server.owner.slash_until("daily now", "Read Message History")

    assert len(await discord.posted(server.daily)) == 1
    assert rows(bot.database, CARDS) == [("uncertain", None)]


async def test_a_card_that_a_moderator_removed_meanwhile_is_not_posted_again(discord, bot, running):
    """The message behind the nonce is gone: it was posted, and somebody did not want it."""
    server = await running()
    await _die_while_posting(discord, bot, server)
    (card,) = await discord.posted(server.daily)
    await discord.do("delete_message", message=str(card.id))
    age_posts(bot.database, timedelta(seconds=31))
    await bot.start_and_connect()
    await discord.wait("requested", route="POST /channels/{channel}/messages", times=2)
    await server.owner.slash_until("daily now", "already")

    assert await discord.messages(server.daily) == []
    assert rows(bot.database, CARDS) == [("removed", None)]

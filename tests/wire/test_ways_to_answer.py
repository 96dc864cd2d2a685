"""Every way to answer that needs no privileged intent, with what Discord really tells the bot."""

import pytest

from tests.wire.ageing import rows

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = "It compares the direction of two vectors and leaves their length out of it."


@pytest.fixture
def answers(server, shared_bot):
    """What the server's members have answered so far, in order."""
    query = f"SELECT path, rung FROM answer WHERE guild_id = {server.id} ORDER BY n"
    return lambda: rows(shared_bot.database, query)


async def test_answers_arrive_by_every_way(server, answers):
    """Command, mention, reply and menu: each is stored; chat without a ping is not."""
    discord = server.discord
    ada, mia, noah = (server.person(name) for name in ("ada", "mia", "noah"))
    await ada.slash("daily now")
    (card,) = await discord.posted(server.daily)

    assert "### Saved" in (await mia.slash("answer", text=GOOD)).text
    (rung,) = await discord.posted(card.id)
    named = await noah.say(f"<@{discord.bot_id}> {GOOD}", at=card.id)
    await discord.wait("reacted", message=str(named.id))
    replied = await mia.say(GOOD, at=card.id, reply_to=rung)
    await discord.wait("reacted", message=str(replied.id))
    plain = await ada.say(GOOD, at=card.id)
    assert "### Saved" in (await ada.use_menu(plain, "Submit as my answer")).text

    assert answers() == [("slash", 0), ("thread", 0), ("thread", 1), ("context_menu", 0)]


async def test_a_submission_that_is_told_of_twice_counts_once(server, answers):
    """Discord may deliver an event again: one answer, one streak day, one receipt."""
    discord, mia = server.discord, server.person("mia")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    form = await mia.click(card, "Answer")
    sent = await form.send(text=GOOD)
    await discord.do("redeliver", interaction=sent)
    receipt = await discord.shown(sent)
    streak = await mia.slash("streak")

    assert "### Saved" in receipt.text
    assert answers() == [("modal", 0)]
    assert "**1 day**" in streak.text
    assert len(await discord.posted(card.id)) == 1


async def test_an_unread_answer_brings_one_hint(server):
    """Who writes without a ping is told the ways that work, once in a thread."""
    discord, mia = server.discord, server.person("mia")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    await mia.slash("answer", text=GOOD)
    await discord.posted(card.id)
    for _ in range(2):
        await mia.say(GOOD, at=card.id)
    hint = (await discord.posted(card.id, times=2))[-1]
    await mia.slash("streak")

    assert "I can't read plain messages" in hint.text
    assert len(await discord.posted(card.id)) == 2


async def test_options_complete_themselves(server):
    """Whoever types a city is offered its zone."""
    assert "Europe/Berlin" in (await server.owner.type("setup", "zone", "Berl")).choices

"""The bot is killed around the moment in which an answer is stored."""

import pytest

from tests.wire.ageing import rows
from tests.wire.disks import held_by_another_program
from tests.wire.invariants import hold

GOOD = "It compares the direction of two vectors and leaves their length out of it."
ACKS = "POST /interactions/*/callback"


@pytest.fixture(autouse=True)
async def all_agree(discord, tmp_path):
    """When the bot has stopped, Discord, the database and the receipts tell the same story."""
    yield
    await hold(discord, tmp_path / "coach.db", unfinished=True)


@pytest.fixture
def posted(discord, running):
    """Starts the bot in a server in which today's question is posted; the server and the card."""

    async def start():
        server = await running()
        await server.owner.slash("daily now")
        (card,) = await discord.posted(server.daily)
        return server, card

    return start


async def test_an_answer_whose_receipt_died_with_the_bot_is_there(discord, bot, posted):
    """Killed between commit and reply: told again or sent again, the answer is one and the streak too (fault 21)."""
    server, card = await posted()
    mia = server.person("mia")
    form = await mia.click(card, "Answer")
    slow = await discord.fault(ACKS, hold=True, abort=True)
    sent = await form.send(text=GOOD)
    await discord.held(slow)
    await bot.kill()
    await discord.lift()
    stored = rows(bot.database, "SELECT text FROM answer")
    await bot.start_and_connect()
    await discord.do("redeliver", interaction=sent)
    again = await discord.shown(sent)
    once_more = await form.submit(text=GOOD)

    assert stored == [(GOOD,)]
    assert "is kept" in again.text
    assert "version 2" in once_more.text
    assert rows(bot.database, "SELECT sum(current) FROM streak") == [(1,)]


async def test_an_answer_that_was_not_stored_was_not_called_saved(discord, bot, posted):
    """Killed before the commit: the member saw dots at most, never a receipt (fault 22)."""
    server, card = await posted()
    form = await server.person("mia").click(card, "Answer")
    with held_by_another_program(bot.database):
        sent = await form.send(text=GOOD)
        await discord.wait("acked", interaction=sent)
        await bot.kill()
    seen = await discord.do("interaction", interaction=sent)

    assert rows(bot.database, "SELECT 1 FROM answer") == []
    assert (seen["callback"], seen["responded"], seen["edits"]) == (5, False, 0)
    await bot.start_and_connect()
    assert "### Saved" in (await form.submit(text=GOOD)).text

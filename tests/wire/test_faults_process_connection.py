"""The gateway fails in the ways that are left over, and what members did meanwhile is not lost or done by halves."""

import signal

import pytest

from tests.wire.ageing import rows
from tests.wire.invariants import hold
from tests.wire.variants import HASTY, VariantBot

GOOD = "It compares the direction of two vectors and leaves their length out of it."
BREAKS = {
    "1006": ("cut_sockets", {}),
    "4000": ("close_sockets", {"code": 4000}),
    "op 7": ("ask_to_reconnect", {}),
    "op 9": ("invalidate", {"resumable": True}),
}


@pytest.fixture(autouse=True)
async def all_agree(discord, tmp_path):
    """When the bot has stopped, Discord, the database and the receipts tell the same story."""
    yield
    await hold(discord, tmp_path / "coach.db", unfinished=True)


@pytest.fixture
async def hasty(discord, tmp_path):
    """A bot that gives a silent gateway up after a second."""
    process = VariantBot(discord, tmp_path, script=HASTY, STANDIN_SILENCE="1")
    try:
        yield process
        process.check()
    finally:
        if process.is_running:
            process.signal(signal.SIGKILL)
            await process.exit_code()


async def test_forms_sent_around_a_break_are_stored_once_each(discord, bot, running):
    """Just before, in the moment of, and after each kind of break: every form is answered, none counts twice (fault 34)."""
    server = await running()
    mia = server.person("mia")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    forms = [await mia.click(card, "Answer") for _ in range(3 * len(BREAKS))]
    sent = []
    for number, trouble in enumerate(BREAKS.values()):
        before, amid, after = forms[3 * number : 3 * number + 3]
        press = [("submit", {"interaction": form.id, "fields": {"text": GOOD}}) for form in (before, amid, after)]
        first, _, second = await discord.at_once([press[0], trouble, press[1]])
        await discord.wait("resumed", times=number + 1)
        sent += [first, second, *await discord.at_once([press[2]])]
        await discord.all_shown(sent)
    receipts = await discord.all_shown(sent)
    truth = await discord.truth()

    assert ["### Saved" in receipt.text for receipt in receipts] == [True] * len(forms)
    assert sorted(rows(bot.database, "SELECT source, count(*) FROM answer GROUP BY source")) == sorted(
        (f"i:{interaction}", 1) for interaction in sent
    )
    assert rows(bot.database, "SELECT current FROM streak") == [(1,)]
    assert len(truth.identifies) == 1


async def test_a_gateway_that_fell_silent_is_left(discord, hasty):
    """Nothing comes any more, not even word of a heartbeat: the bot resumes, and hears what it missed (fault 34)."""
    await discord.configure(heartbeat=0.4)
    server = await discord.create_server()
    await hasty.start_and_connect()
    await server.owner.slash("setup")
    resumes = (await discord.truth()).resumes
    await discord.do("silence")
    missed = await server.owner.start_slash("streak")

    assert resumes == []
    assert "Your streak" in (await discord.shown(missed)).text
    truth = await discord.truth()
    assert [resume["accepted"] for resume in truth.resumes] == [True]
    assert len(truth.identifies) == 1
    await discord.do("silence")
    assert await hasty.stop() == 0  # a goodbye that is not returned is not waited for


async def test_a_token_that_is_taken_back_ends_the_bot(discord, bot, running):
    """The gateway says 4004: one sentence for the operator, and no more attempts (fault 34)."""
    await running()
    bot.expect("Discord did not accept the token")
    await discord.do("close_sockets", code=4004, forget=True)

    assert await bot.exit_code() == 1
    assert [line["sentence"] for line in bot.log() if "sentence" in line] == [
        "Discord did not accept the token: copy it anew from the developer portal into DISCORD_TOKEN."
    ]
    assert len((await discord.truth()).identifies) == 1


async def test_a_gateway_that_refuses_the_bot_for_good_ends_it(discord, bot, running):
    """An error that no attempt mends (4012): the bot ends, and its log says of what (faults 26, 34)."""
    await running()
    bot.expect("the gateway has failed, so the bot ends")
    await discord.do("close_sockets", code=4012, forget=True)

    assert await bot.exit_code() == 1
    assert [line for line in bot.log() if "sentence" in line] == []

"""Rapid-fire rounds over real sockets: a full channel, and a bot that is killed in the middle."""

import time

import pytest

from tests.support.rapidfire import fruit_bank
from tests.wire.ageing import rows
from tests.wire.inside import inside, until
from tests.wire.invariants import hold
from tests.wire.playing import answer, first_prompt, is_choice, open_prompt, players, pressing, writing
from tests.wire.standin.model import milliseconds

PLAYERS = 200
MESSAGES = "POST /channels/{channel}/messages"
ATTEMPTS = "SELECT count(*), count(DISTINCT user_id) FROM attempt"


@pytest.fixture(autouse=True)
async def all_agree(discord, tmp_path):
    """When the bot has stopped, Discord, the database and the receipts tell the same story."""
    yield
    await hold(discord, tmp_path / "coach.db", unfinished=True)


async def _posted(discord, server, count):
    """The channel's messages, oldest first, once there are so many."""
    await discord.wait("requested", route=MESSAGES, times=count, status=200)
    return sorted(await discord.messages(server.daily), key=lambda message: message.id)


async def test_two_hundred_answers_in_one_moment_are_all_taken_and_kept_once(discord, bot):
    """Each of them gets a receipt, and each receipt is one row."""
    server = await discord.create_server(members=["ada", *(f"player{n}" for n in range(PLAYERS))])
    await bot.start_and_connect()
    prompt = await first_prompt(discord, server)
    shown = await answer(discord, prompt, players(server))

    assert all("**Taken.**" in each.text for each in shown)
    assert all(each.is_private for each in shown)
    assert rows(bot.database, ATTEMPTS) == [(PLAYERS, PLAYERS)]


async def test_answers_around_the_deadline_are_taken_by_their_own_instant(discord, bot):
    """Two hundred in the last second and the one after: who was in time has a receipt, the others are told so."""
    server = await discord.create_server(members=["ada", *(f"player{n}" for n in range(PLAYERS))])
    await bot.start_and_connect()
    prompt = await first_prompt(discord, server, seconds=10)
    acts = pressing(prompt, players(server))
    if not is_choice(prompt):
        acts = writing(await discord.all_shown(await discord.at_once(acts)))
    ((deadline,),) = rows(bot.database, "SELECT until FROM round")
    sent = []
    for at in range(10):
        await until(lambda at=at: time.time() * 1000 >= deadline - 1000 + at * 200)
        sent += await discord.at_once(acts[at * PLAYERS // 10 : (at + 1) * PLAYERS // 10])
    shown = await discord.all_shown(sent)

    in_time = {each.id for each in shown if milliseconds(int(each.id)) <= deadline}
    assert {each.id for each in shown if "**Taken.**" in each.text} == in_time
    assert {each.id for each in shown if "time for this prompt is up" in each.text} == set(sent) - in_time
    assert rows(bot.database, "SELECT count(*) FROM attempt") == [(len(in_time),)]
    assert 0 < len(in_time) < PLAYERS


async def test_a_round_whose_bot_is_killed_goes_on_with_the_same_prompt(discord, bot):
    """What was taken is there, the lost time is given back and said so, and the prompt still takes answers."""
    server = await discord.create_server(members=["ada", "mia", "noah"])
    await bot.start_and_connect()
    prompt = await first_prompt(discord, server)
    mia, noah = server.person("mia"), server.person("noah")
    await answer(discord, prompt, [mia])
    ((before,),) = rows(bot.database, "SELECT until FROM round")
    await bot.kill()
    await bot.start_and_connect()
    word = (await _posted(discord, server, 3))[-1]
    shown = await answer(discord, prompt, [noah])

    assert "I was away for a moment" in word.text
    assert "**Taken.**" in shown[0].text
    assert rows(bot.database, ATTEMPTS) == [(2, 2)]
    ((later, number, phase),) = rows(bot.database, "SELECT until, number, phase FROM round")
    assert later > before
    assert (number, phase) == (1, "asking")


async def test_a_clock_that_is_set_back_does_not_stretch_a_prompt(discord, tmp_path):
    """An hour back by the machine's clock, and the prompt ends when it would have ended anyway."""
    server = await discord.create_server(members=["ada", "mia"])
    async with inside(discord, tmp_path, fruit_bank()) as bot:
        await bot.start()
        await server.owner.slash("rapidfire start", prompts=3, seconds=120)
        await bot.tick()
        (lobby,) = await discord.posted(server.daily)
        await server.owner.click(lobby, "Start now")
        await bot.tick(seconds=6)
        prompt = await open_prompt(discord, server.daily)
        ((before,),) = rows(bot.database, "SELECT until - seen FROM round")
        await bot.tick(hours=-1)
        await bot.tick(seconds=1)
        ((after,),) = rows(bot.database, "SELECT until - seen FROM round")
        assert 0 < after < before + 1000  # milliseconds
        shown = await answer(discord, prompt, [server.person("mia")])
        assert "**Taken.**" in shown[0].text
        for _ in range(25):  # in steps that are no absence
            await bot.tick(seconds=5)
        assert rows(bot.database, "SELECT phase FROM round") == [("reviewing",)]


async def test_a_prompt_whose_reply_was_lost_in_a_kill_is_there_once(discord, bot):
    """The message had arrived; after the restart the round finds it instead of asking twice."""
    server = await discord.create_server(members=["ada", "mia"])
    await bot.start_and_connect()
    await server.owner.slash("rapidfire start", prompts=3, seconds=120)
    (lobby,) = await _posted(discord, server, 1)
    await discord.do("withhold", events=["MESSAGE_CREATE"])
    fault = await discord.fault(server.daily.sending, "after", hold=True, abort=True)
    await server.owner.click(lobby, "Start now")
    await discord.held(fault)
    await bot.kill()
    await discord.lift()
    await bot.start_and_connect()
    await _posted(discord, server, 2)  # the lobby, and the word that it is back; the prompt was found in the channel
    prompts = [m for m in await discord.messages(server.daily) if m.text.startswith("**Prompt 1 of 3**")]
    assert len(prompts) == 1
    shown = await answer(discord, prompts[0], [server.person("mia")])
    assert "**Taken.**" in shown[0].text

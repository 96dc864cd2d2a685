"""Rounds of two hundred players whose bot is killed at random moments."""

from random import Random

import pytest

from tests.wire.ageing import rows
from tests.wire.inside import until
from tests.wire.invariants import hold
from tests.wire.playing import OVER, answer, first_prompt, is_choice, open_prompt, players, pressing, writing

CALLBACK = "POST /interactions/{interaction}/{token}/callback"
EDIT = "PATCH /channels/{channel}/messages/{message}"
POST = "POST /channels/{channel}/messages"
PLAYERS = 200
STATE = "SELECT phase, number FROM round"
WAITING = "SELECT 1 FROM post WHERE state IN ('due', 'sending')"


async def _more(discord, route, more):
    """What to wait for until so many more requests to a route were made from now on."""
    before = (await discord.truth()).count(route)
    return {"route": route, "times": before + more}


async def _play_and_die(discord, bot, server, rng):
    """Everybody answers what is open; the bot dies among the acknowledgements, at the reveal, or at the next prompt."""
    prompt = await open_prompt(discord, server.daily)
    people = players(server)
    chosen = rng.choice(("forms", "answers", "reveal", "next prompt"))
    if chosen == "forms" or (chosen == "answers" and is_choice(prompt)):
        moment_of_death = await _more(discord, CALLBACK, rng.randint(1, len(people)))
        await discord.at_once(pressing(prompt, people))
    elif chosen == "answers":
        shown = await discord.all_shown(await discord.at_once(pressing(prompt, people)))
        forms = [each for each in shown if each.kind == "form"]
        moment_of_death = await _more(discord, CALLBACK, rng.randint(1, len(forms)) if forms else 0)
        await discord.at_once(writing(forms))
    else:
        moment_of_death = await _more(discord, EDIT if chosen == "reveal" else POST, 1)
        await answer(discord, prompt, people)
    await discord.wait("requested", **moment_of_death)
    await bot.kill()


async def _play_on(discord, bot, server):
    """Everybody answers each prompt that is left, until the podium is there."""
    answered = 0
    while (state := rows(bot.database, STATE)[-1])[0] not in {"finished", "stopped"}:
        phase, number = state
        if phase == "asking" and number > answered:
            answered = number
            await answer(discord, await open_prompt(discord, server.daily), players(server))
        await until(lambda before=state: rows(bot.database, STATE)[-1] != before)
    await discord.posted(server.daily, marker=OVER)
    await until(lambda: not rows(bot.database, WAITING))


async def _survive(discord, bot, rng, *, kills, prompts):
    """A round goes from its lobby to its podium in spite of so many kills."""
    await discord.configure(check_bodies=False)
    server = await discord.create_server(members=["ada", *(f"player{n}" for n in range(PLAYERS))])
    await bot.start_and_connect()
    await first_prompt(discord, server, prompts=prompts, seconds=5)
    for _ in range(kills):
        await _play_and_die(discord, bot, server, rng)
        await bot.start_and_connect()
    await _play_on(discord, bot, server)
    await hold(discord, bot.database)
    await discord.check_bodies_later(every=20)
    assert rows(bot.database, STATE) == [("finished", prompts)]
    return server


async def test_a_round_of_two_hundred_outlives_random_kills(discord, hasty):
    """Every receipt is a row, the board is the fold of the rows, and the channel is free for the next round."""
    server = await _survive(discord, hasty, Random(7), kills=3, prompts=3)
    reply = await server.owner.slash("rapidfire start")
    assert "lobby is open" in reply.text


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
async def test_long_rounds_of_two_hundred_outlive_many_kills(discord, hasty, seed):
    """The same with fifteen kills in twenty prompts."""
    await _survive(discord, hasty, Random(seed), kills=15, prompts=20)

"""The long forms of what `test_faults_*` shows in short; run with `-m soak`."""

from random import Random

import pytest

from tests.wire.ageing import rows
from tests.wire.disks import check_file
from tests.wire.invariants import hold

GOOD = "It compares the direction of two vectors and leaves their length out of it."
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
MEMBERS, KILLS = 100, 40

pytestmark = pytest.mark.soak


async def test_killed_forty_times_while_answers_are_committed(discord, bot):
    """Each answer that was called saved is there once, each streak is the fold, and the file is sound (fault 24)."""
    rng = Random(24)
    names = [f"member{n}" for n in range(MEMBERS)]
    await discord.configure(check_bodies=False)
    server = await discord.create_server(members=["ada", *names])
    await bot.start_and_connect()
    await server.owner.slash("setup")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    people = [str(server.person(name).id) for name in names]
    clicks = [("click", {"user": each, "message": str(card.id), "label": "Answer"}) for each in people]
    forms = await discord.all_shown(await discord.at_once(clicks))
    submits = [("submit", {"interaction": form.id, "fields": {"text": GOOD}}) for form in forms]
    acked: set[str] = set()
    for _ in range(KILLS):
        before = (await discord.truth()).count(CALLBACK)
        started = await discord.at_once(submits)
        await discord.wait("requested", route=CALLBACK, times=before + rng.randint(1, MEMBERS))
        await bot.kill()
        seen = await discord.do("interactions", wanted=started)
        acked |= {f"i:{each['id']}" for each in seen if each["responded"]}
        stored = [source for (source,) in rows(bot.database, "SELECT source FROM answer")]
        assert acked <= set(stored)
        assert len(stored) == len(set(stored))
        check_file(bot.database)
        await bot.start_and_connect()
    await hold(discord, bot.database, unfinished=True)
    assert len(acked) >= KILLS


async def test_a_timed_out_session_is_begun_anew(discord, running):
    """4009 with nothing to resume: one further IDENTIFY, and the bot works (fault 34)."""
    server = await running()
    await discord.do("close_sockets", code=4009, forget=True)
    await discord.wait("identified", times=2)

    assert "Your streak" in (await server.owner.slash("streak")).text
    assert len((await discord.truth()).identifies) == 2

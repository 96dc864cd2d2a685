"""Rapid-fire rounds at a fixed time, as a server sees them."""

from datetime import timedelta

import pytest

from tests.ui.conftest import said
from tests.ui.playing import log_of


def lobbies(server):
    return [m for m in server.daily.history() if m.content.startswith("**Rapid-fire!**")]


async def plan(server, **options):
    """An admin asks for a round each day at seven in the evening, an hour of notice away or more."""
    return await server.admin.slash(server.daily, "rapidfire schedule", **{"time": "19:00", "prompts": 3, **options})


async def until(server, hour, minute=0):
    """Lets the time pass to an hour of today, or of tomorrow if that has passed."""
    now = server.env.now()
    wanted = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    wanted += timedelta(days=wanted <= now)
    await server.pass_time(seconds=int((wanted - now).total_seconds()))


async def test_a_lobby_opens_at_its_hour_and_only_once(arena):
    """Every Friday at seven: the reply names the next ones, and when the hour comes there is one lobby."""
    day = f"{arena.env.now():%A}"
    reply = await plan(arena, day=arena.env.now().weekday())
    assert f"{day} at 19:00 (UTC)" in said(reply)
    assert not lobbies(arena)

    await until(arena, 19)
    await arena.pass_time(seconds=2)
    assert len(lobbies(arena)) == 1
    await arena.pass_time(seconds=30)
    assert len(lobbies(arena)) == 1


async def test_nobody_comes_and_the_next_day_there_is_a_lobby_again(arena):
    """An empty lobby ends by itself, in the channel's sight, and does not hold up the next one."""
    await plan(arena, wait=1)
    await until(arena, 19)
    for _ in range(70):
        await arena.pass_time(seconds=1)
    assert "No round is under way" in said(await arena.mia.slash(arena.daily, "rapidfire stop"))

    await until(arena, 19)
    await arena.pass_time(seconds=2)
    assert [m.created_at.day - arena.env.now().day for m in lobbies(arena)] == [0]


async def test_a_round_under_way_is_not_disturbed_and_an_admin_is_told(arena):
    """A scheduled round that finds its channel taken is left out, with a notice."""
    log, notices = log_of(arena)
    await arena.set_up(log_channel=log)
    await plan(arena)
    await until(arena, 18, 59)
    await arena.mia.slash(arena.daily, "rapidfire start", prompts=3, wait=300)
    for _ in range(75):
        await arena.pass_time(seconds=1)

    assert len(lobbies(arena)) == 1
    assert [text for text in notices() if "another round was under way" in text]


async def test_an_outage_at_the_hour_is_told_and_the_round_left_out(arena):
    """People came for that hour: an hour later nobody waits for it any more."""
    log, notices = log_of(arena)
    await arena.set_up(log_channel=log)
    await plan(arena)
    await arena.env.advance_time(20 * 3600)
    await arena.pass_time(seconds=2)

    assert not lobbies(arena)
    assert len([text for text in notices() if text.startswith("I left out the rapid-fire round of")]) == 1


async def test_an_order_ends_when_an_admin_says_so(arena):
    """`/rapidfire unschedule` offers the orders by day, time and place; no lobby opens afterwards."""
    await plan(arena, zone="europe/berlin")
    offered = await arena.admin.autocomplete(arena.daily, "rapidfire unschedule", "which", "19")
    assert "every day 19:00 Europe/Berlin in #" in offered[0]["name"]
    reply = await arena.admin.slash(arena.daily, "rapidfire unschedule", which=offered[0]["value"])
    assert "I no longer open rounds every day at 19:00 (Europe/Berlin)" in said(reply)

    await arena.pass_time(hours=24)
    assert not lobbies(arena)
    again = await arena.admin.slash(arena.daily, "rapidfire unschedule", which=offered[0]["value"])
    assert "no such round" in said(again)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"time": "noonish"}, "is not a time I know"), ({"zone": "Atlantis"}, "Atlantis")],
)
async def test_a_slip_is_answered_with_what_to_write(arena, options, sentence):
    """Nothing is planned, and the sentence says what would do."""
    assert sentence in said(await plan(arena, **options))
    assert await arena.admin.autocomplete(arena.daily, "rapidfire unschedule", "which", "") == []


async def test_rounds_do_not_mix_with_the_daily_question(arena):
    """A server with rounds only has no daily question, and one zone serves both."""
    await arena.set_up(zone="Europe/Berlin")
    assert "(Europe/Berlin)" in said(await plan(arena))
    assert "every day at 09:00" in said(await arena.admin.slash(arena.daily, "daily next"))


async def test_members_may_not_plan_rounds(arena):
    """It takes the right to manage the server."""
    reply = await arena.mia.slash(arena.daily, "rapidfire schedule", time="19:00")
    assert "Manage Server" in said(reply)

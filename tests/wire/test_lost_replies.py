"""Discord fails or falls silent while a card is posted: there is one card, whatever Discord did with the request."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

TROUBLES = {
    f"{name} {when}": (when, settings)
    for when in ("before", "after")
    for name, settings in {"500": {"status": 500}, "503": {"status": 503}, "cut": {"abort": True}}.items()
}


async def _cards(server):
    return [m for m in await server.discord.messages(server.daily) if m.from_bot and "Answer" in m.buttons]


async def _statuses(server):
    """What the requests to post a card were answered with."""
    requests = await server.discord.requests("POST /channels/{channel}/messages")
    return [r["status"] for r in requests if r["path"] == f"/channels/{server.daily.id}/messages"]


async def test_whatever_becomes_of_a_request_there_is_one_card(server):
    """Errors and cut connections, before and after the card was made, each in a server of its own."""
    discord = server.discord
    servers = dict(zip(TROUBLES, [server, *await discord.create_servers(len(TROUBLES) - 1)], strict=True))

    async def post(name):
        when, settings = TROUBLES[name]
        await servers[name].owner.slash("setup")
        await discord.fault(servers[name].daily.sending, when, **settings)
        first = await servers[name].owner.slash("daily now")
        await servers[name].owner.slash_until("daily now", "Next post:")
        return name, first.text, len(await _cards(servers[name]))

    outcomes = await asyncio.gather(*map(post, TROUBLES))
    assert {name: cards for name, _, cards in outcomes} == dict.fromkeys(TROUBLES, 1)
    told = {name: "Posted" in text or "I keep trying" in text for name, text, _ in outcomes}
    assert told == dict.fromkeys(TROUBLES, True)


async def test_discords_echo_is_a_receipt_too(server):
    """The gateway tells of the card while the reply to its request is still out: the card counts as posted."""
    slow = await server.discord.fault(server.daily.sending, "after", hold=True)
    await server.owner.start_slash("daily now")
    await server.discord.held(slow)

    await server.owner.slash_until("daily now", "posted already")
    await server.discord.lift(slow)
    assert len(await _cards(server)) == 1


async def test_a_limit_that_is_reached_is_waited_for(server):
    """Discord says no to everything for half a second; nothing is lost, and nothing is sent meanwhile."""
    await server.discord.do("refuse_everything", seconds=0.5)
    posted = await server.owner.slash("daily now")

    assert "Posted" in posted.text
    assert await _statuses(server) == [429, 200]


async def test_a_channel_that_is_closed_to_the_bot_is_asked_once(server):
    """Missing rights that the bot could not know of are told, and not run against again and again."""
    await server.daily.permit(SEND_MESSAGES=False, silently=True)
    told = await server.owner.slash("daily now")

    assert "could not be posted" in told.text
    assert await _statuses(server) == [403]

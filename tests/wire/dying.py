"""Killing the bot again and again while it posts, with the absence in between made to look long or short."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from tests.wire.ageing import age_posts, rows
from tests.wire.control import Discord
from tests.wire.inside import until
from tests.wire.people import Server
from tests.wire.processes import BotProcess

SEND = "POST /channels/{channel}/messages"
UNFINISHED = "SELECT guild_id FROM post WHERE kind = 'card' AND state IN ('due', 'sending')"


async def be_away(discord: Discord, bot: BotProcess, *, long: bool) -> None:
    """The bot is dead. A claim has run out when it comes back; after long Discord has forgotten its nonces, too."""
    await discord.wait("quiet")
    if long:
        await discord.do("forget_nonces")
    age_posts(bot.database, timedelta(minutes=10) if long else timedelta(seconds=31))


async def die_again_and_again(
    discord: Discord, bot: BotProcess, rng: Random, *, kills: int, servers: int, most: int
) -> int:
    """Starts the bot and kills it after up to `most` further requests, as often as asked or as there are posts.

    Every second absence is a long one. How often it died; the bot is not running afterwards.
    """
    for number in range(kills):
        before = (await discord.truth()).count(SEND)
        left = servers if number == 0 else len(rows(bot.database, UNFINISHED))
        if left < most:
            return number
        await bot.start()
        await discord.wait("requested", route=SEND, times=before + rng.randint(1, most))
        await bot.kill()
        await be_away(discord, bot, long=number % 2 == 1)
    return kills


async def finish(discord: Discord, bot: BotProcess, servers: Sequence[Server], cards: int) -> None:
    """Lets the bot live until it has tried every card; admins then ask for those that wait for its next look."""
    await bot.start_and_connect()
    await until(lambda: _count(bot, "attempts > 0 AND claim_until IS NULL") >= cards, seconds=1200)
    waiting = {guild for (guild,) in rows(bot.database, UNFINISHED)}
    for server in servers:
        if server.id in waiting:
            await server.owner.slash_until("daily now", "Next post:")
    await until(lambda: _count(bot, "state = 'sent'") >= cards)


def _count(bot: BotProcess, condition: str) -> int:
    ((count,),) = rows(bot.database, f"SELECT count(*) FROM post WHERE kind = 'card' AND {condition}")
    assert isinstance(count, int)
    return count

"""How soon a thousand clicks, and five hundred forms or rapid-fire answers, are acknowledged; how fast posts leave."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.ui.pacer import SCHEDULED_RATE
from tests.wire.bare import BareBot
from tests.wire.control import Discord
from tests.wire.inside import last_minute, schedule_all
from tests.wire.people import Posted, Server, Shown
from tests.wire.playing import Acts, first_prompt, is_choice, players, pressing, writing
from tests.wire.processes import BotProcess
from tests.wire.variants import VariantBot

CLICKS, FORMS, POSTS = 1000, 500, 175
SLICES = 20
IN_TIME = 3.0
ANSWER = "It compares the direction of two vectors and leaves their length out of it."
BARE = Path(__file__).with_name("bare_client.py")
MESSAGES = "POST /channels/{channel}/messages"
ROUND_CHANNELS = tuple(f"round{n}" for n in range(8))
WAYS = ("within a second", "in one instant")


@dataclass
class Acks:
    """Seconds from each event to its first response, by the stand-in's clock."""

    seconds: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def in_time(self) -> int:
        return sum(each < IN_TIME for each in self.seconds)


Figures = dict[str, Acks]
"""By the name of the burst."""


@asynccontextmanager
async def contender(discord: Discord, folder: Path, *, bare: bool) -> AsyncIterator[tuple[BotProcess, Server, Posted]]:
    """The bot or the bare client, running in a new world; its server, and a card with a button to press."""
    await discord.reset(check_bodies=False)
    server = await discord.create_server(
        channels=("daily-question", *ROUND_CHANNELS), members=["ada", *(f"member{n}" for n in range(CLICKS))]
    )
    bot: BotProcess = VariantBot(discord, folder, script=BARE) if bare else BotProcess(discord, folder)
    await bot.start_and_connect()
    if bare:
        button = {"type": 2, "style": 1, "label": "Answer", "custom_id": "card"}
        async with BareBot(discord) as hand:
            await hand.post(server.daily, "A card", components=[{"type": 1, "components": [button]}])
    else:
        await server.owner.slash("setup")
        await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    try:
        yield bot, server, card
    finally:
        bot.signal(signal.SIGKILL if bare else signal.SIGTERM)
        await bot.exit_code()


async def measure_acks(discord: Discord, folder: Path, figures: Figures, *, bare: bool) -> None:
    """Adds one run of each burst to the figures."""
    async with contender(discord, folder, bare=bare) as (_, server, card):
        people = [str(person.id) for name, person in server.people.items() if name != "ada"]
        clicks = [("click", {"user": each, "message": str(card.id), "label": "Answer"}) for each in people]
        forms: Sequence[Shown] = ()
        for way in WAYS:
            forms = await burst(discord, clicks, way)
            _note(figures, f"{CLICKS} clicks {way}", forms)
        submits = [("submit", {"interaction": form.id, "fields": {"text": ANSWER}}) for form in forms[:FORMS]]
        for way in WAYS:
            _note(figures, f"{FORMS} forms {way}", await burst(discord, submits, way))
        prompt = card if bare else await prompt_with_form(discord, server)
        forms = await discord.all_shown(await discord.at_once(pressing(prompt, players(server)[:FORMS])))
        for way in WAYS:
            _note(figures, f"{FORMS} rapid-fire answers {way}", await burst(discord, writing(forms), way))


async def prompt_with_form(discord: Discord, server: Server) -> Posted:
    """The first prompt of a round, in one channel after another until one is not answered by a letter."""
    for place in ROUND_CHANNELS:
        prompt = await first_prompt(discord, server, at=server.channels[place])
        if not is_choice(prompt):
            return prompt
    raise AssertionError(f"{len(ROUND_CHANNELS)} rounds began with a choice")


def _note(figures: Figures, name: str, shown: Sequence[Shown]) -> None:
    figures.setdefault(name, Acks()).seconds += [each.ack_seconds for each in shown]


async def burst(discord: Discord, acts: Acts, way: str) -> Sequence[Shown]:
    """Lets it happen, in slices of a second or at once; what became of it, once all are acknowledged."""
    started: list[str] = []
    if way == WAYS[0]:
        size = len(acts) // SLICES
        for first in range(0, len(acts), size):
            pause = asyncio.create_task(asyncio.sleep(1 / SLICES))
            started += await discord.at_once(acts[first : first + size])
            await pause
    else:
        started = await discord.at_once(acts)
    return await discord.all_shown(started)


async def measure_posts(discord: Discord, folder: Path) -> float:
    """Cards a second while many are due at once, as a share of the pace that the bot has set itself."""
    await discord.reset(check_bodies=False)
    servers = await discord.create_servers(POSTS)
    bot = BotProcess(discord, folder)
    await schedule_all(bot.database, servers, last_minute())
    await bot.start_and_connect()
    await discord.wait("requested", route=MESSAGES, times=POSTS, status=200)
    at = sorted(each["at"] for each in await discord.requests(MESSAGES))
    await bot.stop()
    return (len(at) - 1) / (at[-1] - at[0]) / SCHEDULED_RATE

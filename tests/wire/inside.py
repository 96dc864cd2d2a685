"""The bot's own parts in the test's process, so that its clock can be set; and days that are due at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.app import App
from bot.domain.bank import Bank
from bot.domain.schedules import EVERY_DAY, Schedule
from bot.store.sqlite import SqliteStore
from bot.ui.client import CoachClient
from tests.support.content import self_check_bank
from tests.wire.control import PATIENCE, Discord
from tests.wire.people import Server

BANK = self_check_bank()
assert isinstance(BANK, Bank), BANK


def last_minute() -> datetime:
    """The full minute that began last: the latest instant at which a question can have fallen due."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


async def schedule_all(database: Path, servers: Sequence[Server], first: datetime, **changes: Any) -> None:
    """Writes a daily schedule for each server into a database that no bot has open; `first` is its next slot."""
    store = SqliteStore(database)
    await store.open()
    try:
        await asyncio.gather(*(store.save_schedule(daily(server, first, **changes)) for server in servers))
    finally:
        await store.close()


def daily(server: Server, first: datetime, **changes: Any) -> Schedule:
    """The daily question of a server, every day at the time of `first` (UTC)."""
    settings: dict[str, Any] = {
        "id": f"daily{server.id}",
        "guild_id": server.id,
        "channel_id": server.daily.id,
        "zone": "UTC",
        "at": first.time(),
        "weekdays": EVERY_DAY,
        "created_by": server.owner.id,
        "next_due": first,
    }
    return Schedule(**settings | changes)


async def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Until something holds that nobody tells of, such as what a process has written into its database."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)


class SetClock:
    """The real time, moved by as much as somebody has set it."""

    def __init__(self) -> None:
        self.offset = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def set(self, **change: float) -> None:
        self.offset += timedelta(**change)


class InsideBot:
    """The bot without its process: the test rings its alarm clock. Each start is a new app and client."""

    def __init__(self, discord: Discord, database: Path, bank: Bank) -> None:
        self.discord = discord
        self.bank = bank
        self.database = database
        self.clock = SetClock()
        self.is_running = False

    async def start(self) -> None:
        """Returns once the bot knows its servers."""
        self.app = App(self.bank, self.database, clock=self.clock)
        await self.app.start()
        self.client: CoachClient = self.app.new_client()
        self.client._connection.guild_ready_timeout = 0.05  # type: ignore[attr-defined]
        await self.client.login(self.discord.token)
        self._gateway = asyncio.create_task(self.client.connect())
        self.is_running = True
        await self.client.wait_until_ready()

    async def stop(self) -> None:
        self.is_running = False
        await self.app.hold()
        await self.client.leave(8)
        await self.client.close()
        await self._gateway
        await self.app.stop()

    async def catch_up(self, server: Server) -> None:
        """Until the bot has heard what happened before: Discord tells it everything in order."""
        await server.owner.slash("streak")

    async def tick(self, **later: float) -> None:
        """The alarm rings, after the clock was moved on."""
        self.clock.set(**later)
        await self.app.tick(self.clock())


@asynccontextmanager
async def inside(discord: Discord, folder: Path, bank: Bank = BANK) -> AsyncIterator[InsideBot]:
    """A bot that is not started yet; it is stopped in the end if it runs."""
    places = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = discord.api, yarl.URL(discord.gateway)
    bot = InsideBot(discord, folder / "coach.db", bank)
    try:
        yield bot
    finally:
        if bot.is_running:
            await bot.stop()
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = places

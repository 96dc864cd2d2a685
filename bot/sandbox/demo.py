"""The real app as the sandbox drives it: a schedule saved without a form, and outcomes in words for a page.

Nothing here may import simcord, like `ports`.
"""

import asyncio
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_never

import discord

from bot.app import App
from bot.domain.bank import Bank
from bot.sandbox import SandboxClock, SandboxError, run
from bot.services.posting import AlreadyPosted, NotPosted, Posted
from bot.services.scheduling import SetUp


def play(bank: Bank, *, port: int, open_browser: bool) -> None:
    """Serve the sandbox with this bank until the process is told to stop. Raises SandboxError or StoreError."""
    clock = SandboxClock()
    with TemporaryDirectory(prefix="interview-coach-") as folder:
        app = App(bank, Path(folder) / "sandbox.db", clock=clock, shard_count=1)
        asyncio.run(run(Demo(app), clock, port=port, open_browser=open_browser))


class Demo:
    """Satisfies `SandboxApp` with an `App` that was given a `SandboxClock` and a shard count."""

    def __init__(self, app: App) -> None:
        self._app = app

    def new_client(self) -> discord.Client:
        return self._app.new_client()

    async def start(self) -> None:
        await self._app.start()

    async def stop(self) -> None:
        await self._app.stop()

    async def set_up_sandbox(self, guild_id: int, channel_id: int, admin_id: int) -> None:
        scheduling = self._app.coach.scheduling
        outcome = await scheduling.set_up(scheduling.draft(guild_id, channel_id, admin_id))
        if not isinstance(outcome, SetUp):
            raise SandboxError(f"The simulated server lets the bot do too little: {outcome}.")

    async def tick(self, now: datetime) -> None:
        await self._app.tick(now)

    async def beat(self, now: datetime) -> None:
        await self._app.beat(now)

    async def next_due(self, guild_id: int) -> datetime | None:
        scheduling = self._app.coach.scheduling
        upcoming = [await scheduling.upcoming(s, 1) for s in await scheduling.schedules_of(guild_id)]
        return min((slots[0].due for slots in upcoming if slots), default=None)

    async def post_now(self, guild_id: int) -> str:
        schedule = next(iter(await self._app.coach.scheduling.schedules_of(guild_id)), None)
        if schedule is None:
            return "There is no schedule to post for: as Ada, use /setup."
        match await self._app.coach.posting.post_now(schedule):
            case Posted():
                return "Today's question was posted early."
            case AlreadyPosted():
                return "Today's question is in the channel already. Next day brings the next one."
            case NotPosted(reason=reason):
                return f"Today's question could not be posted: {reason}."
            case never:
                assert_never(never)

"""The real app as the sandbox drives it: a schedule saved without a form, and outcomes in words for a page.

Nothing here may import simcord, like `ports`.
"""

from datetime import datetime, time
from typing import assert_never

import discord

from bot.app import App
from bot.domain.schedules import EVERY_DAY
from bot.sandbox import run as run_sandbox
from bot.sandbox.ports import SandboxError
from bot.services.posting import AlreadyPosted, NotPosted, Posted
from bot.services.scheduling import RightsMissing

__all__ = ["Demo", "run_sandbox"]

_NINE = time(9)


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
        outcome = await self._app.coach.scheduling.set_up(
            guild_id=guild_id, channel_id=channel_id, at=_NINE, zone="UTC", weekdays=EVERY_DAY, by=admin_id
        )
        if isinstance(outcome, RightsMissing):
            raise SandboxError(f"The simulated server lets the bot do too little: {', '.join(outcome.rights)}.")

    async def tick(self, now: datetime) -> None:
        await self._app.tick(now)

    async def beat(self, now: datetime) -> None:
        await self._app.beat(now)

    async def next_due(self, guild_id: int) -> datetime | None:
        scheduling = self._app.coach.scheduling
        schedule = await scheduling.schedule_of(guild_id)
        upcoming = await scheduling.upcoming(schedule, 1) if schedule else []
        return upcoming[0].due if upcoming else None

    async def post_now(self, guild_id: int) -> str:
        schedule = await self._app.coach.scheduling.schedule_of(guild_id)
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

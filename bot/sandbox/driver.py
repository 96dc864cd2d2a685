"""The driver: does one thing at a time to the simulated world, and lets its clock run while nobody asks.

simcord raises an error when two operations overlap, so everything that touches the world holds one lock.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import assert_never

from simcord import Env

from bot.sandbox.commands import add_commands
from bot.sandbox.news import News
from bot.sandbox.places import places
from bot.sandbox.ports import SandboxApp
from bot.sandbox.requests import NextDay, PassTime, PostNow, Request, RequestLine, Restart, Show
from bot.sandbox.window import Window
from bot.sandbox.world import World

BEAT_EVERY = timedelta(minutes=4)
_PULSE_SECONDS = 1.0
_REFRESH_EVERY = timedelta(minutes=1)
_A_DAY = timedelta(days=1)


class Driver:
    """Runs the world under `env`; `work` and `pulse` must be running for anything in `line` to happen."""

    def __init__(self, app: SandboxApp, env: Env, world: World, line: RequestLine) -> None:
        self._app = app
        self._env = env
        self.world = world
        self._refreshed_at = env.now()
        self._lock = asyncio.Lock()
        self.line = line
        self.window = Window(env)
        self.news = News(env, world, self.window)

    def now(self) -> datetime:
        """The simulated instant."""
        return self._env.now()

    async def begin(self) -> None:
        """Move to the first question and show the channel it was posted in."""
        async with self._lock:
            self.news.say(f"Welcome. {await self._next_day()}")
            await self._show(self.world.daily.id)

    async def work(self) -> None:
        """Carry out what is asked, in order, for ever. Raises whatever an operation raises."""
        while True:
            request, done = await self.line.next()
            try:
                async with self._lock:
                    await self._perform(request)
            except BaseException:
                done.cancel()
                raise
            if not done.done():
                done.set_result(None)

    async def pulse(self) -> None:
        """Ask for a second to pass, once a real second, while nothing else is waiting."""
        while True:
            await asyncio.sleep(_PULSE_SECONDS)
            if self.line.empty():
                await self.line.ask(PassTime())

    @contextlib.asynccontextmanager
    async def page_action(self) -> AsyncIterator[None]:
        """Hold the world still around an action of the preview's page, and report what came of it."""
        async with self._lock:
            yield
            self.news.report_errors()
            self.news.report_new_places()

    async def close(self) -> None:
        """Close the window and let go of those who wait."""
        self.line.send_home()
        await self.window.close()

    async def _perform(self, request: Request) -> None:
        match request:
            case PassTime():
                await self._pass_time()
            case PostNow():
                self.news.say(await self._app.post_now(self.world.guild.id))
                await self._refresh()
            case NextDay():
                self.news.say(await self._next_day())
            case Restart():
                await self._restart()
            case Show(place_id=place_id):
                await self._show(place_id)
            case _:
                assert_never(request)
        self.news.report_errors()

    async def _pass_time(self) -> None:
        """Let a second pass. Pages are redrawn only where something happened, as that voids a click."""
        before = len(self._env.http_requests)
        await self._env.advance_time(_PULSE_SECONDS)
        await self._app.tick(self._env.now())
        happened = len(self._env.http_requests) != before
        if happened or self._env.now() - self._refreshed_at >= _REFRESH_EVERY:
            await self._refresh()
            self.news.report_new_places()

    async def _next_day(self) -> str:
        due = await self._app.next_due(self.world.guild.id)
        now = self._env.now()
        target = due + timedelta(seconds=1) if due is not None and due > now else now + _A_DAY
        before = self.news.latest()
        await self._beat_until(now, target)
        await self._env.advance_time((target - now).total_seconds())
        await self._app.tick(self._env.now())
        await self._refresh()
        grown = self.news.grown_since(before)
        sentence = f"It is now {spoken(self._env.now())}."
        if due is None:
            return f"{sentence} No question is scheduled, so one day went by."
        return f"{sentence} New in {', '.join(grown)}." if grown else f"{sentence} Nothing new was posted."

    async def _beat_until(self, start: datetime, end: datetime) -> None:
        """Keep the heart beating through a leap, or the bot would take itself for having been down."""
        instant = start
        while (instant := instant + BEAT_EVERY) < end:
            await self._app.beat(instant)

    async def _restart(self) -> None:
        client = self._app.new_client()
        add_commands(client, self.line.ask)
        await self._env.restart_bot(client)
        await self._refresh()
        self.news.say("The bot was restarted on the same data. Older buttons should go on working.")

    async def _show(self, place_id: int) -> None:
        place = places(self._env, self.world).get(place_id)
        if place is None:
            self.news.say("That conversation is gone. Choose another one from the list.")
            return
        await self.window.show(place)
        self.news.looked_at(place_id)

    async def _refresh(self) -> None:
        self._refreshed_at = self._env.now()
        await self.window.refresh()


def spoken(instant: datetime) -> str:
    """An instant as the page says it, such as `Friday 2 January 2026, 09:00 UTC`."""
    return f"{instant:%A} {instant.day} {instant:%B %Y, %H:%M} UTC"

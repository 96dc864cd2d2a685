"""Keeping the bot running: start order, stop order, and the rule that anything broken ends the whole process."""

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import aiohttp
import discord

from bot import telemetry
from bot.app import App, wall_clock
from bot.config import Settings
from bot.scheduler import AlarmClock, Pacemaker
from bot.services.errors import NotSaved
from bot.services.starting import pause_before_start
from bot.store.errors import StoreError
from bot.ui.client import holds_message_content

log = logging.getLogger(__name__)

DRAIN = 8.0
"""Seconds that interactions under way get to finish when the bot is told to stop."""

PULSE = timedelta(seconds=15)
"""Between two signs of life while there is nothing else to do."""

_BAD_TOKEN = 4004

_WORDED = (
    discord.LoginFailure,
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.PrivilegedIntentsRequired,
    aiohttp.ClientError,
    OSError,
)
"""What keeps the gateway from connecting and has a sentence of its own, or a way on."""


class Broken(Exception):
    """A part of the bot has failed, which was logged; a bot that is half alive would be worse than none."""


async def serve(app: App, settings: Settings, token: str) -> None:
    """Runs until SIGTERM or SIGINT, then stops in order. Raises what made it impossible to go on.

    `StoreError` and `discord.LoginFailure` have causes that only a person can mend; `SystemExit` is for whoever
    supervises the process, and the reason is in the log.
    """
    stop = asyncio.Event()
    try:
        with _stopped_by_signals(stop):
            await app.start()
            try:
                await _until_told(stop, _stay_connected(app, settings, token))
            finally:
                await app.stop()
    except Broken as error:
        raise SystemExit(1) from error
    except NotSaved as error:  # so early that nothing can be done without
        raise StoreError(str(error)) from error


async def _until_told(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Does the work, which is to clean up after itself where it is told to stop."""
    working = asyncio.create_task(work, name="work")
    told = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not working.done():
            log.info("stopping")
            working.cancel()
            await asyncio.wait({working})
    if not working.cancelled():
        working.result()


async def _stay_connected(app: App, settings: Settings, token: str) -> None:
    if pause := await pause_before_start(app.store, wall_clock()):
        log.warning("started too often today; connecting in %.0f s", pause.total_seconds())
        await _wait(settings, pause)
    allowed = await _application_reads_messages(token)
    await app.note_reading(reads=allowed)
    try:
        await _run(app, settings, token, message_content=allowed)
    except discord.PrivilegedIntentsRequired:
        log.warning("the message content intent was switched off in the portal; going on without it")
        await app.note_reading(reads=False)
        await _run(app, settings, token, message_content=False)


async def _wait(settings: Settings, pause: timedelta) -> None:
    """Sits out a pause in good health: who restarts a bot for being ill would never let it connect."""
    for _ in range(ceil(pause / PULSE)):
        _leave_pulse(settings, wall_clock(), ready=False)
        await asyncio.sleep(PULSE.total_seconds())


def _leave_pulse(settings: Settings, now: datetime, *, ready: bool) -> None:
    try:
        telemetry.write_pulse(settings.health_file, now, ready=ready)
    except OSError as error:
        log.error("no pulse: %s", error)  # noqa: TRY400 - the sentence says it all, every 15 seconds


async def _application_reads_messages(token: str) -> bool:
    """Asks before connecting: a connection that claims a privileged intent it does not hold is refused."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as probe:
        await probe.login(token)
        return holds_message_content(probe.application_flags)


async def _run(app: App, settings: Settings, token: str, *, message_content: bool) -> None:
    loop = asyncio.get_running_loop()
    client = app.new_client(message_content=message_content)
    failed: asyncio.Future[None] = loop.create_future()

    def report(error: BaseException) -> None:
        if not failed.done():
            failed.set_exception(error)

    async def pulse() -> None:
        now = wall_clock()
        try:
            await app.beat(now)
        except NotSaved as error:
            log.error("no pulse: %s", error)  # noqa: TRY400 - as below
        else:
            _leave_pulse(settings, now, ready=client.is_ready())

    async def work() -> None:
        try:
            await app.tick(wall_clock())
        except* NotSaved as errors:
            log.error("the tick is tried again: %s", errors.exceptions[0])  # noqa: TRY400 - as above

    alarm = AlarmClock({"pulse": pulse, "work": work}, report)
    pacemaker = Pacemaker(app.conduct)
    app.coach.arena.conducting.ring = pacemaker.ring
    try:
        client.when_ready = lambda: alarm.ring("work")  # what had to wait for word of a server goes out at once
        await client.login(token)
        await pulse()
        alarm.start(at_once="work")  # posting needs no gateway: what fell due while the bot was down need not wait
        await _first_to_end(
            {
                "gateway": asyncio.create_task(client.connect()),
                "store": asyncio.create_task(app.store.supervise()),
                "alarm clock": asyncio.create_task(alarm.keep()),
                "rounds": asyncio.create_task(pacemaker.keep()),
                "tick": failed,
            }
        )
    finally:
        alarm.stop()
        await asyncio.gather(app.hold(), client.leave(DRAIN))
        await client.close()
        alarm.close()


async def _first_to_end(watched: Mapping[str, asyncio.Future[None]]) -> None:
    """Raises what the first part to fail failed of: `Broken`, or an error of Discord's that has its own words."""
    try:
        await asyncio.wait(watched.values(), return_when=asyncio.FIRST_COMPLETED)
        ended = {name: future for name, future in watched.items() if future.done()}
    finally:
        for future in watched.values():
            future.cancel()
        await asyncio.gather(*watched.values(), return_exceptions=True)
    for name, future in ended.items():
        error = future.exception()
        if isinstance(error, discord.ConnectionClosed) and error.code == _BAD_TOKEN:
            raise discord.LoginFailure("the gateway did not accept the token") from error
        if name == "gateway" and isinstance(error, _WORDED):
            raise error
        log.critical("the %s has failed, so the bot ends", name, exc_info=error)
    raise Broken


@contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """The first SIGTERM or SIGINT asks for an orderly stop, the second ends the process at once.

    As process 1 of a container a program without handlers ignores SIGTERM altogether.
    """

    def ask() -> None:
        if stop.is_set():
            os._exit(1)  # every state on the way is one that a crash may leave, too
        stop.set()

    if os.name == "nt":
        yield  # no signal handlers on this loop; Ctrl-C raises KeyboardInterrupt
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

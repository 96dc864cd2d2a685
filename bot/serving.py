"""Keeping the bot running: start order, stop order, and the rule that anything broken ends the whole process."""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import discord

from bot import telemetry
from bot.app import App, wall_clock
from bot.config import Settings
from bot.scheduler import AlarmClock
from bot.services.errors import NotSaved
from bot.services.starting import pause_before_start
from bot.ui.client import holds_message_content

log = logging.getLogger(__name__)

DRAIN = 8.0
"""Seconds that interactions under way get to finish when the bot is told to stop."""


async def serve(app: App, settings: Settings, token: str) -> None:
    """Runs until SIGTERM or SIGINT, then stops in order. Raises what made it impossible to go on.

    `StoreError` and `discord.LoginFailure` have causes that only a person can mend.
    """
    stop = asyncio.Event()
    with _stopped_by_signals(stop):
        await app.start()
        try:
            pause = await pause_before_start(app.store, wall_clock())
            if pause and await _told_to_stop(stop, pause.total_seconds()):
                return
            allowed = await _application_reads_messages(token)
            try:
                await _run(app, settings, token, stop, message_content=allowed)
            except discord.PrivilegedIntentsRequired:
                log.warning("the message content intent was switched off in the portal; going on without it")
                await _run(app, settings, token, stop, message_content=False)
        finally:
            await app.stop()


async def _told_to_stop(stop: asyncio.Event, seconds: float) -> bool:
    log.warning("started too often today; connecting in %.0f s", seconds)
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def _application_reads_messages(token: str) -> bool:
    """Asks before connecting: a connection that claims a privileged intent it does not hold is refused."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as probe:
        await probe.login(token)
        return holds_message_content(probe.application_flags)


async def _run(app: App, settings: Settings, token: str, stop: asyncio.Event, *, message_content: bool) -> None:
    loop = asyncio.get_running_loop()
    client = app.new_client(message_content=message_content)
    broken: asyncio.Future[None] = loop.create_future()

    def report(error: BaseException) -> None:
        if not broken.done():
            broken.set_exception(error)

    async def pulse() -> None:
        now = wall_clock()
        try:
            await app.beat(now)
        except NotSaved as error:
            log.error("no pulse: %s", error)  # noqa: TRY400 - the sentence says it all, every 15 seconds
        else:
            telemetry.write_pulse(settings.health_file, now, ready=client.is_ready())

    async def work() -> None:
        try:
            await app.tick(wall_clock())
        except* NotSaved as errors:
            log.error("the tick is tried again: %s", errors.exceptions[0])  # noqa: TRY400 - as above

    alarm = AlarmClock({"pulse": pulse, "work": work}, report)
    try:
        await client.login(token)
        await pulse()
        alarm.start(at_once="work")  # posting needs no gateway: what fell due while the bot was down need not wait
        watched: set[asyncio.Future[Any]] = {
            asyncio.create_task(stop.wait(), name="stop"),
            asyncio.create_task(client.connect(), name="gateway"),
            asyncio.create_task(app.store.supervise(), name="store"),
            asyncio.create_task(alarm.keep(), name="alarm"),
            broken,
        }
        await _first_to_end(watched)
        log.info("stopping")
    finally:
        alarm.stop()
        await app.hold()
        await client.drain(DRAIN)
        await client.close()
        alarm.close()


async def _first_to_end(watched: set[asyncio.Future[Any]]) -> None:
    done, pending = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()


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

"""One run of the sandbox from the first port to the last message: start and stop order, signals, browser."""

import asyncio
import contextlib
import logging
import signal
import socket
import webbrowser
from collections.abc import AsyncIterator, Iterator

import discord
import simcord
from aiohttp import web

from bot.sandbox.commands import add_commands
from bot.sandbox.driver import Driver
from bot.sandbox.ports import SandboxApp, SandboxClock, SandboxError
from bot.sandbox.proxy import PreviewProxy
from bot.sandbox.requests import RequestLine
from bot.sandbox.server import web_app
from bot.sandbox.world import seed

_LOG = logging.getLogger(__name__)
_SETTLE_SECONDS = 30.0  # a machine that is busy with other things takes its time
_LAST_ANSWERS_SECONDS = 2.0


async def run_session(app: SandboxApp, clock: SandboxClock, *, port: int, open_browser: bool) -> None:
    """Serve the sandbox until the process is told to stop. Raises SandboxError where it cannot go on."""
    with _listening(port) as listener, _stop_signals() as stop:
        async with driving(app, clock) as driver, serving(driver, listener) as address:
            print(f"Interview Coach sandbox: {address}  (Ctrl-C ends it)", flush=True)  # noqa: T201  for a person
            if open_browser:
                await asyncio.to_thread(_open_browser, address)
            await _drive_until(stop, driver)


@contextlib.asynccontextmanager
async def driving(app: SandboxApp, clock: SandboxClock) -> AsyncIterator[Driver]:
    """The bot in a seeded world. The app's own tasks begin before the simulation, which waits for its own."""
    await app.start()
    try:
        line = RequestLine()
        client = app.new_client()
        add_commands(client, line.ask)
        async with simcord.run(
            client,
            approved_intents=discord.Intents.none(),
            check_errors=False,
            settle_timeout=_SETTLE_SECONDS,
        ) as env:
            clock.follow(env.now)
            world = await seed(env, client)
            await app.set_up_sandbox(world.guild.id, world.daily.id, world.admin.id)
            driver = Driver(app, env, world, line)
            await driver.begin()
            try:
                yield driver
            finally:
                await driver.close()
    finally:
        await app.stop()


@contextlib.asynccontextmanager
async def serving(driver: Driver, listener: socket.socket) -> AsyncIterator[str]:
    """The web server on `listener`; yields its address."""
    proxy = PreviewProxy(driver)
    runner = web.AppRunner(web_app(driver, proxy), access_log=None, shutdown_timeout=_LAST_ANSWERS_SECONDS)
    try:
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        driver.line.send_home()
        await runner.cleanup()
        await proxy.close()


async def _drive_until(stop: asyncio.Event, driver: Driver) -> None:
    tasks = [
        asyncio.create_task(work, name=f"sandbox {name}")
        for name, work in (("work", driver.work()), ("pulse", driver.pulse()), ("stop", stop.wait()))
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("%s failed", task.get_name(), exc_info=error)
            raise SandboxError(f"The sandbox stopped after an error: {error}") from error


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A bound socket on loopback, taken before anything slow begins."""
    with socket.socket() as listener:
        # Windows would share a port that is in use; elsewhere this only forgives one that was just let go.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SandboxError(
                f"Port {port} cannot be used; choose another with --port, or 0 for any that is free."
            ) from error
        yield listener


@contextlib.contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that is set on Ctrl-C and on a polite request to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    heeded = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead
            loop.add_signal_handler(number, stop.set)
            heeded.append(number)
    try:
        yield stop
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)


def _open_browser(address: str) -> None:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    # Exactly this class means a text browser, which would take over the terminal.
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(address)

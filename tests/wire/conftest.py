"""The stand-in for Discord, a bot that is a process of its own, and what must hold after every test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.bare import BareBot
from tests.wire.control import Discord
from tests.wire.people import Server
from tests.wire.processes import BotProcess, stand_in
from tests.wire.variants import HASTY, VariantBot


@pytest.fixture(scope="session")
def stand_in_port() -> Iterator[int]:
    """One process for all tests; each begins a world of its own."""
    with stand_in() as port:
        yield port


@pytest.fixture
async def discord(stand_in_port: int) -> AsyncIterator[Discord]:
    """A Discord in which nothing has happened yet. Whatever the test did, no rule may have been broken."""
    async with Discord(stand_in_port) as client:
        await client.reset()
        yield client
        assert (await client.truth()).violations == []


@pytest.fixture
async def bare(discord: Discord) -> AsyncIterator[BareBot]:
    """A bot without a library, for tests of the stand-in itself."""
    async with BareBot(discord) as client:
        yield client


@pytest.fixture
async def bot(discord: Discord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """A bot that is not started yet. It must stop when asked to, and log neither errors nor tracebacks."""
    async with BotProcess(discord, tmp_path).ending_well() as process:
        yield process


@pytest.fixture
async def hasty(discord: Discord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The same with an alarm that rings every second, and short pauses in rounds."""
    async with VariantBot(discord, tmp_path, script=HASTY).ending_well() as process:
        yield process


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_bot(stand_in_port: int, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """A running bot that the tests of one file share, for those that leave it running and its world as it is.

    Their file is marked with `asyncio(loop_scope="module")`.
    """
    async with Discord(stand_in_port) as client:
        await client.reset()
        process = BotProcess(client, tmp_path_factory.mktemp("shared"))
        await process.start_and_connect()
        yield process
        await client.lift()
        assert await process.stop() == 0, process.lines
        process.check()


@pytest_asyncio.fixture(loop_scope="module")
async def server(shared_bot: BotProcess) -> AsyncIterator[Server]:
    """A server of its own for a test on the shared bot, whose owner has set up the daily question."""
    discord = shared_bot.discord
    made = await discord.create_server()
    await made.owner.slash("setup")
    yield made
    assert await discord.take_violations() == []
    shared_bot.check()


Start = Callable[..., Awaitable[Server]]


@pytest.fixture
def running(discord: Discord, bot: BotProcess) -> Start:
    """Starts the bot in a new server whose owner has set up the daily question."""

    async def start() -> Server:
        server = await discord.create_server()
        await bot.start_and_connect()
        await server.owner.slash("setup")
        return server

    return start

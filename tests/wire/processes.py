"""The two processes of a wire test: the stand-in, and the bot that a test may kill, freeze and start again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Self

from tests.support.content import self_check_folder
from tests.wire.control import PATIENCE, Discord

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL


@contextmanager
def stand_in() -> Iterator[int]:
    """The stand-in's port; the process ends with the context, or with us."""
    command = [sys.executable, "-m", "tests.wire.standin"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["port"]
        finally:
            process.stdin.close()
            process.wait(PATIENCE)


class BotProcess:
    """The real bot as an operator runs it, on one database. Each start is a new process."""

    def __init__(self, discord: Discord, folder: Path, **environment: str) -> None:
        self.discord = discord
        self.database = folder / "coach.db"
        self._folder = folder
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._written = asyncio.Condition()
        self._expected: list[str] = []
        self.lines: list[str] = []
        """All that all starts wrote, to either stream."""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @asynccontextmanager
    async def ending_well(self) -> AsyncIterator[Self]:
        """Asks the bot to stop in the end, which it must, without having logged an error; kills it if all else fails."""
        try:
            yield self
            if self.is_running:
                await self.discord.lift()
                assert await self.stop() == 0, self.lines
            self.check()
        finally:
            if self.is_running:
                self.signal(signal.SIGKILL)
                await self.exit_code()

    def _command(self) -> Sequence[str]:
        """The program that is started, up to its arguments."""
        return sys.executable, str(ROOT / "tests" / "wire" / "launch.py")

    async def start(self, *arguments: str, **environment: str) -> None:
        """Starts `run`, or another command, and does not wait for anything."""
        assert not self.is_running
        own = {
            "STANDIN_API": self.discord.api,
            "STANDIN_GATEWAY": self.discord.gateway,
            "DISCORD_TOKEN": self.discord.token,
            "COACH_DATABASE": str(self.database),
            "COACH_CONTENT": str(self_check_folder()),
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "DISCORD_"))}
        self._process = await asyncio.create_subprocess_exec(
            *self._command(),
            *(arguments or ("run",)),
            cwd=self._folder,  # no `.env` of a developer is read
            env={**inherited, **own, **self._environment, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
        )
        self._reader = asyncio.create_task(self._read(self._process))

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            async with self._written:
                self.lines.append(line.decode().rstrip("\n"))
                self._written.notify_all()

    async def start_and_connect(self, sessions: int = 1) -> None:
        """Starts the bot and waits until the gateway has it, in so many sessions."""
        await self.start()
        connected = asyncio.create_task(self.discord.connected(sessions))
        ended = asyncio.create_task(self.ended())
        await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not connected.done():
            connected.cancel()
            raise AssertionError(f"the bot ended with {ended.result()}: {self.lines}")
        ended.cancel()
        await connected

    async def ended(self) -> int:
        """The exit code, once there is one; a signal's number, negative, if that ended it."""
        assert self._process is not None
        assert self._reader is not None
        await asyncio.shield(self._reader)
        return await self._process.wait()

    async def exit_code(self) -> int:
        """The same, with an end to patience."""
        async with asyncio.timeout(PATIENCE):
            return await self.ended()

    async def kill(self) -> None:
        """`kill -9`, and the end of every connection at the stand-in."""
        self.signal(signal.SIGKILL)
        assert await self.exit_code() == KILLED
        await self.discord.wait("disconnected")

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.signal(signal.SIGTERM)
        return await self.exit_code()

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def wrote(self, phrase: str, times: int = 1) -> None:
        """Until that many lines hold the phrase."""
        async with asyncio.timeout(PATIENCE), self._written:
            await self._written.wait_for(lambda: sum(phrase in line for line in self.lines) >= times)

    def expect(self, *phrases: str) -> None:
        """Lets `check` pass log lines worse than a warning, and plain ones, that hold one of these."""
        self._expected.extend(phrases)

    def log(self) -> list[dict[str, Any]]:
        """What was logged; a line that is not JSON comes as a `sentence`."""
        return [json.loads(line) if line.startswith("{") else {"sentence": line} for line in self.lines]

    def check(self) -> None:
        """Fails if a start wrote a traceback, an error or anything but JSON lines that was not expected."""
        for line in self.log():
            is_fine = "exception" not in line and line.get("level") in ("debug", "info", "warning")
            text = json.dumps(line, ensure_ascii=False)
            assert is_fine or any(phrase in text for phrase in self._expected), line

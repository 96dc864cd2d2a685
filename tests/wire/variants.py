"""The bot started in another way than an operator would: inside something, or with clocks that tick faster."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.wire.control import Discord
from tests.wire.processes import ROOT, BotProcess

HASTY = ROOT / "tests" / "wire" / "launch_hasty.py"
AS_USUAL = ROOT / "tests" / "wire" / "launch.py"


class VariantBot(BotProcess):
    """`before` is a command that runs the bot's own command, `script` what starts it."""

    def __init__(
        self,
        discord: Discord,
        folder: Path,
        *,
        script: Path = AS_USUAL,
        before: Sequence[str] = (),
        **environment: str,
    ) -> None:
        super().__init__(discord, folder, **environment)
        self._script = script
        self._before = tuple(before)

    async def start(self, *arguments: str, **environment: str) -> None:
        assert not self.is_running
        own = {
            "STANDIN_API": self.discord.api,
            "STANDIN_GATEWAY": self.discord.gateway,
            "DISCORD_TOKEN": self.discord.token,
            "COACH_DATABASE": str(self.database),
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "DISCORD_"))}
        self._process = await asyncio.create_subprocess_exec(
            *self._before,
            sys.executable,
            str(self._script),
            *(arguments or ("run",)),
            cwd=self._folder,
            env={**inherited, **own, **self._environment, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
        )
        self._reader = asyncio.create_task(self._read(self._process))

    def signal(self, number: signal.Signals) -> None:
        """To the bot itself, where something stands before it that would keep a signal to itself."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        inner = children.read_text(encoding="ascii").split() if self._before else []
        os.kill(int(inner[0]) if inner else self.pid, number)

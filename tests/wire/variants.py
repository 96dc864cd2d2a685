"""The bot started in another way than an operator would: inside something, or with clocks that tick faster."""

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

    def _command(self) -> Sequence[str]:
        return *self._before, sys.executable, str(self._script)

    def signal(self, number: signal.Signals) -> None:
        """To the bot itself, where something stands before it that would keep a signal to itself."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        inner = children.read_text(encoding="ascii").split() if self._before else []
        os.kill(int(inner[0]) if inner else self.pid, number)

"""Starts the bot like `launch.py`, with an alarm that rings every second and little patience with what is silent.

What it shows would otherwise take a quarter of a minute each time. `STANDIN_SILENCE` are the seconds after which a
gateway that says nothing is given up, usually 60. Rapid-fire rounds wait less between their prompts, and a host may
choose shorter ones.
"""

import os
import runpy
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).parents[2])

import discord.state  # noqa: E402

from bot import scheduler  # noqa: E402
from bot.domain import rapidfire  # noqa: E402
from bot.store import connection  # noqa: E402

scheduler.SECONDS = "*"
connection.BUSY = 700
rapidfire.COUNTDOWN = timedelta(seconds=1)
rapidfire.REVIEW = timedelta(seconds=2)
rapidfire.FEWEST_SECONDS = 5
if "STANDIN_SILENCE" in os.environ:
    _patient = discord.state.AutoShardedConnectionState.__init__

    def _impatient(self: discord.state.AutoShardedConnectionState, *args: Any, **options: Any) -> None:
        _patient(self, *args, **options, heartbeat_timeout=float(os.environ["STANDIN_SILENCE"]))

    discord.state.AutoShardedConnectionState.__init__ = _impatient  # type: ignore[method-assign]
runpy.run_path(str(Path(__file__).with_name("launch.py")))
